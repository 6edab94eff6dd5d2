import { describe, expect, it } from 'vitest';
import { checkLaws, given } from '../../kit/testing.ts';
import { RepairOrder } from '../repair-order/repair-order.ts';
import { completed, repairOrderId } from '../repair-order/sample-order.ts';
import { ids } from '../sample-world.ts';
import { Invoice } from './invoice.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const invoiceId = id(1);
const draft = {
  invoiceId,
  sellerOrgId: id(2),
  payer: { kind: 'owner', id: id(3) },
  source: { kind: 'contract', id: id(2) },
  lines: [{ lineId: id(1), text: '브레이크 패드', supplyKrw: 100_005, taxable: true }],
  supplyKrw: 100_005,
  vatKrw: 10_000,
  totalKrw: 110_005,
};
const issue = {
  invoiceId,
  number: 'INV-25-000001',
  documentKind: 'cardSlip',
  issuedOn: '2025-06-30',
  dueOn: '2025-06-30',
};
const pay = (amountKrw: number, payment = 1) => ({
  invoiceId,
  paymentId: id(payment),
  method: 'card',
  amountKrw,
  at: '2025-06-30T01:00:00.000Z',
});

const drafted = given(Invoice).when('DraftInvoice', draft).emits('InvoiceDrafted');
const issued = [
  ...drafted,
  ...given(Invoice, ...drafted)
    .when('IssueInvoice', issue)
    .emits('InvoiceIssued'),
];
const paid = [
  ...issued,
  ...given(Invoice, ...issued)
    .when('RecordPayment', pay(110_005))
    .emits('PaymentRecorded'),
];

describe('Filing an invoice', () => {
  const document = { locale: 'ko', objectId: 'c'.repeat(64), sha256: 'c'.repeat(64), bytes: 40_000 };
  const file = { invoiceId, documents: [document] };

  it('is done once, from its issue on', () => {
    given(Invoice, ...drafted)
      .when('FileInvoice', file)
      .refuses('NOT_ISSUED');
    for (const there of [issued, paid]) {
      const filed = given(Invoice, ...there).when('FileInvoice', file);
      given(Invoice, ...there, ...filed.emits('InvoiceFiled'))
        .when('FileInvoice', file)
        .refuses('ALREADY_FILED');
    }
  });

  it('takes one document of each language', () => {
    const { input } = Invoice.commands.FileInvoice;
    expect(input.safeParse({ invoiceId, documents: [document, { ...document, locale: 'en' }] }).success).toBe(true);
    expect(input.safeParse({ invoiceId, documents: [document, document] }).success).toBe(false);
    expect(input.safeParse({ invoiceId, documents: [] }).success).toBe(false);
  });
});

