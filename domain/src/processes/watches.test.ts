import { describe, expect, it } from 'vitest';
import { Organization } from '../core/organization/organization.ts';
import { TripLog } from '../fleet/trip-log/trip-log.ts';
import { minutesBetween } from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, ids, organization, vehicleFact, workshopFact } from '../repair/sample-world.ts';
import { plusBusinessHours } from './business-time.ts';
import { ContractWatch } from './contract-watch.ts';
import { Erasure } from './erasure.ts';
import * as f from './fleet.fixture.ts';
import { LegalTransmission } from './legal-transmission.ts';
import * as parts from './parts.fixture.ts';
import { PlanEvaluation } from './plan-evaluation.ts';
import { PartRecall } from './recall.ts';
import { dataOf, instanceOf, keysOf, refusalOf, timerOf } from './spec.ts';
import { TripLogMonth } from './trip-log-month.ts';
import { WarrantyWatch } from './warranty-watch.ts';

const { repairOrderId } = sample;
const order = (events: readonly { type: string; data: Record<string, unknown> }[] = sample.completed) => ({
  aggregate: RepairOrder,
  id: repairOrderId,
  events,
});
const completedData = sample.completed.at(-1)?.data ?? {};

describe('business hours', () => {
  it('run from Monday to Friday, nine to six in Seoul', () => {
    expect(plusBusinessHours('2025-06-30T01:00:00.000Z', 4)).toBe('2025-06-30T05:00:00.000Z');
    expect(plusBusinessHours('2025-06-30T08:00:00.000Z', 4)).toBe('2025-07-01T03:00:00.000Z');
    expect(plusBusinessHours('2025-07-04T08:00:00.000Z', 4)).toBe('2025-07-07T03:00:00.000Z');
    expect(plusBusinessHours('2025-07-05T20:00:00.000Z', 2)).toBe('2025-07-07T02:00:00.000Z');
  });
});

describe('the watch over a contract', () => {
  const { contractId } = f;
  it('marks it sixty days before its end and ends it after its last day; a renewal moves both', () => {
    const watch = instanceOf(ContractWatch, f.fleetWorld);
    const signed = watch.tell('ContractSigned', { contractId });
    expect(timerOf(signed, 'expiring')).toBe('2025-10-31T15:00:00.000Z');
    expect(timerOf(signed, 'end')).toBe('2025-12-31T15:00:00.000Z');
    expect(watch.fire('expiring').sent).toEqual(['MarkExpiring']);
    expect(watch.tell('ContractExpiring', { contractId, endsOn: '2025-12-31' }).sent).toEqual([
      'notice:contractExpiring',
    ]);
    expect(watch.tell('ContractRenewed', { contractId, newEndsOn: '2026-12-31' }).sent).toEqual([
      'timer:expiring',
      'timer:end',
    ]);
    const end = watch.fire('end');
    expect(end.sent).toEqual(['EndContract']);
    expect(watch.tell(...refusalOf(end, 'EndContract', 'TOO_EARLY')).sent).toEqual([]);
  });
  it('closes the ledger of its last year once late costs are in, and asks for trip logs that stand in the way', () => {
    const over = () => {
      const watch = instanceOf(ContractWatch, f.fleetWorld);
      watch.tell('ContractSigned', { contractId });
      return { watch, ended: watch.tell('ContractEnded', { contractId }, '2025-12-31T15:00:00.000Z') };
    };
    const { watch, ended } = over();
    expect(ended.sent).toEqual(['-expiring', '-end', 'timer:closeLedger', 'notice:contractOver']);
    expect(timerOf(ended, 'closeLedger')).toBe('2026-03-01T15:00:00.000Z');
    const closing = watch.fire('closeLedger');
    expect(dataOf(closing, 'CloseLedgerYear')).toEqual({ contractId, year: 2025 });
    expect(watch.tell('LedgerYearClosed', { contractId, year: 2024 }).sent).toEqual([]);
    expect(watch.tell('LedgerYearClosed', { contractId, year: 2025 }).sent).toEqual(['complete']);
    const refused = (code: string) => {
      const { watch: other } = over();
      return other.tell(...refusalOf(other.fire('closeLedger'), 'CloseLedgerYear', code)).sent;
    };
    expect(refused('OPEN_TRIP_LOGS')).toEqual(['notice:ledgerNotClosed', 'complete']);
    expect(refused('YEAR_CLOSED')).toEqual(['complete']);
  });
  it('tells of budgets that are reached', () => {
    const watch = instanceOf(ContractWatch, f.fleetWorld);
    watch.tell('ContractSigned', { contractId });
    const crossed = { contractId, year: 2025, category: 'repair', percent: 80, bookedKrw: 8, budgetKrw: 10 };
    expect(watch.tell('BudgetThresholdCrossed', crossed).sent).toEqual(['notice:budgetReached']);
    // The year before may be closed while the contract runs.
    expect(watch.tell('LedgerYearClosed', { contractId, year: 2025 }).sent).toEqual([]);
    const terminated = watch.tell('ContractTerminated', { contractId, on: '2026-01-10' });
    expect(dataOf(terminated, 'RequestNotice').values).toEqual({ contractId, endsOn: '2026-01-10' });
    expect(dataOf(watch.fire('closeLedger'), 'CloseLedgerYear')).toEqual({ contractId, year: 2026 });
  });
});

