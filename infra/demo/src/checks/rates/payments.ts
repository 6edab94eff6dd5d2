import { plusDays } from '@cargoro/domain';
import type { Seen } from '../check.ts';
import { division, type Rates, share } from './rate.ts';

const invoice = ({ data }: Seen): string => data.invoiceId;
/** A day later it is overdue; whoever keeps the books says so by the end of the next. */
const daysUntilOverdue = 2;

export const paymentRates = (): Rates[] => [
  division('payments', { card: 62, transfer: 14, account: 21, cash: 3 }, ({ type, data }) =>
    type === 'PaymentRecorded' ? [data.method] : [],
  ),
  share('invoices: overdue', 7, { InvoiceIssued: invoice }, { InvoiceOverdue: invoice }, ({ data }) =>
    plusDays(`${data.dueOn}T00:00:00.000Z`, daysUntilOverdue),
  ),
];
