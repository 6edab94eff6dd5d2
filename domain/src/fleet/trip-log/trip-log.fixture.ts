import type { AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import {
  asMember,
  company,
  fleetId,
  id,
  member,
  registered,
  vehicleId,
  step as vehicleStep,
} from '../vehicle/vehicle.fixture.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { TripLog } from './trip-log.ts';

/** June of the fixture's car, assigned to the fixture's member, opened at 20,000 km. */
export const month = '202506';
const assignment = { assignmentId: id(7), userId: member, department: '영업1팀', from: '2025-06-01', purpose: '영업' };
const car = vehicleStep(registered, 'AssignVehicle', assignment, { ...company, now: '2025-06-01T00:00:00.000Z' });
export const garage: World = { facts: [{ aggregate: Vehicle, id: vehicleId, events: car }] };
export const driver: World = { ...asMember, ...garage };

export const when = (
  events: readonly AnyEvent[],
  type: string,
  input: Record<string, unknown>,
  world: World = garage,
) => given(TripLog, ...events).when(type, { vehicleId, month, ...input }, world);
export const step = (
  events: readonly AnyEvent[],
  type: string,
  input: Record<string, unknown>,
  world: World = garage,
) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
export const open = { openingKm: 20_000 };
export const opened = step([], 'OpenTripLog', open);
export const trip = (n: number, startKm: number, endKm: number, more = {}) => ({
  ...{ tripId: id(n), userId: member, department: '영업1팀', startKm, endKm, purpose: 'business' },
  ...{ startedAt: '2025-06-28T00:00:00.000Z', endedAt: '2025-06-28T01:00:00.000Z', ...more },
});
export { fleetId, id, member, vehicleId };
