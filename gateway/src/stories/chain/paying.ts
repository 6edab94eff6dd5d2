import { expect } from 'vitest';
import { idOf, orgs, people } from '../kit/cast.ts';
import { handOver, pickUp } from '../kit/delivering.ts';
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

/** The workshop bills what the fleet agreed to, once. */
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
  return invoiceId;
};

/** The fleet books the repair and both journeys on the contract; four fifths of the budget are gone. */
export const bookCosts = async (stage: ChainStage, vehicleId: string, invoiceId: string, deliveries: string[]) => {
  const { as } = stage;
  const bookkeeper = as(people.bookkeeper);
  const occurredOn = dayOf(stage);
  const repair = {
    ...{ contractId, costId: idOf('cost/repair'), vehicleId, category: 'maintenance', supplyKrw, vatKrw, occurredOn },
    source: { kind: 'invoice', id: invoiceId },
  };
  for (const [n, id] of deliveries.entries()) {
    const found = await bookkeeper.one<{ fare: { totalKrw: number } }>('delivery', { id }, 'fare { totalKrw }');
    const fare = found?.fare.totalKrw ?? 0;
    const cost = { costId: idOf(`cost/delivery ${n}`), category: 'delivery', supplyKrw: fare, vatKrw: 0 };
    await bookkeeper.command('BookCost', { ...repair, ...cost, source: { kind: 'delivery', id } });
  }
  await bookkeeper.command('BookCost', repair);
  const again = { ...repair, costId: idOf('cost/again') };
  expect(await bookkeeper.refusal('BookCost', again)).toBe('DUPLICATE_SOURCE');
  const crossed = await bookkeeper.until<{ percent: number; bookedKrw: number }>(
    'budgetCrossed',
    { orgId: fleetOrgId },
    'percent category bookedKrw budgetKrw',
    () => true,
  );
  expect(crossed).toEqual({ percent: 80, category: 'maintenance', bookedKrw: 145_200, budgetKrw: 180_000 });
  const costs = await bookkeeper.list('costs', { contractId }, 'category count totalKrw');
  // A journey is 8.0 km by road, at 1,200 a kilometre on top of 30,000, to the nearest thousand.
  expect(costs).toHaveLength(2);
  expect(costs).toEqual(
    expect.arrayContaining([
      { category: 'maintenance', count: 1, totalKrw: 145_200 },
      { category: 'delivery', count: 2, totalKrw: 80_000 },
    ]),
  );
};
