import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Day, Id, Line, Prose, Sha256 } from '../../shared/values.ts';

const caseId = Id;
const Ref = z.object({ caseId });
const Period = z.object({ from: Day, to: Day }).meta({ id: 'AuditPeriod' });
/** Stream categories the auditor may replay, such as `stock`; `personalData` for unmasking. */
const Scope = z.string().regex(/^[a-z][A-Za-z]{0,63}$/, 'Use a stream category, such as stock');
const StreamId = z.string().regex(/^[a-z][A-Za-z]*-[A-Za-z0-9_.:-]{1,200}$/, 'Use a stream, such as stock-…');
const Position = z.string().regex(/^\d{1,20}$/, 'Use a decimal position');

const Open = Ref.extend({
  auditorId: Id,
  orgIds: z.array(Id).min(1).max(50),
  period: Period,
  scopes: z.array(Scope).min(1).max(50),
  until: DateTime,
  approvedBy: Id,
});
const Replay = Ref.extend({ streamId: StreamId, atPosition: Position.optional(), atTime: DateTime.optional() });
const Export = Ref.extend({
  exportId: Id,
  query: Prose,
  /** What kind of records was exported; has to be in the scope of the case. */
  streamCategory: Scope.optional(),
  rows: z.int().min(0),
  sha256: Sha256,
});
const Unmask = Ref.extend({ field: Code, personRef: Code, reason: Prose.optional() });
const Finding = Ref.extend({
  findingId: Id,
  severity: z.enum(['low', 'medium', 'high']).meta({ id: 'AuditSeverity' }),
  streamId: StreamId,
  eventId: Code.optional(),
  text: Prose,
});
const FindingRef = Ref.extend({ findingId: Id });
const Answer = FindingRef.extend({ text: Prose });
const CloseFinding = FindingRef.extend({ resolution: Line });
const Verification = Ref.extend({
  kind: z.enum(['chain', 'projection', 'files']).meta({ id: 'VerificationKind' }),
  from: Position,
  to: Position,
  result: z.enum(['clean', 'mismatch']).meta({ id: 'VerificationResult' }),
  mismatches: z.array(Line).max(1_000),
});
const BreakGlass = Ref.extend({ by: Id, orgId: Id, reason: Line, minutes: z.int().min(1).max(10_080) });
const Approve = Ref.extend({ by: Id });
const Close = Ref.extend({ reportSha256: Sha256 });

const owners = allow(['WORKSHOP_OWNER', 'FLEET_MANAGER', 'PARTS_MANAGER', 'DISPATCHER', 'AUDITOR'], 'org');
const auditor = allow(['AUDITOR', 'PLATFORM_AUDITOR'], 'auditor');
const platform = allowAny('PLATFORM_ADMIN');

