import { type Actor, processActor, seoulDay } from '@cargoro/domain';
import { type Act, nothing, take } from './act.ts';
import type { Workshop } from './cast.ts';
import { type ServiceCode, services } from './goods.ts';
import { mileage } from './odometer.ts';
import type { VisitOf } from './visit-of.ts';
import { later, latest, tell, type World } from './world.ts';

export type Slot = { readonly bayId: string; readonly start: string; readonly end: string };
export type Booked = Slot & {
  readonly reservationId: string;
  readonly arrived: string;
  readonly policyId?: string | undefined;
};

const minutesFor = (codes: readonly ServiceCode[]): number => {
  const hours = codes.reduce((sum, code) => sum + services[code].hours, 0);
  return Math.min(240, Math.max(30, Math.ceil((hours * 78) / 15) * 15));
};

/** The next free time of the emptiest bay on a day or the workdays after it. */
const findSlot = (w: World, shop: Workshop, from: string, codes: readonly ServiceCode[], earliest: number): Slot => {
  const minutes = minutesFor(codes);
  for (let day = from; ; day = w.seasons.workdayAfter(day, 1)) {
    const closes = w.seasons.closes(day);
    const bays = shop.bays.map((bay) => ({ bay, free: Math.max(earliest, bay.taken.get(day) ?? 540) }));
    const best = bays.reduce((a, b) => (b.free < a.free ? b : a));
    if (best.free + minutes > closes) continue;
    best.bay.taken.set(day, best.free + minutes);
    const { bayId } = best.bay;
    return { bayId, start: w.seasons.at(day, best.free), end: w.seasons.at(day, best.free + minutes) };
  }
};

/** From the request to the arrival; undefined when nothing comes of it. */
export function* booking(w: World, of: VisitOf): Act<Booked | undefined> {
  const { path, shop, car, fleet, chain } = of;
  const draws = w.draws(`${path}/booking`);
  const reservationId = w.id(`${path}/reservation`);
  const customer: Actor = fleet ? fleet.org.founder.actor : car.driver.actor;
  const client: Actor = chain ? processActor('fleetMaintenance') : customer;
  const desk = shop.advisor.actor;
  const { correlationId } = chain ?? {};
  const say = (at: string, by: Actor, type: string, input: object = {}, may?: readonly string[]) =>
    tell(at, by, type, { reservationId, ...input }, { may, correlationId });
  const from = w.seasons.at(of.day, 540);
  const policyId = fleet?.policyId;
  const kind = chain ? 'process' : fleet ? 'fleet' : 'owner';
  const asked = yield say(of.at, client, 'RequestReservation', {
    ...{ workshopId: shop.workshopId, vehicleId: car.vehicleId, requester: { kind, id: car.owner.id }, policyId },
    ...{ wanted: [{ from, to: later(from, 480) }], services: of.codes.map((code) => ({ code })) },
    ...{ complaint: of.complaint, pickupWanted: of.isFetched, returnWanted: of.isFetched },
    ...(chain && { planItemCodes: chain.itemCodes }),
  });
  yield* chain?.asked(reservationId, asked.at) ?? nothing();
  if (draws.chance(0.03)) {
    yield say(later(asked.at, 1_440), processActor('reservationCare'), 'ExpireReservation');
    return undefined;
  }
  // A time is found and confirmed in one moment, so that nobody comes in between.
  const { at: answered } = yield { at: w.seasons.work(asked.at, draws.int(10, 150)) };
  if (draws.chance(0.06)) {
    yield say(answered, desk, 'DeclineReservation', { reason: '원하신 날에는 자리가 없습니다.' });
    return undefined;
  }
  const earliest = draws.weighted([
    [540, 5],
    [600, 2],
    [780, 3],
    [840, 1],
  ] as const);
  const day = latest(of.day, w.seasons.workdayAfter(seoulDay(answered), 1));
  let slot = findSlot(w, shop, day, of.codes, earliest);
  const times = ({ bayId, start, end }: Slot) => ({ bayId, start, end });
  const confirm = (to: Slot, may?: readonly string[]) =>
    say(answered, desk, 'ConfirmReservation', { ...times(to), advisorId: desk.id }, may);
  const full = draws.chance(0.02)
    ? shop.bays.find((bay) => (bay.taken.get(day) ?? 540) > 570 && bay.bayId !== slot.bayId)
    : undefined;
  if (full) {
    // A time that is given away already; now and then it has become free again.
    const early = { bayId: full.bayId, start: w.seasons.at(day, 540), end: w.seasons.at(day, 600) };
    const tried = yield confirm(early, ['SLOT_TAKEN']);
    if (tried.code) yield confirm(slot);
    else {
      slot = early;
      full.taken.set(day, 1_110);
    }
  } else yield confirm(slot);

  if (draws.chance(0.12)) {
    const { at } = yield { at: latest(later(answered, 30), later(slot.start, -draws.int(180, 900))) };
    slot = findSlot(w, shop, w.seasons.workdayAfter(seoulDay(slot.start), 1), of.codes, earliest);
    yield say(at, customer, 'RescheduleReservation', { ...times(slot), by: '고객', reason: '일정 변경' });
  }
  const fate = draws.weighted([
    ['comes', 93],
    ['cancels', 4],
    ['stays away', 3],
  ] as const);
  if (fate === 'cancels') {
    const reasonCode = draws.pick(['CHANGED_MIND', 'NO_TIME', 'SOLD_CAR']);
    yield say(latest(later(answered, 45), later(slot.start, -60)), customer, 'CancelReservation', {
      by: '고객',
      reasonCode,
    });
    return undefined;
  }
  if (fate === 'stays away') {
    if (draws.chance(0.3)) yield say(later(slot.start, 12), desk, 'RecordNoShow', {}, ['GRACE_NOT_OVER']);
    yield say(later(slot.start, 40), desk, 'RecordNoShow');
    return undefined;
  }
  if (of.isFetched) {
    yield* take(car, later(slot.start, -160));
    return { ...slot, reservationId, policyId, arrived: slot.start };
  }
  const arrived = yield* take(
    car,
    latest(w.seasons.at(seoulDay(slot.start), 540), later(slot.start, draws.int(-8, 15))),
  );
  mileage(w, car, seoulDay(arrived));
  yield say(arrived, desk, 'CheckIn', { at: arrived, odometerKm: car.km, by: shop.advisor.name });
  return { ...slot, reservationId, policyId, arrived };
}
