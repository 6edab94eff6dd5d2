import { DateTime, Won } from '@cargoro/domain';
import { z } from 'zod';
import { derivedModel } from '../kit/read-model.ts';
import { OrderView } from './order.ts';
import { Finding, OrderLine, type OrderRow, OrderStatus, orderRow } from './order-row.ts';

const row = z.object({
  status: OrderStatus,
  waiting: z.boolean(),
  number: z.string(),
  workshopId: z.string(),
  vehicleId: z.string(),
  customerId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  version: z.int(),
  lines: z.array(OrderLine),
  pendingLineIds: z.array(z.string()),
  findings: z.array(Finding),
  conditionPhotos: orderRow.shape.conditionPhotos,
  answers: orderRow.shape.answers,
  supplyKrw: Won,
  vatKrw: Won,
  totalKrw: Won,
  approvedKrw: Won,
  supplement: z.boolean(),
  sentAt: DateTime.nullable(),
  dueAt: DateTime.nullable(),
  openedAt: DateTime,
});

/** What a client has to answer, for the client alone: lines with their findings and photos. */
export const ApprovalInbox = derivedModel(
  OrderView,
  {
    name: 'rm_approval_inbox',
    type: 'ApprovalRequest',
    version: 1,
    row,
    scope: ['customerId'],
    indexes: [['customerId', 'waiting']],
    seenBy: ({ parties }) => parties.filter(({ as }) => as === 'customer' || as === 'payer'),
  },
  (source) => {
    const order = source as unknown as OrderRow;
    const sent = order.estimates.findLast(({ sentAt }) => sentAt !== null);
    return {
      ...order,
      waiting: order.pendingLineIds.length > 0,
      version: sent?.version ?? 0,
      supplyKrw: sent?.supplyKrw ?? 0,
      vatKrw: sent?.vatKrw ?? 0,
      totalKrw: sent?.totalKrw ?? 0,
      supplement: sent?.supplement ?? false,
      sentAt: sent?.sentAt ?? null,
    };
  },
);