describe('a month of a trip log', () => {
  const log = { vehicleId: ids.vehicle, month: '202506' };
  const world = { facts: [vehicleFact(ids.vehicle, { owner: { kind: 'org', id: ids.fleetOrg } })] };
  it('is asked for on the first, escalated on the tenth and each week after, and followed by the next month', () => {
    const month = instanceOf(TripLogMonth, world);
    const opened = month.tell('TripLogOpened', log);
    expect(timerOf(opened, 'ask')).toBe('2025-06-30T15:00:00.000Z');
    expect(timerOf(opened, 'escalate')).toBe('2025-07-10T15:00:00.000Z');
    expect(month.fire('ask').sent).toEqual(['notice:tripLogDue']);
    expect(month.fire('escalate').sent).toEqual(['notice:tripLogOverdue', 'timer:escalate']);
    expect(month.tell('TripLogSubmitted', log).sent).toEqual(['-ask', 'notice:tripLogSubmitted']);
    expect(timerOf(month.tell('TripLogReopened', log, '2025-07-20T00:00:00.000Z'), 'escalate')).toBe(
      '2025-07-27T00:00:00.000Z',
    );
    const closed = month.tell('TripLogClosed', { ...log, closingKm: 42_500 });
    expect(dataOf(closed, 'OpenTripLog')).toEqual({ vehicleId: ids.vehicle, month: '202507', openingKm: 42_500 });
    expect(closed.sent.at(-1)).toBe('complete');
  });
  it('leaves a next month that is open alone', () => {
    const next = {
      aggregate: TripLog,
      id: `${ids.vehicle}.202507`,
      events: [{ type: 'TripLogOpened', data: { vehicleId: ids.vehicle, month: '202507', openingKm: 1, parties: [] } }],
    };
    const month = instanceOf(TripLogMonth, { facts: [...world.facts, next] });
    month.tell('TripLogOpened', log);
    expect(month.tell('TripLogClosed', { ...log, closingKm: 1 }).sent).not.toContain('OpenTripLog');
  });
});

describe('the warranty of an order', () => {
  it('is announced before it ends, counts comebacks, and is over after the last term', () => {
    const watch = instanceOf(WarrantyWatch, { facts: [order()] });
    const begun = watch.tell('RepairOrderCompleted', completedData);
    expect(timerOf(begun, 'over')).toBe('2025-08-29T15:00:00.000Z');
    expect(timerOf(begun, 'warn')).toBe('2025-08-22T15:00:00.000Z');
    const back = { repairOrderId: id(40), warrantyOf: repairOrderId };
    expect(keysOf(WarrantyWatch, 'RepairOrderOpened', back)).toEqual([repairOrderId]);
    expect(watch.tell('RepairOrderOpened', back).sent).toEqual(['notice:warrantyComeback']);
    const warned = watch.fire('warn');
    expect(warned.sent).toEqual(['notice:warrantyEnds']);
    expect(dataOf(warned, 'RequestNotice').values).toMatchObject({ untilOn: '2025-08-29' });
    expect(watch.fire('over').sent).toEqual(['complete']);
  });
  it('is no warranty without a term', () => {
    const watch = instanceOf(WarrantyWatch, { facts: [order()] });
    expect(watch.tell('RepairOrderCompleted', { ...completedData, warrantyTerms: [] }).sent).toEqual(['complete']);
  });
});

