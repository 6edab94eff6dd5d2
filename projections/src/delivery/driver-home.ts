import { DateTime, Day, DriverShift, Geo, org, type Party, user, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { DriverCard, driverPapers } from './cards.ts';
import { DeliveryView } from './delivery.ts';
import { type DeliveryRow, DeliveryStatus, Leg } from './delivery-row.ts';

const { events } = DriverShift;
const Job = z
  .object({
    deliveryId: z.string(),
    outcome: events.DeliveryUnbound.schema.shape.outcome,
    earningKrw: Won,
    at: DateTime,
  })
  .meta({ id: 'DriverJob' });
const Bound = z
  .object({
    deliveryId: z.string(),
    number: z.string(),
    status: DeliveryStatus,
    plate: z.string(),
    make: z.string(),
    model: z.string(),
    pickup: Leg,
    dropoff: Leg,
    eta: DateTime.nullable(),
  })
  .meta({ id: 'DriverDelivery' });

const row = z.object({
  status: z.enum(['planned', 'available', 'busy', 'onBreak', 'offline']).meta({ id: 'DriverStatus' }),
  driverId: z.string(),
  ...driverPapers,
  transportOrgId: z.string().nullable(),
  /** The latest shift: `<driverId>.<yyyymmdd>.<n>`. */
  shiftId: z.string(),
  day: Day,
  n: z.int(),
  area: z.string().nullable(),
  plannedFrom: DateTime.nullable(),
  plannedTo: DateTime.nullable(),
  startedAt: DateTime.nullable(),
  endedAt: DateTime.nullable(),
  /** Where the shift began, and the job after which the driver was somewhere else. */
  startGeo: Geo.nullable(),
  lastJobId: z.string().nullable(),
  /** Where the driver was last known to be free. */
  place: Geo.nullable(),
  deliveryId: z.string().nullable(),
  delivery: Bound.nullable(),
  /** Jobs brought to their end, and those that failed on the way, in all. */
  doneJobs: z.int(),
  failedJobs: z.int(),
  /** Of the latest day with a shift. */
  jobs: z.array(Job),
  earningKrw: Won,
});
type HomeRow = z.infer<typeof row>;
type Shift = { driverId: string; day: string; n: number; parties?: readonly Party[] | undefined };

const begin = ({ driverId, day, n, parties = [] }: Shift, before?: HomeRow): HomeRow => ({
  ...{ status: 'planned', driverId, day, n, shiftId: `${driverId}.${day.replaceAll('-', '')}.${n}`, area: null },
  transportOrgId: parties.find(({ as }) => as === 'transport')?.id ?? before?.transportOrgId ?? null,
  ...{ doneJobs: before?.doneJobs ?? 0, failedJobs: before?.failedJobs ?? 0 },
  ...{ driverName: null, licenceClass: null, insuredTo: null, startGeo: null, lastJobId: null, place: null },
  ...{ plannedFrom: null, plannedTo: null, startedAt: null, endedAt: null, deliveryId: null, delivery: null },
  ...(before?.day === day ? { jobs: before.jobs, earningKrw: before.earningKrw } : { jobs: [], earningKrw: 0 }),
});
type Started = Shift & { at: string; geo: z.infer<typeof Geo> };
const start = (data: Started, before?: HomeRow): HomeRow => ({
  ...{ ...begin(data, before), status: 'available', startedAt: data.at, startGeo: data.geo, place: data.geo },
  // A shift that was planned keeps its hours.
  ...(before?.status === 'planned' &&
    before.day === data.day &&
    before.n === data.n && { plannedFrom: before.plannedFrom, plannedTo: before.plannedTo }),
});
const own = (value: unknown, { as }: Onlooker): unknown => (as.includes('driver') ? value : null);

/** A driver’s day: the shift, the job in hand, what was driven and earned. For the driver and the transport company. */
export const DriverHome = readModel({
  name: 'rm_driver_home',
  type: 'DriverHome',
  version: 3,
  group: 'delivery',
  row,
  scope: ['transportOrgId'],
  indexes: [['transportOrgId', 'status'], ['deliveryId'], ['lastJobId']],
  from: [DriverShift],
  key: ({ data }) => (data as { driverId?: string }).driverId,
  seenBy: ({ driverId, transportOrgId }) => [
    user(String(driverId), 'driver'),
    ...(typeof transportOrgId === 'string' ? [org(transportOrgId, 'transport')] : []),
  ],
  // Where drivers were is theirs: their company reads how far they have to a job, on the board.
  masks: { startGeo: own, place: own, lastJobId: own },
  joins: [
    {
      from: DriverCard,
      by: 'driverId',
      take: (card) => ({
        ...{ driverName: card?.driverName ?? null, licenceClass: card?.licenceClass ?? null },
        insuredTo: card?.insuredTo ?? null,
      }),
    },
    {
      from: DeliveryView,
      by: 'lastJobId',
      take: (job, { startGeo }) => ({ place: (job as DeliveryRow | undefined)?.dropoff.geo ?? startGeo }),
    },
    {
      from: DeliveryView,
      by: 'deliveryId',
      take: (job) => {
        if (!job) return { delivery: null };
        const { id: deliveryId, number, status, plate, make, model, pickup, dropoff, eta } = job;
        return { delivery: { deliveryId, number, status, plate, make, model, pickup, dropoff, eta } };
      },
    },
  ],
}).folds({
  start: {
    ShiftPlanned: ({ data }) => ({
      ...{ ...begin(data), plannedFrom: data.from, plannedTo: data.to, area: data.area },
    }),
    ShiftStarted: ({ data }) => start(data),
  },
  on: {
    // A shift planned for later does not end the one under way.
    ShiftPlanned: (row, { data }) =>
      row.status === 'offline' || row.status === 'planned'
        ? { ...begin(data, row), plannedFrom: data.from, plannedTo: data.to, area: data.area }
        : row,
    ShiftStarted: (row, { data }) => ({ ...start(data, row), area: row.area }),
    DeliveryBound: (row, { data: { deliveryId } }) => ({ ...row, status: 'busy', deliveryId }),
    DeliveryUnbound: (row, { data: { deliveryId, outcome, earningKrw }, meta }) => ({
      ...{ ...row, status: 'available', deliveryId: null, delivery: null, earningKrw: row.earningKrw + earningKrw },
      lastJobId: outcome === 'completed' ? deliveryId : row.lastJobId,
      doneJobs: row.doneJobs + (outcome === 'completed' ? 1 : 0),
      failedJobs: row.failedJobs + (outcome === 'failed' ? 1 : 0),
      jobs: outcome === 'undone' ? row.jobs : [...row.jobs, { deliveryId, outcome, earningKrw, at: meta.occurredAt }],
    }),
    BreakStarted: (row) => ({ ...row, status: 'onBreak' }),
    BreakEnded: (row) => ({ ...row, status: 'available' }),
    ShiftEnded: (row, { data: { at } }) => ({ ...row, status: 'offline', endedAt: at }),
    ForcedOffline: (row, { meta }) => ({ ...row, status: 'offline', endedAt: meta.occurredAt }),
  },
});
