import { describe, expect, it } from 'vitest';
import { Organization } from '../../core/organization/organization.ts';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, foldPlain, given, recorded, testContext, type World } from '../../kit/testing.ts';
import { AuditCase, auditedBy, breakGlassOf } from './audit-case.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const caseId = id(1);
const [orgId, owner, auditor, support, admin] = [id(2), id(3), id(4), id(5), id(6)] as const;
const organization = given(Organization)
  .when('RegisterOrganization', {
    ...{
      orgId,
      kind: 'workshop',
      name: '가온오토케어',
      businessNo: '124-81-00998',
      address: '서울',
      ownerUserId: owner,
    },
  })
  .emits('OrganizationRegistered', 'MemberAdded');
const as = (userId: string, role: string): World =>
  ({
    actor: { kind: 'user', id: userId, role },
    facts: [{ aggregate: Organization, id: orgId, events: organization }],
  }) as unknown as World;
const byOwner = as(owner, 'WORKSHOP_OWNER');
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = byOwner) =>
  given(AuditCase, ...events).when(type, { caseId, ...input }, world);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = byOwner) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const open = {
  ...{ auditorId: auditor, orgIds: [orgId], period: { from: '2025-01-01', to: '2025-06-30' } },
  ...{ scopes: ['stock', 'personalData'], until: '2025-07-31T00:00:00Z', approvedBy: owner },
};
const opened = step([], 'OpenAudit', open);
const over = { ...byOwner, now: '2025-07-31T00:00:01.000Z' };
const finding = { findingId: id(7), severity: 'high', streamId: `stock-${id(8)}.${id(9)}`, text: '승인 없는 조정 3건' };
const raised = step(opened, 'RaiseFinding', finding);