describe('the report to the ministry', () => {
  const business = { aggregate: Organization, id: ids.workshopOrg, events: organization(ids.workshopOrg, 'workshop') };
  const world = {
    facts: [
      order(),
      workshopFact,
      vehicleFact(),
      business,
      f.setting('platform', 'ministry.endpoint', 'http://localhost/k4'),
    ],
  };
  it('has what the law asks for, and is over once it is received', () => {
    const report = instanceOf(LegalTransmission, world);
    const { reactions } = report.tell('RepairOrderCompleted', completedData);
    expect(reactions).toEqual([
      expect.objectContaining({
        job: 'legalReport',
        data: {
          url: 'http://localhost/k4',
          report: {
            ...{ repairOrderId, odometerKm: 42_103, responsibleMechanicId: ids.lead, statementNo: 'ST-25-000001' },
            ...{ plate: '12가3456', requestedOn: '2025-06-30', completedOn: '2025-06-30', businessNo: '999-11-11111' },
            ...{ workshop: '가온오토케어 강남', repairRegNo: '제2018-강남-0123호', address: '서울 강남구 새벽로 1' },
            ...{ phone: '02-000-0001', works: ['PADF'] },
          },
        },
      }),
    ]);
    expect(report.tell('legalReportDone', { receiptNo: 'R1' }).sent).toEqual(['complete']);
  });
  it('is tried again from a minute to a day apart, then a person takes over and it is on the list of the dead', () => {
    const report = instanceOf(LegalTransmission, world);
    report.tell('RepairOrderCompleted', completedData);
    const at = '2025-06-30T01:00:00.000Z';
    const pauses = Array.from({ length: 7 }, () => {
      const failed = report.tell('legalReportFailed', { reason: '503' }, at);
      expect(report.fire('retry').sent).toEqual(['job:legalReport']);
      return minutesBetween(at, timerOf(failed, 'retry') ?? at);
    });
    expect(pauses).toEqual([1, 5, 15, 60, 240, 720, 1_440]);
    expect(report.tell('legalReportFailed', { reason: '503' }).sent).toEqual([
      ...['job:deadLetter', 'notice:legalReportFailed', 'complete'],
    ]);
  });
  it('waits while no end point is set, of which the platform hears once a month, and goes out when there is one', () => {
    const report = instanceOf(LegalTransmission, { facts: [order()] });
    const waits = report.tell('RepairOrderCompleted', completedData);
    expect(waits.sent).toEqual(['timer:retry', 'notice:legalReportsWait']);
    expect(timerOf(waits, 'retry')).toBe('2025-07-01T01:00:00.000Z');
    const said = dataOf(waits, 'RequestNotice');
    expect(said.to).toEqual({ kind: 'role', role: 'PLATFORM_ADMIN' });
    const another = instanceOf(LegalTransmission, { facts: [order()] });
    expect(dataOf(another.tell('RepairOrderCompleted', completedData), 'RequestNotice')).toEqual(said);
    const july = report.fire('retry', '2025-07-01T01:00:00.000Z');
    expect(july.sent).toEqual(['timer:retry', 'notice:legalReportsWait']);
    expect(dataOf(july, 'RequestNotice').noticeId).not.toBe(said.noticeId);
    report.know(world);
    expect(report.fire('retry', '2025-07-02T01:00:00.000Z').sent).toEqual(['job:legalReport']);
  });
});

