import type { z } from 'zod';
import { permissionsOf } from '../../core/organization/organization.state.ts';
import { Organization, rolesOf } from '../../core/organization/organization.ts';
import {
  accept,
  type Context,
  defineAggregate,
  type Events,
  isAfter,
  isOurs,
  org,
  type PartyEvent,
  plusMinutes,
  reject,
  text,
  user,
} from '../../kit/index.ts';
import { moves } from './audit-case.moves.ts';
import { commands, events } from './audit-case.schema.ts';

const refusals = {
  SELF_APPROVAL: text('다른 사람의 승인이 필요합니다.', 'Somebody else has to approve this.'),
  SCOPE_ABOVE_APPROVER: text('승인한 사람의 권한을 넘는 범위입니다.', 'The approver may not open these records.'),
  UNTIL_IN_PAST: text('감사 기한이 이미 지났습니다.', 'The end of the audit is in the past.'),
  PERIOD_INVERTED: text('기간의 끝이 시작보다 빠릅니다.', 'The period ends before it starts.'),
  OUT_OF_SCOPE: text('감사 범위를 벗어났습니다.', 'This is out of the scope of the audit.'),
  CASE_CLOSED: text('끝난 감사입니다.', 'The audit is over.'),
  REASON_REQUIRED: text('사유를 적어 주세요.', 'Say why.'),
  FINDING_UNKNOWN: text('해당하는 지적이 없습니다.', 'There is no such open finding.'),
  TOO_LONG: text('긴급 열람은 60분을 넘을 수 없습니다.', 'Emergency access lasts 60 minutes at most.'),
  BREAK_GLASS_UNKNOWN: text('기다리는 긴급 열람이 없습니다.', 'There is no such emergency access.'),
  OPEN_FINDINGS: text('종결되지 않은 지적이 있습니다.', 'There are open findings.'),
} as const;

const maxBreakGlassMinutes = 60;

type BreakGlass = {
  readonly by: string;
  /** Who sent the request, if it is in another's name. */
  readonly askedBy: string;
  readonly orgId: string;
  readonly minutes: number;
  /** Set once approved. */
  readonly until?: string;
};
type Opened = z.infer<typeof events.AuditOpened.schema>;
type Case = Pick<Opened, 'auditorId' | 'orgIds' | 'period' | 'scopes' | 'until'> & {
  readonly openFindings: readonly string[];
  readonly findings: readonly string[];
  readonly breakGlass?: BreakGlass | undefined;
};
export type AuditCaseState = { readonly status: 'none' } | ({ readonly status: 'open' | 'closed' } & Case);
type CaseEvent = Events<typeof events> | PartyEvent;

/** Whoever owns an organisation, or holds its `audit:own`, may have it audited; the platform's administrator any. */
const mayApprove = (approver: string, orgIds: readonly string[], ctx: Context): boolean =>
  isOurs(ctx.actor) ||
  (ctx.actor.role === 'PLATFORM_ADMIN' && ctx.actor.id === approver) ||
  orgIds.every((orgId) => {
    const organization = ctx.fact(Organization, orgId);
    return 'kind' in organization && permissionsOf(organization, rolesOf(organization, approver)).has('audit:own');
  });
const isOver = (state: Case, ctx: Context): boolean => isAfter(ctx.now, state.until);
const isPending = (state: Case, ctx: Context): boolean =>
  state.breakGlass !== undefined && (state.breakGlass.until === undefined || isAfter(state.breakGlass.until, ctx.now));

