import { describe, it } from 'vitest';
import { checkLaws } from '../../kit/testing.ts';
import { RepairOrder } from './repair-order.ts';
import {
  approve,
  approved,
  complete,
  completed,
  diagnose,
  discount,
  draft,
  finish,
  handOver,
  inProgress,
  inspect,
  inspected,
  labour,
  labourId,
  oil,
  oilId,
  open,
  part,
  partLineId,
  qualityCheck,
  repairOrderId,
  request,
  reserve,
  send,
  sent,
  start,
  use,
  withPart,
  world,
} from './sample-order.ts';

describe('RepairOrder', () => {
  it('keeps the laws, from every stage of a visit', () => {
    const both = [labourId, partLineId];
    checkLaws(RepairOrder, {
      world,
      from: [sent, approved, inProgress, withPart, qualityCheck, inspected, completed],
      samples: {
        OpenRepairOrder: [open],
        RecordDiagnosis: [diagnose],
        DraftEstimate: [1, 2, 3].flatMap((version) => [
          draft(version, labour, part),
          draft(version, oil, discount(8, 1_000)),
        ]),
        SendEstimate: [send(1), send(2), send(3)],
        ApproveLines: [1, 2, 3].flatMap((version) => [approve(version, ...both), approve(version, oilId)]),
        DeclineLines: [{ repairOrderId, lineIds: [partLineId], reason: '다음에', safetyAcknowledged: true }],
        RequestPart: [request],
        NotePartReserved: [reserve],
        UsePart: [use()],
        StartWork: [start(...both), start(oilId)],
        FinishLine: [finish(labourId), finish(partLineId)],
        PassInspection: [inspect],
        CompleteOrder: [complete],
        HandOver: [handOver],
      },
    });
  });
});
