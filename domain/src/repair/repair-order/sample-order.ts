import type { Actor, AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import { id, ids, organizationFacts, parseSteps, tell, vehicleFact, workshopFact } from '../sample-world.ts';
import { RepairOrder } from './repair-order.ts';

/** One order as tests tell it: two lines of brake work, a part among them. */
export const repairOrderId = id(1);
export const labourId = id(2);
export const partLineId = id(3);
export const oilId = id(4);
export const findingId = id(5);
export const requestId = id(6);
export const facts = [workshopFact, ...organizationFacts, vehicleFact()];
export const world: World = { now: '2025-06-30T01:00:00.000Z', facts };
export const by = (actor: Partial<Actor>, more: World = {}): World => ({
  ...world,
  ...more,
  actor: { kind: 'user', id: id(99), ...actor },
});
export const advisor = by({ id: ids.advisor, orgId: ids.workshopOrg, role: 'SERVICE_ADVISOR' });
export const customer = by({ id: ids.customer, role: 'OWNER' });
export const file = { objectId: 'photos/1', sha256: 'a'.repeat(64), bytes: 1_000 };
export const owner = { kind: 'owner', id: ids.customer };

export const open = {
  repairOrderId,
  number: 'RO-25-000001',
  workshopId: ids.workshop,
  vehicleId: ids.vehicle,
  customer: owner,
  payer: owner,
  odometerInKm: 42_100,
  fuelPct: 40,
  complaint: '브레이크에서 소리가 납니다',
};
export const diagnose = {
  repairOrderId,
  findings: [{ findingId, system: '제동', severity: 'urgent', measured: '1.5 mm', note: '패드 마모' }],
  dtcs: ['C0035'],
};
/** 0.9 h × 50,000 = 45,000. */
export const labour = {
  lineId: labourId,
  kind: 'labour',
  serviceCode: 'PADF',
  qty: 1,
  hours: 0.9,
  rateKrw: 50_000,
  payer: 'owner',
  findingId,
};
export const part = {
  lineId: partLineId,
  kind: 'part',
  serviceCode: 'PADF',
  partId: 'pad-oem',
  grade: 'oem',
  qty: 1,
  unitPriceKrw: 60_005,
  payer: 'owner',
  findingId,
  alternatives: [{ grade: 'certifiedAlt', partId: 'pad-alt', unitPriceKrw: 39_000 }],
};
export const oil = { lineId: oilId, kind: 'labour', serviceCode: 'OIL', hours: 0.4, rateKrw: 50_000, payer: 'owner' };
export const fee = (n: number, unitPriceKrw: number) => ({ lineId: id(n), kind: 'fee', unitPriceKrw, payer: 'owner' });
export const discount = (n: number, unitPriceKrw: number) => ({ ...fee(n, unitPriceKrw), kind: 'discount' });

export const draft = (version: number, ...lines: readonly object[]) => ({
  repairOrderId,
  version,
  lines,
  menuVersion: 1,
  validUntil: '2025-07-14',
});
export const send = (version: number) => ({ repairOrderId, version, channel: 'app' });
export const approve = (version: number, ...lineIds: readonly string[]) => ({
  repairOrderId,
  version,
  lineIds,
  approver: owner,
  method: 'app',
});
export const start = (...lineIds: readonly string[]) => ({
  repairOrderId,
  technicianId: ids.mechanic,
  bayId: ids.bay,
  lineIds,
});
export const finish = (lineId: string, minutes = 50) => ({ repairOrderId, lineId, minutes });
export const request = { repairOrderId, requestId, lineId: partLineId, partId: 'pad-oem', qty: 2, neededBy: world.now };
export const reserve = { repairOrderId, requestId, stockId: 'w1.pad-oem', qty: 2 };
export const use = (qty = 1) => ({ repairOrderId, lineId: partLineId, requestId, qty, movementId: id(7) });
export const inspect = {
  repairOrderId,
  inspectorId: ids.lead,
  checks: [{ item: '제동력', pass: true }],
  roadTestKm: 3,
};
export const complete = {
  repairOrderId,
  odometerOutKm: 42_103,
  responsibleMechanicId: ids.lead,
  statementNo: 'ST-25-000001',
  statementSha256: 'b'.repeat(64),
};
export const handOver = { repairOrderId, receiver: owner, signature: file, at: world.now, keyBack: true };

type Command = readonly [type: string, data: Record<string, unknown>];
export const order = (events: readonly AnyEvent[], ...commands: readonly Command[]): readonly AnyEvent[] =>
  tell(RepairOrder, events, commands, world);

/** The order at each stage of its life. */
export const opened = order([], ['OpenRepairOrder', open]);
export const diagnosed = order(opened, ['RecordDiagnosis', diagnose]);
export const sent = order(diagnosed, ['DraftEstimate', draft(1, labour, part)], ['SendEstimate', send(1)]);
export const approved = tell(RepairOrder, sent, [['ApproveLines', approve(1, labourId, partLineId)]], customer);
export const inProgress = order(approved, ['StartWork', start(labourId, partLineId)]);
export const withPart = order(inProgress, ['RequestPart', request], ['NotePartReserved', reserve]);
export const done = order(
  withPart,
  ['UsePart', use()],
  ['FinishLine', finish(labourId)],
  ['FinishLine', finish(partLineId, 0)],
);
export const qualityCheck = order(done, ['FinishWork', { repairOrderId }]);
export const inspected = order(qualityCheck, ['PassInspection', inspect]);
export const completed = order(inspected, ['CompleteOrder', complete]);

export const whenIn = (events: readonly AnyEvent[]) => given(RepairOrder, ...events);
/** What a decision asks of other streams, before and after its events are stored. */
export const stepsOf = (events: readonly AnyEvent[], type: string, data: Record<string, unknown>, at = world) => {
  const { decision } = given(RepairOrder, ...events).when(type, data, at);
  if (!decision.ok) throw new Error(decision.code);
  parseSteps(decision);
  const named = (list: readonly { type: string; data: Record<string, unknown> }[]) =>
    list.map((step) => (step.data.kind ? `${step.type} ${step.data.kind}` : step.type));
  return { before: named(decision.before), after: named(decision.after) };
};
