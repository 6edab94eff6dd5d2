import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import * as journey from '../delivery/delivery/sample-delivery.ts';
import { type AnyEvent, Claim } from '../kit/index.ts';
import type { World } from '../kit/testing.ts';
import { Invoice } from '../repair/invoice/invoice.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, ids } from '../repair/sample-world.ts';
import { CostBooking } from './cost-booking.ts';
import * as f from './fleet.fixture.ts';
import { dataOf, instanceOf, keysOf, refusalOf } from './spec.ts';

const { contractId, fleetOrgId, vehicleId } = f;
const invoiceId = id(80);
const { repairOrderId } = sample;
const issue = {
  ...{ invoiceId, number: 'INV-1', documentKind: 'taxInvoice', issuedOn: '2025-06-30', dueOn: '2025-07-30' },
  sha256: 'a'.repeat(64),
};
type Draft = { payer?: object; source?: object };
const invoice = ({ payer = { kind: 'fleet', id: fleetOrgId }, source }: Draft = {}) => ({
  aggregate: Invoice,
  id: invoiceId,
  events: [
    {
      type: 'InvoiceDrafted',
      data: {
        ...{
          invoiceId,
          sellerOrgId: ids.workshopOrg,
          payer,
          source: source ?? { kind: 'repairOrder', id: repairOrderId },
        },
        lines: [{ lineId: id(81), text: '정비', supplyKrw: 100_000, taxable: true }],
        ...{ supplyKrw: 100_000, vatKrw: 10_000, totalKrw: 110_000, parties: [] },
      },
    },
    { type: 'InvoiceIssued', data: issue },
  ],
});
const order = (events: readonly AnyEvent[] = sample.completed) => ({
  ...{ aggregate: RepairOrder, id: repairOrderId, events },
});
const bookingOf = (...facts: NonNullable<World['facts']>) => instanceOf(CostBooking, f.worldOf(...facts));
const costed = (told: ReturnType<ReturnType<typeof bookingOf>['tell']>) => dataOf(told, 'BookCost');
const credit = { invoiceId, number: 'CN-1', amountKrw: 110_000, reason: '오류' };

describe('an invoice for a repair', () => {
  it('becomes a cost of the car on its contract, on the day of issue', () => {
    const told = bookingOf(invoice(), order()).tell('InvoiceIssued', issue);
    expect(costed(told)).toEqual({
      ...{ contractId, costId: expect.any(String), vehicleId, category: 'repair', occurredOn: '2025-06-30' },
      ...{ supplyKrw: 100_000, vatKrw: 10_000, source: { kind: 'invoice', id: invoiceId } },
    });
  });

  it('is maintenance when all that was done stands in the car’s plan', () => {
    const told = bookingOf(invoice(), order(), f.plan()).tell('InvoiceIssued', issue);
    expect(costed(told)).toMatchObject({ category: 'maintenance' });
  });

  it('costs no fleet anything when another pays, no contract covers the car, or the repair was booked by hand', () => {
    const quiet = (...facts: NonNullable<World['facts']>) =>
      expect(bookingOf(...facts).tell('InvoiceIssued', issue).sent).toEqual([]);
    quiet(invoice({ payer: { kind: 'owner', id: ids.customer } }), order());
    quiet(invoice({ payer: { kind: 'fleet', id: id(99) } }), order());
    quiet(invoice({ source: { kind: 'delivery', id: journey.deliveryId } }), order());
    quiet(invoice());
    quiet(order());
    const value = `repairOrder.${repairOrderId}.${vehicleId}`;
    const held = { type: 'ClaimConfirmed', data: { kind: 'costSource', value, holder: id(82) } };
    quiet(invoice(), order(), { aggregate: Claim, id: `costSource.${value}`, events: [held] });
  });

  it('that somebody booked before is done; what else stands against it is for the accountants', () => {
    const booking = bookingOf(invoice(), order());
    const told = booking.tell('InvoiceIssued', issue);
    for (const code of ['DUPLICATE_SOURCE', 'ALREADY_EXISTS'])
      expect(booking.tell(...refusalOf(told, 'BookCost', code)).sent).toEqual([]);
    for (const code of ['HARD_STOP_EXCEEDED', 'YEAR_CLOSED', 'VEHICLE_NOT_COVERED', 'NOT_FOUND'])
      expect(booking.tell(...refusalOf(told, 'BookCost', code)).sent).toEqual(['notice:costNotBooked']);
  });
});

