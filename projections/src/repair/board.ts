import { DateTime, Won } from '@cargoro/domain';
import { z } from 'zod';
import { PersonName } from '../core/person-card.ts';
import { derivedModel } from '../kit/read-model.ts';
import { OrderView } from './order.ts';
import { type OrderRow, OrderStatus, orderRow, WaitReason } from './order-row.ts';

export const BoardColumn = z
  .enum(['arrive', 'diagnose', 'waitingApproval', 'waitingParts', 'inWork', 'inspect', 'ready', 'closed'])
  .meta({ id: 'BoardColumn' });

const columnOf = ({ status, waitReason, technicianId }: OrderRow): z.infer<typeof BoardColumn> => {
  if (waitReason === 'waitingParts') return 'waitingParts';
  if (status === 'awaitingApproval' || (status === 'onHold' && waitReason === 'waitingApproval'))
    return 'waitingApproval';
  if (status === 'opened') return technicianId ? 'diagnose' : 'arrive';
  if (status === 'diagnosed' || status === 'declined') return 'diagnose';
  if (status === 'qualityCheck') return 'inspect';
  if (status === 'closed') return 'closed';
  return status === 'approved' || status === 'inProgress' || status === 'onHold' ? 'inWork' : 'ready';
};

const row = z.object({
  status: OrderStatus,
  offers: z.array(z.string()),
  column: BoardColumn,
  number: z.string(),
  workshopId: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  customerKind: orderRow.shape.customer.shape.kind.meta({ id: 'CustomerKind' }),
  customerName: PersonName,
  complaint: z.string(),
  openedAt: DateTime,
  promisedAt: DateTime.nullable(),
  technicianId: z.string().nullable(),
  technicianName: PersonName,
  bayId: z.string().nullable(),
  waitReason: WaitReason.nullable(),
  waitingSince: DateTime.nullable(),
  dueAt: DateTime.nullable(),
  approvedKrw: Won,
  linesDone: z.int(),
  linesApproved: z.int(),
  working: z.boolean(),
});

/** A card of the workshop's board: what a car waits for, since when, and what was promised. */
export const BoardView = derivedModel(
  OrderView,
  {
    name: 'rm_ws_board',
    type: 'BoardCard',
    version: 2,
    row,
    scope: ['workshopId'],
    indexes: [['workshopId', 'column']],
    seenBy: ({ parties }) => parties.filter(({ as }) => as === 'workshop'),
  },
  (source) => {
    const order = source as unknown as OrderRow;
    const { customer, lines, labour } = order;
    return {
      ...order,
      column: columnOf(order),
      customerKind: customer.kind,
      linesDone: lines.filter(({ state }) => state === 'done').length,
      linesApproved: lines.filter(({ state }) => ['approved', 'inWork', 'done'].includes(state)).length,
      working: labour.some(({ endedAt }) => endedAt === null),
    };
  },
);
