import { type Actor, processActor, systemActor } from '@cargoro/domain';
import { fileOf, sha256Of } from '../world/files.ts';
import type { Act } from './act.ts';
import type { Car } from './cars.ts';
import type { Driver, Fleet } from './cast.ts';
import type { Geo } from './country.ts';
import { findDriver } from './dispatching.ts';
import { fareOf, kmBetween } from './fares.ts';
import { read } from './odometer.ts';
import { later, tell, type World } from './world.ts';

export type Stop = { readonly ref: string; readonly geo: Geo };
export type DeliveryOf = {
  readonly path: string;
  readonly car: Car;
  readonly fleet?: Fleet | undefined;
  readonly kind: 'toWorkshop' | 'fromWorkshop' | 'relocation';
  readonly from: Stop;
  readonly to: Stop;
  readonly at: string;
  readonly links: Record<string, string>;
  readonly journey?: string | undefined;
};
export type Brought = { readonly deliveryId: string; readonly totalKrw: number; readonly at: string };

const slots = ['front', 'rear', 'left', 'right', 'dash'] as const;

/** A car brought from one place to another; undefined when the request was cancelled. */
export function* deliver(w: World, of: DeliveryOf): Act<Brought | undefined> {
  const { path, car, fleet, kind, from, to, links, journey } = of;
  const draws = w.draws(path);
  const deliveryId = w.id(path);
  const client: Actor = journey ? processActor('fleetMaintenance') : (fleet?.org.founder.actor ?? car.driver.actor);
  const { transport } = w.cast;
  const say = (at: string, by: Actor, type: string, input: object = {}, may?: readonly string[]) =>
    tell(at, by, type, { deliveryId, ...input }, { may, correlationId: journey });
  const stop = ({ ref, geo }: Stop, start: string) => ({
    ...{ addressRef: ref.slice(0, 60), geo, contactRef: `contact-${ref}`.slice(0, 60) },
    window: { from: start, to: later(start, 240) },
  });
  const party = { kind: car.owner.kind, id: car.owner.id };
  const asked = yield { at: of.at };
  const requested = yield say(asked.at, client, 'RequestDelivery', {
    ...{ number: w.number('DL', 'baro'), vehicleId: car.vehicleId, requester: party, payer: party, kind, links },
    ...{ mode: draws.chance(0.05) ? 'carrier' : 'road', transportOrgId: transport.orgId },
    ...{ pickup: stop(from, later(asked.at, 20)), dropoff: stop(to, later(asked.at, 60)) },
  });
  const km = kmBetween(from.geo, to.geo);
  const fare = fareOf(km, requested.at);
  const { at: agreed } = yield say(later(requested.at, 1), processActor('dispatch'), 'AgreeFare', fare);
  if (kind === 'relocation' && draws.chance(0.03)) {
    yield say(later(agreed, 1), client, 'CancelDelivery', { by: '요청자', reasonCode: 'CHANGED_MIND' });
    return undefined;
  }
  const { driver, at, totalKrw } = yield* findDriver(w, { deliveryId, path, fare, journey }, agreed);
  const done = yield* drive(w, of, driver, km, at);
  return { deliveryId, totalKrw, at: done };
}

