import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { fleetId, id, registered, vehicleId } from '../vehicle/vehicle.fixture.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { MaintenancePlan } from './maintenance-plan.ts';

const oil = {
  ...{ itemCode: 'OIL', everyKm: 10_000, everyMonths: 12, warnKm: 1_000, warnDays: 30, mandatory: false },
  ...{ lastDoneKm: 20_000, lastDoneOn: '2025-01-31' },
};
const legal = {
  ...oil,
  itemCode: 'LEGAL_INSPECTION',
  everyKm: undefined,
  everyMonths: 24,
  warnKm: 0,
  warnDays: 90,
  mandatory: true,
};
const garage: World = { facts: [{ aggregate: Vehicle, id: vehicleId, events: registered }] };
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world = garage) =>
  given(MaintenancePlan, ...events).when(type, { vehicleId, ...input }, world);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>) => {
  const { decision } = when(events, type, input);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const start = { templateId: 'standard', items: [oil, legal] };
const plan = step([], 'StartPlan', start);
const at = (odometerKm: number, asOf = '2025-02-01') => ({ asOf, odometerKm });
const itemsOf = (events: readonly AnyEvent[]) => {
  const state = when(events, 'UnbookItems', { reservationId: id(9), reason: '-' }).state();
  return 'items' in state ? state.items : {};
};
const done = { itemCode: 'OIL', doneOn: '2025-06-30', doneKm: 30_200, evidence: { repairOrderId: id(5) } };

describe('MaintenancePlan', () => {
  it('is started for a vehicle and belongs to its owner', () => {
    expect(plan[0]?.data.parties).toEqual([{ kind: 'org', id: fleetId, as: 'owner' }]);
    when([], 'StartPlan', start, {}).refuses('NOT_FOUND');
    when([], 'StartPlan', { ...start, items: [{ ...oil, everyKm: undefined, everyMonths: undefined }] }).refuses(
      'INTERVAL_MISSING',
    );
    when([], 'StartPlan', { ...start, items: [oil, oil] }).refuses('DUPLICATE_ITEM');
    when(plan, 'StartPlan', start).refuses('ALREADY_EXISTS');
  });

  it('warns once and is due once per interval, by mileage', () => {
    when(plan, 'EvaluatePlan', at(28_999)).emits();
    const [soon] = when(plan, 'EvaluatePlan', at(29_000)).emits('MaintenanceDueSoon');
    expect(soon?.data).toMatchObject({ itemCode: 'OIL', dueKm: 30_000, dueOn: '2026-01-31' });
    const warned = step(plan, 'EvaluatePlan', at(29_000));
    when(warned, 'EvaluatePlan', at(29_999)).emits();
    when(warned, 'EvaluatePlan', at(30_000)).emits('MaintenanceDue');
    when(step(warned, 'EvaluatePlan', at(30_000)), 'EvaluatePlan', at(40_000)).emits();
    when(plan, 'EvaluatePlan', at(30_000)).emits('MaintenanceDue');
  });

  it('is not due after all when the mileage was wrong, and is again at its own', () => {
    const due = step(plan, 'EvaluatePlan', at(130_000));
    const [not] = when(due, 'EvaluatePlan', at(20_500)).emits('MaintenanceNotDue');
    expect(not?.data).toMatchObject({ itemCode: 'OIL', dueKm: 30_000, odometerKm: 20_500 });
    when(due, 'EvaluatePlan', at(29_500)).emits('MaintenanceDueSoon');
    when(due, 'EvaluatePlan', at(31_000)).emits();
    // What is due by its day stays due, and nobody looks back from an earlier one.
    when(due, 'EvaluatePlan', at(20_500, '2026-02-01')).emits();
    when(due, 'EvaluatePlan', at(20_500, '2025-01-01')).emits();
    const warned = step(plan, 'EvaluatePlan', at(29_000));
    when(warned, 'EvaluatePlan', at(20_500)).emits('MaintenanceNotDue');
    const right = step(due, 'EvaluatePlan', at(20_500));
    when(right, 'EvaluatePlan', at(20_500)).emits();
    when(right, 'EvaluatePlan', at(30_000)).emits('MaintenanceDue');
  });

  it('warns and is due by the day as well', () => {
    when(plan, 'EvaluatePlan', at(20_000, '2025-12-31')).emits();
    when(plan, 'EvaluatePlan', at(20_000, '2026-01-01')).emits('MaintenanceDueSoon');
    when(plan, 'EvaluatePlan', at(20_000, '2026-01-31')).emits('MaintenanceDue');
    when(plan, 'EvaluatePlan', at(20_000, '2026-11-02')).emits('MaintenanceDue', 'MaintenanceDueSoon');
  });

  it('books items into a reservation and sets them back to what they were', () => {
    const due = step(plan, 'EvaluatePlan', at(30_000));
    const book = { itemCodes: ['OIL', 'LEGAL_INSPECTION'], reservationId: id(7) };
    when(due, 'BookItems', { ...book, itemCodes: ['TYRES'] }).refuses('ITEM_UNKNOWN');
    const booked = step(due, 'BookItems', book);
    when(booked, 'BookItems', book).emits();
    when(booked, 'BookItems', { ...book, reservationId: id(8) }).refuses('ALREADY_BOOKED');
    when(booked, 'EvaluatePlan', at(90_000, '2027-12-31')).emits();
    const unbooked = step(booked, 'UnbookItems', { reservationId: id(7), reason: '예약 취소' });
    expect(Object.values(itemsOf(unbooked)).map((item) => item.status)).toEqual(['due', 'ok']);
    when(unbooked, 'UnbookItems', { reservationId: id(7), reason: '예약 취소' }).emits();
  });

  it('starts the next interval when an item is done, with evidence', () => {
    when(plan, 'CompleteItem', { ...done, itemCode: 'TYRES' }).refuses('ITEM_UNKNOWN');
    when(plan, 'CompleteItem', { ...done, evidence: {} }).refuses('EVIDENCE_MISSING');
    when(plan, 'CompleteItem', { ...done, doneKm: 19_999 }).refuses('KM_BEFORE_LAST');
    const booked = step(plan, 'BookItems', { itemCodes: ['OIL'], reservationId: id(7) });
    const [event] = when(booked, 'CompleteItem', done).emits('MaintenanceDone');
    expect(event?.data).toMatchObject({ nextDueKm: 40_200, nextDueOn: '2026-06-30' });
    const next = step(booked, 'CompleteItem', done);
    when(next, 'EvaluatePlan', at(39_199, '2025-07-01')).emits();
    when(next, 'EvaluatePlan', at(40_200, '2025-07-01')).emits('MaintenanceDue');
    when(next, 'UnbookItems', { reservationId: id(7), reason: '취소' }).emits();
    const [ofLegal] = when(plan, 'CompleteItem', {
      ...done,
      itemCode: 'LEGAL_INSPECTION',
      evidence: { serviceId: id(6) },
    }).emits('MaintenanceDone');
    expect(ofLegal?.data.nextDueKm).toBeUndefined();
  });

  it('is put off until a day, a mileage, or the next interval, unless it is mandatory', () => {
    const due = step(plan, 'EvaluatePlan', at(30_000));
    const skip = { itemCode: 'OIL', reason: '곧 매각' };
    when(due, 'SkipItem', { ...skip, itemCode: 'LEGAL_INSPECTION' }).refuses('MANDATORY_ITEM');
    when(due, 'SkipItem', { ...skip, itemCode: 'TYRES' }).refuses('ITEM_UNKNOWN');
    const toKm = step(due, 'SkipItem', { ...skip, untilKm: 33_000 });
    when(toKm, 'EvaluatePlan', at(31_999, '2026-06-01')).emits();
    when(toKm, 'EvaluatePlan', at(33_000, '2026-06-01')).emits('MaintenanceDue');
    const turn = step(due, 'SkipItem', skip);
    expect(itemsOf(turn).OIL).toMatchObject({ status: 'skipped', dueKm: 40_000, dueOn: '2027-01-31' });
    const booked = step(due, 'BookItems', { itemCodes: ['OIL'], reservationId: id(7) });
    when(booked, 'SkipItem', skip).refuses('ALREADY_BOOKED');
  });

  it('changes, adds and removes items, except mandatory ones', () => {
    const change = { itemCode: 'OIL', everyKm: 5_000, reason: '가혹 조건' };
    when(plan, 'ChangeItem', { ...change, itemCode: 'TYRES' }).refuses('ITEM_UNKNOWN');
    when(plan, 'ChangeItem', { ...change, itemCode: 'LEGAL_INSPECTION' }).refuses('MANDATORY_ITEM');
    when(plan, 'ChangeItem', { ...change, everyKm: undefined }).refuses('INTERVAL_MISSING');
    when(step(plan, 'ChangeItem', change), 'EvaluatePlan', at(25_000)).emits('MaintenanceDue');
    when(plan, 'AddItem', { item: oil }).refuses('DUPLICATE_ITEM');
    when(plan, 'AddItem', { item: { ...oil, itemCode: 'TYRES', everyKm: undefined, everyMonths: undefined } }).refuses(
      'INTERVAL_MISSING',
    );
    when(plan, 'AddItem', { item: { ...oil, itemCode: 'TYRES' } }).emits('PlanItemAdded');
    const remove = { itemCode: 'OIL', reason: '전기차' };
    when(plan, 'RemoveItem', { ...remove, itemCode: 'TYRES' }).refuses('ITEM_UNKNOWN');
    when(plan, 'RemoveItem', { ...remove, itemCode: 'LEGAL_INSPECTION' }).refuses('MANDATORY_ITEM');
    const booked = step(plan, 'BookItems', { itemCodes: ['OIL'], reservationId: id(7) });
    when(booked, 'RemoveItem', remove).refuses('ALREADY_BOOKED');
    expect(Object.keys(itemsOf(step(plan, 'RemoveItem', remove)))).toEqual(['LEGAL_INSPECTION']);
  });

  it('takes any word for an item, even one of the programming language', () => {
    for (const itemCode of ['constructor', '__proto__']) {
      when(plan, 'CompleteItem', { ...done, itemCode }).refuses('ITEM_UNKNOWN');
      const added = step(plan, 'AddItem', { item: { ...oil, itemCode } });
      when(added, 'EvaluatePlan', at(30_000)).emits('MaintenanceDue', 'MaintenanceDue');
      when(added, 'RemoveItem', { itemCode, reason: '오기' }).emits('PlanItemRemoved');
    }
  });

  it('rests while it is paused', () => {
    const paused = step(plan, 'PausePlan', { reason: '장기 출장' });
    when(paused, 'EvaluatePlan', at(90_000)).refuses('PLAN_PAUSED');
    when(paused, 'PausePlan', { reason: '장기 출장' }).refuses('WRONG_STATE');
    when(step(paused, 'ResumePlan', {}), 'EvaluatePlan', at(90_000)).emits('MaintenanceDue');
    when(plan, 'ResumePlan', {}).refuses('WRONG_STATE');
    when([], 'EvaluatePlan', at(1)).refuses('NOT_FOUND');
  });

  it('keeps the laws', () => {
    const v = { vehicleId };
    checkLaws(MaintenancePlan, {
      world: garage,
      samples: {
        StartPlan: [{ ...v, ...start }],
        EvaluatePlan: [
          { ...v, ...at(29_500) },
          { ...v, ...at(30_500, '2027-01-01') },
        ],
        BookItems: [{ ...v, itemCodes: ['OIL'], reservationId: id(1) }],
        CompleteItem: [{ ...v, ...done }],
        SkipItem: [{ ...v, itemCode: 'OIL', reason: '매각' }],
        ChangeItem: [{ ...v, itemCode: 'OIL', everyMonths: 6, reason: '가혹 조건' }],
      },
    });
  });
});
