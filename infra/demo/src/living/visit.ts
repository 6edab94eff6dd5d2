import { processActor, seoulDay } from '@cargoro/domain';
import type { Story } from '../sim/play.ts';
import { fileOf, sha256Of } from '../world/files.ts';
import { type Act, nothing, take } from './act.ts';
import { type Booked, booking } from './booking.ts';
import { quote } from './estimate.ts';
import { fetch, takeBack } from './fetching.ts';
import { type ServiceCode, services } from './goods.ts';
import { requestParts } from './job-parts.ts';
import { bill } from './money.ts';
import { mileage, read } from './odometer.ts';
import type { Left, Line, Visit, VisitOf } from './visit-of.ts';
import { inspect, repair } from './work.ts';
import { later, latest, tell, type World } from './world.ts';

/** A car's visit to a workshop, from the call to the key handed back. The car is nowhere else meanwhile. */
export function* visit(w: World, of: VisitOf): Story {
  const { car, chain } = of;
  const booked = of.isBooked ? yield* booking(w, of) : undefined;
  if (booked || !of.isBooked) {
    const came = booked ? undefined : yield* take(car, w.seasons.open(of.at));
    const brought = booked && of.isFetched ? yield* fetch(w, of, booked) : undefined;
    const arrival = came ? { arrived: came } : { ...booked, arrived: brought?.at ?? booked?.arrived ?? of.at };
    const left = yield* stay(w, of, arrival, brought?.deliveryId);
    if (of.isFetched && left) yield* takeBack(w, of, left);
    car.isAway = false;
  } else yield* calledOff(of);
  car.isBooked = false;
  yield* chain?.ended() ?? nothing();
}

/** Nothing came of the appointment, so what was due is due still. */
function* calledOff({ chain, at }: VisitOf): Act<void> {
  const { at: now } = yield { at };
  yield* chain?.gaveUp(now) ?? nothing();
}

/** The stay at the workshop; comes to the order and the moment the key was handed back. */
function* stay(w: World, of: VisitOf, booked: Arrival, deliveryId?: string): Act<Left | undefined> {
  const { path, shop, car, fleet, complaint, warrantyOf, chain } = of;
  const draws = w.draws(path);
  const at = w.seasons.open(later(booked.arrived, 3));
  mileage(w, car, seoulDay(at));
  const customer = fleet
    ? { kind: 'fleet' as const, id: fleet.org.orgId }
    : { kind: 'owner' as const, id: car.owner.id };
  const v: Visit = {
    ...{ ...of, w, draws, customer, client: fleet ? fleet.approver.actor : car.driver.actor, version: 0 },
    ...{ repairOrderId: w.id(`${path}/order`), number: w.number('RO', shop.key) },
    ...{ bayId: booked.bayId ?? draws.pick(shop.bays).bayId, policyId: booked.policyId },
  };
  const opened = yield tell(
    at,
    chain ? processActor('fleetMaintenance') : shop.advisor.actor,
    'OpenRepairOrder',
    {
      ...{ repairOrderId: v.repairOrderId, number: v.number, workshopId: shop.workshopId },
      ...{ vehicleId: car.vehicleId, customer, payer: customer, odometerInKm: car.km, complaint },
      ...{ fuelPct: draws.int(10, 90), conditionPhotos: [fileOf(`${path}/front.jpg`)] },
      ...(booked.reservationId && { reservationId: booked.reservationId }),
      ...(warrantyOf && { warrantyOf }),
      ...(deliveryId && { deliveryId }),
      ...{ policyId: v.policyId, promisedAt: w.seasons.work(at, 300 + draws.int(0, 200)) },
    },
    { may: warrantyOf ? ['WARRANTY_EXPIRED'] : undefined },
  );
  if (opened.code) return undefined;
  yield* read(w, car, opened.at, 'workshop', v.repairOrderId, shop.advisor.actor);
  const agreed = yield* quote(v, opened.at);
  if (agreed.lines.length === 0) {
    return { at: yield* giveUp(v, agreed.at), repairOrderId: v.repairOrderId };
  }
  const ready = yield* requestParts(v, agreed.lines, agreed.at);
  const { at: done, lines } = yield* repair(v, agreed.lines, ready);
  const passed = yield* inspect(v, lines, done);
  return { at: yield* complete(v, lines, passed), repairOrderId: v.repairOrderId };
}
/** A booked car brings its booking along. */
type Arrival = Partial<Booked> & { readonly arrived: string };