/** From the way to the car to its hand-over. */
function* drive(w: World, of: DeliveryOf, driver: Driver, km: number, at: string): Act<string> {
  const { path, car, from, to, kind } = of;
  const draws = w.draws(`${path}/drive`);
  const deliveryId = w.id(path);
  const by = driver.person.actor;
  const say = (moment: string, type: string, input: object = {}, may?: readonly string[]) =>
    tell(moment, by, type, { deliveryId, ...input }, { may });
  const photos = (what: string) => slots.map((slot) => ({ ...fileOf(`${path}/${what}/${slot}.jpg`), slot }));
  yield say(later(at, draws.int(2, 6)), 'StartToPickup');
  const near = { lat: from.geo.lat + 0.0004, lon: from.geo.lon };
  if (draws.chance(0.01)) yield say(later(at, 10), 'ArriveAtPickup', { geo: to.geo }, ['GEOFENCE_MISMATCH']);
  const came = yield say(later(at, draws.int(12, 35)), 'ArriveAtPickup', { geo: near });
  const given = { fuelPct: draws.int(15, 90), giver: 'person-giver', signature: fileOf(`${path}/giver.png`) };
  const condition = { ...given, odometerKm: car.km, photos: photos('out') };
  const damages = draws.chance(0.15) ? [{ zone: draws.pick(['앞범퍼', '뒤 휀더', '오른쪽 문']), kind: 'scratch' }] : [];
  if (draws.chance(0.02))
    yield say(later(came.at, 3), 'InspectAtPickup', { ...condition, photos: [] }, ['PHOTOS_MISSING']);
  const looked = yield say(later(came.at, draws.int(4, 9)), 'InspectAtPickup', { ...condition, damages });
  const custody = (moment: string, holder: object) =>
    tell(moment, processActor('custody'), 'TransferCustody', {
      ...{ vehicleId: car.vehicleId, to: holder, cause: { kind: 'delivery', id: deliveryId }, odometerKm: car.km },
    });
  yield custody(looked.at, { kind: 'driver', id: driver.person.userId });
  yield* read(w, car, looked.at, 'delivery', deliveryId, w.cast.transport.founder.actor);
  const left = yield say(later(looked.at, 2), 'Depart');
  let onTheWay = left.at;
  if (draws.chance(0.008)) {
    const incident = { kind: draws.pick(['delay', 'violation', 'breakdown']), severity: 'minor', geo: near };
    onTheWay = (yield say(later(onTheWay, 6), 'ReportIncident', incident)).at;
    if (draws.chance(0.5)) yield say(onTheWay, 'ArriveAtDropoff', { geo: to.geo }, ['INCIDENT_OPEN']);
    onTheWay = (yield say(later(onTheWay, 20), 'ResolveIncident', { resolution: '운행에 지장이 없음을 확인했습니다.' }))
      .at;
  }
  if (draws.chance(0.05)) {
    const eta = later(onTheWay, 35 + km * 2);
    yield say(later(onTheWay, 3), 'ReviseEta', { eta, cause: '정체' });
    yield say(later(onTheWay, 4), 'ReviseEta', { eta: later(eta, 4), cause: '정체' }, ['CHANGE_TOO_SMALL']);
  }
  const arrived = yield say(later(onTheWay, 8 + Math.round(km * 1.6)), 'ArriveAtDropoff', { geo: to.geo });
  car.km += Math.max(1, km);
  const newDamages = draws.chance(0.009)
    ? [{ zone: '왼쪽 휀더', kind: 'scratch', photo: fileOf(`${path}/new.jpg`) }]
    : [];
  if (draws.chance(0.004)) yield say(later(arrived.at, 3), 'RejectHandover', { reason: '긁힌 자국이 있습니다.' });
  const handed = yield say(later(arrived.at, draws.int(4, 15)), 'CompleteHandover', {
    ...{ odometerKm: car.km, photos: photos('in'), newDamages, receiver: 'person-receiver' },
    signature: fileOf(`${path}/receiver.png`),
  });
  driver.state = 'free';
  const shop = w.cast.workshops.find(({ workshopId }) => to.ref === `shop-${workshopId}`);
  yield custody(
    handed.at,
    kind === 'toWorkshop' && shop ? { kind: 'workshop', id: shop.workshopId } : { kind: 'owner', id: car.owner.id },
  );
  yield* read(w, car, handed.at, 'delivery', deliveryId, w.cast.transport.founder.actor);
  yield tell(later(handed.at, 1), systemActor(), 'SealTrack', {
    ...{ deliveryId, pointCount: 20 + km * 12, distanceM: km * 1_000, polylineSha256: sha256Of(`track/${deliveryId}`) },
    ...{ from: left.at, to: handed.at },
  });
  return handed.at;
}
