import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { UserAccount } from '../user-account/user-account.ts';
import { acceptsSecret, isMember, isVerified, kindOf, Organization, partnerKindOf, rolesOf } from './organization.ts';
import { permissions, permissionsOfRole, roleOfScopes } from './permissions.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const hash = (c: string) => c.repeat(64);
const orgId = id(1);
const founder = id(2);
const staff = id(3);
const now = '2025-06-30T01:00:00.000Z';
const register = {
  ...{ orgId, kind: 'workshop', name: '가온오토케어 강남', businessNo: '124-81-00998' },
  ...{ address: '서울 강남구 가온로 1', ownerUserId: founder },
};
const evidence = [{ objectId: 'licence.pdf', sha256: hash('e'), bytes: 10 }];
const invite = {
  ...{ orgId, inviteId: id(5), emailHash: hash('a'), roles: ['SERVICE_ADVISOR'] },
  expiresAt: '2025-07-07T01:00:00.000Z',
};
const accept = { orgId, inviteId: id(5), userId: staff };
const key = {
  ...{
    orgId,
    keyId: id(6),
    label: '회계 연동',
    scopes: ['repair:invoice.read'],
    expiresAt: '2026-06-30T01:00:00.000Z',
  },
  ...{ secretHash: hash('b'), last4: 'wxyz' },
};
const partner = { orgId, partnerOrgId: id(7), kind: 'supplier', termsRef: '2025 기본 거래 약정' };

const as = (userId: string, role: string): World =>
  ({ actor: { kind: 'user', id: userId, orgId, role } }) as unknown as World;
const owner = as(founder, 'WORKSHOP_OWNER');
const account = given(UserAccount)
  .when('RegisterUser', { userId: staff, emailHash: hash('a'), personRef: 'p', locale: 'ko' })
  .emits('UserRegistered');
const invitee: World = { ...as(staff, 'ANYONE'), facts: [{ aggregate: UserAccount, id: staff, events: account }] };

