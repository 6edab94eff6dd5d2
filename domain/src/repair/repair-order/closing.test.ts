import { describe, expect, it } from 'vitest';
import { Claim } from '../../kit/index.ts';
import { id, ids } from '../sample-world.ts';
import type { RepairOrderState } from './repair-order.ts';
import {
  approve,
  approved,
  complete,
  completed,
  customer,
  diagnosed,
  discount,
  done,
  draft,
  facts,
  fee,
  finish,
  handOver,
  inProgress,
  inspect,
  inspected,
  labour,
  labourId,
  open,
  order,
  partLineId,
  repairOrderId,
  requestId,
  send,
  start,
  stepsOf,
  use,
  whenIn,
  withPart,
  world,
} from './sample-order.ts';
import { warrantyDays } from './warranty.ts';

type Live = Exclude<RepairOrderState, { status: 'none' }>;
const ref = { repairOrderId };
const cancel = { ...ref, reasonCode: 'CUSTOMER' };
/** Claims as an invoice leaves them: one when it is drawn up, another when it is issued. */
const claim = (kind: string, ...types: readonly string[]) => ({
  aggregate: Claim,
  id: `${kind}.repairOrder.${repairOrderId}`,
  events: types.map((type) => ({
    type,
    data: { kind, value: `repairOrder.${repairOrderId}`, holder: id(70), until: '2025-06-30T02:00:00.000Z' },
  })),
});
const invoiced = { ...world, facts: [...facts, claim('invoiceSource', 'ClaimHeld', 'ClaimConfirmed')] };
const issuedBy = (...types: readonly string[]) => ({ ...world, facts: [...facts, claim('invoiceIssued', ...types)] });
const issued = issuedBy('ClaimHeld', 'ClaimConfirmed');

describe('Completing a repair order', () => {
  it('charges what was done and grants the warranty of the law (K2)', () => {
    const event = completed.at(-1);
    expect(event?.data).toMatchObject({
      supplyKrw: 105_005,
      vatKrw: 10_500,
      totalKrw: 115_505,
      finalTotalKrw: 115_505,
      warrantyTerms: [
        { lineId: labourId, untilOn: '2025-08-29' },
        { lineId: partLineId, untilOn: '2025-08-29' },
      ],
    });
    const dropped = order(
      inProgress,
      ['DropLine', { ...ref, lineId: partLineId, reason: '재사용' }],
      ['FinishLine', finish(labourId)],
      ['FinishWork', ref],
      ['PassInspection', inspect],
    );
    const [cheaper] = whenIn(dropped).when('CompleteOrder', complete, world).emits('RepairOrderCompleted');
    expect(cheaper?.data).toMatchObject({ finalTotalKrw: 49_500 });
  });

  it('knows the windows of K2', () => {
    const days = (firstRegisteredOn: string, km: number) => warrantyDays(firstRegisteredOn, km, '2025-06-30');
    expect([days('2024-07-01', 200_000), days('2010-01-01', 20_000)]).toEqual([90, 90]);
    expect([days('2024-06-30', 20_001), days('2010-01-01', 60_000)]).toEqual([60, 60]);
    expect([days('2022-06-30', 60_001), days('2010-01-01', 100_000)]).toEqual([30, 30]);
    expect([days('2020-07-01', 100_001), days('2020-06-30', 100_001)]).toEqual([30, 0]);
    const old = inspected.map((event, n) =>
      n === 0 ? { ...event, data: { ...event.data, firstRegisteredOn: '2010-01-01', odometerInKm: 42_100 } } : event,
    );
    const [event] = whenIn(old)
      .when('CompleteOrder', { ...complete, odometerOutKm: 150_000 }, world)
      .emits('RepairOrderCompleted');
    expect(event?.data).toMatchObject({ warrantyTerms: [] });
  });

  it('never charges more than was approved', () => {
    const discounted = order(
      diagnosed,
      ['DraftEstimate', draft(1, labour, discount(8, 5_000), fee(9, 3_000))],
      ['SendEstimate', send(1)],
    );
    const agreed = [
      ...discounted,
      ...whenIn(discounted)
        .when('ApproveLines', approve(1, labourId, id(8), id(9)), customer)
        .emits('LinesApproved'),
    ];
    const ready = (...more: Parameters<typeof order>[1][]) =>
      order(
        agreed,
        ...more,
        ['StartWork', start(labourId)],
        ['FinishLine', finish(labourId)],
        ['FinishWork', ref],
        ['PassInspection', inspect],
      );
    const [event] = whenIn(ready()).when('CompleteOrder', complete, world).emits('RepairOrderCompleted');
    expect(event?.data).toMatchObject({ finalTotalKrw: 47_300 });
    const withoutDiscount = ready(['DropLine', { ...ref, lineId: id(8), reason: '할인 취소' }]);
    whenIn(withoutDiscount).when('CompleteOrder', complete, world).refuses('TOTAL_OVER_APPROVED');
  });

  it('needs a forward odometer and an enrolled responsible mechanic (K4)', () => {
    whenIn(inspected)
      .when('CompleteOrder', { ...complete, odometerOutKm: 42_099 }, world)
      .refuses('ODOMETER_BACKWARDS');
    whenIn(inspected)
      .when('CompleteOrder', { ...complete, responsibleMechanicId: ids.advisor }, world)
      .refuses('RESPONSIBLE_MISSING');
    whenIn(done).when('CompleteOrder', complete, world).refuses('WRONG_STATE');
  });
});