describe('AuditCase', () => {
  it('is opened by somebody who may let the auditor in', () => {
    expect(opened[0]?.data.parties).toEqual([
      { kind: 'user', id: auditor, as: 'auditor' },
      { kind: 'org', id: orgId, as: 'org' },
    ]);
    when([], 'OpenAudit', { ...open, approvedBy: auditor }).refuses('SELF_APPROVAL');
    when([], 'OpenAudit', { ...open, approvedBy: support }).refuses('SCOPE_ABOVE_APPROVER');
    when([], 'OpenAudit', { ...open, orgIds: [orgId, id(9)] }).refuses('SCOPE_ABOVE_APPROVER');
    when([], 'OpenAudit', { ...open, approvedBy: admin }, as(admin, 'PLATFORM_ADMIN')).emits('AuditOpened');
    when([], 'OpenAudit', { ...open, approvedBy: support }, as(admin, 'PLATFORM_ADMIN')).refuses(
      'SCOPE_ABOVE_APPROVER',
    );
    when([], 'OpenAudit', { ...open, period: { from: '2025-06-30', to: '2025-01-01' } }).refuses('PERIOD_INVERTED');
    when([], 'OpenAudit', { ...open, until: '2025-06-30T01:00:00Z' }).refuses('UNTIL_IN_PAST');
  });

  it('records what the auditor looks at, inside the scope and until its end', () => {
    const replay = { streamId: `stock-${id(8)}.${id(9)}`, atTime: '2025-03-31T00:00:00Z' };
    when(opened, 'RecordReplay', replay).emits('ReplayPerformed');
    when(opened, 'RecordReplay', { ...replay, streamId: `invoice-${id(8)}` }).refuses('OUT_OF_SCOPE');
    when(opened, 'RecordReplay', replay, over).refuses('CASE_CLOSED');
    const evidence = { exportId: id(7), query: '재고 조정', rows: 12, sha256: 'a'.repeat(64) };
    when(opened, 'RecordExport', evidence).emits('EvidenceExported');
    when(opened, 'RecordExport', evidence, over).refuses('CASE_CLOSED');
    when(opened, 'RecordExport', { ...evidence, streamCategory: 'stock' }).emits('EvidenceExported');
    when(opened, 'RecordExport', { ...evidence, streamCategory: 'invoice' }).refuses('OUT_OF_SCOPE');
    const unmask = { field: 'name', personRef: 'person-1', reason: '본인 확인' };
    when(opened, 'RecordUnmask', unmask).emits('PersonalDataUnmasked');
    when(opened, 'RecordUnmask', { ...unmask, reason: '' }).refuses('REASON_REQUIRED');
    when(opened, 'RecordUnmask', unmask, over).refuses('CASE_CLOSED');
    const narrow = step([], 'OpenAudit', { ...open, scopes: ['stock'] });
    when(narrow, 'RecordUnmask', unmask).refuses('OUT_OF_SCOPE');
    const check = { kind: 'chain', from: '0', to: '99', result: 'clean', mismatches: [] };
    when(opened, 'RecordVerification', check).emits('VerificationRecorded');
  });

  it('is the auditor’s, while it is open and its end has not come', () => {
    const { state } = foldPlain(AuditCase, opened);
    const { orgIds, period, scopes } = open;
    expect(auditedBy(state, auditor, '2025-07-30T00:00:00Z')).toEqual({ orgIds, period, scopes });
    expect(auditedBy(state, owner, '2025-07-30T00:00:00Z')).toBeUndefined();
    expect(auditedBy(state, auditor, '2025-07-31T00:00:01Z')).toBeUndefined();
    const closed = step(opened, 'CloseAudit', { reportSha256: 'b'.repeat(64) });
    expect(auditedBy(foldPlain(AuditCase, closed).state, auditor, '2025-07-30T00:00:00Z')).toBeUndefined();
  });

  it('raises findings, has them answered and closed, and only then ends', () => {
    when(raised, 'RaiseFinding', finding).refuses('ALREADY_EXISTS');
    when(raised, 'AnswerFinding', { findingId: id(7), text: '승인 절차 도입' }).emits('FindingAnswered');
    when(raised, 'AnswerFinding', { findingId: id(8), text: '?' }).refuses('FINDING_UNKNOWN');
    when(raised, 'CloseFinding', { findingId: id(8), resolution: '?' }).refuses('FINDING_UNKNOWN');
    const report = { reportSha256: 'b'.repeat(64) };
    when(raised, 'CloseAudit', report).refuses('OPEN_FINDINGS');
    const settled = step(raised, 'CloseFinding', { findingId: id(7), resolution: '시정 확인' });
    when(settled, 'AnswerFinding', { findingId: id(7), text: '?' }).refuses('FINDING_UNKNOWN');
    const closed = step(settled, 'CloseAudit', report);
    when(closed, 'CloseAudit', report).refuses('CASE_CLOSED');
    when(closed, 'RaiseFinding', finding).refuses('CASE_CLOSED');
    when(closed, 'RecordReplay', { streamId: `stock-${id(8)}` }).refuses('CASE_CLOSED');
  });

  it('breaks the glass for an hour at most, with a second person, and tells the organisation', () => {
    const request = { by: support, orgId: id(9), reason: '장애 조사', minutes: 60 };
    when(opened, 'RequestBreakGlass', { ...request, minutes: 61 }).refuses('TOO_LONG');
    const asked = step(opened, 'RequestBreakGlass', request);
    expect(asked.at(-1)).toEqual({ type: 'PartyAdded', data: { party: { kind: 'org', id: id(9), as: 'org' } } });
    when(asked, 'RequestBreakGlass', request).refuses('ALREADY_EXISTS');
    when(opened, 'ApproveBreakGlass', { by: admin }).refuses('BREAK_GLASS_UNKNOWN');
    when(asked, 'ApproveBreakGlass', { by: support }).refuses('SELF_APPROVAL');
    when(asked, 'ApproveBreakGlass', { by: admin }, as(support, 'PLATFORM_ADMIN')).refuses('SELF_APPROVAL');
    const approved = when(asked, 'ApproveBreakGlass', { by: admin }).state();
    const sees = (now: string, userId: string = support) => breakGlassOf(approved, userId, now);
    expect([sees('2025-06-30T01:59:59Z'), sees('2025-06-30T02:00:00Z'), sees('2025-06-30T01:30:00Z', admin)]).toEqual([
      { orgId: id(9), until: '2025-06-30T02:00:00.000Z' },
      undefined,
      undefined,
    ]);
    const byItsAdmin = recorded(
      's',
      0,
      { type: 'BreakGlassRequested', data: request },
      { actor: { kind: 'user', id: admin } },
    );
    const { decide, evolve } = AuditCase;
    const inAnothersName = evolve(foldPlain(AuditCase, opened).state, byItsAdmin);
    const approve = { type: 'ApproveBreakGlass', data: { caseId, by: owner } };
    expect(decide(inAnothersName, approve, testContext(as(admin, 'PLATFORM_ADMIN')))).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    const running = step(asked, 'ApproveBreakGlass', { by: admin });
    when(running, 'ApproveBreakGlass', { by: admin }).refuses('BREAK_GLASS_UNKNOWN');
    when(running, 'RequestBreakGlass', request).refuses('ALREADY_EXISTS');
    when(running, 'RequestBreakGlass', request, { ...byOwner, now: '2025-06-30T02:00:00.000Z' }).emits(
      'BreakGlassRequested',
      'PartyAdded',
    );
    const ended = when(running, 'EndBreakGlass', {}).state();
    expect(breakGlassOf(ended, support, '2025-06-30T01:30:00Z')).toBeUndefined();
    when(opened, 'EndBreakGlass', {}).refuses('BREAK_GLASS_UNKNOWN');
  });

  it('keeps the laws', () =>
    checkLaws(AuditCase, {
      samples: {
        OpenAudit: [{ caseId, ...open }],
        RecordReplay: [{ caseId, streamId: 'stock-a.b' }],
        RaiseFinding: [{ caseId, ...finding }],
        CloseFinding: [{ caseId, findingId: id(7), resolution: '시정' }],
        RequestBreakGlass: [{ caseId, by: support, orgId, reason: '장애', minutes: 30 }],
        ApproveBreakGlass: [{ caseId, by: admin }],
        CloseAudit: [{ caseId, reportSha256: 'b'.repeat(64) }],
      },
    }));
});
