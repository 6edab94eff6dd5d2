import { AuditCase, DateTime } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';

const { events } = AuditCase;
const opened = events.AuditOpened.schema.shape;
const raised = events.FindingRaised.schema.shape;
const at = { at: DateTime };
const Action = z
  .object({
    kind: z.enum(['replay', 'export', 'unmask', 'verification']).meta({ id: 'AuditActionKind' }),
    /** What was looked at, taken out, shown or checked. */
    what: z.string(),
    /** The outcome, the reason, or the fingerprint. */
    detail: z.string().nullable(),
    by: z.string(),
    ...at,
  })
  .meta({ id: 'AuditAction' });
const Finding = z
  .object({
    findingId: z.string(),
    severity: raised.severity,
    streamId: z.string(),
    eventId: z.string().nullable(),
    text: z.string(),
    answer: z.string().nullable(),
    resolution: z.string().nullable(),
    status: z.enum(['open', 'answered', 'closed']).meta({ id: 'FindingStatus' }),
    ...at,
  })
  .meta({ id: 'AuditFinding' });
const BreakGlass = z
  .object({
    by: z.string(),
    orgId: z.string(),
    reason: z.string(),
    minutes: z.int(),
    approvedBy: z.string().nullable(),
    until: DateTime.nullable(),
    endedAt: DateTime.nullable(),
    ...at,
  })
  .meta({ id: 'BreakGlassAccess' });

const row = z.object({
  status: z.enum(['open', 'closed']).meta({ id: 'AuditCaseStatus' }),
  auditorId: z.string(),
  orgIds: z.array(z.string()),
  period: opened.period,
  scopes: z.array(z.string()),
  until: DateTime,
  approvedBy: z.string(),
  findings: z.array(Finding),
  openFindings: z.int(),
  /** What the auditor did; for the auditor. The audited read the same under `disclosed` once the case is closed. */
  actions: z.array(Action),
  disclosed: z.array(Action),
  breakGlass: z.array(BreakGlass),
  reportSha256: z.string().nullable(),
  openedAt: DateTime,
  closedAt: DateTime.nullable(),
});
type CaseRow = z.infer<typeof row>;
type Meta = { actor: { id: string }; occurredAt: string };

const counted = <R extends CaseRow>(row: R, findings: CaseRow['findings']): R => ({
  ...{ ...row, findings, openFindings: findings.filter(({ status }) => status !== 'closed').length },
});
const acting = <R extends CaseRow>(
  row: R,
  meta: Meta,
  action: Pick<z.infer<typeof Action>, 'kind' | 'what' | 'detail'>,
): R => ({
  ...row,
  actions: [...row.actions, { ...action, by: meta.actor.id, at: meta.occurredAt }],
});
const isAuditor = ({ as, role }: Onlooker): boolean => as.includes('auditor') || role === 'PLATFORM_AUDITOR';
const auditors = (value: unknown, onlooker: Onlooker): unknown => (isAuditor(onlooker) ? value : []);
const engaged = (value: unknown, onlooker: Onlooker): unknown =>
  isAuditor(onlooker) || onlooker.as.includes('org') ? value : [];
const quiet: ReadonlySet<string> = new Set([
  'ReplayPerformed',
  'EvidenceExported',
  'PersonalDataUnmasked',
  'VerificationRecorded',
]);

/** An audit: its scope, what was found, and what the auditor did. The platform’s staff reads that it exists. */
export const AuditCaseView = readModel({
  name: 'rm_audit_case',
  type: 'AuditCase',
  version: 1,
  group: 'admin',
  record: 'AuditCase',
  row,
  scope: ['status'],
  indexes: [['openedAt', 'id']],
  from: [AuditCase],
  platform: true,
  masks: { actions: auditors, findings: engaged, disclosed: engaged },
  hides: ({ type }, onlooker) =>
    !isAuditor(onlooker) && (quiet.has(type) || (type.startsWith('Finding') && !onlooker.as.includes('org'))),
}).folds({
  start: {
    AuditOpened: ({ data: { auditorId, orgIds, period, scopes, until, approvedBy }, meta }) => ({
      ...{ status: 'open', auditorId, orgIds, period, scopes, until, approvedBy, findings: [], openFindings: 0 },
      ...{ actions: [], disclosed: [], breakGlass: [], reportSha256: null, openedAt: meta.occurredAt, closedAt: null },
    }),
  },
  on: {
    ReplayPerformed: (row, { data: { streamId, atPosition, atTime }, meta }) =>
      acting(row, meta, { kind: 'replay', what: streamId, detail: atPosition ?? atTime ?? null }),
    EvidenceExported: (row, { data: { query, rows, sha256 }, meta }) =>
      acting(row, meta, { kind: 'export', what: `${query} (${rows})`, detail: sha256 }),
    PersonalDataUnmasked: (row, { data: { field, personRef, reason }, meta }) =>
      acting(row, meta, { kind: 'unmask', what: `${field} ${personRef}`, detail: reason }),
    VerificationRecorded: (row, { data: { kind, from, to, result, mismatches }, meta }) =>
      acting(row, meta, {
        kind: 'verification',
        what: `${kind} ${from}–${to}`,
        detail: [result, ...mismatches].join(', '),
      }),
    FindingRaised: (row, { data: { findingId, severity, streamId, eventId = null, text }, meta }) =>
      counted(row, [
        ...row.findings,
        {
          findingId,
          severity,
          streamId,
          eventId,
          text,
          answer: null,
          resolution: null,
          status: 'open',
          at: meta.occurredAt,
        },
      ]),
    FindingAnswered: (row, { data: { findingId, text } }) =>
      counted(
        row,
        row.findings.map((one) => (one.findingId === findingId ? { ...one, answer: text, status: 'answered' } : one)),
      ),
    FindingClosed: (row, { data: { findingId, resolution } }) =>
      counted(
        row,
        row.findings.map((one) => (one.findingId === findingId ? { ...one, resolution, status: 'closed' } : one)),
      ),
    BreakGlassRequested: (row, { data: { by, orgId, reason, minutes }, meta }) => ({
      ...row,
      breakGlass: [
        ...row.breakGlass,
        { by, orgId, reason, minutes, approvedBy: null, until: null, endedAt: null, at: meta.occurredAt },
      ],
    }),
    BreakGlassApproved: (row, { data: { by, until } }) => ({
      ...row,
      breakGlass: row.breakGlass.map((one, n) =>
        n === row.breakGlass.length - 1 ? { ...one, approvedBy: by, until } : one,
      ),
    }),
    BreakGlassEnded: (row, { meta }) => ({
      ...row,
      breakGlass: row.breakGlass.map((one, n) =>
        n === row.breakGlass.length - 1 ? { ...one, endedAt: meta.occurredAt } : one,
      ),
    }),
    AuditClosed: (row, { data: { reportSha256 }, meta }) => ({
      ...{ ...row, status: 'closed', reportSha256, closedAt: meta.occurredAt, disclosed: row.actions },
    }),
  },
});
