import { DateTime, Day, DriverShift, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const row = z.object({
  status: z.enum(['planned', 'available', 'busy', 'onBreak', 'ended']).meta({ id: 'DriverShiftStatus' }),
  driverId: z.string(),
  transportOrgId: z.string().nullable(),
  day: Day,
  n: z.int(),
  area: z.string().nullable(),
  plannedFrom: DateTime.nullable(),
  plannedTo: DateTime.nullable(),
  startedAt: DateTime.nullable(),
  endedAt: DateTime.nullable(),
  /** Who took the driver offline, and why; null for a shift the driver ended. */
  forcedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** The job in hand. */
  deliveryId: z.string().nullable(),
  jobs: z.int(),
  minutes: z.int().nullable(),
  earningKrw: Won,
});
type ShiftRow = z.infer<typeof row>;
type Begun = { driverId: string; day: string; n: number; parties?: readonly { as: string; id: string }[] | undefined };
const begin = ({ driverId, day, n, parties = [] }: Begun): ShiftRow => ({
  ...{ status: 'planned', driverId, day, n, area: null, plannedFrom: null, plannedTo: null, startedAt: null },
  transportOrgId: parties.find(({ as }) => as === 'transport')?.id ?? null,
  ...{ endedAt: null, forcedBy: null, reason: null, deliveryId: null, jobs: 0, minutes: null, earningKrw: 0 },
});

/** One shift with its hours, jobs and earning, and its past; for the driver and the transport company. */
export const DriverShiftView = readModel({
  name: 'rm_driver_shift',
  type: 'DriverShift',
  version: 1,
  group: 'delivery',
  record: 'DriverShift',
  row,
  scope: ['driverId', 'transportOrgId'],
  indexes: [
    ['driverId', 'day', 'id'],
    ['transportOrgId', 'day', 'id'],
  ],
  from: [DriverShift],
  // Where a driver went online is the driver's own.
  hides: ({ type }, { as }) => type === 'ShiftStarted' && !as.includes('driver'),
}).folds({
  start: {
    ShiftPlanned: ({ data }) => ({
      ...{ ...begin(data), plannedFrom: data.from, plannedTo: data.to, area: data.area },
    }),
    ShiftStarted: ({ data }) => ({ ...begin(data), status: 'available', startedAt: data.at }),
  },
  on: {
    ShiftStarted: (row, { data }) => ({ ...row, status: 'available', startedAt: data.at }),
    DeliveryBound: (row, { data: { deliveryId } }) => ({ ...row, status: 'busy', deliveryId }),
    DeliveryUnbound: (row, { data: { outcome, earningKrw } }) => ({
      ...{ ...row, status: 'available', deliveryId: null, earningKrw: row.earningKrw + earningKrw },
      jobs: row.jobs + (outcome === 'completed' ? 1 : 0),
    }),
    BreakStarted: (row) => ({ ...row, status: 'onBreak' }),
    BreakEnded: (row) => ({ ...row, status: 'available' }),
    ShiftEnded: (row, { data: { at, minutes, jobs, earningKrw } }) => ({
      ...{ ...row, status: 'ended', endedAt: at, minutes, jobs, earningKrw },
    }),
    ForcedOffline: (row, { data: { by, reason, minutes, jobs, earningKrw }, meta }) => ({
      ...{ ...row, status: 'ended', endedAt: meta.occurredAt, forcedBy: by, reason, minutes, jobs, earningKrw },
    }),
  },
});