export const AuditCase = defineAggregate<AuditCaseState>()({
  name: 'AuditCase',
  category: 'auditCase',
  context: 'admin',
  doc: text('감사', 'An audit: what was looked at, what was found, who let whom in'),
  id: 'caseId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    OpenAudit: (_state, data, ctx) => {
      if (data.approvedBy === data.auditorId) return reject('SELF_APPROVAL');
      if (data.period.to < data.period.from) return reject('PERIOD_INVERTED');
      if (!isAfter(data.until, ctx.now)) return reject('UNTIL_IN_PAST');
      if (!mayApprove(data.approvedBy, data.orgIds, ctx)) return reject('SCOPE_ABOVE_APPROVER');
      const parties = [user(data.auditorId, 'auditor'), ...data.orgIds.map((orgId) => org(orgId, 'org'))];
      return accept({ type: 'AuditOpened', data: { ...data, parties } });
    },
    RecordReplay: (state, data, ctx) => {
      if (isOver(state, ctx)) return reject('CASE_CLOSED');
      const category = data.streamId.slice(0, data.streamId.indexOf('-'));
      return state.scopes.includes(category) ? accept({ type: 'ReplayPerformed', data }) : reject('OUT_OF_SCOPE');
    },
    RecordExport: (state, data, ctx) => {
      if (isOver(state, ctx)) return reject('CASE_CLOSED');
      // What was written by hand is prose, and says of itself what it is about.
      const { streamCategory } = data;
      const within = streamCategory === undefined || state.scopes.includes(streamCategory);
      return within ? accept({ type: 'EvidenceExported', data }) : reject('OUT_OF_SCOPE');
    },
    RecordUnmask: (state, { reason, ...data }, ctx) => {
      if (isOver(state, ctx)) return reject('CASE_CLOSED');
      if (!reason) return reject('REASON_REQUIRED');
      return state.scopes.includes('personalData')
        ? accept({ type: 'PersonalDataUnmasked', data: { ...data, reason } })
        : reject('OUT_OF_SCOPE');
    },
    RaiseFinding: (state, data) =>
      state.findings.includes(data.findingId) ? reject('ALREADY_EXISTS') : accept({ type: 'FindingRaised', data }),
    AnswerFinding: (state, data) =>
      state.openFindings.includes(data.findingId)
        ? accept({ type: 'FindingAnswered', data })
        : reject('FINDING_UNKNOWN'),
    CloseFinding: (state, data) =>
      state.openFindings.includes(data.findingId) ? accept({ type: 'FindingClosed', data }) : reject('FINDING_UNKNOWN'),
    RecordVerification: (_state, data) => accept({ type: 'VerificationRecorded', data }),
    RequestBreakGlass: (state, data, ctx) => {
      if (data.minutes > maxBreakGlassMinutes) return reject('TOO_LONG');
      if (isPending(state, ctx)) return reject('ALREADY_EXISTS');
      // The organisation is told by becoming a party to the case.
      return accept<CaseEvent>(
        { type: 'BreakGlassRequested', data },
        { type: 'PartyAdded', data: { party: org(data.orgId, 'org') } },
      );
    },
    ApproveBreakGlass: (state, data, ctx) => {
      const request = state.breakGlass;
      if (!request || request.until !== undefined) return reject('BREAK_GLASS_UNKNOWN');
      if ([request.by, request.askedBy].some((one) => one === data.by || one === ctx.actor.id))
        return reject('SELF_APPROVAL');
      const { orgId, by: requestedBy, minutes } = request;
      const until = plusMinutes(ctx.now, minutes);
      return accept({ type: 'BreakGlassApproved', data: { ...data, orgId, requestedBy, until } });
    },
    EndBreakGlass: (state, data) =>
      state.breakGlass
        ? accept({ type: 'BreakGlassEnded', data: { ...data, orgId: state.breakGlass.orgId } })
        : reject('BREAK_GLASS_UNKNOWN'),
    CloseAudit: (state, data) =>
      state.openFindings.length > 0 ? reject('OPEN_FINDINGS') : accept({ type: 'AuditClosed', data }),
  },
  evolve: {
    AuditOpened: (_state, { auditorId, orgIds, period, scopes, until }) => ({
      ...{ status: 'open', auditorId, orgIds, period, scopes, until, openFindings: [], findings: [] },
    }),
    ReplayPerformed: (state) => state,
    EvidenceExported: (state) => state,
    PersonalDataUnmasked: (state) => state,
    FindingRaised: (state, { findingId }) => ({
      ...state,
      openFindings: [...state.openFindings, findingId],
      findings: [...state.findings, findingId],
    }),
    FindingAnswered: (state) => state,
    FindingClosed: (state, { findingId }) => ({
      ...state,
      openFindings: state.openFindings.filter((open) => open !== findingId),
    }),
    VerificationRecorded: (state) => state,
    BreakGlassRequested: (state, { by, orgId, minutes }, { meta }) => ({
      ...state,
      breakGlass: { by, askedBy: meta.actor.id, orgId, minutes },
    }),
    BreakGlassApproved: (state, { until }) =>
      state.breakGlass ? { ...state, breakGlass: { ...state.breakGlass, until } } : state,
    BreakGlassEnded: (state) => ({ ...state, breakGlass: undefined }),
    AuditClosed: (state) => ({ ...state, status: 'closed', breakGlass: undefined }),
  },
});

/** The organisation whose content this person may see now by approved emergency access, and until when. */
export const breakGlassOf = (
  state: AuditCaseState,
  userId: string,
  now: string,
): { readonly orgId: string; readonly until: string } | undefined => {
  const access = state.status === 'open' ? state.breakGlass : undefined;
  if (access?.until === undefined || access.by !== userId || !isAfter(access.until, now)) return undefined;
  return { orgId: access.orgId, until: access.until };
};

/** What this person may look into as the auditor of a case that is open now. */
export const auditedBy = (
  state: AuditCaseState,
  userId: string,
  now: string,
): Pick<Opened, 'orgIds' | 'period' | 'scopes'> | undefined => {
  if (state.status !== 'open' || state.auditorId !== userId || isAfter(now, state.until)) return undefined;
  const { orgIds, period, scopes } = state;
  return { orgIds, period, scopes };
};