describe('Filing the statement', () => {
  const document = (locale: string) => ({ locale, objectId: 'c'.repeat(64), sha256: 'c'.repeat(64), bytes: 40_000 });
  const file = { ...ref, documents: [document('ko'), document('en')] };

  it('is done once, of a completed order, before the car is handed over or after', () => {
    whenIn(inspected).when('FileStatement', file).refuses('WRONG_STATE');
    const handedOver = [
      ...completed,
      ...whenIn(completed).when('HandOver', handOver, issued).emits('VehicleHandedOver'),
    ];
    for (const there of [completed, handedOver]) {
      const filed = [...there, ...whenIn(there).when('FileStatement', file).emits('StatementFiled')];
      whenIn(filed).when('FileStatement', file).refuses('ALREADY_FILED');
    }
  });

  it('is not done of a cancelled order, though it is closed in the end', () => {
    const cancelled = order(approved, ['CancelOrder', cancel]);
    const closed = [...cancelled, ...whenIn(cancelled).when('HandOver', handOver, world).emits('VehicleHandedOver')];
    whenIn(closed).when('FileStatement', file).refuses('WRONG_STATE');
  });
});

describe('Handing over', () => {
  it('waits for the invoice of an owner who pays at once', () => {
    const handing = (at: typeof world) => whenIn(completed).when('HandOver', handOver, at);
    handing(world).refuses('INVOICE_NOT_ISSUED');
    handing(invoiced).refuses('INVOICE_NOT_ISSUED');
    expect(handing(issued).state().status).toBe('closed');
    handing(issuedBy('ClaimHeld')).emits('VehicleHandedOver');
    handing({ ...issuedBy('ClaimHeld'), now: '2025-06-30T02:00:00.000Z' }).refuses('INVOICE_NOT_ISSUED');
    handing(issuedBy('ClaimHeld', 'ClaimConfirmed', 'ClaimReleased')).refuses('INVOICE_NOT_ISSUED');
  });

  it('asks no invoice of account customers, or when nothing is due', () => {
    const account = completed.map((event, n) =>
      n === 0 ? { ...event, data: { ...open, ...event.data, payer: { kind: 'fleet', id: ids.fleetOrg } } } : event,
    );
    whenIn(account).when('HandOver', handOver, world).emits('VehicleHandedOver');
    const free = order(approved, ['CancelOrder', cancel]);
    whenIn(free).when('HandOver', handOver, world).emits('VehicleHandedOver');
    const withFee = order(approved, ['CancelOrder', { ...cancel, diagnosisFeeKrw: 30_000 }]);
    whenIn(withFee).when('HandOver', handOver, world).refuses('INVOICE_NOT_ISSUED');
  });

  it('needs a signature, and frees the car for another order', () => {
    const { signature: _, ...unsigned } = handOver;
    whenIn(completed).when('HandOver', unsigned, issued).refuses('SIGNATURE_REQUIRED');
    expect(stepsOf(completed, 'HandOver', handOver, issued).after).toEqual(['ReleaseClaim openOrder']);
    whenIn(inspected).when('HandOver', handOver, issued).refuses('WRONG_STATE');
  });
});

describe('Cancelling', () => {
  it('is possible until the work is finished, once used parts are back', () => {
    whenIn(approved).when('CancelOrder', cancel, world).emits('RepairOrderCancelled');
    const used = order(withPart, ['UsePart', use()]);
    whenIn(used).when('CancelOrder', cancel, world).refuses('PARTS_NOT_RETURNED');
    const back = order(used, ['ReturnPart', { ...ref, requestId, qty: 1, condition: 'resale' }]);
    expect(stepsOf(back, 'CancelOrder', cancel).after).toEqual(['ReleaseClaim technicianAtWork']);
    whenIn(inspected).when('CancelOrder', cancel, world).refuses('WRONG_STATE');
  });

  it('knows whether work had begun, and is not done while a car that is in pieces is not safe', () => {
    const wasInWork = (events: typeof approved, data: Record<string, unknown> = cancel) =>
      whenIn(events).when('CancelOrder', data, world).emits('RepairOrderCancelled')[0]?.data.wasInWork;
    expect([wasInWork(approved), wasInWork(inProgress)]).toEqual([false, true]);
    const safeState = [{ item: '바퀴 체결', pass: true }];
    expect(wasInWork(inProgress, { ...cancel, safeState })).toBe(true);
    const unsafe = { ...cancel, safeState: [...safeState, { item: '제동', pass: false }] };
    whenIn(inProgress).when('CancelOrder', unsafe, world).refuses('FAILED_CHECK_PRESENT');
  });

  it('wants finished work invoiced first, and charges it', () => {
    const half = order(inProgress, ['FinishLine', finish(labourId)]);
    whenIn(half).when('CancelOrder', cancel, world).refuses('WORK_DONE_MUST_BE_INVOICED');
    const state = whenIn(half)
      .when('CancelOrder', { ...cancel, diagnosisFeeKrw: 10_000 }, invoiced)
      .state() as Live;
    expect([state.status, state.dueKrw]).toEqual(['cancelled', 59_500]);
  });
});
