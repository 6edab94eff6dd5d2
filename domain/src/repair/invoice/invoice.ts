import type { z } from 'zod';
import {
  accept,
  claiming,
  defineAggregate,
  org,
  type Party,
  reject,
  releasing,
  seoulDay,
  text,
  user,
} from '../../kit/index.ts';
import { sumOf, vatOf } from '../../shared/values.ts';
import { moves } from './invoice.moves.ts';
import { commands, events } from './invoice.schema.ts';
import { isSellersDocument } from './source.ts';

const refusals = {
  TOTAL_MISMATCH: text('합계가 공급가액과 부가세의 합과 다릅니다.', 'The total is not the sum of its lines and VAT.'),
  VAT_MISMATCH: text(
    '부가세는 과세 공급가액의 10%(원 미만 버림)여야 합니다.',
    'VAT must be 10 % of the taxable amount, rounded down.',
  ),
  SOURCE_ALREADY_INVOICED: text('이미 청구된 문서입니다.', 'This document has been invoiced already.'),
  BUYER_BUSINESS_NO_MISSING: text(
    '세금계산서에는 공급받는 자의 사업자등록번호가 필요합니다.',
    'A tax invoice needs the buyer’s business number.',
  ),
  DUE_BEFORE_ISSUE: text('납기일이 발행일보다 빠릅니다.', 'The due day is before the day of issue.'),
  ALREADY_FILED: text('이미 보관된 문서입니다.', 'The document is filed already.'),
  OVERPAYMENT: text('받을 금액보다 많습니다.', 'This is more than is owed.'),
  NOT_ISSUED: text('발행된 청구서가 아닙니다.', 'The invoice has not been issued.'),
  DUPLICATE_PAYMENT: text('이미 기록된 수납입니다.', 'This payment is recorded already.'),
  OVER_REFUND: text('수납한 금액보다 많이 환불할 수 없습니다.', 'A refund cannot exceed the payment.'),
  PAYMENT_UNKNOWN: text('해당 수납 내역이 없습니다.', 'There is no such payment.'),
  OVER_CREDIT: text('취소 금액은 청구 금액과 같아야 합니다.', 'A credit note covers exactly the invoice total.'),
  REFUND_FIRST: text('수납한 금액을 먼저 환불해야 합니다.', 'Refund what was paid first.'),
  NOT_DUE: text('아직 납기일이 지나지 않았습니다.', 'The due day has not passed.'),
  OVER_WRITE_OFF_LIMIT: text('대손 처리 한도를 넘습니다.', 'This exceeds the write-off limit.'),
} as const;

/** Above this amount the platform has to agree to a write-off. */
const writeOffLimitKrw = 1_000_000;

type Draft = Omit<z.infer<typeof events.InvoiceDrafted.schema>, 'parties'>;
type Payment = { readonly amountKrw: number; readonly refundedKrw: number };
type Money = { readonly doc: Draft; readonly payments: Readonly<Record<string, Payment>> };
type Issued = Money & { readonly dueOn: string; readonly filed?: boolean };
export type InvoiceState =
  | { readonly status: 'none' }
  | ({ readonly status: 'draft' } & Money)
  | ({
      readonly status: 'issued' | 'partlyPaid' | 'overdue' | 'paid' | 'refunded' | 'credited' | 'writtenOff';
    } & Issued);
type Live = Exclude<InvoiceState, { status: 'none' }>;

const paidKrw = (state: Money): number => sumOf(Object.values(state.payments), (p) => p.amountKrw - p.refundedKrw);
const balanceKrw = (state: Money): number => state.doc.totalKrw - paidKrw(state);

/**
 * `invoiceSource`: a document is invoiced once. `invoiceIssued`: what others, such as the repair order at hand-over, go by.
 */
const sourceClaim = (
  kind: 'invoiceSource' | 'invoiceIssued',
  { invoiceId, source }: Pick<Draft, 'invoiceId' | 'source'>,
) => ({
  kind,
  value: `${source.kind}.${source.id}`,
  holder: invoiceId,
});
const payerParty = ({ payer }: Draft): Party =>
  payer.kind === 'owner' ? user(payer.id, 'payer') : org(payer.id, 'payer');

