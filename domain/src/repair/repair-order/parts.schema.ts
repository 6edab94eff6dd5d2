import { z } from 'zod';
import { allow, command, event, text } from '../../kit/index.ts';
import { Code, DateTime, Day, Id, Line } from '../../shared/values.ts';
import { beforeEnd, floor } from './opening.schema.ts';
import { PartGrade } from './value.schema.ts';

const repairOrderId = Id;
const requestId = Id;
const PartId = z.string().min(1).max(64);
const Qty = z.number().min(0.01).max(10_000);

const Request = z.object({ repairOrderId, requestId, lineId: Id, partId: PartId, qty: Qty, neededBy: DateTime });
const Reserved = z.object({ repairOrderId, requestId, stockId: z.string().min(1).max(130), qty: Qty });
const Shortage = z.object({ repairOrderId, requestId, missingQty: Qty, expectedOn: Day.optional() });
const Ref = z.object({ repairOrderId, requestId });
const Substitute = z.object({
  repairOrderId,
  requestId,
  newPartId: PartId,
  /** The grade of the new part, when it differs from the line's. */
  newGrade: PartGrade.optional(),
  reason: Line,
  approvalRef: Line.optional(),
});
const Use = z.object({
  repairOrderId,
  lineId: Id,
  requestId,
  qty: Qty,
  movementId: Id,
  lotNo: Code.optional(),
  serialNo: Code.optional(),
});
const Return = z.object({
  repairOrderId,
  requestId,
  qty: Qty,
  condition: z.enum(['resale', 'scrap']).meta({ id: 'ReturnCondition' }),
});

const store = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'PARTS_MANAGER', 'WAREHOUSE_CLERK'], 'workshop');

export const partsCommands = {
  RequestPart: command({
    label: text('부품 요청하기', 'Request part'),
    doc: text('승인된 항목에 필요한 부품을 요청한다.', 'Asks for the part of an approved line.'),
    by: [floor, store],
    in: ['awaitingApproval', 'approved', 'inProgress', 'onHold'],
    emits: ['PartRequested'],
    refuses: ['LINE_NOT_APPROVED', 'LINE_NOT_PART'],
    input: Request,
  }),
  NotePartReserved: command({
    label: text('부품 확보로 표시하기', 'Note reserved'),
    doc: text('부품이 재고에서 확보되었음을 기록한다.', 'Notes that stock was set aside for a request.'),
    by: [store],
    in: beforeEnd,
    emits: ['PartReserved'],
    refuses: ['REQUEST_UNKNOWN'],
    input: Reserved,
  }),
  NotePartShortage: command({
    label: text('부품 부족으로 표시하기', 'Note shortage'),
    doc: text('부품이 모자람을 기록한다.', 'Notes that stock does not suffice for a request.'),
    by: [store],
    in: beforeEnd,
    emits: ['PartShortageNoted'],
    refuses: ['REQUEST_UNKNOWN'],
    input: Shortage,
  }),
  NotePartArrived: command({
    label: text('부품 입고로 표시하기', 'Note arrival'),
    doc: text('기다리던 부품이 들어왔음을 기록한다.', 'Notes that a missing part has come in.'),
    by: [store],
    in: beforeEnd,
    emits: ['PartArrived'],
    refuses: ['REQUEST_UNKNOWN'],
    input: Ref,
  }),
  SubstitutePart: command({
    label: text('부품 대체하기', 'Substitute part'),
    doc: text('다른 부품으로 대체한다.', 'Replaces a requested part by another one.'),
    by: [floor, store],
    in: ['approved', 'inProgress', 'onHold'],
    emits: ['PartSubstituted'],
    refuses: ['GRADE_DOWNGRADE_NEEDS_APPROVAL', 'REQUEST_UNKNOWN'],
    input: Substitute,
  }),
  UsePart: command({
    label: text('부품 사용하기', 'Use part'),
    doc: text('출고된 부품을 작업에 사용한다.', 'Records that an issued part was fitted.'),
    by: [floor],
    in: ['inProgress', 'onHold'],
    emits: ['PartUsed'],
    refuses: ['LINE_NOT_APPROVED', 'NOT_ISSUED', 'OVER_REQUESTED_QTY', 'REQUEST_UNKNOWN'],
    input: Use,
  }),
  ReturnPart: command({
    label: text('부품 반납하기', 'Return part'),
    doc: text('사용하지 않은 부품을 반납한다.', 'Gives an issued part back.'),
    by: [floor, store],
    in: [...beforeEnd, 'qualityCheck', 'inspected'],
    emits: ['PartReturned'],
    refuses: ['NOT_ISSUED', 'OVER_REQUESTED_QTY', 'REQUEST_UNKNOWN'],
    input: Return,
  }),
};

export const partsEvents = {
  PartRequested: event(Request),
  PartReserved: event(Reserved),
  PartShortageNoted: event(Shortage),
  PartArrived: event(Ref),
  PartSubstituted: event(Substitute),
  PartUsed: event(Use),
  PartReturned: event(Return),
};
