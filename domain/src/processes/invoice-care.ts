import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { Invoice, type InvoiceState } from '../repair/invoice/invoice.ts';
import { endOfDay } from './business-time.ts';
import { deskOf } from './desks.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly invoiceId: string };
const invoice = ({ invoiceId }: Data) => String(invoiceId);
const payable = ['issued', 'partlyPaid', 'overdue'];
const writeOffDays = 60;

/** Of domain.md §3.6: an invoice is overdue the day after it was due, and a debt to give up two months later. */
export const invoiceCare: ProcessDef<State> = {
  name: 'InvoiceCare',
  doc: text('청구서 연체 살피기', 'Marks an invoice that is not paid in time, and calls an old debt to mind'),
  starts: ['InvoiceIssued'],
  isPatient: true,
  correlate: { InvoiceIssued: invoice, PaymentRefunded: invoice, CreditNoteIssued: invoice, DebtWrittenOff: invoice },
  initial: { invoiceId: '' },
  evolve: (state, { type, data }) => (type === 'InvoiceIssued' ? { invoiceId: invoice(data) } : state),
  react: ({ invoiceId }, input, ctx) => step(invoiceId, input, ctx),
  idle: ({ type }) => `${type} leaves the debt as it is`,
};
export const InvoiceCare = defineProcess<State>()(invoiceCare);

const step = (invoiceId: string, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  if (type === 'InvoiceIssued') {
    const due = endOfDay(String(data.dueOn));
    return [schedule('overdue', due), schedule('writeOff', plusDays(due, writeOffDays))];
  }
  if (type === 'CreditNoteIssued' || type === 'DebtWrittenOff') return [complete];
  // Issued after it was due, or the clock is a moment behind: looked at again.
  if (type === 'MarkOverdueRejected') return data.code === 'NOT_DUE' ? [schedule('overdue', plusDays(at, 1))] : [];
  const fact = ctx.fact(Invoice, invoiceId);
  if (type === 'PaymentRefunded') return refunded(data, fact, ctx);
  if (type !== 'TimerFired') return [];
  if (!payable.includes(fact.status) || fact.status === 'none') return data.timer === 'writeOff' ? [complete] : [];
  if (data.timer === 'overdue') return fact.status === 'overdue' ? [] : [send('Invoice', 'MarkOverdue', { invoiceId })];
  return [notify(ctx, 'invoiceToWriteOff', cashiers(fact.doc.sellerOrgId), { invoiceId }), complete];
};

const cashiers = (orgId: string) =>
  deskOf(orgId, 'WORKSHOP_OWNER', 'WORKSHOP_ACCOUNTANT', 'SUPPLIER_SALES', 'DISPATCHER');

/** Money given back calls for a credit note, which takes the cost back too. */
const refunded = (data: Data, fact: InvoiceState, ctx: Context): readonly Reaction[] =>
  fact.status === 'none'
    ? []
    : [
        notify(ctx, 'creditNoteToIssue', cashiers(fact.doc.sellerOrgId), {
          ...{ invoiceId: invoice(data), amountKrw: Number(data.amountKrw) },
        }),
      ];