const registered = given(Organization)
  .when('RegisterOrganization', register)
  .emits('OrganizationRegistered', 'MemberAdded');
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) => {
  const { decision } = given(Organization, ...events).when(type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const verified = step(registered, 'VerifyOrganization', { orgId, evidence });
const invited = step(verified, 'InviteMember', invite);
const joined = step(invited, 'AcceptInvite', accept, invitee);
const keyed = step(verified, 'IssueApiKey', key);
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(Organization, ...events).when(type, input, world);

describe('Organization', () => {
  it('is registered under a business number that is right and that nobody else holds', () => {
    when([], 'RegisterOrganization', { ...register, businessNo: '124-81-00999' }).refuses('BUSINESS_NO_INVALID');
    const { decision } = when([], 'RegisterOrganization', { ...register, businessNo: '1248100998' });
    expect(decision.ok && decision.before).toMatchObject([
      { data: { kind: 'businessNo', value: '124-81-00998', holder: orgId }, refusal: 'BUSINESS_NO_TAKEN' },
    ]);
    expect(registered[1]?.data).toEqual({ orgId, userId: founder, roles: ['WORKSHOP_OWNER'] });
    when(registered, 'RegisterOrganization', register).refuses('ALREADY_EXISTS');
  });

  it('of the platform’s kind is founded by the platform only', () => {
    const platform = { ...register, kind: 'platform' };
    when([], 'RegisterOrganization', platform, as(founder, 'ANYONE')).refuses('NOT_PERMITTED');
    when([], 'RegisterOrganization', platform, as(founder, 'PLATFORM_ADMIN')).emits(
      'OrganizationRegistered',
      'MemberAdded',
    );
  });

  it('is verified by documents, or refused, which frees its business number', () => {
    when(registered, 'VerifyOrganization', { orgId, evidence: [] }).refuses('EVIDENCE_MISSING');
    const state = when(registered, 'VerifyOrganization', { orgId, evidence }).state();
    expect([isVerified(state), kindOf(state)]).toEqual([true, 'workshop']);
    when(verified, 'VerifyOrganization', { orgId, evidence }).refuses('NOT_UNVERIFIED');
    when(verified, 'RefuseOrganization', { orgId, reason: '폐업' }).refuses('NOT_UNVERIFIED');
    const { decision } = when(registered, 'RefuseOrganization', { orgId, reason: '폐업' });
    expect(decision.ok && decision.after).toMatchObject([{ type: 'ReleaseClaim', data: { kind: 'businessNo' } }]);
    expect(when(registered, 'RefuseOrganization', { orgId, reason: '폐업' }).state().status).toBe('refused');
  });

  it('is managed by the owner’s role of its own kind', () => {
    // A workshop's parts manager owns suppliers' organisations elsewhere, but not this one.
    when(verified, 'InviteMember', invite, as(staff, 'PARTS_MANAGER')).refuses('NOT_PERMITTED');
    when(verified, 'InviteMember', invite, owner).emits('MemberInvited');
    when(verified, 'InviteMember', invite, as(staff, 'PLATFORM_ADMIN')).emits('MemberInvited');
    const managed: Record<string, Record<string, unknown>> = {
      RevokeInvite: { orgId, inviteId: id(5) },
      ChangeRoles: { orgId, userId: staff, roles: ['TECHNICIAN'] },
      RemoveMember: { orgId, userId: staff, reason: '퇴사' },
      DefineRole: { orgId, roleKey: 'frontDesk', permissions: ['repair:order.read'] },
      RetireRole: { orgId, roleKey: 'frontDesk' },
      IssueApiKey: key,
      RotateApiKey: { orgId, keyId: id(6), overlapHours: 1 },
      RevokeApiKey: { orgId, keyId: id(6), reason: '유출' },
      ConnectPartner: partner,
      DisconnectPartner: { orgId, partnerOrgId: id(7) },
      CloseOrganization: { orgId },
    };
    for (const [type, input] of Object.entries(managed))
      when(verified, type, input, as(staff, 'DISPATCHER')).refuses('NOT_PERMITTED');
  });

  it('invites to roles it has, and takes in who was invited, in time, once', () => {
    when(verified, 'InviteMember', { ...invite, roles: ['FLEET_MANAGER'] }).refuses('ROLE_NOT_ALLOWED_FOR_KIND');
    when(verified, 'InviteMember', { ...invite, expiresAt: '2025-06-01T00:00:00Z' }).refuses('INVITE_EXPIRED');
    // Seven days are the most, whatever is asked for.
    const [long] = when(verified, 'InviteMember', { ...invite, expiresAt: '2030-01-01T00:00:00.000Z' }).emits(
      'MemberInvited',
    );
    expect(long?.data.expiresAt).toBe('2025-07-07T01:00:00.000Z');
    when(invited, 'InviteMember', invite).refuses('ALREADY_EXISTS');
    when(invited, 'AcceptInvite', accept, { ...invitee, now: '2025-07-07T01:00:01.000Z' }).refuses('INVITE_EXPIRED');
    when(verified, 'AcceptInvite', accept, invitee).refuses('INVITE_UNKNOWN');
    const state = when(invited, 'AcceptInvite', accept, invitee).state();
    expect(rolesOf(state, staff)).toEqual(['SERVICE_ADVISOR']);
    when(joined, 'AcceptInvite', accept, invitee).refuses('ALREADY_MEMBER');
    const again = step(joined, 'RemoveMember', { orgId, userId: staff, reason: '퇴사' });
    when(again, 'AcceptInvite', accept, invitee).refuses('INVITE_UNKNOWN');
  });

  it('lets nobody accept another person’s invitation', () => {
    when(invited, 'AcceptInvite', accept, { ...invitee, ...as(founder, 'ANYONE') }).refuses('INVITE_UNKNOWN');
    const other = {
      ...invitee,
      facts: [
        {
          aggregate: UserAccount,
          id: staff,
          events: [{ ...account[0]!, data: { ...account[0]!.data, emailHash: hash('f') } }],
        },
      ],
    };
    when(invited, 'AcceptInvite', accept, other).refuses('INVITE_UNKNOWN');
    const revoked = step(invited, 'RevokeInvite', { orgId, inviteId: id(5) });
    when(revoked, 'AcceptInvite', accept, invitee).refuses('INVITE_UNKNOWN');
    when(revoked, 'RevokeInvite', { orgId, inviteId: id(5) }).refuses('INVITE_UNKNOWN');
  });

  it('refuses an invitation to a role that was retired meanwhile only after the role is free', () => {
    const custom = step(verified, 'DefineRole', { orgId, roleKey: 'frontDesk', permissions: ['repair:order.read'] });
    const offered = step(custom, 'InviteMember', { ...invite, roles: ['frontDesk'] });
    when(offered, 'RetireRole', { orgId, roleKey: 'frontDesk' }).refuses('ROLE_IN_USE');
    const retired = [...offered, { type: 'RoleRetired', data: { orgId, roleKey: 'frontDesk' } }];
    when(retired, 'AcceptInvite', accept, invitee).refuses('ROLE_NOT_ALLOWED_FOR_KIND');
  });

  it('changes roles, but keeps an owner and lets nobody raise themselves', () => {
    const roles = (userId: string, ...names: string[]) => ({ orgId, userId, roles: names });
    when(joined, 'ChangeRoles', roles(id(9), 'TECHNICIAN')).refuses('NOT_MEMBER');
    when(joined, 'ChangeRoles', roles(staff, 'DRIVER')).refuses('ROLE_NOT_ALLOWED_FOR_KIND');
    when(joined, 'ChangeRoles', roles(founder, 'TECHNICIAN')).refuses('LAST_OWNER');
    when(joined, 'ChangeRoles', roles(founder, 'WORKSHOP_OWNER', 'TECHNICIAN'), owner).refuses('SELF_ESCALATION');
    when(joined, 'ChangeRoles', roles(staff, 'SERVICE_ADVISOR')).emits();
    const [changed] = when(joined, 'ChangeRoles', roles(staff, 'WORKSHOP_OWNER')).emits('RolesChanged');
    expect(changed?.data).toMatchObject({ before: ['SERVICE_ADVISOR'], after: ['WORKSHOP_OWNER'] });
    const two = step(joined, 'ChangeRoles', roles(staff, 'WORKSHOP_OWNER'));
    const [, left] = when(two, 'ChangeRoles', roles(founder, 'TECHNICIAN')).emits('RolesChanged', 'PartyRemoved');
    expect(left?.data).toEqual({ party: { kind: 'user', id: founder, as: 'owner' } });
  });

  it('lets members go who have nothing open, except the last owner', () => {
    const remove = (userId: string) => ({ orgId, userId, reason: '퇴사' });
    when(joined, 'RemoveMember', remove(founder)).refuses('LAST_OWNER');
    when(joined, 'RemoveMember', remove(id(9))).refuses('NOT_MEMBER');
    when(joined, 'RemoveMember', remove(staff), { counts: { openAssignmentsOfMember: 1 } }).refuses('OPEN_ASSIGNMENTS');
    expect(isMember(when(joined, 'RemoveMember', remove(staff)).state(), staff)).toBe(false);
    const two = step(joined, 'ChangeRoles', { orgId, userId: staff, roles: ['WORKSHOP_OWNER'] });
    when(two, 'RemoveMember', remove(founder)).emits('MemberRemoved', 'PartyRemoved');
  });

  it('takes no word of the programming language for a role or a permission', () => {
    for (const word of ['constructor', '__proto__', 'toString']) {
      when(verified, 'InviteMember', { ...invite, roles: [word] }).refuses('ROLE_NOT_ALLOWED_FOR_KIND');
      when(verified, 'DefineRole', { orgId, roleKey: word, permissions: [word] }).refuses('PERMISSION_UNKNOWN');
      when(verified, 'RetireRole', { orgId, roleKey: word }).refuses('NOT_FOUND');
    }
  });

  it('defines roles of its own from known permissions and retires them when nobody holds them', () => {
    const define = { orgId, roleKey: 'frontDesk', permissions: ['repair:order.read'] };
    when(verified, 'DefineRole', { ...define, permissions: ['repair:order.fly'] }).refuses('PERMISSION_UNKNOWN');
    when(verified, 'DefineRole', { ...define, roleKey: 'TECHNICIAN' }).refuses('BUILT_IN_ROLE');
    when(verified, 'RetireRole', { orgId, roleKey: 'TECHNICIAN' }).refuses('BUILT_IN_ROLE');
    when(verified, 'RetireRole', { orgId, roleKey: 'frontDesk' }).refuses('NOT_FOUND');
    const defined = step(joined, 'DefineRole', define);
    const held = step(defined, 'ChangeRoles', { orgId, userId: staff, roles: ['frontDesk'] });
    when(held, 'RetireRole', { orgId, roleKey: 'frontDesk' }).refuses('ROLE_IN_USE');
    when(defined, 'RetireRole', { orgId, roleKey: 'frontDesk' }).emits('RoleRetired');
    expect(permissions.every((name) => /^[a-z]+:[a-zA-Z.]+$/.test(name))).toBe(true);
  });

  it('issues keys that do no more than their issuer, for a year, keeping only the hash', () => {
    const [issued] = when(verified, 'IssueApiKey', key, owner).emits('ApiKeyIssued');
    expect(issued?.data).toMatchObject({ hash: hash('b'), last4: 'wxyz' });
    expect(issued?.data).not.toHaveProperty('secretHash');
    when(verified, 'IssueApiKey', { ...key, secretHash: undefined }).refuses('SECRET_MISSING');
    when(verified, 'IssueApiKey', { ...key, last4: undefined }).refuses('SECRET_MISSING');
    when(verified, 'IssueApiKey', { ...key, scopes: ['repair:all'] }).refuses('PERMISSION_UNKNOWN');
    when(verified, 'IssueApiKey', { ...key, scopes: ['fleet:contract.manage'] }, owner).refuses('SCOPE_ABOVE_ISSUER');
    when(verified, 'IssueApiKey', { ...key, expiresAt: '2026-07-02T00:00:00Z' }).refuses('EXPIRY_TOO_FAR');
    when(verified, 'IssueApiKey', { ...key, expiresAt: '2025-06-29T00:00:00Z' }).refuses('EXPIRY_IN_PAST');
    when(keyed, 'IssueApiKey', key).refuses('ALREADY_EXISTS');
    when(registered, 'IssueApiKey', key).refuses('WRONG_STATE');
    const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const twenty = Array.from({ length: 20 }, (_, n) => n + 100).reduce(
      (events, n) => step(events, 'IssueApiKey', { ...key, keyId: uuid(n) }),
      verified,
    );
    when(twenty, 'IssueApiKey', key).refuses('TOO_MANY_KEYS');
    const freed = step(twenty, 'RevokeApiKey', { orgId, keyId: uuid(100), reason: '교체' });
    when(freed, 'IssueApiKey', key).emits('ApiKeyIssued');
  });

  it('rotates a key with an overlap in which both secrets work, and revokes it at once', () => {
    const rotate = { orgId, keyId: id(6), overlapHours: 24, secretHash: hash('c'), last4: 'abcd' };
    when(verified, 'RotateApiKey', rotate).refuses('KEY_UNKNOWN');
    when(keyed, 'RotateApiKey', { ...rotate, secretHash: undefined }).refuses('SECRET_MISSING');
    const state = when(keyed, 'RotateApiKey', rotate).state();
    const rotated = 'apiKeys' in state ? state.apiKeys[id(6)] : undefined;
    const valid = (secret: string, at: string) => rotated && acceptsSecret(rotated, hash(secret), at);
    expect([valid('b', now), valid('c', now), valid('d', now)]).toEqual([true, true, false]);
    expect([valid('b', '2025-07-01T01:00:01.000Z'), valid('c', '2025-07-01T01:00:01.000Z')]).toEqual([false, true]);
    expect(valid('c', '2026-06-30T01:00:00.000Z')).toBe(false);
    const revoke = { orgId, keyId: id(6), reason: '유출' };
    when(verified, 'RevokeApiKey', revoke).refuses('KEY_UNKNOWN');
    const gone = when(keyed, 'RevokeApiKey', revoke).state();
    expect('apiKeys' in gone && acceptsSecret(gone.apiKeys[id(6)]!, hash('b'), now)).toBe(false);
    const revoked = step(keyed, 'RevokeApiKey', revoke);
    when(revoked, 'RevokeApiKey', revoke).refuses('ALREADY_REVOKED');
    when(revoked, 'RotateApiKey', rotate).refuses('ALREADY_REVOKED');
  });

  it('connects other organisations as partners, and lets go of them when no document is open', () => {
    const supplier = { facts: [{ aggregate: Organization, id: id(7), events: registered }] };
    when(verified, 'ConnectPartner', { ...partner, partnerOrgId: orgId }).refuses('SELF');
    when(verified, 'ConnectPartner', partner).refuses('NOT_FOUND');
    expect(partnerKindOf(when(verified, 'ConnectPartner', partner, supplier).state(), id(7))).toBe('supplier');
    const connected = step(verified, 'ConnectPartner', partner, supplier);
    when(connected, 'ConnectPartner', partner, supplier).emits();
    const leave = { orgId, partnerOrgId: id(7) };
    when(connected, 'DisconnectPartner', leave, { counts: { openDocumentsOfOrg: 1 } }).refuses('OPEN_DOCUMENTS');
    expect(partnerKindOf(when(connected, 'DisconnectPartner', leave).state(), id(7))).toBeUndefined();
    when(verified, 'DisconnectPartner', leave).emits();
  });

  it('is suspended, reinstated and closed', () => {
    const suspended = step(verified, 'SuspendOrganization', { orgId, reason: '부정 사용' });
    when(suspended, 'IssueApiKey', key).refuses('WRONG_STATE');
    when(suspended, 'SuspendOrganization', { orgId, reason: '부정 사용' }).refuses('WRONG_STATE');
    expect(isVerified(when(suspended, 'ReinstateOrganization', { orgId }).state())).toBe(true);
    when(suspended, 'CloseOrganization', { orgId }, { counts: { openDocumentsOfOrg: 2 } }).refuses('OPEN_DOCUMENTS');
    const { decision } = when(suspended, 'CloseOrganization', { orgId });
    expect(decision.ok && decision.after).toMatchObject([{ type: 'ReleaseClaim', data: { value: '124-81-00998' } }]);
    expect(when(verified, 'CloseOrganization', { orgId }).state().status).toBe('closed');
    when(registered, 'CloseOrganization', { orgId }).refuses('WRONG_STATE');
  });

  it('keeps the laws', () =>
    checkLaws(Organization, {
      world: { facts: [{ aggregate: UserAccount, id: staff, events: account }] },
      samples: {
        RegisterOrganization: [register],
        VerifyOrganization: [{ orgId, evidence }],
        InviteMember: [invite],
        AcceptInvite: [accept],
        ChangeRoles: [{ orgId, userId: staff, roles: ['WORKSHOP_OWNER'] }],
        DefineRole: [{ orgId, roleKey: 'frontDesk', permissions: ['repair:order.read'] }],
        IssueApiKey: [key],
      },
    }));
});

describe('the role of an API key', () => {
  it.each([
    ['workshop', permissionsOfRole('TECHNICIAN', 'workshop'), 'TECHNICIAN'],
    ['workshop', permissionsOfRole('LEAD_TECHNICIAN', 'workshop'), 'LEAD_TECHNICIAN'],
    ['workshop', permissionsOfRole('SERVICE_ADVISOR', 'workshop').slice(1), undefined],
    ['supplier', permissionsOfRole('PARTS_MANAGER', 'supplier'), 'PARTS_MANAGER'],
    ['fleet', ['analytics:kpi.read'], 'ANALYST'],
    ['fleet', [], undefined],
  ] as const)('in a %s, of %j, is %s', (kind, scopes, role) => {
    expect(roleOfScopes(kind, scopes)).toBe(role);
  });
});
