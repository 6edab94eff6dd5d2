import { plusHours } from '@cargoro/domain';
import { sha256 } from '@cargoro/infra/ids';
import { expect } from 'vitest';
import { fileOf, idOf, orgs, people } from '../kit/cast.ts';
import { fleetOrgId, policyId } from '../kit/fleet.ts';
import { bayId, dayOf, workshopId } from '../kit/founding.ts';
import { labour, part } from '../kit/repairing.ts';
import { padsId } from '../kit/supplying.ts';
import type { ChainStage } from './ways.ts';

const oil = labour('OIL', 'fleet');
const pads = labour('PADF', 'fleet');
const padSet = part('PADF', padsId, 62_000, 'fleet');
const lines = [oil, pads, padSet];
const lineIds = lines.map(({ lineId }) => lineId);
export const supplyKrw = 25_000 + 45_000 + 62_000;
export const vatKrw = 13_200;

/** Planned work below the limit is approved by the fleet’s rules, which the workshop never sees. */
export const approveByPolicy = async (stage: ChainStage, repairOrderId: string): Promise<void> => {
  const { as } = stage;
  const [advisor, technician] = [as(people.advisor), as(people.technician)];
  await advisor.command('AssignTechnician', { repairOrderId, technicianId: technician.id, plannedHours: 1.4, bayId });
  const work = { repairOrderId, technicianId: technician.id, bayId, lineIds };
  expect(await technician.refusal('StartWork', work)).toBe('ESTIMATE_REQUIRED');
  await technician.command('RecordDiagnosis', {
    repairOrderId,
    findings: [{ findingId: idOf('finding'), system: '제동', severity: 'soon', measured: '2.8 mm' }],
  });
  const estimate = { repairOrderId, version: 1, lines, menuVersion: 1, validUntil: dayOf(stage, 14) };
  await advisor.command('DraftEstimate', estimate);
  await advisor.command('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
  const { answers } = await advisor.until<{ status: string; approvedKrw: number; answers: object[] }>(
    'repairOrderChanged',
    { id: repairOrderId },
    'status approvedKrw answers { method approver { kind id } evidence { sha256 } lineIds }',
    ({ status, approvedKrw }) => status === 'approved' && approvedKrw === supplyKrw + vatKrw,
  );
  const inForce = { orgId: fleetOrgId, time: stage.now() };
  const policy = await as(people.manager).one<{ sha256: string }>('policyAt', inForce, 'sha256');
  expect(answers).toEqual([
    {
      ...{ method: 'policyAuto', approver: { kind: 'policy', id: policyId }, lineIds },
      evidence: { sha256: policy?.sha256 },
    },
  ]);
  expect(await advisor.deniedQuery('{ policies { edges { node { id } } } }')).toBe('FORBIDDEN');
  await technician.command('StartWork', work);
};

const requestId = idOf('request');
const partOf = { lineId: padSet.lineId, partId: padsId, qty: 1 };
type Request = { id: string; status: string; expectedOn: string | null };

/** The store has no pads: they are ordered for this very job, and work waits for them. */
export const missPads = async (stage: ChainStage, repairOrderId: string): Promise<string> => {
  const { as, now, pass } = stage;
  const technician = as(people.technician);
  await technician.command('FinishLine', { repairOrderId, lineId: oil.lineId, minutes: 28 });
  await technician.command('RequestPart', { repairOrderId, requestId, ...partOf, neededBy: plusHours(now(), 24) });
  await technician.until<{ status: string; waitReason: string }>(
    'repairOrderChanged',
    { id: repairOrderId },
    'status waitReason',
    ({ status, waitReason }) => status === 'onHold' && waitReason === 'waitingParts',
  );
  const buyer = as(people.buyer);
  const watched = ['purchaseOrderChanged', { orgId: orgs.garage.id }] as const;
  type Order = { id: string; status: string; origin: string; lines: object[] };
  const drafted = await buyer.until<Order>(
    ...watched,
    'id status origin lines { poLineId repairOrderId partId qty unitPriceKrw }',
    ({ origin }) => origin === 'repairShortage',
  );
  expect(drafted.lines).toEqual([{ poLineId: requestId, repairOrderId, partId: padsId, qty: 1, unitPriceKrw: 42_000 }]);
  // Shortages of twenty minutes travel together, then the order goes out by itself.
  if (pass) pass(21);
  else await buyer.command('SubmitPurchaseOrder', { purchaseOrderId: drafted.id });
  await buyer.until<Order>(...watched, 'id status', ({ status }) => status === 'submitted');
  return drafted.id;
};

/** The supplier promises and ships; what comes in is kept for the job before anybody else can have it. */
export const supplyPads = async (stage: ChainStage, purchaseOrderId: string): Promise<void> => {
  const { as, between } = stage;
  const sales = as(people.sales);
  const seen = await sales.until<{ id: string; status: string; lines: object[] }>(
    'purchaseOrderChanged',
    { orgId: orgs.supplier.id },
    'id status originIds lines { qty repairOrderId }',
    ({ id, status }) => id === purchaseOrderId && status === 'submitted',
  );
  // The supplier is told what to bring, and neither for which job nor for whose car.
  expect(seen).toMatchObject({ originIds: [], lines: [{ qty: 1, repairOrderId: null }] });
  const promisedOn = dayOf(stage, 1);
  const lines = [{ poLineId: requestId, acceptedQty: 1, promisedOn }];
  await sales.command('AcceptBySupplier', { purchaseOrderId, lines });
  const requests = ['partRequestChanged', { workshopId }, 'id status expectedOn'] as const;
  const technician = as(people.technician);
  await technician.until<Request>(...requests, ({ id, expectedOn }) => id === requestId && expectedOn === promisedOn);
  await between?.('the pads are promised');
  const shipment = { purchaseOrderId, shipmentId: idOf('shipment'), carrier: '한빛택배' };
  const tooMuch = { ...shipment, lines: [{ poLineId: requestId, qty: 2 }] };
  expect(await sales.refusal('ShipGoods', tooMuch)).toBe('OVER_ACCEPTED_QTY');
  await sales.command('ShipGoods', { ...shipment, lines: [{ poLineId: requestId, qty: 1 }] });
  await as(people.clerk).command('ReceiveGoods', {
    ...{ purchaseOrderId, receiptId: idOf('receipt') },
    lines: [{ poLineId: requestId, qty: 1, acceptedQty: 1, rejectedQty: 0 }],
  });
  await technician.until<Request>(...requests, ({ id, status }) => id === requestId && status === 'arrived');
};

/** The pads are handed out and fitted, somebody else than the mechanic inspects, the advisor completes. */
export const finishWork = async (stage: ChainStage, repairOrderId: string): Promise<void> => {
  const { as } = stage;
  const [technician, clerk, lead] = [as(people.technician), as(people.clerk), as(people.lead)];
  await technician.command('ResumeWork', { repairOrderId });
  const fitted = { repairOrderId, lineId: padSet.lineId, minutes: 5 };
  expect(await technician.refusal('FinishLine', fitted)).toBe('PART_NOT_USED');
  const id = `${workshopId}.${padsId}`;
  type Shelf = { onHand: number; available: number; reservations: { reservationId: string; forId: string }[] };
  const shelf = 'onHand available reservations { reservationId forId }';
  const kept = await clerk.one<Shelf>('stockItem', { id }, shelf);
  expect(kept).toMatchObject({ onHand: 1, available: 0, reservations: [{ forId: requestId }] });
  await clerk.command('IssueStock', {
    ...{ warehouseId: workshopId, partId: padsId, movementId: idOf('movement'), qty: 1 },
    ...{ reservationId: kept?.reservations[0]?.reservationId, forKind: 'partRequest', forId: requestId },
  });
  await technician.until<{ parts: { usedQty: number }[] }>(
    'repairOrderChanged',
    { id: repairOrderId },
    'parts { usedQty }',
    ({ parts }) => parts[0]?.usedQty === 1,
  );
  await technician.command('FinishLine', fitted);
  expect(await technician.refusal('FinishWork', { repairOrderId })).toBe('OPEN_LINES');
  await technician.command('FinishLine', { repairOrderId, lineId: pads.lineId, minutes: 55 });
  await technician.command('FinishWork', { repairOrderId });
  const inspection = { repairOrderId, checks: [{ item: '제동', pass: true }], roadTestKm: 3 };
  const own = { ...inspection, inspectorId: technician.id };
  expect(await lead.refusal('PassInspection', own)).toBe('INSPECTOR_IS_MECHANIC');
  await lead.command('PassInspection', { ...inspection, inspectorId: lead.id });
  await as(people.advisor).command('CompleteOrder', {
    ...{ repairOrderId, odometerOutKm: 60_019, responsibleMechanicId: lead.id, statementNo: 'ST-30-000001' },
    statementSha256: sha256('statement'),
  });
  await as(people.advisor).command('HandOver', {
    ...{ repairOrderId, receiver: { kind: 'driver', id: people.driver.userId }, at: stage.now(), keyBack: true },
    signature: fileOf('hand-over.png'),
  });
};
