import { DateTime, type FreeDriver, rankedDrivers } from '@cargoro/domain';
import { z } from 'zod';
import { PersonName } from '../core/person-card.ts';
import { derivedModel } from '../kit/read-model.ts';
import { DeliveryView } from './delivery.ts';
import { type DeliveryRow, DeliveryStatus, deliveryRow } from './delivery-row.ts';
import { regionOf } from './region.ts';
import { byStanding, mostDrivers } from './standing.ts';

const Column = z
  .enum(['new', 'searching', 'unassigned', 'assigned', 'underway', 'incident', 'done'])
  .meta({ id: 'DispatchColumn' });
const columns: Readonly<Record<DeliveryRow['status'], z.infer<typeof Column>>> = {
  ...{ requested: 'new', dispatching: 'searching', unassigned: 'unassigned', assigned: 'assigned' },
  ...{ enRouteToPickup: 'assigned', atPickup: 'assigned', inspectedOut: 'underway', inTransit: 'underway' },
  ...{ interrupted: 'incident', disputed: 'incident', atDropoff: 'underway' },
  ...{ completed: 'done', cancelled: 'done', failed: 'done' },
};

const row = z.object({
  status: DeliveryStatus,
  column: Column,
  /** Where the car is to be picked up. */
  region: z.string(),
  number: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  bodyKind: deliveryRow.shape.bodyKind,
  kind: deliveryRow.shape.kind,
  transportOrgId: z.string().nullable(),
  driverId: z.string().nullable(),
  round: z.int(),
  pickup: deliveryRow.shape.pickup,
  dropoff: deliveryRow.shape.dropoff,
  /** It is late once this has passed and the car is not picked up, or not handed over. */
  dueAt: DateTime,
  eta: DateTime.nullable(),
  requestedAt: DateTime,
});

const Candidate = z
  .object({
    driverId: z.string(),
    driverName: PersonName,
    /** From where the last job ended, or the shift began, as the crow flies. */
    metres: z.int(),
    shiftEndsAt: DateTime.nullable(),
    /** The shift is to end before the car has to be there. */
    isOvertime: z.boolean(),
    doneJobs: z.int(),
    failedJobs: z.int(),
  })
  .meta({ id: 'DispatchCandidate' });
type Candidate = z.infer<typeof Candidate>;
type Found = {
  readonly job: Parameters<typeof rankedDrivers>[0];
  readonly on: string;
  readonly drivers: readonly (FreeDriver & Pick<Candidate, 'driverName' | 'doneJobs' | 'failedJobs'>)[];
};
/**
 * Who may be asked, out of the drivers the search itself looks at; row-level security leaves those of one's own company
 * alone. One who declined is not asked again.
 */
const free = `case when "column" in ('new', 'searching', 'unassigned') then jsonb_build_object(
    'on', (now() at time zone 'Asia/Seoul')::date,
    'job', jsonb_build_object(
      'pickup', pickup->'geo', 'until', dropoff->'window'->>'to', 'bodyKind', rm_dispatch_board.body_kind),
    'drivers', (select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(d))), '[]') from (
      select h.driver_id as "driverId", h.driver_name as "driverName", h.place, h.planned_to as "plannedTo",
        row_number() over (order by ${byStanding}) as standing, h.licence_class as "licenceClass",
        h.insured_to as "insuredTo", h.done_jobs as "doneJobs", h.failed_jobs as "failedJobs"
      from rm_driver_home h
      where h.transport_org_id = rm_dispatch_board.transport_org_id and h.status = 'available' and h.place is not null
      order by ${byStanding} limit ${mostDrivers}) d
      where not exists (select from rm_offer o
        where o.delivery_id = rm_dispatch_board.id and o.driver_id = d."driverId" and o.status = 'declined'))) end`;
const candidatesOf = (found: Found | null): readonly Candidate[] =>
  (found ? rankedDrivers(found.job, found.drivers, found.on) : []).map(
    ({ driverId, driverName = null, metres, isOvertime, plannedTo, doneJobs, failedJobs }) => ({
      ...{ driverId, driverName, metres, isOvertime, doneJobs, failedJobs },
      shiftEndsAt: plannedTo === undefined ? null : new Date(plannedTo).toISOString(),
    }),
  );

const beforePickup: ReadonlySet<string> = new Set([
  'requested',
  'dispatching',
  'unassigned',
  'assigned',
  'enRouteToPickup',
]);

/** A card of the dispatchers’ board: what searches a driver, what is under way, what went wrong. */
export const DispatchBoard = derivedModel(
  DeliveryView,
  {
    name: 'rm_dispatch_board',
    type: 'DispatchCard',
    version: 2,
    row,
    scope: ['region'],
    indexes: [['region', 'requestedAt', 'id']],
    computed: { candidates: { schema: z.array(Candidate), sql: free, make: candidatesOf } },
    masks: { candidates: (value, { as }) => (as.includes('transport') ? value : []) },
    seenBy: ({ parties }) =>
      parties.filter(({ kind, as }) => as === 'transport' || (kind === 'org' && as === 'requester')),
  },
  (source) => {
    const delivery = source as unknown as DeliveryRow;
    return {
      ...delivery,
      column: columns[delivery.status],
      region: regionOf(delivery.pickup.geo),
      transportOrgId: source.parties.find(({ as, kind }) => as === 'transport' && kind === 'org')?.id ?? null,
      dueAt: beforePickup.has(delivery.status) ? delivery.pickup.window.to : delivery.dropoff.window.to,
    };
  },
);
