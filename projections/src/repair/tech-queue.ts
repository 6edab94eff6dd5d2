import { DateTime, Km } from '@cargoro/domain';
import { z } from 'zod';
import { derivedModel } from '../kit/read-model.ts';
import { OrderView } from './order.ts';
import { Finding, OrderLine, type OrderRow, OrderStatus, orderRow, WaitReason } from './order-row.ts';

const row = z.object({
  status: OrderStatus,
  number: z.string(),
  workshopId: z.string(),
  technicianId: z.string().nullable(),
  active: z.boolean(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  modelYear: z.int(),
  odometerInKm: Km,
  complaint: z.string(),
  bayId: z.string().nullable(),
  plannedHours: z.number().nullable(),
  promisedAt: DateTime.nullable(),
  findings: z.array(Finding),
  lines: z.array(OrderLine),
  parts: orderRow.shape.parts,
  missingParts: z.int(),
  labour: orderRow.shape.labour,
  workedMinutes: z.int(),
  runningSince: DateTime.nullable(),
  waitReason: WaitReason.nullable(),
  waitingSince: DateTime.nullable(),
  openedAt: DateTime,
});
const ended: ReadonlySet<string> = new Set(['completed', 'cancelled', 'closed']);

/** A technician's job: its lines, the running clock and what is missing. */
export const TechQueue = derivedModel(
  OrderView,
  {
    name: 'rm_tech_queue',
    type: 'TechnicianJob',
    version: 1,
    row,
    scope: ['technicianId', 'workshopId'],
    indexes: [['technicianId', 'active', 'openedAt', 'id']],
    seenBy: ({ parties }) => parties.filter(({ as }) => as === 'workshop'),
  },
  (source) => {
    const order = source as unknown as OrderRow;
    return {
      ...order,
      active: !ended.has(order.status),
      missingParts: order.parts.filter(({ state }) => state === 'short' || state === 'requested').length,
      runningSince: order.labour.find(({ endedAt }) => endedAt === null)?.startedAt ?? null,
    };
  },
);
