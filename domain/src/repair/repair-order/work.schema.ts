import { z } from 'zod';
import { allow, command, event, text } from '../../kit/index.ts';
import { Id, Line } from '../../shared/values.ts';
import { floor } from './opening.schema.ts';
import { EstimateLines, Finding, InspectionCheck, LineIds, requestIds } from './value.schema.ts';

const repairOrderId = Id;
const Ref = z.object({ repairOrderId });
const Start = Ref.extend({ technicianId: Id, bayId: Id, lineIds: LineIds });
const Pause = Ref.extend({
  reason: z.enum(['waitingParts', 'waitingApproval', 'sublet', 'shift']).meta({ id: 'PauseReason' }),
});
const Finish = Ref.extend({ lineId: Id, minutes: z.int().min(0).max(100_000) });
const Drop = Ref.extend({ lineId: Id, reason: Line });
const Additional = Ref.extend({ findings: z.array(Finding).min(1).max(200), lines: EstimateLines.default([]) });
const Pass = Ref.extend({
  inspectorId: Id,
  checks: z.array(InspectionCheck).max(200),
  roadTestKm: z.number().min(0).max(1_000),
});
const Fail = Ref.extend({ lineIds: LineIds, reason: Line });

const inspector = allow(['WORKSHOP_OWNER', 'LEAD_TECHNICIAN', 'SERVICE_ADVISOR'], 'workshop');

export const workCommands = {
  StartWork: command({
    label: text('작업 시작하기', 'Start work'),
    doc: text('승인된 항목의 작업을 시작한다.', 'Starts work on approved lines.'),
    by: [floor],
    in: ['opened', 'diagnosed', 'awaitingApproval', 'approved', 'inProgress', 'onHold'],
    emits: ['WorkStarted'],
    refuses: ['ESTIMATE_REQUIRED', 'EV_CERT_REQUIRED', 'NOT_ENROLLED', 'TECHNICIAN_BUSY', 'WORK_NOT_APPROVED'],
    input: Start,
  }),
  PauseWork: command({
    label: text('작업 멈추기', 'Pause work'),
    doc: text('작업을 멈추고 까닭을 남긴다.', 'Stops the clock and says why.'),
    by: [floor],
    in: ['inProgress'],
    otherwise: 'NOT_RUNNING',
    emits: ['WorkPaused'],
    input: Pause,
  }),
  ResumeWork: command({
    label: text('작업 다시 시작하기', 'Resume work'),
    doc: text('멈춘 작업을 이어서 한다.', 'Goes on with paused work.'),
    by: [floor],
    in: ['onHold'],
    otherwise: 'NOT_RUNNING',
    emits: ['WorkResumed'],
    refuses: ['TECHNICIAN_BUSY'],
    input: Ref,
  }),
  LeaveBay: command({
    label: text('작업대 비우기', 'Leave the bay'),
    doc: text(
      '멈춘 차량이 작업대를 다음 차량에 내준다.',
      'A job that waits leaves its bay to the next one; it goes on wherever there is room.',
    ),
    by: [],
    internal: true,
    in: ['onHold'],
    otherwise: 'NOT_RUNNING',
    emits: ['BayLeft'],
    input: Ref,
  }),
  FinishLine: command({
    label: text('항목 끝내기', 'Finish line'),
    doc: text('한 항목의 작업을 끝내고 시간을 남긴다.', 'Finishes one line with the minutes it took.'),
    by: [floor],
    in: ['inProgress'],
    otherwise: 'NOT_RUNNING',
    emits: ['LineFinished'],
    refuses: ['NOT_RUNNING', 'PART_NOT_USED'],
    input: Finish,
  }),
  DropLine: command({
    label: text('항목 빼기', 'Drop line'),
    doc: text('승인된 항목을 하지 않기로 한다.', 'Leaves an approved line undone.'),
    by: [floor],
    in: ['approved', 'inProgress', 'onHold'],
    otherwise: 'NOT_RUNNING',
    emits: ['LineDropped'],
    refuses: ['NOT_RUNNING', 'PARTS_NOT_RETURNED'],
    input: Drop,
  }),
  ReportAdditionalWork: command({
    label: text('추가 작업 보고하기', 'Report additional work'),
    doc: text(
      '작업 중 발견한 문제와 제안 항목을 보고한다.',
      'Reports what was found during work, with proposed lines.',
    ),
    by: [floor],
    in: ['inProgress'],
    otherwise: 'ORDER_NOT_IN_PROGRESS',
    emits: ['AdditionalWorkReported'],
    input: Additional,
  }),
  FinishWork: command({
    label: text('작업 마치기', 'Finish work'),
    doc: text('모든 작업을 마치고 검사로 넘긴다.', 'Ends the work and hands the car to inspection.'),
    by: [floor],
    in: ['inProgress'],
    otherwise: 'NOT_RUNNING',
    emits: ['WorkFinished'],
    refuses: ['OPEN_LINES', 'UNANSWERED_SUPPLEMENT'],
    input: Ref,
  }),
  PassInspection: command({
    label: text('검사 합격시키기', 'Pass inspection'),
    doc: text('최종 검사와 시운전에 합격시킨다.', 'Passes the final inspection and road test.'),
    by: [inspector],
    in: ['qualityCheck'],
    emits: ['InspectionPassed'],
    refuses: ['CHECK_MISSING', 'FAILED_CHECK_PRESENT', 'INSPECTOR_IS_MECHANIC'],
    input: Pass,
  }),
  FailInspection: command({
    label: text('검사 불합격시키기', 'Fail inspection'),
    doc: text('불합격 항목을 작업으로 되돌린다.', 'Sends lines back to work.'),
    by: [inspector],
    in: ['qualityCheck'],
    emits: ['InspectionFailed'],
    input: Fail,
  }),
};

export const workEvents = {
  WorkStarted: event(Start),
  WorkPaused: event(Pause),
  WorkResumed: event(Ref),
  BayLeft: event(Ref),
  LineFinished: event(Finish),
  LineDropped: event(Drop.extend(requestIds)),
  AdditionalWorkReported: event(Additional),
  WorkFinished: event(Ref),
  InspectionPassed: event(Pass),
  InspectionFailed: event(Fail),
};
