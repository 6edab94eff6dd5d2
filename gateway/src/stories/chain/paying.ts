import { expect } from 'vitest';
import { idOf, orgs, people } from '../kit/cast.ts';
import { handOver, pickUp } from '../kit/delivering.ts';
import { isFiled } from '../kit/filed.ts';
import { contractId, fleetOrgId, headOffice } from '../kit/fleet.ts';
import { dayOf, garagePlace } from '../kit/founding.ts';
import { isWith } from './bringing.ts';
import { supplyKrw, vatKrw } from './repairing.ts';
import type { ChainStage } from './ways.ts';

/** The plan counts from the new readings, and the driver takes the car home. */
export const bringBack = async (stage: ChainStage, vehicleId: string, deliveryId: string): Promise<void> => {
  const { as } = stage;
  await pickUp(stage, deliveryId, people.driver, garagePlace, 60_019);
  await handOver(stage, deliveryId, people.driver, headOffice, 60_031);
  await isWith(stage, vehicleId, 'owner', fleetOrgId, 60_031);
  const plan = await as(people.manager).one('maintenancePlan', { vehicleId }, 'items { itemCode state dueKm }');
  expect(plan).toEqual({
    items: [
      { itemCode: 'OIL', state: 'ok', dueKm: 70_019 },
      { itemCode: 'PADF', state: 'ok', dueKm: 90_019 },
    ],
  });
};

/** The workshop bills what the fleet agreed to, once; statement and invoice are kept under their hashes. */
export const bill = async (stage: ChainStage, repairOrderId: string): Promise<string> => {
  const { as } = stage;
  const cashier = as(people.cashier);
  const invoiceId = idOf('invoice');
  const draft = {
    ...{ invoiceId, sellerOrgId: orgs.garage.id, payer: { kind: 'fleet', id: fleetOrgId } },
    ...{ source: { kind: 'repairOrder', id: repairOrderId }, buyerBusinessNo: orgs.pureunsol.businessNo },
    lines: [{ lineId: idOf('invoice line'), text: '60,000 km 정기 정비', supplyKrw }],
    ...{ supplyKrw, vatKrw, totalKrw: supplyKrw + vatKrw },
  };
  const wrong = { ...draft, vatKrw: vatKrw + 1, totalKrw: supplyKrw + vatKrw + 1 };
  expect(await cashier.refusal('DraftInvoice', wrong)).toBe('VAT_MISMATCH');
  await cashier.command('DraftInvoice', draft);
  const twice = { ...draft, invoiceId: idOf('second invoice') };
  expect(await cashier.refusal('DraftInvoice', twice)).toBe('SOURCE_ALREADY_INVOICED');
  const days = { issuedOn: dayOf(stage), dueOn: dayOf(stage, 30) };
  await cashier.command('IssueInvoice', { invoiceId, number: 'INV-30-000001', documentKind: 'taxInvoice', ...days });
  await isFiled(as(people.bookkeeper), 'statement', repairOrderId);
  await isFiled(as(people.bookkeeper), 'invoice', invoiceId);
  return invoiceId;
};

/** The repair and both journeys are booked on the contract by themselves; four fifths of the budget are gone. */
export const readCosts = async (stage: ChainStage, vehicleId: string, invoiceId: string): Promise<void> => {
  const { as } = stage;
  const bookkeeper = as(people.bookkeeper);
  const crossed = await bookkeeper.until<{ percent: number; bookedKrw: number }>(
    'budgetCrossed',
    { orgId: fleetOrgId },
    'percent category bookedKrw budgetKrw',
    () => true,
  );
  expect(crossed).toEqual({ percent: 80, category: 'maintenance', bookedKrw: 145_200, budgetKrw: 180_000 });
  // A journey is 8.0 km by road, at 1,200 a kilometre on top of 30,000, to the nearest thousand.
  const expected = [
    { category: 'delivery', count: 2, totalKrw: 80_000 },
    { category: 'maintenance', count: 1, totalKrw: 145_200 },
  ];
  const read = () => bookkeeper.list<{ category: string }>('costs', { contractId }, 'category count totalKrw');
  const sorted = async () => (await read()).toSorted((a, b) => (a.category < b.category ? -1 : 1));
  await expect.poll(sorted, { timeout: 15_000 }).toEqual(expected);
  // Who books by hand what stands there already is told so.
  const again = { contractId, costId: idOf('cost/again'), vehicleId, category: 'maintenance', supplyKrw, vatKrw };
  const source = { kind: 'invoice', id: invoiceId };
  expect(await bookkeeper.refusal('BookCost', { ...again, occurredOn: dayOf(stage), source })).toBe('DUPLICATE_SOURCE');
};
