import { describe, expect, it } from 'vitest';
import { Claim } from '../kit/index.ts';
import { Invoice } from '../repair/invoice/invoice.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, ids } from '../repair/sample-world.ts';
import { CollectionReminder } from './collection-reminder.ts';
import { InvoiceCare } from './invoice-care.ts';
import { InvoiceWatch } from './invoice-watch.ts';
import { dataOf, instanceOf, refusalOf, timerOf } from './spec.ts';

const invoiceId = id(80);
const issue = { invoiceId, number: 'INV-1', documentKind: 'cardSlip', issuedOn: '2025-06-30', dueOn: '2025-07-30' };
const overdue = { type: 'InvoiceOverdue', data: { invoiceId, balanceKrw: 110_000 } };
const invoice = (...more: { type: string; data: Record<string, unknown> }[]) => ({
  facts: [
    {
      ...{ aggregate: Invoice, id: invoiceId },
      events: [
        {
          type: 'InvoiceDrafted',
          data: {
            ...{ invoiceId, sellerOrgId: ids.workshopOrg, payer: { kind: 'owner', id: ids.customer }, parties: [] },
            ...{
              source: { kind: 'repairOrder', id: id(1) },
              lines: [{ lineId: id(2), text: '정비', supplyKrw: 100_000 }],
            },
            ...{ supplyKrw: 100_000, vatKrw: 10_000, totalKrw: 110_000 },
          },
        },
        { type: 'InvoiceIssued', data: { ...issue, sha256: 'a'.repeat(64) } },
        ...more,
      ],
    },
  ],
});
const paid = {
  type: 'PaymentRecorded',
  data: {
    invoiceId,
    paymentId: id(81),
    method: 'card',
    amountKrw: 110_000,
    at: '2025-07-01T00:00:00.000Z',
    balanceKrw: 0,
  },
};

describe('an invoice', () => {
  it('is overdue when its day is over, and after sixty days more somebody should give it up', () => {
    const care = instanceOf(InvoiceCare, invoice());
    const issued = care.tell('InvoiceIssued', issue);
    expect(timerOf(issued, 'overdue')).toBe('2025-07-30T15:00:00.000Z');
    expect(timerOf(issued, 'writeOff')).toBe('2025-09-28T15:00:00.000Z');
    const due = care.fire('overdue', '2025-07-30T15:00:00.000Z');
    expect(dataOf(due, 'MarkOverdue')).toEqual({ invoiceId });
    const again = care.tell(...refusalOf(due, 'MarkOverdue', 'NOT_DUE'));
    expect(again.sent).toEqual(['timer:overdue']);
    expect(care.tell(...refusalOf(due, 'MarkOverdue', 'NOT_FOUND')).sent).toEqual([]);
    care.know(invoice(overdue));
    expect(care.fire('overdue').sent).toEqual([]);
    const old = care.fire('writeOff');
    expect(old.sent).toEqual(['notice:invoiceToWriteOff', 'complete']);
    expect(dataOf(old, 'RequestNotice')).toMatchObject({ to: { id: ids.workshopOrg } });
  });
  it('that is refunded calls for a credit note', () => {
    const care = instanceOf(InvoiceCare, invoice(paid));
    care.tell('InvoiceIssued', issue);
    const refund = { invoiceId, paymentId: id(61), amountKrw: 110_000, reason: '취소', balanceKrw: 110_000 };
    const told = care.tell('PaymentRefunded', refund);
    expect(told.sent).toEqual(['notice:creditNoteToIssue']);
    expect(dataOf(told, 'RequestNotice')).toMatchObject({
      to: { id: ids.workshopOrg },
      values: { amountKrw: 110_000 },
    });
  });
  it('that was paid, credited or given up is no debt', () => {
    const care = instanceOf(InvoiceCare, invoice(paid));
    care.tell('InvoiceIssued', issue);
    expect(care.fire('overdue').sent).toEqual([]);
    expect(care.fire('writeOff').sent).toEqual(['complete']);
    for (const type of ['CreditNoteIssued', 'DebtWrittenOff']) {
      const other = instanceOf(InvoiceCare, invoice());
      other.tell('InvoiceIssued', issue);
      expect(other.tell(type, { invoiceId }).sent).toEqual(['complete']);
    }
  });
});

