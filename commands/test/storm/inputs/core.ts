import { rolesOfKind } from '@cargoro/domain';
import { people } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { businessNo, emailHashOf, file } from '../founding.ts';
import { entriesOf, fieldsOf, keysOf } from '../knowledge.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

const rolesFor = ({ state, some }: Draw): readonly string[] => {
  const kind = String(state.kind) as keyof typeof rolesOfKind;
  return some([...(rolesOfKind[kind] ?? []), ...keysOf(state.customRoles)]).slice(0, 2);
};
const secret = { secretHash: 'c'.repeat(64), last4: 'abcd' };
const scopes = ['repair:order.read', 'fleet:cost.read', 'parts:stock.read'];
const itsFlag: Fill = ({ one, actor, fresh }) => ({ approverId: one([actor.id, fresh()]) });
const value: Fill = ({ int, one, state }) => {
  const { type } = fieldsOf(state.bounds);
  return { value: type === 'integer' ? int(0, 5) : type === 'boolean' ? one([true, false]) : 'x', reason: '바꿈' };
};

/** People, organisations, settings and audits: what makes a command likely to be valid, by its name. */
export const coreInputs: Readonly<Record<string, Fill>> = {
  RegisterUser: ({ fresh, int }) => ({
    emailHash: emailHashOf(fresh()),
    personRef: fresh(),
    person: { name: `이${int(1, 9)}` },
  }),
  RemoveFactor: ({ state, one }) => ({ factorId: one(keysOf(state.factors)) }),
  RecordConsent: ({ chance }) => ({ version: '2025-01', granted: chance(0.8) }),
  RecordLicence: ({ day }) => ({ validTo: day(400), licenceClass: 'class1Ordinary' }),
  RecordTransportInsurance: ({ day }) => ({ validTo: day(400) }),
  RegisterOrganization: ({ int, one, actor }) => ({
    ...{ kind: one(['workshop', 'fleet', 'supplier', 'transport']), ownerUserId: actor.id },
    businessNo: businessNo(int(3, 12)),
  }),
  VerifyOrganization: () => ({ evidence: [file] }),
  InviteMember: (draw) => ({
    ...{ emailHash: emailHashOf(draw.one(people)?.id ?? ''), roles: rolesFor(draw), inviteId: draw.fresh() },
    expiresAt: draw.at(7 * 24 * 60),
  }),
  AcceptInvite: ({ state, one }) => {
    const [inviteId, invite] = one(entriesOf(state.invites)) ?? [];
    return { inviteId, userId: people.find(({ id }) => emailHashOf(id) === invite?.emailHash)?.id };
  },
  RevokeInvite: ({ state, one }) => ({ inviteId: one(keysOf(state.invites)) }),
  ChangeRoles: (draw) => ({ userId: draw.one(keysOf(draw.state.members)), roles: rolesFor(draw) }),
  RemoveMember: ({ state, one }) => ({ userId: one(keysOf(state.members)) }),
  DefineRole: ({ one }) => ({ roleKey: one(['NIGHT', 'TRAINEE']), permissions: scopes }),
  RetireRole: ({ state, one }) => ({ roleKey: one(keysOf(state.customRoles)) ?? 'NIGHT' }),
  IssueApiKey: ({ fresh, at }) => ({
    keyId: fresh(),
    scopes,
    expiresAt: at(30 * 24 * 60),
    ipRanges: undefined,
    ...secret,
  }),
  RotateApiKey: ({ state, one }) => ({ keyId: one(keysOf(state.apiKeys)), ...secret }),
  RevokeApiKey: ({ state, one }) => ({ keyId: one(keysOf(state.apiKeys)) }),
  DisconnectPartner: ({ state, one }) => ({ partnerOrgId: one(keysOf(state.partners)) }),

  DefineSetting: ({ one }) => ({
    ...one([
      { key: 'parts.approvalLimitKrw', type: 'integer', value: 100_000 },
      { key: 'workshop.lateFeeKrw', type: 'integer', value: 10_000 },
      { key: 'note', type: 'text', value: 'x' },
    ]),
    ...{ secret: false, min: undefined, max: undefined, options: undefined },
  }),
  ChangeSetting: (draw) => ({ ...value(draw), effectiveFrom: undefined }),
  DefineFlag: () => ({ variants: ['off', 'on'], killSwitch: false }),
  SetRollout: (draw) => ({ ...itsFlag(draw), rules: [{ scope: 'platform', percent: 50, variant: 'on' }] }),
  KillFlag: itsFlag,

  OpenAudit: ({ actor, day, at, fresh, chance }) => ({
    ...{
      approvedBy: actor.id,
      auditorId: chance(0.9) ? people.find(({ role }) => role === 'PLATFORM_AUDITOR')?.id : fresh(),
    },
    ...{
      period: { from: day(-30), to: day(0) },
      until: at(20 * 24 * 60),
      scopes: ['stock', 'repairOrder', 'personalData'],
    },
    ...(actor.orgId && { orgIds: [actor.orgId] }),
  }),
  RecordReplay: ({ chance }) => ({ streamId: chance(0.8) ? 'stock-a.b' : 'invoice-a', atPosition: '5' }),
  RecordUnmask: () => ({ reason: '확인' }),
  RaiseFinding: ({ fresh }) => ({ findingId: fresh(), streamId: 'stock-a.b' }),
  AnswerFinding: ({ state, one }) => ({ findingId: one((state.openFindings ?? []) as string[]) }),
  CloseFinding: ({ state, one }) => ({ findingId: one((state.openFindings ?? []) as string[]) }),
  RecordVerification: () => ({ from: '0', to: '10', mismatches: [] }),
  RequestBreakGlass: ({ int }) => ({ minutes: int(10, 70) }),
  ReadNotice: () => ({}),
};
