import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../kit/index.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import * as f from './parts.fixture.ts';
import { dataOf, instanceOf, keysOf } from './spec.ts';
import { WaitingForParts } from './waiting-for-parts.ts';

const { repairOrderId, requestId } = f;
const { oilId, partLineId } = sample;
const shortage = { repairOrderId, requestId, missingQty: 2 };
/** Pads that lack a part, and oil to change meanwhile. */
const approved = sample.order(
  sample.diagnosed,
  ['DraftEstimate', sample.draft(1, sample.labour, sample.part, sample.oil)],
  ['SendEstimate', sample.send(1)],
  ['ApproveLines', sample.approve(1, sample.labourId, partLineId, oilId)],
  ['RequestPart', f.request],
  ['NotePartShortage', shortage],
);
const working = sample.order(approved, ['StartWork', sample.start(oilId)]);
const watched = (events: readonly AnyEvent[]) => {
  const process = instanceOf(WaitingForParts, f.worldOf(f.job(events)));
  return { process, first: process.tell('PartShortageNoted', shortage) };
};

describe('a job that lacks a part', () => {
  it('is put on hold at once only if nothing else can go on', () => {
    const { first } = watched(f.shortJob);
    expect(dataOf(first, 'PauseWork')).toEqual({ repairOrderId, reason: 'waitingParts' });
    expect(watched(working).first.sent).toEqual([]);
  });

  it('is put on hold once the rest is done, or will not be done', () => {
    for (const [type, ended] of [
      ['LineFinished', sample.order(working, ['FinishLine', sample.finish(oilId)])],
      ['LineDropped', sample.order(working, ['DropLine', { repairOrderId, lineId: oilId, reason: 'x' }])],
    ] as const) {
      const { process } = watched(working);
      process.know(f.worldOf(f.job(ended)));
      expect(process.tell(type, { repairOrderId, lineId: oilId }).sent).toEqual(['PauseWork']);
    }
  });

  it('is put on hold when work begins on nothing but what lacks a part', () => {
    const { process, first } = watched(
      sample.order(sample.approved, ['RequestPart', f.request], ['NotePartShortage', shortage]),
    );
    expect(first.sent).toEqual([]);
    process.know(f.worldOf(f.job(f.shortJob)));
    expect(process.tell('WorkStarted', sample.start(partLineId)).sent).toEqual(['PauseWork']);
  });

  it('goes on when the line that lacks it is dropped', () => {
    const { process } = watched(working);
    const dropped = sample.order(working, ['DropLine', { repairOrderId, lineId: partLineId, reason: 'x' }]);
    process.know(f.worldOf(f.job(dropped)));
    expect(process.tell('LineDropped', { repairOrderId, lineId: partLineId }).sent).toEqual([]);
  });

  it('stays as a person resumed it when only the day of arrival changes', () => {
    const { process } = watched(f.shortJob);
    const later = { ...shortage, expectedOn: '2025-07-04' };
    expect(process.tell('PartShortageNoted', later).sent).toEqual([]);
    process.tell('PartArrived', { repairOrderId, requestId });
    expect(process.tell('PartShortageNoted', later).sent).toEqual(['PauseWork']);
  });

  it('is one instance, over with the job', () => {
    expect(keysOf(WaitingForParts, 'LineFinished', { repairOrderId })).toEqual([repairOrderId]);
    expect(watched(working).process.tell('RepairOrderCompleted', { repairOrderId }).sent).toEqual(['complete']);
  });
});