function* complete(v: Visit, lines: readonly Line[], at: string): Act<string> {
  const { w, shop, car, draws, repairOrderId, number, chain } = v;
  car.km += 3;
  const [lead] = shop.technicians;
  const statementNo = `ST-${number}`;
  const { at: done } = yield tell(w.seasons.work(at, draws.int(8, 25)), shop.advisor.actor, 'CompleteOrder', {
    ...{ repairOrderId, odometerOutKm: car.km, responsibleMechanicId: lead?.person.userId },
    ...{ statementNo, statementSha256: sha256Of(statementNo) },
  });
  yield* chain?.completed(v, lines, done) ?? nothing();
  const issued = yield* bill(v, lines, done);
  const left = yield* handOver(v, latest(issued, done));
  comeback(v, lines, done);
  return left;
}

/** One car in forty comes back with the same trouble; within the legal time that is free. */
function comeback(v: Visit, lines: readonly Line[], done: string): void {
  const { w, shop, car, draws, repairOrderId, chain, path } = v;
  if (chain || v.warrantyOf || v.isFetched || !draws.chance(0.037)) return;
  const day = w.seasons.workdayAfter(seoulDay(done), draws.int(2, 20));
  if (day > (w.seasons.days.at(-1) ?? '')) return;
  const codes = [lines.find(({ serviceCode }) => serviceCode in services)?.serviceCode ?? 'DIAG'] as ServiceCode[];
  const again = {
    ...{ shop, car, fleet: v.fleet, codes, day, isBooked: false, isFetched: false, warrantyOf: repairOrderId },
  };
  const back = w.seasons.at(day, draws.int(545, 700));
  w.begin(back, `${path}/again`, function* () {
    if (car.isBooked) return;
    car.isBooked = true;
    yield* visit(w, { ...again, path: `${path}/again`, at: back, complaint: '수리한 곳에서 같은 증상이 다시 납니다.' });
  });
}

/** Declined: the client pays for the diagnosis and takes the car back. */
function* giveUp(v: Visit, at: string): Act<string> {
  const { w, shop, repairOrderId, draws, fleet } = v;
  if (!fleet && draws.chance(0.3))
    yield tell(
      w.seasons.work(at, 2),
      v.client,
      'CancelOrder',
      { repairOrderId, reasonCode: 'DECLINED' },
      { may: ['FORBIDDEN'] },
    );
  const diagnosisFeeKrw = draws.chance(0.6) ? 35_000 : 0;
  const cancelled = yield tell(w.seasons.work(at, 5), shop.advisor.actor, 'CancelOrder', {
    ...{ repairOrderId, reasonCode: 'CUSTOMER_DECLINED', diagnosisFeeKrw },
  });
  const fee = { lineId: w.id(`${v.path}/fee`), name: '진단료', amountKrw: diagnosisFeeKrw };
  const issued = diagnosisFeeKrw > 0 ? yield* bill(v, [fee], cancelled.at) : cancelled.at;
  yield* v.chain?.gaveUp(issued) ?? nothing();
  return yield* handOver(v, issued);
}

function* handOver(v: Visit, at: string): Act<string> {
  const { w, shop, customer, draws, repairOrderId, path } = v;
  const moment = w.seasons.work(at, draws.int(10, 90));
  const signature = fileOf(`${path}/signature.png`);
  const told = yield tell(moment, shop.advisor.actor, 'HandOver', {
    ...{ repairOrderId, receiver: customer, signature, at: moment, keyBack: true },
  });
  return told.at;
}
