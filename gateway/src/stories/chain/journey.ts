import { expect } from 'vitest';
import { orgs, people } from '../kit/cast.ts';
import { fleetOrgId } from '../kit/fleet.ts';
import type { ChainStage } from './ways.ts';

type Journey = { status: string; vehicleId: string | null; steps: { type: string; category: string; orgId: string }[] };
const fields = 'status startedWith vehicleId steps { type category orgId }';
/** The milestones of the chain, in the order of domain.md §3.2. */
const milestones = [
  ...['MaintenanceDue', 'ReservationRequested', 'MaintenanceBooked', 'ReservationConfirmed', 'DeliveryRequested'],
  ...['OfferAccepted', 'PickupInspected', 'HandoverCompleted', 'CustomerArrived', 'RepairOrderOpened'],
  ...['EstimateSent', 'LinesApproved', 'PartRequested', 'PartShortageNoted', 'PartArrived'],
  ...['InspectionPassed', 'RepairOrderCompleted', 'MaintenanceDone', 'DeliveryRequested', 'HandoverCompleted'],
  ...['CostBooked'],
];
const isInOrder = (types: readonly string[]): boolean => {
  let from = -1;
  return milestones.every((type) => {
    from = types.indexOf(type, from + 1);
    return from >= 0;
  });
};

/** One journey over four organisations. The fleet reads all of its own way; the others read their part of it. */
export const readJourney = async ({ as }: ChainStage, id: string, vehicleId: string): Promise<void> => {
  const whole = await as(people.manager).until<Journey>(
    'journeyChanged',
    { id },
    fields,
    ({ status }) => status === 'done',
  );
  expect(whole).toMatchObject({ startedWith: 'MaintenanceDue', vehicleId });
  const types = whole.steps.map(({ type }) => type);
  const categories = new Set(whole.steps.map(({ category }) => category));
  for (const others of ['purchaseOrder', 'stock', 'driverShift']) expect(categories).not.toContain(others);
  expect(isInOrder(types), types.join(' ')).toBe(true);
  const acted = new Set(whole.steps.map(({ orgId }) => orgId));
  // For the fleet our processes act: nobody there had to do anything.
  expect([orgs.garage.id, orgs.transport.id].every((org) => acted.has(org))).toBe(true);
  expect(acted).not.toContain(fleetOrgId);

  const seenBy = async (who: keyof typeof people) => {
    const part = await as(people[who]).one<Journey>('journey', { id }, fields);
    return { vehicleId: part?.vehicleId, categories: [...new Set(part?.steps.map(({ category }) => category))].sort() };
  };
  const { categories: ofGarage } = await seenBy('advisor');
  expect(ofGarage).toEqual(
    expect.arrayContaining(['delivery', 'purchaseOrder', 'repairOrder', 'reservation', 'stock']),
  );
  // What the contract costs and what else is planned is the fleet’s own business.
  for (const own of ['fleetLedger', 'maintenancePlan']) expect(ofGarage).not.toContain(own);
  expect(await seenBy('sales')).toEqual({ vehicleId: null, categories: ['purchaseOrder'] });
  expect((await seenBy('dispatcher')).categories).toEqual(['delivery', 'driverShift']);
  expect(await as(people.kim).one('journey', { id }, fields)).toBeNull();
};