describe('a recall', () => {
  const recalled = {
    aggregate: parts.part.aggregate,
    id: parts.partId,
    events: [...parts.part.events, { type: 'PartRecalled', data: { partId: parts.partId, reason: '균열', lots: [] } }],
  };
  const world = { facts: [order(), recalled], lists: { ordersWithPart: [repairOrderId] } };
  it('asks in every car the part was fitted to, again each month, until all have answered', () => {
    const recall = instanceOf(PartRecall, world);
    const asked = recall.tell('PartRecalled', { partId: parts.partId, reason: '균열', lots: [] });
    expect(asked.sent).toEqual(['SetReminder', 'notice:partRecalled', 'timer:again']);
    const reminder = dataOf(asked, 'SetReminder');
    expect(keysOf(PartRecall, 'ReminderClosed', reminder)).toEqual([reminder.recallId]);
    expect(recall.tell('ReminderSet', reminder).sent).toEqual([]);
    expect(recall.fire('again').sent).toEqual(['notice:partRecalled', 'timer:again']);
    expect(recall.tell('ReminderClosed', { ...reminder, outcome: 'done' }).sent).toEqual(['complete']);
  });
  it('is over when it is lifted or nobody is affected', () => {
    const lifted = instanceOf(PartRecall, { facts: [parts.part] });
    lifted.tell('PartRecalled', { partId: parts.partId, reason: '균열', lots: [] });
    expect(lifted.fire('again').sent).toEqual(['complete']);
    const harmless = instanceOf(PartRecall, { facts: [recalled] });
    expect(harmless.tell('PartRecalled', { partId: parts.partId, reason: 'x', lots: [] }).sent).toEqual([
      'timer:again',
    ]);
    expect(harmless.fire('again').sent).toEqual(['complete']);
  });
});

describe('an erasure', () => {
  const userId = id(41);
  it('is tried every day until nothing stands against it', () => {
    const erasure = instanceOf(Erasure);
    const first = erasure.tell('ErasureRequested', { userId, requestId: id(42) });
    expect(first.sent).toEqual(['EraseUser']);
    const waits = erasure.tell(...refusalOf(first, 'EraseUser', 'OPEN_OBLIGATIONS'));
    expect(waits.sent).toEqual(['notice:erasureWaits', 'timer:again']);
    expect(erasure.fire('again').sent).toEqual(['EraseUser']);
    for (let tries = 2; tries < 30; tries++)
      expect(erasure.tell(...refusalOf(first, 'EraseUser', 'LEGAL_HOLD')).sent).toEqual(['timer:again']);
    expect(erasure.tell(...refusalOf(first, 'EraseUser', 'LEGAL_HOLD')).sent).toContain('notice:erasureStuck');
    expect(erasure.tell('UserErased', { userId }).sent).toEqual(['complete']);
  });
  it('is over for an account that is gone', () => {
    const erasure = instanceOf(Erasure);
    const first = erasure.tell('ErasureRequested', { userId, requestId: id(42) });
    expect(erasure.tell(...refusalOf(first, 'EraseUser', 'WRONG_STATE')).sent).toEqual(['complete']);
  });
});

describe('the evaluation of a plan', () => {
  const { vehicleId } = f;
  it('begins a journey of its own when something is due, and looks again on the next day something may be', () => {
    const plan = instanceOf(PlanEvaluation, f.worldOf(f.plan()));
    const { reactions, sent } = plan.tell('PlanStarted', { vehicleId });
    expect(sent).toEqual(['EvaluatePlan', 'timer:dawn']);
    expect(reactions[0]).toMatchObject({ begins: true, data: { odometerKm: 42_000, asOf: '2025-06-30' } });
    plan.know(f.worldOf(f.evaluated));
    expect(plan.tell('OdometerRecorded', { vehicleId, km: 42_000 }).sent).toEqual([]);
  });
  it('looks again when a reading is corrected', () => {
    const typed = f.plan(['EvaluatePlan', { asOf: '2025-06-30', odometerKm: 142_000 }]);
    const plan = instanceOf(PlanEvaluation, f.worldOf(typed));
    plan.tell('PlanStarted', { vehicleId });
    expect(plan.tell('OdometerCorrected', { vehicleId, km: 42_000 }).sent).toContain('EvaluatePlan');
  });
  it('leaves a paused plan alone', () => {
    const plan = instanceOf(PlanEvaluation, f.worldOf(f.plan(['PausePlan', { reason: 'x' }])));
    expect(plan.tell('PlanStarted', { vehicleId }).sent).toEqual([]);
  });
});
