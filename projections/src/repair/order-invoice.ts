import { Invoice, type RecordedEvent, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { AnyRow, Onlooker } from '../kit/types.ts';
import { InvoiceStatus } from '../money/invoice.ts';

const row = z.object({
  number: z.string().nullable(),
  status: InvoiceStatus,
  payerId: z.string(),
  totalKrw: Won,
});

/** How far an invoice is, for the rows of what it is for. Nobody reads it directly. */
export const OrderInvoice = readModel({
  name: 'rm_ws_order_invoice',
  type: 'OrderInvoice',
  version: 1,
  group: 'repair',
  row,
  scope: [],
  indexes: [],
  from: [Invoice],
  seenBy: () => [],
}).folds({
  start: {
    InvoiceDrafted: ({ data: { payer, totalKrw } }) => ({ number: null, status: 'draft', payerId: payer.id, totalKrw }),
  },
  on: {
    InvoiceIssued: (row, { data: { number } }) => ({ ...row, number, status: 'issued' }),
    PaymentRecorded: (row, { data: { balanceKrw } }) => ({ ...row, status: balanceKrw === 0 ? 'paid' : 'partlyPaid' }),
    PaymentRefunded: (row, { data: { balanceKrw } }) => ({
      ...row,
      status: balanceKrw === row.totalKrw ? 'refunded' : 'partlyPaid',
    }),
    InvoiceOverdue: (row) => ({ ...row, status: 'overdue' }),
    CreditNoteIssued: (row) => ({ ...row, status: 'credited' }),
    DebtWrittenOff: (row) => ({ ...row, status: 'writtenOff' }),
  },
});

export const InvoiceLink = z
  .object({ invoiceId: z.string(), number: z.string().nullable(), status: InvoiceStatus, payerId: z.string() })
  .meta({ id: 'OrderInvoiceLink' });
type Link = z.infer<typeof InvoiceLink>;
export const linkOf = ({ id, number, status, payerId }: AnyRow): Link => ({
  ...({ number, status, payerId } as Omit<Link, 'invoiceId'>),
  invoiceId: id,
});
/** The order an event of an invoice is about; only its draft names it. */
export const invoicedOrder = ({ data }: RecordedEvent): string | undefined => {
  const { source } = data as { source?: { kind: string; id: string } };
  return source?.kind === 'repairOrder' ? source.id : undefined;
};
/** Who sees an invoice itself sees it here: the workshop that sends it, and who has to pay it. */
export const ownInvoices = (value: unknown, { as, keys }: Onlooker): unknown =>
  as.includes('workshop')
    ? value
    : (value as readonly Link[]).filter(({ payerId }) => keys.some((key) => key.endsWith(`:${payerId}`)));
