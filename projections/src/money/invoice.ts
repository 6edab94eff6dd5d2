import { DateTime, Day, FiledDocument, Invoice, SignedWon, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { InvoiceDrafted, InvoiceIssued, PaymentRecorded } = Invoice.events;
const draft = InvoiceDrafted.schema.shape;

const InvoicePayment = z
  .object({
    paymentId: z.string(),
    method: PaymentRecorded.schema.shape.method.meta({ id: 'PaymentMethod' }),
    amountKrw: Won,
    refundedKrw: Won,
    at: DateTime,
    externalRef: z.string().nullable(),
  })
  .meta({ id: 'InvoicePayment' });

export const InvoiceStatus = z
  .enum(['draft', 'issued', 'partlyPaid', 'overdue', 'paid', 'refunded', 'credited', 'writtenOff'])
  .meta({ id: 'InvoiceStatus' });

const row = z.object({
  status: InvoiceStatus,
  number: z.string().nullable(),
  sellerOrgId: draft.sellerOrgId,
  payerId: z.string(),
  payer: draft.payer,
  buyerBusinessNo: z.string().nullable(),
  sourceId: z.string(),
  source: draft.source,
  lines: draft.lines,
  supplyKrw: Won,
  vatKrw: Won,
  totalKrw: Won,
  paidKrw: Won,
  balanceKrw: SignedWon,
  payments: z.array(InvoicePayment),
  documentKind: InvoiceIssued.schema.shape.documentKind.meta({ id: 'InvoiceDocumentKind' }).nullable(),
  issuedOn: Day.nullable(),
  dueOn: Day.nullable(),
  sha256: z.string().nullable(),
  /** As filed, once they are. */
  documents: z.array(FiledDocument),
  creditNoteNumber: z.string().nullable(),
  draftedAt: DateTime,
});

/** The document of a sale and what of it is paid. */
export const InvoiceView = readModel({
  name: 'rm_invoice',
  type: 'Invoice',
  version: 2,
  group: 'money',
  record: 'Invoice',
  row,
  scope: ['sellerOrgId', 'payerId', 'sourceId'],
  indexes: [['sellerOrgId', 'draftedAt', 'id'], ['sourceId'], ['payerId', 'draftedAt', 'id']],
  from: [Invoice],
}).folds({
  start: {
    InvoiceDrafted: ({ data: { parties: _, invoiceId: __, ...doc }, meta }) => ({
      ...doc,
      status: 'draft',
      number: null,
      payerId: doc.payer.id,
      buyerBusinessNo: doc.buyerBusinessNo ?? null,
      sourceId: doc.source.id,
      paidKrw: 0,
      balanceKrw: doc.totalKrw,
      payments: [],
      documentKind: null,
      issuedOn: null,
      dueOn: null,
      sha256: null,
      documents: [],
      creditNoteNumber: null,
      draftedAt: meta.occurredAt,
    }),
  },
  on: {
    InvoiceIssued: (row, { data: { number, documentKind, issuedOn, dueOn, sha256 } }) => ({
      ...row,
      status: 'issued',
      number,
      documentKind,
      issuedOn,
      dueOn,
      sha256,
    }),
    InvoiceFiled: (row, { data: { documents } }) => ({ ...row, documents }),
    PaymentRecorded: (row, { data: { invoiceId: _, balanceKrw, externalRef = null, ...payment } }) => ({
      ...row,
      status: balanceKrw === 0 ? 'paid' : 'partlyPaid',
      balanceKrw,
      paidKrw: row.totalKrw - balanceKrw,
      payments: [...row.payments, { ...payment, externalRef, refundedKrw: 0 }],
    }),
    PaymentRefunded: (row, { data: { paymentId, amountKrw, balanceKrw } }) => ({
      ...row,
      status: balanceKrw === row.totalKrw ? 'refunded' : 'partlyPaid',
      balanceKrw,
      paidKrw: row.totalKrw - balanceKrw,
      payments: row.payments.map((payment) =>
        payment.paymentId === paymentId ? { ...payment, refundedKrw: payment.refundedKrw + amountKrw } : payment,
      ),
    }),
    InvoiceOverdue: (row) => ({ ...row, status: 'overdue' }),
    CreditNoteIssued: (row, { data }) => ({ ...row, status: 'credited', creditNoteNumber: data.number, balanceKrw: 0 }),
    DebtWrittenOff: (row) => ({ ...row, status: 'writtenOff', balanceKrw: 0 }),
  },
});