describe('a credit note', () => {
  const cost = {
    contractId,
    costId: id(83),
    vehicleId,
    occurredOn: '2025-06-30',
    source: { kind: 'invoice', id: invoiceId },
  };
  const reversal = { contractId, costId: id(83), year: 2025, reason: '취소 계산서 CN-1' };

  it('takes the cost back, whoever booked it', () => {
    const booking = bookingOf(invoice(), order());
    booking.tell('InvoiceIssued', issue);
    expect(booking.tell('CostBooked', cost).sent).toEqual([]);
    const credited = booking.tell('CreditNoteIssued', credit);
    expect(dataOf(credited, 'ReverseCost')).toEqual(reversal);
    expect(booking.tell(...refusalOf(credited, 'ReverseCost', 'ALREADY_REVERSED')).sent).toEqual(['complete']);
  });

  it('that overtakes the booking takes it back when it comes, and a closed year is for a person', () => {
    const booking = bookingOf(invoice(), order());
    booking.tell('InvoiceIssued', issue);
    expect(booking.tell('CreditNoteIssued', credit).sent).toEqual([]);
    const booked = booking.tell('CostBooked', cost);
    expect(dataOf(booked, 'ReverseCost')).toEqual(reversal);
    const closed = booking.tell(...refusalOf(booked, 'ReverseCost', 'YEAR_CLOSED'));
    expect(closed.sent).toEqual(['notice:costNotReversed', 'complete']);
  });
});

describe('a delivery', () => {
  const [first, ...rest] = journey.completed;
  const paidBy = (payer: object) => [
    { type: 'DeliveryRequested', data: { ...first?.data, parties: [{ ...payer, as: 'payer' }] } },
    ...rest,
  ];
  const done = (events: readonly AnyEvent[]) => bookingOf({ aggregate: Delivery, id: journey.deliveryId, events });
  const fleets = paidBy({ kind: 'org', id: fleetOrgId });
  const source = { kind: 'delivery', id: journey.deliveryId };

  it('costs the fleet that pays its fare when the car is handed over', () => {
    const booking = done(fleets);
    const told = booking.tell('HandoverCompleted', journey.handover);
    expect(costed(told)).toMatchObject({ contractId, category: 'delivery', supplyKrw: 20_001, vatKrw: 0, source });
    const booked = { contractId, costId: id(83), occurredOn: '2025-06-30', source };
    expect(booking.tell('CostBooked', booked).sent).toEqual(['complete']);
  });

  it('that was called off costs what is owed for the way, and nothing without', () => {
    const cancelled = (feeKrw: number) => done(fleets).tell('DeliveryCancelled', { ...journey.ref, feeKrw });
    expect(costed(cancelled(12_000))).toMatchObject({ category: 'delivery', supplyKrw: 12_000, source });
    expect(cancelled(0).sent).toEqual(['complete']);
    const failed = done(fleets).tell('DeliveryFailed', { ...journey.fail, feeKrw: 7_000 });
    expect(costed(failed)).toMatchObject({ category: 'delivery', supplyKrw: 7_000, source });
  });

  it('of a private person is no fleet’s cost', () => {
    const told = done(paidBy({ kind: 'user', id: ids.customer })).tell('HandoverCompleted', journey.handover);
    expect(told.sent).toEqual(['complete']);
  });
});

it('what ending a contract early costs is shared by its cars', () => {
  const [drafted, ...rest] = f.contractEvents;
  const two = [{ type: 'ContractDrafted', data: { ...drafted?.data, vehicleIds: [vehicleId, id(90)] } }, ...rest];
  const booking = instanceOf(CostBooking, { now: f.now, facts: [{ ...f.contract, events: two }] });
  const end = { contractId, on: '2025-06-30', penaltyKrw: 100_001, reason: '해지' };
  const costs = booking.tell('ContractTerminated', end).reactions.flatMap((r) => (r.kind === 'send' ? [r.data] : []));
  expect(costs).toMatchObject([
    { vehicleId, supplyKrw: 50_001, category: 'maintenance', source: { kind: 'contract', id: contractId } },
    { vehicleId: id(90), supplyKrw: 50_000, vatKrw: 0, occurredOn: '2025-06-30' },
  ]);
  expect(bookingOf().tell('ContractTerminated', { ...end, penaltyKrw: 0 }).sent).toEqual([]);
});

it('hears of costs by the document they come from', () => {
  const booked = (kind: string) => keysOf(CostBooking, 'CostBooked', { source: { kind, id: 'X' } });
  expect([booked('invoice'), booked('delivery'), booked('repairOrder')]).toEqual([['X'], ['X'], []]);
});
