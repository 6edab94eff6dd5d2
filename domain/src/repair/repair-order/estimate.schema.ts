import { z } from 'zod';
import { allow, command, event, text } from '../../kit/index.ts';
import { DateTime, Day, Id, Km, Line, Won } from '../../shared/values.ts';
import { beforeEnd, desk } from './opening.schema.ts';
import {
  ApprovalMethod,
  Approver,
  EstimateLines,
  Evidence,
  LineIds,
  PartGrade,
  requestIds,
  totals,
} from './value.schema.ts';

const repairOrderId = Id;
const version = z.int().min(1).max(1_000);

const Draft = z.object({
  repairOrderId,
  version,
  lines: EstimateLines,
  menuVersion: z.int().min(1),
  validUntil: Day,
});
const Send = z.object({
  repairOrderId,
  version,
  channel: z.enum(['app', 'smsLink', 'print']).meta({ id: 'EstimateChannel' }),
});
const Approve = z.object({
  repairOrderId,
  version,
  lineIds: LineIds,
  approver: Approver,
  method: ApprovalMethod,
  evidence: Evidence.optional(),
  /** Another grade than the proposed one, out of the alternatives a part line offers. */
  choices: z
    .array(z.object({ lineId: Id, grade: PartGrade }).meta({ id: 'GradeChosen' }))
    .max(300)
    .optional(),
});
/** Needed to turn down a line whose finding is urgent: the client was told of the danger. */
const safetyAcknowledged = z.boolean().default(false);
const Decline = z.object({ repairOrderId, lineIds: LineIds, reason: Line, safetyAcknowledged });
const Defer = z.object({
  repairOrderId,
  lineIds: LineIds,
  remindAtKm: Km.optional(),
  remindOn: Day.optional(),
  safetyAcknowledged,
});
const Expire = z.object({ repairOrderId, version });

const client = [allow(['OWNER', 'FLEET_APPROVER', 'FLEET_MANAGER'], 'customer', 'payer'), desk];
/** Exempt work (K3) is agreed to without an estimate having been sent, so before there is one awaiting approval. */
const answerable = ['opened', 'diagnosed', 'awaitingApproval', 'approved', 'inProgress', 'onHold'] as const;

export const estimateCommands = {
  DraftEstimate: command({
    label: text('견적 작성하기', 'Draft estimate'),
    doc: text('다음 판의 견적을 작성한다.', 'Draws up the next version of the estimate, or a supplement during work.'),
    by: [desk],
    in: beforeEnd,
    emits: ['EstimateDrafted'],
    refuses: ['GRADE_CHOICE_MISSING', 'PRICE_NEGATIVE', 'RATE_NOT_POSTED', 'VERSION_NOT_NEXT'],
    input: Draft,
  }),
  SendEstimate: command({
    label: text('견적 보내기', 'Send estimate'),
    doc: text('견적을 고객에게 보낸다. 48시간 안에 답을 받는다.', 'Sends the estimate; an answer is due in 48 hours.'),
    by: [desk],
    in: beforeEnd,
    emits: ['EstimateSent'],
    refuses: ['EMPTY_ESTIMATE', 'ESTIMATE_EXPIRED', 'NOT_LATEST_VERSION'],
    input: Send,
  }),
  ApproveLines: command({
    label: text('승인하기', 'Approve'),
    doc: text('견적 항목을 승인한다.', 'Agrees to lines of an estimate.'),
    by: client,
    in: answerable,
    emits: ['LinesApproved'],
    refuses: [
      'ESTIMATE_EXPIRED',
      'EVIDENCE_REQUIRED',
      'GRADE_CHOICE_MISSING',
      'NOT_AUTHORISED_APPROVER',
      'OVER_APPROVAL_LIMIT',
      'STALE_VERSION',
    ],
    input: Approve,
  }),
  DeclineLines: command({
    label: text('거절하기', 'Decline'),
    doc: text('견적 항목을 거절한다.', 'Turns down lines of an estimate.'),
    by: client,
    in: ['awaitingApproval', 'approved', 'inProgress', 'onHold'],
    emits: ['LinesDeclined'],
    refuses: ['SAFETY_LINE_NEEDS_ACK'],
    input: Decline,
  }),
  DeferLines: command({
    label: text('나중으로 미루기', 'Defer'),
    doc: text('견적 항목을 나중으로 미룬다.', 'Puts lines of an estimate off, with a reminder.'),
    by: client,
    in: ['awaitingApproval', 'approved', 'inProgress', 'onHold'],
    emits: ['LinesDeferred'],
    refuses: ['SAFETY_LINE_NEEDS_ACK'],
    input: Defer,
  }),
  ExpireEstimate: command({
    label: text('견적 만료시키기', 'Expire estimate'),
    doc: text('답을 받지 못한 견적을 만료시킨다.', 'Ends an estimate that was not answered in time.'),
    by: [],
    internal: true,
    in: beforeEnd,
    otherwise: 'ALREADY_ANSWERED',
    emits: ['EstimateExpired'],
    refuses: ['ALREADY_ANSWERED', 'NOT_DUE'],
    input: Expire,
  }),
};

export const estimateEvents = {
  EstimateDrafted: event(Draft.extend({ ...totals, exemptLineIds: z.array(Id) })),
  EstimateSent: event(
    Send.extend({ dueAt: DateTime, validUntil: Day, supplement: z.boolean(), totalKrw: Won, lineIds: z.array(Id) }),
  ),
  // `requestIds`: the parts that were asked for to do these lines.
  LinesApproved: event(Approve.extend({ approvedTotalKrw: Won, ...requestIds })),
  LinesDeclined: event(Decline.extend({ version, ...requestIds })),
  LinesDeferred: event(Defer.extend({ version, ...requestIds })),
  EstimateExpired: event(Expire.extend(requestIds)),
};
