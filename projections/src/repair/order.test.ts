import { type AnyEvent, advance, emptyFold, type RecordedEvent, RepairOrder } from '@cargoro/domain';
import { recorded } from '@cargoro/domain/testing';
import { describe, expect, it } from 'vitest';
import { deriveRow, foldRow } from '../kit/fold.ts';
import type { AnyReadModel, AnyRow } from '../kit/types.ts';
import { uuid } from '../testing/histories.ts';
import { ApprovalInbox } from './approval-inbox.ts';
import { BoardView } from './board.ts';
import { OrderView } from './order.ts';
import { TechQueue } from './tech-queue.ts';

const repairOrderId = uuid(1);
const [workshopOrg, technicianId, bayId, customer] = [uuid(2), uuid(3), uuid(4), uuid(5)];
const [pads, fluid] = [uuid(11), uuid(12)];
const file = { objectId: 'o1', sha256: 'a'.repeat(64), bytes: 10 };
const line = (lineId: string, price: number) => ({
  ...{
    lineId,
    kind: 'part',
    name: '브레이크 패드',
    partId: 'P-1',
    grade: 'oem',
    qty: 1,
    unitPriceKrw: price,
    payer: 'owner',
  },
  ...{ alternatives: [{ grade: 'reman', unitPriceKrw: 50_000 }], taxable: true },
});
const at = (minute: number): string => `2025-06-30T01:${String(minute).padStart(2, '0')}:00.000Z`;

/** A whole visit, one event a minute. */
const visit: readonly AnyEvent[] = [
  {
    type: 'RepairOrderOpened',
    data: {
      ...{ repairOrderId, number: 'RO-25-000001', workshopId: uuid(6), workshopOrgId: workshopOrg, vehicleId: uuid(7) },
      ...{
        customer: { kind: 'owner', id: customer },
        payer: { kind: 'owner', id: customer },
        odometerInKm: 10_000,
        fuelPct: 50,
      },
      ...{ complaint: '소음', conditionPhotos: [file], firstRegisteredOn: '2020-01-01', highVoltage: false },
      vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
      parties: [
        { kind: 'org', id: workshopOrg, as: 'workshop' },
        { kind: 'user', id: customer, as: 'customer' },
        { kind: 'user', id: customer, as: 'payer' },
      ],
    },
  },
  { type: 'TechnicianAssigned', data: { repairOrderId, technicianId, bayId, plannedHours: 2 } },
  {
    type: 'DiagnosisRecorded',
    data: {
      repairOrderId,
      findings: [{ findingId: uuid(8), system: '제동', severity: 'urgent', note: '', photos: [file] }],
      dtcs: [],
    },
  },
  {
    type: 'EstimateDrafted',
    data: {
      ...{
        repairOrderId,
        version: 1,
        lines: [line(pads, 100_000), line(fluid, 20_000)],
        menuVersion: 1,
        validUntil: '2025-07-30',
      },
      ...{ supplyKrw: 120_000, vatKrw: 12_000, totalKrw: 132_000, exemptLineIds: [] },
    },
  },
  {
    type: 'EstimateSent',
    data: {
      ...{ repairOrderId, version: 1, channel: 'app', dueAt: '2025-07-02T01:00:00.000Z', validUntil: '2025-07-30' },
      ...{ supplement: false, totalKrw: 132_000, lineIds: [pads, fluid] },
    },
  },
  {
    type: 'LinesApproved',
    data: {
      ...{ repairOrderId, version: 1, lineIds: [pads], approver: { kind: 'owner', id: customer }, method: 'app' },
      ...{ choices: [{ lineId: pads, grade: 'reman' }], approvedTotalKrw: 55_000 },
    },
  },
  {
    type: 'LinesDeclined',
    data: { repairOrderId, lineIds: [fluid], reason: '다음에', safetyAcknowledged: false, version: 1 },
  },
  {
    type: 'PartRequested',
    data: { repairOrderId, requestId: uuid(20), lineId: pads, partId: 'P-1', qty: 1, neededBy: at(50) },
  },
  { type: 'PartShortageNoted', data: { repairOrderId, requestId: uuid(20), missingQty: 1, expectedOn: '2025-07-01' } },
  { type: 'PartArrived', data: { repairOrderId, requestId: uuid(20) } },
  { type: 'WorkStarted', data: { repairOrderId, technicianId, bayId, lineIds: [pads] } },
  { type: 'WorkPaused', data: { repairOrderId, reason: 'shift' } },
  { type: 'WorkResumed', data: { repairOrderId } },
  { type: 'PartUsed', data: { repairOrderId, lineId: pads, requestId: uuid(20), qty: 1, movementId: uuid(30) } },
  { type: 'LineFinished', data: { repairOrderId, lineId: pads, minutes: 40 } },
  { type: 'NoteAdded', data: { repairOrderId, text: '내부 메모', photos: [], visibility: 'workshop' } },
  { type: 'WorkFinished', data: { repairOrderId } },
  {
    type: 'InspectionPassed',
    data: { repairOrderId, inspectorId: uuid(9), checks: [{ item: '제동', pass: true }], roadTestKm: 3 },
  },
  {
    type: 'RepairOrderCompleted',
    data: {
      ...{
        repairOrderId,
        odometerOutKm: 10_003,
        responsibleMechanicId: technicianId,
        statementNo: 'ST-1',
        statementSha256: 'b'.repeat(64),
      },
      ...{ supplyKrw: 50_000, vatKrw: 5_000, totalKrw: 55_000, finalTotalKrw: 55_000 },
      warrantyTerms: [{ lineId: pads, untilOn: '2025-08-29' }],
    },
  },
  {
    type: 'VehicleHandedOver',
    data: { repairOrderId, receiver: { kind: 'owner', id: customer }, at: at(40), keyBack: true, signature: file },
  },
];
const events: readonly RecordedEvent[] = visit.map((event, index) =>
  recorded(`repairOrder-${repairOrderId}`, index, event, { occurredAt: at(index) }),
);
const rows: AnyRow[] = [];
for (const event of events) rows.push(foldRow(OrderView, rows.at(-1), event, repairOrderId)!);
const after = (type: string): AnyRow => rows[visit.findIndex((event) => event.type === type)]!;
const view = (model: AnyReadModel, type: string): AnyRow => deriveRow(model, model.derived!, after(type));

