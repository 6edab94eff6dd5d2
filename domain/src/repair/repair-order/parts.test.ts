import { describe, expect, it } from 'vitest';
import { id } from '../sample-world.ts';
import type { RepairOrderState } from './repair-order.ts';
import {
  approved,
  done,
  inProgress,
  labourId,
  order,
  partLineId,
  repairOrderId,
  request,
  requestId,
  reserve,
  sent,
  stepsOf,
  use,
  whenIn,
  withPart,
} from './sample-order.ts';

type Live = Exclude<RepairOrderState, { status: 'none' }>;
const requested = order(inProgress, ['RequestPart', request]);
const used = order(withPart, ['UsePart', use()]);
const unknown = { repairOrderId, requestId: id(97) };

describe('Parts of a repair order', () => {
  it('are requested once, for approved part lines', () => {
    whenIn(approved).when('RequestPart', request).emits('PartRequested');
    whenIn(requested).when('RequestPart', request).refuses('ALREADY_EXISTS');
    whenIn(approved)
      .when('RequestPart', { ...request, lineId: labourId })
      .refuses('LINE_NOT_PART');
    whenIn(approved)
      .when('RequestPart', { ...request, lineId: id(97) })
      .refuses('NOT_FOUND');
    whenIn(sent).when('RequestPart', request).refuses('LINE_NOT_APPROVED');
  });

  it('are requested under an id no other order has, for stock and purchases know them by it alone', () => {
    expect(stepsOf(approved, 'RequestPart', request)).toEqual({
      before: ['HoldClaim partRequest'],
      after: ['ConfirmClaim partRequest'],
    });
    const { decision } = whenIn(approved).when('RequestPart', request);
    expect(decision.ok && decision.before[0]?.refusal).toBe('ALREADY_EXISTS');
  });

  it('are reserved, missing, or arrived', () => {
    const stateAfter = (type: string, data: object) =>
      (
        whenIn(requested)
          .when(type, { repairOrderId, requestId, ...data })
          .state() as Live
      ).requests[requestId]?.state;
    expect(stateAfter('NotePartReserved', reserve)).toBe('reserved');
    expect(stateAfter('NotePartShortage', { missingQty: 1, expectedOn: '2025-07-02' })).toBe('short');
    expect(stateAfter('NotePartArrived', {})).toBe('arrived');
    whenIn(requested)
      .when('NotePartReserved', { ...reserve, requestId: id(97) })
      .refuses('REQUEST_UNKNOWN');
    whenIn(requested)
      .when('NotePartShortage', { ...unknown, missingQty: 1 })
      .refuses('REQUEST_UNKNOWN');
    whenIn(requested).when('NotePartArrived', unknown).refuses('REQUEST_UNKNOWN');
  });

  it('are replaced by a lower grade only with the client’s approval', () => {
    const substitute = { repairOrderId, requestId, newPartId: 'pad-alt', reason: '품절' };
    whenIn(requested)
      .when('SubstitutePart', { ...substitute, newGrade: 'reman' })
      .refuses('GRADE_DOWNGRADE_NEEDS_APPROVAL');
    whenIn(requested)
      .when('SubstitutePart', { ...substitute, newGrade: 'reman', approvalRef: '통화 3' })
      .emits('PartSubstituted');
    whenIn(requested)
      .when('SubstitutePart', { ...substitute, ...unknown })
      .refuses('REQUEST_UNKNOWN');
    const state = whenIn(withPart).when('SubstitutePart', substitute).state() as Live;
    expect(state.requests[requestId]).toMatchObject({ partId: 'pad-alt', grade: 'oem', state: 'requested' });
  });

  it('are used once issued, up to what was requested', () => {
    whenIn(requested).when('UsePart', use()).refuses('NOT_ISSUED');
    whenIn(withPart).when('UsePart', use(2.01)).refuses('OVER_REQUESTED_QTY');
    whenIn(used).when('UsePart', use(2)).refuses('OVER_REQUESTED_QTY');
    whenIn(withPart)
      .when('UsePart', { ...use(), requestId: id(97) })
      .refuses('REQUEST_UNKNOWN');
    whenIn(withPart)
      .when('UsePart', { ...use(), lineId: labourId })
      .refuses('REQUEST_UNKNOWN');
    const dropped = order(withPart, ['DropLine', { repairOrderId, lineId: partLineId, reason: '재사용' }]);
    whenIn(dropped).when('UsePart', use()).refuses('LINE_NOT_APPROVED');
    whenIn(approved).when('UsePart', use()).refuses('WRONG_STATE');
  });

  it('are given back, no more than was used', () => {
    const back = (qty: number) => ({ repairOrderId, requestId, qty, condition: 'resale' });
    whenIn(withPart).when('ReturnPart', back(1)).refuses('NOT_ISSUED');
    whenIn(used).when('ReturnPart', back(1.5)).refuses('OVER_REQUESTED_QTY');
    whenIn(used)
      .when('ReturnPart', { ...back(1), requestId: id(97) })
      .refuses('REQUEST_UNKNOWN');
    expect((whenIn(used).when('ReturnPart', back(1)).state() as Live).requests[requestId]?.usedQty).toBe(0);
    whenIn(done).when('ReturnPart', back(1)).emits('PartReturned');
  });
});