describe('a repair that is over', () => {
  const { repairOrderId } = sample;
  const order = (events: typeof sample.completed) => ({ aggregate: RepairOrder, id: repairOrderId, events });
  const claim = { kind: 'invoiceIssued', value: `repairOrder.${repairOrderId}`, holder: invoiceId };
  const issued = {
    aggregate: Claim,
    id: `invoiceIssued.repairOrder.${repairOrderId}`,
    events: [{ type: 'ClaimConfirmed', data: claim }],
  };
  const over = (type: string, events: typeof sample.completed) => {
    const watch = instanceOf(InvoiceWatch, { facts: [order(events)] });
    expect(timerOf(watch.tell(type, { repairOrderId }), 'invoice')).toBe('2025-07-01T01:00:00.000Z');
    return watch;
  };
  it('and not invoiced is called to the mind of those who may do so, after a day, a week and a month', () => {
    const watch = over('RepairOrderCompleted', sample.completed);
    const day = watch.fire('invoice', '2025-07-01T01:00:00.000Z');
    expect(day.sent).toEqual(['notice:repairNotInvoiced', 'timer:invoice']);
    expect(dataOf(day, 'RequestNotice')).toMatchObject({
      to: { id: ids.workshopOrg, roles: ['WORKSHOP_OWNER', 'WORKSHOP_ACCOUNTANT', 'SERVICE_ADVISOR'] },
      values: { dueKrw: 115_505 },
    });
    expect(timerOf(day, 'invoice')).toBe('2025-07-07T01:00:00.000Z');
    expect(timerOf(watch.fire('invoice'), 'invoice')).toBe('2025-07-30T01:00:00.000Z');
    expect(watch.fire('invoice').sent).toEqual(['notice:repairNotInvoiced', 'complete']);
  });
  it('needs no word once its invoice is issued, or when nothing is to be paid', () => {
    const watch = over('RepairOrderCompleted', sample.completed);
    watch.know({ facts: [order(sample.completed), issued] });
    expect(watch.fire('invoice').sent).toEqual(['complete']);
    const free = sample.order(sample.diagnosed, ['CancelOrder', { repairOrderId, reasonCode: 'X' }]);
    expect(over('RepairOrderCancelled', free).fire('invoice').sent).toEqual(['complete']);
    const fee = { repairOrderId, reasonCode: 'X', diagnosisFeeKrw: 30_000 };
    const charged = sample.order(sample.diagnosed, ['CancelOrder', fee]);
    expect(over('RepairOrderCancelled', charged).fire('invoice').sent).toContain('notice:repairNotInvoiced');
  });
});

describe('a car that is ready', () => {
  const { repairOrderId } = sample;
  const ready = () => {
    const reminder = instanceOf(CollectionReminder, {
      facts: [{ aggregate: RepairOrder, id: repairOrderId, events: sample.completed }],
    });
    return { reminder, told: reminder.tell('RepairOrderCompleted', { repairOrderId }) };
  };
  it('is called to mind after three days', () => {
    const { reminder, told } = ready();
    expect(timerOf(told, 'parking')).toBe('2025-07-03T01:00:00.000Z');
    const notice = reminder.fire('parking');
    expect(notice.sent).toEqual(['notice:carNotCollected', 'complete']);
    expect(dataOf(notice, 'RequestNotice')).toMatchObject({ to: { kind: 'user', id: ids.customer } });
  });
  it('is called to mind as well when its repair was called off', () => {
    const cancelled = [
      ...sample.completed.slice(0, 1),
      { type: 'RepairOrderCancelled', data: { repairOrderId, reasonCode: 'X', requestIds: [] } },
    ];
    const reminder = instanceOf(CollectionReminder, {
      facts: [{ aggregate: RepairOrder, id: repairOrderId, events: cancelled }],
    });
    expect(reminder.tell('RepairOrderCancelled', { repairOrderId }).sent).toEqual(['timer:parking']);
    expect(reminder.fire('parking').sent).toEqual(['notice:carNotCollected', 'complete']);
  });
  it('and was collected needs no word', () => {
    const { reminder } = ready();
    expect(reminder.tell('VehicleHandedOver', { repairOrderId }).sent).toEqual(['complete']);
    expect(reminder.fire('parking').sent).toEqual([]);
  });
});
