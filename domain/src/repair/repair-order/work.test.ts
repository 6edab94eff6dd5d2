import { describe, expect, it } from 'vitest';
import { id, ids, workshopFact } from '../sample-world.ts';
import type { RepairOrderState } from './repair-order.ts';
import {
  approved,
  diagnosed,
  done,
  draft,
  finish,
  inProgress,
  inspect,
  inspected,
  labour,
  labourId,
  oil,
  oilId,
  open,
  opened,
  order,
  partLineId,
  qualityCheck,
  repairOrderId,
  send,
  sent,
  start,
  stepsOf,
  use,
  whenIn,
  withPart,
  world,
} from './sample-order.ts';

type Live = Exclude<RepairOrderState, { status: 'none' }>;
const ref = { repairOrderId };
const pause = { ...ref, reason: 'waitingParts' };
const drop = (lineId: string) => ({ ...ref, lineId, reason: '필요 없음' });
const leads = (...lineIds: string[]) => ({ ...start(...lineIds), technicianId: ids.lead });
/** The same order with booked bay time. */
const slot = {
  bayId: ids.bay,
  day: '2025-06-30',
  holdId: id(40),
  start: '2025-06-30T01:00:00.000Z',
  end: '2025-06-30T03:00:00.000Z',
};
const booked = approved.map((event, n) => (n === 0 ? { ...event, data: { ...event.data, slot } } : event));

describe('Work that was agreed to', () => {
  it('may begin while the client has not answered to more of it', () => {
    const asking = order(approved, ['DraftEstimate', draft(2, oil)], ['SendEstimate', send(2)]);
    expect(whenIn(asking).when('StartWork', start(labourId), world).state().status).toBe('inProgress');
  });
});

