import type { Actor, AnyEvent } from '../../kit/index.ts';
import { given, testContext, type World } from '../../kit/testing.ts';
import { id, ids, parseSteps, tell } from '../../repair/sample-world.ts';
import { world as base, driverId, shiftFacts, transportOrg } from '../sample-world.ts';
import { Delivery } from './delivery.ts';

/** One delivery as tests tell it: a private car from Gangnam to a workshop in Mapo. */
export const deliveryId = id(40);
export const offerId = id(41);
export const world: World = { ...base, facts: [...(base.facts ?? []), ...shiftFacts()] };
export const as = (actor: Partial<Actor>, more: World = {}): World => ({
  ...world,
  ...more,
  actor: { kind: 'user', id: id(99), ...actor },
});
export const driver = as({ id: driverId, orgId: transportOrg, role: 'DRIVER' });
export const code = '4821';
const codeHash = testContext().hash(code);
const window = { from: '2025-06-30T00:30:00.000Z', to: '2025-06-30T02:00:00.000Z' };
export const pickup = { addressRef: 'home', geo: { lat: 37.498, lon: 127.028 }, contactRef: 'kim', window, codeHash };
export const dropoff = { ...pickup, addressRef: 'workshop', geo: { lat: 37.554, lon: 126.91 }, contactRef: 'desk' };
export const request = {
  deliveryId,
  number: 'DL-25-000001',
  vehicleId: ids.vehicle,
  requester: { kind: 'user', id: ids.customer },
  kind: 'toWorkshop',
  mode: 'road',
  pickup,
  dropoff,
  payer: { kind: 'user', id: ids.customer },
  transportOrgId: transportOrg,
};
export const fare = {
  deliveryId,
  distanceKm: 14.5,
  baseKrw: 12_000,
  surcharges: [{ kind: 'night', krw: 8_001 }],
  totalKrw: 20_001,
};
export const offer = { deliveryId, offerId, driverId, round: 1, expiresAt: '2025-06-30T00:11:00.000Z' };
export const answer = { deliveryId, offerId, driverId };
export const arrive = { deliveryId, geo: pickup.geo };
const file = (objectId: string) => ({ objectId, sha256: 'a'.repeat(64), bytes: 1_000 });
export const signature = file('signature');
export const photos = ['front', 'rear', 'left', 'right', 'dash'].map((slot) => ({ ...file(slot), slot }));
export const inspect = { deliveryId, odometerKm: 42_100, fuelPct: 60, photos, giver: 'kim', signature };
export const handover = { deliveryId, receiver: 'desk', odometerKm: 42_115, photos, code };
export const incident = { deliveryId, kind: 'breakdown', severity: 'major', geo: pickup.geo };
export const fail = { deliveryId, reason: '견인', vehicleLeftAt: { addressRef: 'roadside', geo: pickup.geo } };
export const ref = { deliveryId };

type Command = readonly [type: string, data: Record<string, unknown>];
export const go = (events: readonly AnyEvent[], ...commands: readonly Command[]): readonly AnyEvent[] =>
  tell(Delivery, events, commands, world);
export const whenIn = (events: readonly AnyEvent[]) => given(Delivery, ...events);

/** The delivery at each stage of its life. */
export const requested = go([], ['RequestDelivery', request]);
export const dispatching = go(requested, ['AgreeFare', fare]);
export const offered = go(dispatching, ['OfferToDriver', offer]);
export const assigned = go(offered, ['AcceptOffer', answer]);
export const atPickup = go(assigned, ['StartToPickup', ref], ['ArriveAtPickup', arrive]);
export const inspectedOut = go(atPickup, ['InspectAtPickup', inspect]);
export const inTransit = go(inspectedOut, ['Depart', ref]);
export const atDropoff = go(inTransit, ['ArriveAtDropoff', { ...ref, geo: dropoff.geo }]);
export const completed = go(atDropoff, ['CompleteHandover', handover]);

export const stepsOf = (events: readonly AnyEvent[], type: string, data: Record<string, unknown>, at = world) => {
  const { decision } = whenIn(events).when(type, data, at);
  if (!decision.ok) throw new Error(decision.code);
  parseSteps(decision);
  const named = (list: readonly { type: string; data: Record<string, unknown> }[]) => list.map((step) => step.type);
  return { before: named(decision.before), after: named(decision.after), decision };
};