export const commands = {
  OpenAudit: command({
    label: text('감사 시작하기', 'Open audit'),
    doc: text('범위와 기간을 정해 감사를 시작합니다.', 'Opens an audit with its scope, its period and its end.'),
    by: [platform, owners],
    in: ['none'],
    emits: ['AuditOpened'],
    refuses: ['PERIOD_INVERTED', 'SCOPE_ABOVE_APPROVER', 'SELF_APPROVAL', 'UNTIL_IN_PAST'],
    input: Open,
  }),
  RecordReplay: command({
    label: text('재생 기록하기', 'Record replay'),
    doc: text('기록을 과거 시점으로 본 사실을 남깁니다.', 'Records that a stream was replayed.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['ReplayPerformed'],
    refuses: ['CASE_CLOSED', 'OUT_OF_SCOPE'],
    input: Replay,
  }),
  RecordExport: command({
    label: text('반출 기록하기', 'Record export'),
    doc: text('증거를 내려받은 사실을 남깁니다.', 'Records that evidence was exported.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['EvidenceExported'],
    refuses: ['CASE_CLOSED', 'OUT_OF_SCOPE'],
    input: Export,
  }),
  RecordUnmask: command({
    label: text('개인정보 열람 기록하기', 'Record unmasking'),
    doc: text('개인정보를 열람한 사실과 사유를 남깁니다.', 'Records that personal data was shown, and why.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['PersonalDataUnmasked'],
    refuses: ['CASE_CLOSED', 'OUT_OF_SCOPE', 'REASON_REQUIRED'],
    input: Unmask,
  }),
  RaiseFinding: command({
    label: text('지적하기', 'Raise finding'),
    doc: text('감사에서 발견한 문제를 남깁니다.', 'Raises a finding.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['FindingRaised'],
    input: Finding,
  }),
  AnswerFinding: command({
    label: text('소명하기', 'Answer finding'),
    doc: text('지적에 답합니다.', 'Answers a finding.'),
    by: [owners],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['FindingAnswered'],
    refuses: ['FINDING_UNKNOWN'],
    input: Answer,
  }),
  CloseFinding: command({
    label: text('지적 종결하기', 'Close finding'),
    doc: text('지적을 종결합니다.', 'Closes a finding.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['FindingClosed'],
    refuses: ['FINDING_UNKNOWN'],
    input: CloseFinding,
  }),
  RecordVerification: command({
    label: text('검증 결과 기록하기', 'Record verification'),
    doc: text('무결성 검증 결과를 남깁니다.', 'Records the result of an integrity check.'),
    by: [auditor],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['VerificationRecorded'],
    input: Verification,
  }),
  RequestBreakGlass: command({
    label: text('긴급 열람 요청하기', 'Request emergency access'),
    doc: text('한 조직의 내용을 잠시 볼 권한을 요청합니다.', 'Asks to see an organisation’s content for a short time.'),
    by: [allowAny('PLATFORM_SUPPORT', 'PLATFORM_ADMIN')],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['BreakGlassRequested'],
    refuses: ['TOO_LONG'],
    input: BreakGlass,
  }),
  ApproveBreakGlass: command({
    label: text('긴급 열람 승인하기', 'Approve emergency access'),
    doc: text('다른 사람의 긴급 열람을 승인합니다.', 'Lets somebody else in for the minutes asked for.'),
    by: [platform],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['BreakGlassApproved'],
    refuses: ['BREAK_GLASS_UNKNOWN', 'SELF_APPROVAL'],
    input: Approve,
  }),
  EndBreakGlass: command({
    label: text('긴급 열람 끝내기', 'End emergency access'),
    doc: text('긴급 열람을 바로 끝냅니다.', 'Ends emergency access at once.'),
    by: [allowAny('PLATFORM_SUPPORT', 'PLATFORM_ADMIN')],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['BreakGlassEnded'],
    refuses: ['BREAK_GLASS_UNKNOWN'],
    input: Ref,
  }),
  CloseAudit: command({
    label: text('감사 마치기', 'Close audit'),
    doc: text('보고서와 함께 감사를 마칩니다.', 'Closes an audit with its report.'),
    by: [auditor, platform],
    in: ['open'],
    otherwise: 'CASE_CLOSED',
    emits: ['AuditClosed'],
    refuses: ['OPEN_FINDINGS'],
    input: Close,
  }),
};

export const events = {
  AuditOpened: event(Open.extend({ parties: z.array(Party) })),
  ReplayPerformed: event(Replay),
  EvidenceExported: event(Export),
  PersonalDataUnmasked: event(Unmask.extend({ reason: z.string() })),
  FindingRaised: event(Finding),
  FindingAnswered: event(Answer),
  FindingClosed: event(CloseFinding),
  VerificationRecorded: event(Verification),
  BreakGlassRequested: event(BreakGlass),
  BreakGlassApproved: event(Approve.extend({ orgId: Id, requestedBy: Id, until: DateTime })),
  BreakGlassEnded: event(Ref.extend({ orgId: Id })),
  AuditClosed: event(Close),
};
