import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import {
  Code,
  DateTime,
  Day,
  FiledDocuments,
  Id,
  Line,
  SeriesNumber,
  Sha256,
  SignedWon,
  Won,
} from '../../shared/values.ts';

const invoiceId = Id;
export const InvoiceLine = z
  .object({ lineId: Id, text: Line, supplyKrw: SignedWon, taxable: z.boolean().default(true) })
  .meta({ id: 'InvoiceLine' });

const Payer = z
  .object({ kind: z.enum(['owner', 'fleet', 'insurer', 'warranty', 'org']), id: z.string().min(1).max(64) })
  .meta({ id: 'InvoicePayer' });
const Source = z
  .object({
    kind: z.enum(['repairOrder', 'delivery', 'purchaseOrder', 'contract', 'reservation']),
    id: z.string().min(1).max(64),
  })
  .meta({ id: 'InvoiceSource' });

const Draft = z.object({
  invoiceId,
  sellerOrgId: Id,
  payer: Payer,
  buyerBusinessNo: z
    .string()
    .regex(/^\d{3}-\d{2}-\d{5}$/, 'Use 000-00-00000')
    .optional(),
  source: Source,
  lines: z.array(InvoiceLine).min(1).max(500),
  supplyKrw: Won,
  vatKrw: Won,
  totalKrw: Won,
});
const Issue = z.object({
  invoiceId,
  number: SeriesNumber,
  documentKind: z.enum(['taxInvoice', 'cardSlip', 'cashReceipt']),
  issuedOn: Day,
  dueOn: Day,
});
const FileInvoice = z.object({ invoiceId, documents: FiledDocuments });
const Payment = z.object({
  invoiceId,
  paymentId: Id,
  method: z.enum(['card', 'transfer', 'cash', 'account', 'insurer']),
  amountKrw: Won.min(1),
  at: DateTime,
  externalRef: Line.optional(),
});
const Refund = z.object({ invoiceId, paymentId: Id, amountKrw: Won.min(1), reason: Line });
const CreditNote = z.object({ invoiceId, number: SeriesNumber, amountKrw: Won.min(1), reason: Line });
const WriteOff = z.object({ invoiceId, reason: Line, approverId: Id });

const seller = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'WORKSHOP_ACCOUNTANT', 'SUPPLIER_SALES'], 'seller');
const sellersBooks = allow(['WORKSHOP_OWNER', 'WORKSHOP_ACCOUNTANT', 'SUPPLIER_SALES'], 'seller');
const payable = ['issued', 'partlyPaid', 'overdue'] as const;

export const commands = {
  DraftInvoice: command({
    label: text('청구서 작성하기', 'Draft invoice'),
    doc: text('근거 문서에서 청구서를 작성한다.', 'Draws up an invoice from its source document.'),
    by: [seller],
    in: ['none'],
    emits: ['InvoiceDrafted'],
    refuses: ['SOURCE_ALREADY_INVOICED', 'TOTAL_MISMATCH', 'VAT_MISMATCH'],
    input: Draft,
  }),
  IssueInvoice: command({
    label: text('발행하기', 'Issue'),
    doc: text(
      '청구서를 발행한다. 발행한 문서는 바뀌지 않는다.',
      'Issues the invoice; from then on the document never changes.',
    ),
    by: [seller],
    in: ['draft'],
    emits: ['InvoiceIssued'],
    refuses: ['BUYER_BUSINESS_NO_MISSING', 'DUE_BEFORE_ISSUE', 'SOURCE_ALREADY_INVOICED'],
    series: { field: 'number', prefix: 'INV', of: 'seller' },
    input: Issue,
  }),
  FileInvoice: command({
    label: text('청구서 보관하기', 'File invoice'),
    doc: text(
      '발행한 청구서의 문서를 보관하고 그 지문을 남긴다.',
      'Files the document of an issued invoice and records its fingerprint.',
    ),
    by: [],
    internal: true,
    in: ['issued', 'partlyPaid', 'overdue', 'paid', 'refunded', 'credited', 'writtenOff'],
    otherwise: 'NOT_ISSUED',
    emits: ['InvoiceFiled'],
    refuses: ['ALREADY_FILED'],
    input: FileInvoice,
  }),
  RecordPayment: command({
    label: text('수납하기', 'Take payment'),
    doc: text('수납을 기록한다.', 'Records a payment.'),
    by: [seller],
    in: payable,
    otherwise: 'NOT_ISSUED',
    emits: ['PaymentRecorded'],
    refuses: ['DUPLICATE_PAYMENT', 'OVERPAYMENT'],
    input: Payment,
  }),
  RefundPayment: command({
    label: text('환불하기', 'Refund'),
    doc: text('수납한 금액을 돌려준다.', 'Gives back money of a payment.'),
    by: [sellersBooks],
    in: ['paid', 'partlyPaid', 'overdue', 'refunded'],
    otherwise: 'PAYMENT_UNKNOWN',
    emits: ['PaymentRefunded'],
    refuses: ['OVER_REFUND', 'PAYMENT_UNKNOWN'],
    input: Refund,
  }),
  IssueCreditNote: command({
    label: text('취소 계산서 발행하기', 'Issue credit note'),
    doc: text('발행한 청구서를 전액 취소한다.', 'Cancels an issued invoice in full.'),
    by: [sellersBooks],
    in: ['issued', 'partlyPaid', 'overdue', 'refunded', 'paid'],
    otherwise: 'NOT_ISSUED',
    emits: ['CreditNoteIssued'],
    refuses: ['OVER_CREDIT', 'REFUND_FIRST'],
    series: { field: 'number', prefix: 'CN', of: 'seller' },
    input: CreditNote,
  }),
  MarkOverdue: command({
    label: text('연체로 표시하기', 'Mark overdue'),
    doc: text('기한이 지난 청구서를 연체로 표시한다.', 'Marks an invoice whose due day has passed.'),
    by: [sellersBooks],
    in: ['issued', 'partlyPaid'],
    otherwise: 'NOT_DUE',
    emits: ['InvoiceOverdue'],
    refuses: ['NOT_DUE'],
    input: z.object({ invoiceId }),
  }),
  WriteOff: command({
    label: text('대손 처리하기', 'Write off'),
    doc: text('받을 수 없는 금액을 대손 처리한다.', 'Gives up a debt that cannot be collected.'),
    by: [allow(['WORKSHOP_OWNER'], 'seller'), allowAny('PLATFORM_ADMIN')],
    in: ['overdue'],
    emits: ['DebtWrittenOff'],
    refuses: ['OVER_WRITE_OFF_LIMIT'],
    input: WriteOff,
  }),
};

export const events = {
  InvoiceDrafted: event(Draft.extend({ parties: z.array(Party) })),
  InvoiceIssued: event(Issue.extend({ number: Code, sha256: Sha256 })),
  InvoiceFiled: event(FileInvoice),
  PaymentRecorded: event(Payment.extend({ balanceKrw: Won })),
  PaymentRefunded: event(Refund.extend({ balanceKrw: Won })),
  CreditNoteIssued: event(CreditNote.extend({ number: Code })),
  InvoiceOverdue: event(z.object({ invoiceId, balanceKrw: Won })),
  DebtWrittenOff: event(WriteOff.extend({ amountKrw: Won })),
};