describe('Work', () => {
  it('starts on approved lines only (K1)', () => {
    whenIn(approved).when('StartWork', start(labourId, partLineId), world).emits('WorkStarted');
    whenIn(opened).when('StartWork', start(labourId), world).refuses('ESTIMATE_REQUIRED');
    const drafted = order(diagnosed, ['DraftEstimate', draft(1, labour, oil)]);
    whenIn(drafted).when('StartWork', start(labourId), world).refuses('ESTIMATE_REQUIRED');
    whenIn(drafted).when('StartWork', start(oilId), world).refuses('WORK_NOT_APPROVED');
    whenIn(sent).when('StartWork', start(labourId), world).refuses('WORK_NOT_APPROVED');
    whenIn(approved)
      .when('StartWork', start(labourId, id(97)), world)
      .refuses('NOT_FOUND');
    whenIn(done).when('StartWork', start(labourId), world).refuses('WORK_NOT_APPROVED');
  });

  it('is done by enrolled technicians in a bay of the workshop', () => {
    whenIn(approved)
      .when('StartWork', { ...start(labourId), technicianId: ids.advisor }, world)
      .refuses('NOT_ENROLLED');
    whenIn(approved)
      .when('StartWork', { ...start(labourId), bayId: id(97) }, world)
      .refuses('NOT_FOUND');
    const electric = approved.map((event, n) =>
      n === 0 ? { ...event, data: { ...event.data, highVoltage: true } } : event,
    );
    whenIn(electric).when('StartWork', start(labourId), world).refuses('EV_CERT_REQUIRED');
  });

  it('takes the technician’s time, and gives it back when nothing is left in hand', () => {
    expect(stepsOf(approved, 'StartWork', start(labourId))).toEqual({
      before: ['HoldClaim technicianAtWork'],
      after: ['ConfirmClaim technicianAtWork'],
    });
    const { decision } = whenIn(approved).when('StartWork', start(labourId), world);
    expect(decision.ok && decision.before[0]).toMatchObject({
      refusal: 'TECHNICIAN_BUSY',
      data: { value: ids.mechanic },
    });
    expect(stepsOf(inProgress, 'FinishLine', finish(labourId)).after).toEqual([]);
    expect(stepsOf(order(inProgress, ['FinishLine', finish(labourId)]), 'DropLine', drop(partLineId)).after).toEqual([
      'ReleaseClaim technicianAtWork',
    ]);
    expect(stepsOf(inProgress, 'PauseWork', pause).after).toEqual(['ReleaseClaim technicianAtWork']);
    const paused = order(inProgress, ['PauseWork', pause]);
    expect(stepsOf(paused, 'ResumeWork', ref).before).toEqual(['HoldClaim technicianAtWork']);
    const last = order(inProgress, ['FinishLine', finish(labourId)], ['PauseWork', pause]);
    expect(stepsOf(last, 'DropLine', drop(partLineId)).after).toEqual([]);
  });

  it('uses the booked bay from the first start to the end of work', () => {
    expect(stepsOf(booked, 'StartWork', start(labourId)).after).toContain('StartUse');
    const using = order(booked, ['DropLine', drop(partLineId)], ['StartWork', start(labourId)]);
    expect(stepsOf(using, 'StartWork', leads(labourId)).after).not.toContain('StartUse');
    expect(stepsOf(order(using, ['FinishLine', finish(labourId)]), 'FinishWork', ref).after).toEqual(['EndUse']);
    const elsewhere = order(booked, ['DropLine', drop(partLineId)], ['DropLine', drop(labourId)]);
    expect(stepsOf(elsewhere, 'CancelOrder', { ...ref, reasonCode: 'CUSTOMER' }).after).toEqual(['ReleaseSlot']);
  });

  it('leaves its bay to the next car while it waits, once, and goes on elsewhere', () => {
    whenIn(booked).when('LeaveBay', ref).refuses('NOT_RUNNING');
    const using = order(booked, ['StartWork', start(labourId)], ['PauseWork', pause]);
    expect(stepsOf(using, 'LeaveBay', ref).after).toEqual(['EndUse']);
    const left = order(using, ['LeaveBay', ref]);
    whenIn(left).when('LeaveBay', ref).emits();
    expect(stepsOf(left, 'StartWork', start(labourId)).after).not.toContain('StartUse');
    const done = order(left, ['DropLine', drop(partLineId)], ['ResumeWork', ref], ['FinishLine', finish(labourId)]);
    expect(stepsOf(done, 'FinishWork', ref).after).toEqual([]);
  });

  it('pauses and resumes', () => {
    whenIn(approved).when('PauseWork', pause).refuses('NOT_RUNNING');
    whenIn(inProgress).when('ResumeWork', ref).refuses('NOT_RUNNING');
    const paused = order(inProgress, ['PauseWork', pause]);
    whenIn(paused).when('FinishLine', finish(labourId)).refuses('NOT_RUNNING');
    expect(whenIn(paused).when('ResumeWork', ref, world).state().status).toBe('inProgress');
    const relieved = whenIn(paused).when('StartWork', leads(labourId), world).state() as Live;
    expect([relieved.status, relieved.working, relieved.mechanics]).toEqual([
      'inProgress',
      { [ids.lead]: [labourId] },
      [ids.mechanic, ids.lead],
    ]);
  });

  it('finishes lines that are in hand, part lines once a part was used', () => {
    whenIn(inProgress).when('FinishLine', finish(partLineId)).refuses('PART_NOT_USED');
    whenIn(order(withPart, ['UsePart', use()]))
      .when('FinishLine', finish(partLineId))
      .emits('LineFinished');
    whenIn(done).when('FinishLine', finish(labourId)).refuses('NOT_RUNNING');
    whenIn(inProgress)
      .when('FinishLine', finish(id(97)))
      .refuses('NOT_FOUND');
    whenIn(approved).when('FinishLine', finish(labourId)).refuses('NOT_RUNNING');
  });

  it('drops lines that are not done, and whose parts were given back', () => {
    whenIn(approved).when('DropLine', drop(labourId)).emits('LineDropped');
    whenIn(done).when('DropLine', drop(labourId)).refuses('NOT_RUNNING');
    whenIn(inProgress)
      .when('DropLine', drop(id(97)))
      .refuses('NOT_FOUND');
    whenIn(sent).when('DropLine', drop(labourId)).refuses('NOT_RUNNING');
    whenIn(order(withPart, ['UsePart', use()]))
      .when('DropLine', drop(partLineId))
      .refuses('PARTS_NOT_RETURNED');
  });

  it('reports what else it finds', () => {
    const report = { ...ref, findings: [{ findingId: id(41), system: '누유', severity: 'urgent' }], lines: [] };
    whenIn(approved).when('ReportAdditionalWork', report).refuses('ORDER_NOT_IN_PROGRESS');
    const reported = order(
      inProgress,
      ['ReportAdditionalWork', report],
      ['DraftEstimate', draft(2, { ...oil, findingId: id(41) })],
      ['SendEstimate', send(2)],
    );
    whenIn(reported)
      .when('DeclineLines', { ...ref, lineIds: [oilId], reason: '다음에' })
      .refuses('SAFETY_LINE_NEEDS_ACK');
  });

  it('ends when every line is done or dropped and every supplement answered', () => {
    whenIn(inProgress).when('FinishWork', ref).refuses('OPEN_LINES');
    const asked = order(done, ['DraftEstimate', draft(2, oil)], ['SendEstimate', send(2)]);
    whenIn(asked).when('FinishWork', ref).refuses('UNANSWERED_SUPPLEMENT');
    const answered = order(asked, ['DeferLines', { ...ref, lineIds: [oilId], remindAtKm: 45_000 }]);
    whenIn(answered).when('FinishWork', ref).emits('WorkFinished');
    whenIn(approved).when('FinishWork', ref).refuses('NOT_RUNNING');
  });
});