describe('the row of a repair order', () => {
  it('has the status of its aggregate after every event', () => {
    let folded = emptyFold(RepairOrder);
    for (const [index, event] of events.entries()) {
      folded = advance(RepairOrder, folded, event);
      expect([event.type, rows[index]?.status]).toEqual([event.type, folded.state.status]);
      expect(rows[index]?.revision).toBe(String(index));
    }
  });

  it('keeps answers, choice of grade, labour and the statement', () => {
    const last = rows.at(-1)!;
    expect(last.lines).toMatchObject([
      { lineId: pads, state: 'done', grade: 'reman', unitPriceKrw: 50_000, minutes: 40 },
      { lineId: fluid, state: 'declined', answer: '다음에' },
    ]);
    expect(last).toMatchObject({
      workedMinutes: 1 + 4,
      approvedKrw: 55_000,
      statement: { number: 'ST-1', totalKrw: 55_000 },
    });
    expect(last.labour).toHaveLength(2);
  });

  it('survives a round trip through JSON between any two events', () => {
    const again = events.reduce<AnyRow | undefined>(
      (row, event) => foldRow(OrderView, row && (JSON.parse(JSON.stringify(row)) as AnyRow), event, repairOrderId),
      undefined,
    );
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(rows.at(-1))));
  });

  it('hides the workshop’s own notes from the customer', () => {
    const mask = OrderView.masks!.notes!;
    const notes = rows.at(-1)!.notes;
    expect(mask(notes, { id: 'x', keys: [], role: 'OWNER', as: ['customer'] })).toEqual([]);
    expect(mask(notes, { id: 'x', keys: [], role: 'SERVICE_ADVISOR', as: ['workshop'] })).toHaveLength(1);
  });
});

describe('the card on the board', () => {
  it.each([
    ['RepairOrderOpened', 'arrive', null],
    ['TechnicianAssigned', 'diagnose', null],
    ['DiagnosisRecorded', 'diagnose', null],
    ['EstimateSent', 'waitingApproval', 'waitingApproval'],
    ['LinesDeclined', 'inWork', null],
    ['PartShortageNoted', 'waitingParts', 'waitingParts'],
    ['PartArrived', 'inWork', null],
    ['WorkPaused', 'inWork', 'shift'],
    ['WorkFinished', 'inspect', null],
    ['InspectionPassed', 'ready', null],
    ['VehicleHandedOver', 'closed', null],
  ])('after %s stands in %s, waiting for %s', (type, column, waitReason) => {
    expect(view(BoardView, type)).toMatchObject({ column, waitReason, plate: '12가3456' });
  });

  it('knows since when a car waits', () => {
    expect(view(BoardView, 'EstimateSent').waitingSince).toBe(at(4));
    expect(view(BoardView, 'PartShortageNoted').waitingSince).toBe(at(8));
    expect(view(BoardView, 'PartArrived').waitingSince).toBeNull();
  });

  it('is the workshop’s alone, as the request to approve is the customer’s', () => {
    expect(view(BoardView, 'EstimateSent').partyKeys).toEqual([`org:${workshopOrg}`]);
    expect(view(ApprovalInbox, 'EstimateSent').partyKeys).toEqual([`user:${customer}`]);
    expect(view(ApprovalInbox, 'EstimateSent')).toMatchObject({
      waiting: true,
      pendingLineIds: [pads, fluid],
      totalKrw: 132_000,
    });
    expect(view(ApprovalInbox, 'LinesApproved')).toMatchObject({ waiting: true, pendingLineIds: [fluid] });
    expect(view(ApprovalInbox, 'LinesDeclined')).toMatchObject({ waiting: false });
  });

  it('gives the technician the running clock and what is missing', () => {
    expect(view(TechQueue, 'PartShortageNoted')).toMatchObject({ missingParts: 1, runningSince: null, active: true });
    expect(view(TechQueue, 'WorkStarted')).toMatchObject({ missingParts: 0, runningSince: at(10) });
    expect(view(TechQueue, 'RepairOrderCompleted')).toMatchObject({ active: false });
  });
});