export const Invoice = defineAggregate<InvoiceState>()({
  name: 'Invoice',
  category: 'invoice',
  context: 'repair',
  journey: true,
  doc: text('청구서', 'Invoice'),
  id: 'invoiceId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    DraftInvoice: (_state, data, ctx) => {
      if (sumOf(data.lines, (line) => line.supplyKrw) !== data.supplyKrw) return reject('TOTAL_MISMATCH');
      const taxable = sumOf(data.lines, (line) => (line.taxable ? line.supplyKrw : 0));
      if (data.vatKrw !== vatOf(taxable)) return reject('VAT_MISMATCH');
      if (data.supplyKrw + data.vatKrw !== data.totalKrw) return reject('TOTAL_MISMATCH');
      if (!isSellersDocument(data.source, data.sellerOrgId, ctx)) return reject('NOT_FOUND');
      const parties = [org(data.sellerOrgId, 'seller'), payerParty(data)];
      return claiming(accept({ type: 'InvoiceDrafted', data: { ...data, parties } }), {
        ...sourceClaim('invoiceSource', data),
        refusal: 'SOURCE_ALREADY_INVOICED',
      });
    },
    IssueInvoice: ({ doc }, data, ctx) => {
      if (data.documentKind === 'taxInvoice' && !doc.buyerBusinessNo) return reject('BUYER_BUSINESS_NO_MISSING');
      if (data.dueOn < data.issuedOn) return reject('DUE_BEFORE_ISSUE');
      const sha256 = ctx.hash({ ...doc, ...data });
      return claiming(accept({ type: 'InvoiceIssued', data: { ...data, sha256 } }), {
        ...sourceClaim('invoiceIssued', doc),
        refusal: 'SOURCE_ALREADY_INVOICED',
      });
    },
    FileInvoice: (state, data) => (state.filed ? reject('ALREADY_FILED') : accept({ type: 'InvoiceFiled', data })),
    RecordPayment: (state, data) => {
      if (data.paymentId in state.payments) return reject('DUPLICATE_PAYMENT');
      const balance = balanceKrw(state) - data.amountKrw;
      if (balance < 0) return reject('OVERPAYMENT');
      return accept({ type: 'PaymentRecorded', data: { ...data, balanceKrw: balance } });
    },
    RefundPayment: (state, data) => {
      const payment = state.payments[data.paymentId];
      if (!payment) return reject('PAYMENT_UNKNOWN');
      if (data.amountKrw > payment.amountKrw - payment.refundedKrw) return reject('OVER_REFUND');
      return accept({ type: 'PaymentRefunded', data: { ...data, balanceKrw: balanceKrw(state) + data.amountKrw } });
    },
    IssueCreditNote: (state, data) => {
      if (paidKrw(state) > 0) return reject('REFUND_FIRST');
      if (data.amountKrw !== state.doc.totalKrw) return reject('OVER_CREDIT');
      const credited = releasing(
        accept({ type: 'CreditNoteIssued' as const, data }),
        sourceClaim('invoiceIssued', state.doc),
      );
      return releasing(credited, sourceClaim('invoiceSource', state.doc));
    },
    MarkOverdue: (state, { invoiceId }, ctx) =>
      seoulDay(ctx.now) > state.dueOn
        ? accept({ type: 'InvoiceOverdue', data: { invoiceId, balanceKrw: balanceKrw(state) } })
        : reject('NOT_DUE'),
    WriteOff: (state, data, ctx) => {
      const amountKrw = balanceKrw(state);
      if (amountKrw > writeOffLimitKrw && ctx.actor.role !== 'PLATFORM_ADMIN') return reject('OVER_WRITE_OFF_LIMIT');
      return accept({ type: 'DebtWrittenOff', data: { ...data, amountKrw } });
    },
  },
  evolve: {
    InvoiceDrafted: (_state, { parties: _, ...doc }) => ({ status: 'draft', doc, payments: {} }),
    InvoiceIssued: (state, { dueOn }) => ({ ...state, status: 'issued', dueOn }),
    InvoiceFiled: (state) => ({ ...state, filed: true }),
    PaymentRecorded: (state, { paymentId, amountKrw, balanceKrw: balance }) =>
      withPayment(state, paymentId, { amountKrw, refundedKrw: 0 }, balance === 0 ? 'paid' : 'partlyPaid'),
    PaymentRefunded: (state, { paymentId, amountKrw, balanceKrw: balance }) => {
      const payment = state.payments[paymentId] ?? { amountKrw: 0, refundedKrw: 0 };
      const refunded = { ...payment, refundedKrw: payment.refundedKrw + amountKrw };
      return withPayment(state, paymentId, refunded, balance === state.doc.totalKrw ? 'refunded' : 'partlyPaid');
    },
    CreditNoteIssued: (state) => issued(state, 'credited'),
    InvoiceOverdue: (state) => issued(state, 'overdue'),
    DebtWrittenOff: (state) => issued(state, 'writtenOff'),
  },
});

type IssuedStatus = Exclude<Live['status'], 'draft'>;
const issued = (state: Live, status: IssuedStatus): InvoiceState => ({
  ...state,
  dueOn: 'dueOn' in state ? state.dueOn : '',
  status,
});
const withPayment = (state: Live, id: string, payment: Payment, status: IssuedStatus): InvoiceState =>
  issued({ ...state, payments: { ...state.payments, [id]: payment } }, status);