describe('Invoice', () => {
  it('rounds VAT down on the document total', () => {
    given(Invoice)
      .when('DraftInvoice', { ...draft, vatKrw: 10_001, totalKrw: 110_006 })
      .refuses('VAT_MISMATCH');
    given(Invoice)
      .when('DraftInvoice', { ...draft, totalKrw: 110_006 })
      .refuses('TOTAL_MISMATCH');
    given(Invoice)
      .when('DraftInvoice', { ...draft, supplyKrw: 100_006 })
      .refuses('TOTAL_MISMATCH');
  });

  it('claims its source, so that nothing is invoiced twice', () => {
    const { decision } = given(Invoice).when('DraftInvoice', draft);
    expect(decision.ok && decision.before[0]).toMatchObject({ type: 'HoldClaim', refusal: 'SOURCE_ALREADY_INVOICED' });
    given(Invoice, ...drafted)
      .when('DraftInvoice', draft)
      .refuses('ALREADY_EXISTS');
  });

  it('is drawn up by the workshop whose repair order it bills', () => {
    const bill = { ...draft, source: { kind: 'repairOrder', id: repairOrderId }, sellerOrgId: ids.workshopOrg };
    const order = { facts: [{ aggregate: RepairOrder, id: repairOrderId, events: completed }] };
    given(Invoice).when('DraftInvoice', bill, order).emits('InvoiceDrafted');
    given(Invoice)
      .when('DraftInvoice', { ...bill, sellerOrgId: ids.fleetOrg }, order)
      .refuses('NOT_FOUND');
    given(Invoice).when('DraftInvoice', bill).refuses('NOT_FOUND');
  });

  it('tells that it is issued, until it is credited', () => {
    const claims = (steps: readonly { type: string; data: Record<string, unknown> }[]) =>
      steps.map(({ type, data }) => `${type} ${data.kind}`);
    const issuing = given(Invoice, ...drafted).when('IssueInvoice', issue).decision;
    expect(issuing.ok && claims(issuing.before)).toEqual(['HoldClaim invoiceIssued']);
    const credit = { invoiceId, number: 'CN-25-1', amountKrw: 110_005, reason: '취소' };
    const crediting = given(Invoice, ...issued).when('IssueCreditNote', credit).decision;
    expect(crediting.ok && claims(crediting.after)).toEqual([
      'ReleaseClaim invoiceIssued',
      'ReleaseClaim invoiceSource',
    ]);
  });

  it('needs a buyer’s business number for a tax invoice, and a due day after the issue', () => {
    given(Invoice, ...drafted)
      .when('IssueInvoice', { ...issue, documentKind: 'taxInvoice' })
      .refuses('BUYER_BUSINESS_NO_MISSING');
    given(Invoice, ...drafted)
      .when('IssueInvoice', { ...issue, dueOn: '2025-06-29' })
      .refuses('DUE_BEFORE_ISSUE');
    given(Invoice, ...issued)
      .when('IssueInvoice', issue)
      .refuses('WRONG_STATE');
  });

  it('is partly paid, then paid, never overpaid', () => {
    given(Invoice, ...drafted)
      .when('RecordPayment', pay(1))
      .refuses('NOT_ISSUED');
    given(Invoice, ...issued)
      .when('RecordPayment', pay(110_006))
      .refuses('OVERPAYMENT');
    const part = [
      ...issued,
      ...given(Invoice, ...issued)
        .when('RecordPayment', pay(10_005))
        .emits('PaymentRecorded'),
    ];
    given(Invoice, ...part)
      .when('RecordPayment', pay(10))
      .refuses('DUPLICATE_PAYMENT');
    expect(
      given(Invoice, ...part)
        .when('RecordPayment', pay(100_000, 2))
        .state().status,
    ).toBe('paid');
  });

  it('refunds at most what was paid, and credits only when nothing is left paid', () => {
    const refund = (amountKrw: number, payment = 1) => ({
      invoiceId,
      paymentId: id(payment),
      amountKrw,
      reason: '취소',
    });
    const credit = { invoiceId, number: 'CN-25-1', amountKrw: 110_005, reason: '취소' };
    given(Invoice, ...paid)
      .when('RefundPayment', refund(110_006))
      .refuses('OVER_REFUND');
    given(Invoice, ...paid)
      .when('RefundPayment', refund(1, 2))
      .refuses('PAYMENT_UNKNOWN');
    given(Invoice, ...paid)
      .when('IssueCreditNote', credit)
      .refuses('REFUND_FIRST');
    const back = [
      ...paid,
      ...given(Invoice, ...paid)
        .when('RefundPayment', refund(110_005))
        .emits('PaymentRefunded'),
    ];
    given(Invoice, ...back)
      .when('IssueCreditNote', { ...credit, amountKrw: 1 })
      .refuses('OVER_CREDIT');
    expect(
      given(Invoice, ...back)
        .when('IssueCreditNote', credit)
        .state().status,
    ).toBe('credited');
  });

  it('becomes overdue after the due day and may be written off within the limit', () => {
    given(Invoice, ...issued)
      .when('MarkOverdue', { invoiceId }, { now: '2025-06-30T10:00:00.000Z' })
      .refuses('NOT_DUE');
    const overdue = [
      ...issued,
      ...given(Invoice, ...issued)
        .when('MarkOverdue', { invoiceId }, { now: '2025-07-02T00:00:00.000Z' })
        .emits('InvoiceOverdue'),
    ];
    const off = { invoiceId, reason: '폐업', approverId: id(2) };
    expect(
      given(Invoice, ...overdue)
        .when('WriteOff', off)
        .state().status,
    ).toBe('writtenOff');
    const large = {
      ...draft,
      lines: [{ ...draft.lines[0], supplyKrw: 2_000_000 }],
      supplyKrw: 2_000_000,
      vatKrw: 200_000,
      totalKrw: 2_200_000,
    };
    const big = given(Invoice).when('DraftInvoice', large).emits('InvoiceDrafted');
    given(Invoice, ...big, ...issued.slice(1), ...overdue.slice(2))
      .when('WriteOff', off)
      .refuses('OVER_WRITE_OFF_LIMIT');
  });

  it('keeps the laws', () =>
    checkLaws(Invoice, {
      from: [issued, paid],
      samples: { DraftInvoice: [draft], IssueInvoice: [issue], RecordPayment: [pay(5), pay(110_005)] },
    }));
});
