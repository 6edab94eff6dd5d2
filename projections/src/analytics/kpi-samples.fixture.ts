import { DeliveryView, EventIndex, OrderView } from '../read-models.ts';

/** A moment so many hours after the first of June, in Seoul. */
export const hour = (n: number): string =>
  new Date(Date.parse('2025-06-01T00:00:00+09:00') + n * 3_600_000).toISOString();
export const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
export const day = (n: number): string => `2025-06-${String(n).padStart(2, '0')}`;
export const event = (n: number, stream: string, type: string, hours: number, more = {}) =>
  [EventIndex, { id: `e${n}`, stream, type, occurredAt: hour(hours), ...more }] as const;
export const span = (from: number, to: number, pauseReason: string | null = null) => ({
  ...{ technicianId: 't', bayId: 'b', lineIds: [], startedAt: hour(from), endedAt: hour(to), pauseReason },
});
export const order = (id: string, row: Record<string, unknown>) =>
  [OrderView, { id, stream: `repairOrder-${id}`, workshopOrgId: 'w', vehicleId: 'v', payer: {}, ...row }] as const;
export const finding = (system: string) => [{ findingId: 'f', system, severity: 'soon' }];
export const policy = {
  id: 'p.1',
  policyId: 'p',
  fleetOrgId: 'f',
  vehicleGroup: 'all',
  version: 1,
  effectiveFrom: day(1),
};
export const slaHours = { slaHours: { firstReply: 2, repair: 24 } };
export const owner = [{ kind: 'org', id: 'f', as: 'owner' }];
const seoul = { lat: 37.5, lon: 127 };
export const delivery = (id: string, ended: number, row: Record<string, unknown>) =>
  [
    DeliveryView,
    { id, stream: `delivery-${id}`, transportOrgId: 'o', driverId: 'd', ...drive(ended), ...row },
  ] as const;
export const shift = { category: 'driverShift', recordId: 'd.20250601.1', orgId: 'o' };
const drive = (ended: number) => ({
  ...{ status: 'completed', endedAt: hour(ended), fare: { totalKrw: 100_000, distanceKm: 50 } },
  ...{ requester: {}, pickup: { geo: seoul }, dropoff: { geo: seoul } },
});