describe('The final inspection', () => {
  it('is made by somebody else, with checks that all pass', () => {
    whenIn(qualityCheck)
      .when('PassInspection', { ...inspect, inspectorId: ids.mechanic }, world)
      .refuses('INSPECTOR_IS_MECHANIC');
    whenIn(qualityCheck)
      .when('PassInspection', { ...inspect, checks: [] }, world)
      .refuses('CHECK_MISSING');
    whenIn(qualityCheck)
      .when('PassInspection', { ...inspect, checks: [{ item: '누유', pass: false }] }, world)
      .refuses('FAILED_CHECK_PRESENT');
    whenIn(qualityCheck).when('PassInspection', inspect, world).emits('InspectionPassed');
    const alone = {
      ...workshopFact,
      events: [
        ...workshopFact.events,
        { type: 'TechnicianReleased', data: { workshopId: open.workshopId, userId: ids.lead } },
      ],
    };
    whenIn(qualityCheck)
      .when('PassInspection', { ...inspect, inspectorId: ids.mechanic }, { facts: [alone] })
      .emits('InspectionPassed');
    whenIn(inProgress).when('PassInspection', inspect, world).refuses('WRONG_STATE');
  });

  it('sends failed lines back to work, and looks again', () => {
    const fail = (...lineIds: string[]) => ({ ...ref, lineIds, reason: '소음' });
    whenIn(qualityCheck)
      .when('FailInspection', fail(id(97)))
      .refuses('NOT_FOUND');
    const failed = order(qualityCheck, ['FailInspection', fail(labourId)]);
    whenIn(failed).when('FinishWork', ref).refuses('OPEN_LINES');
    whenIn(failed).when('FinishLine', finish(labourId)).emits('LineFinished');
    const again = order(
      failed,
      ['StartWork', start(labourId)],
      ['FinishLine', finish(labourId)],
      ['FinishWork', ref],
      ['PassInspection', inspect],
    );
    expect(
      whenIn(again)
        .when('AddNote', { ...ref, text: '재검사 합격' })
        .state().status,
    ).toBe('inspected');
    const dropped = order(
      approved,
      ['DropLine', drop(partLineId)],
      ['StartWork', start(labourId)],
      ['FinishLine', finish(labourId)],
      ['FinishWork', ref],
    );
    whenIn(dropped).when('FailInspection', fail(partLineId)).refuses('WRONG_STATE');
    whenIn(inspected).when('FailInspection', fail(labourId)).refuses('WRONG_STATE');
  });
});
