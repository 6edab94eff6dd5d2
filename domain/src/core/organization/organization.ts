import {
  type Actor,
  type Aggregate,
  accept,
  claiming,
  defineAggregate,
  type Events,
  isAfter,
  isBefore,
  isOurs,
  org,
  ownerRoleOf,
  type Party,
  type PartyEvent,
  plusDays,
  reject,
  releasing,
  text,
  user,
} from '../../kit/index.ts';
import { parseBusinessNo } from '../../shared/business-no.ts';
import { hasKey, withoutKey } from '../../shared/keyed.ts';
import { UserAccount } from '../user-account/user-account.ts';
import { issueApiKey, revokeApiKey, rotateApiKey, withKey } from './api-keys.ts';
import { moves } from './organization.moves.ts';
import { refusals } from './organization.refusals.ts';
import { commands, events } from './organization.schema.ts';
import {
  isBuiltInName,
  isMember,
  isRoleOf,
  type Org,
  type OrganizationState,
  ownersOf,
  rolesOf,
} from './organization.state.ts';
import { isPermission } from './permissions.ts';

export {
  acceptsSecret,
  isMember,
  isVerified,
  kindOf,
  type OrganizationState,
  partnerKindOf,
  rolesOf,
} from './organization.state.ts';

const inviteDays = 7;
type OrganizationEvent = Events<typeof events> | PartyEvent;

/** Of the roles that own some kind of organisation, only the one that owns this kind manages it. */
const manages = (state: Org, actor: Actor): boolean =>
  isOurs(actor) || actor.role === 'PLATFORM_ADMIN' || actor.role === ownerRoleOf(state.kind);
const founder = (userId: string): Party => user(userId, 'owner');
/** The founder follows the organisation as a person, as long as the owner's role lasts. */
const founderLeaves = (parties: readonly Party[], userId: string): readonly PartyEvent[] =>
  parties.some((party) => party.kind === 'user' && party.id === userId)
    ? [{ type: 'PartyRemoved', data: { party: founder(userId) } }]
    : [];
const isLastOwner = (state: Org, userId: string): boolean => {
  const owners = ownersOf(state);
  return owners.length === 1 && owners[0] === userId;
};
const businessNoClaim = ({ businessNo, orgId }: Pick<Org, 'businessNo' | 'orgId'>) => ({
  kind: 'businessNo',
  value: businessNo,
  holder: orgId,
});
const organizations = (): Aggregate<OrganizationState> => Organization;

export const Organization = defineAggregate<OrganizationState>()({
  name: 'Organization',
  category: 'organization',
  context: 'core',
  doc: text('조직', 'An organisation with its members, roles, API keys and partners'),
  id: 'orgId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    RegisterOrganization: (_state, data, ctx) => {
      // Nobody founds a platform: whoever owned one could administer everybody.
      if (data.kind === 'platform' && !isOurs(ctx.actor) && ctx.actor.role !== 'PLATFORM_ADMIN')
        return reject('NOT_PERMITTED');
      const businessNo = parseBusinessNo(data.businessNo);
      if (!businessNo) return reject('BUSINESS_NO_INVALID');
      const { orgId, ownerUserId } = data;
      const registered = accept(
        {
          type: 'OrganizationRegistered' as const,
          data: { ...data, businessNo, parties: [org(orgId, 'org'), founder(ownerUserId)] },
        },
        { type: 'MemberAdded' as const, data: { orgId, userId: ownerUserId, roles: [ownerRoleOf(data.kind)] } },
      );
      return claiming(registered, { ...businessNoClaim({ businessNo, orgId }), refusal: 'BUSINESS_NO_TAKEN' });
    },
    VerifyOrganization: (_state, data) =>
      data.evidence.length === 0 ? reject('EVIDENCE_MISSING') : accept({ type: 'OrganizationVerified', data }),
    RefuseOrganization: (state, data) =>
      releasing(accept({ type: 'OrganizationRefused', data }), businessNoClaim(state)),
    InviteMember: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (data.inviteId in state.invites) return reject('ALREADY_EXISTS');
      if (!data.roles.every((role) => isRoleOf(state, role))) return reject('ROLE_NOT_ALLOWED_FOR_KIND');
      if (isBefore(data.expiresAt, ctx.now)) return reject('INVITE_EXPIRED');
      // Open for seven days at most, whatever was asked for.
      const latest = plusDays(ctx.now, inviteDays);
      const expiresAt = isAfter(data.expiresAt, latest) ? latest : data.expiresAt;
      return accept({ type: 'MemberInvited', data: { ...data, expiresAt } });
    },
    AcceptInvite: (state, data, ctx) => {
      const { orgId, inviteId, userId } = data;
      if (isMember(state, userId)) return reject('ALREADY_MEMBER');
      const invite = state.invites[inviteId];
      const account = ctx.fact(UserAccount, userId);
      const isInvitee = 'emailHash' in account && account.emailHash === invite?.emailHash;
      if (!invite || !isInvitee || (ctx.actor.kind === 'user' && ctx.actor.id !== userId))
        return reject('INVITE_UNKNOWN');
      if (isAfter(ctx.now, invite.expiresAt)) return reject('INVITE_EXPIRED');
      // A role may have been retired since it was offered.
      if (!invite.roles.every((role) => isRoleOf(state, role))) return reject('ROLE_NOT_ALLOWED_FOR_KIND');
      return accept({ type: 'MemberAdded', data: { orgId, userId, roles: invite.roles.slice(), inviteId } });
    },
    RevokeInvite: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      return data.inviteId in state.invites ? accept({ type: 'InviteRevoked', data }) : reject('INVITE_UNKNOWN');
    },
    ChangeRoles: (state, { orgId, userId, roles: after }, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (!isMember(state, userId)) return reject('NOT_MEMBER');
      if (!after.every((role) => isRoleOf(state, role))) return reject('ROLE_NOT_ALLOWED_FOR_KIND');
      const before = rolesOf(state, userId).slice();
      if (ctx.actor.id === userId && after.some((role) => !before.includes(role))) return reject('SELF_ESCALATION');
      const staysOwner = after.includes(ownerRoleOf(state.kind));
      if (isLastOwner(state, userId) && !staysOwner) return reject('LAST_OWNER');
      if (before.length === after.length && before.every((role) => after.includes(role))) return accept();
      return accept<OrganizationEvent>(
        { type: 'RolesChanged', data: { orgId, userId, before, after } },
        ...(staysOwner ? [] : founderLeaves(ctx.parties, userId)),
      );
    },
    RemoveMember: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (!isMember(state, data.userId)) return reject('NOT_MEMBER');
      if (isLastOwner(state, data.userId)) return reject('LAST_OWNER');
      if (ctx.count('openAssignmentsOfMember', data.orgId, data.userId) > 0) return reject('OPEN_ASSIGNMENTS');
      return accept<OrganizationEvent>({ type: 'MemberRemoved', data }, ...founderLeaves(ctx.parties, data.userId));
    },
    DefineRole: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (isBuiltInName(data.roleKey)) return reject('BUILT_IN_ROLE');
      return data.permissions.every(isPermission)
        ? accept({ type: 'RoleDefined', data })
        : reject('PERMISSION_UNKNOWN');
    },
    RetireRole: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (isBuiltInName(data.roleKey)) return reject('BUILT_IN_ROLE');
      if (!hasKey(state.customRoles, data.roleKey)) return reject('NOT_FOUND');
      const held = [...Object.values(state.members), ...Object.values(state.invites).map((invite) => invite.roles)];
      return held.some((roles) => roles.includes(data.roleKey))
        ? reject('ROLE_IN_USE')
        : accept({ type: 'RoleRetired', data });
    },
    IssueApiKey: (state, data, ctx) =>
      manages(state, ctx.actor) ? issueApiKey(state, data, ctx) : reject('NOT_PERMITTED'),
    RotateApiKey: (state, data, ctx) =>
      manages(state, ctx.actor) ? rotateApiKey(state, data, ctx) : reject('NOT_PERMITTED'),
    RevokeApiKey: (state, data, ctx) =>
      manages(state, ctx.actor) ? revokeApiKey(state, data) : reject('NOT_PERMITTED'),
    ConnectPartner: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (data.partnerOrgId === data.orgId) return reject('SELF');
      if (ctx.fact(organizations(), data.partnerOrgId).status === 'none') return reject('NOT_FOUND');
      return state.partners[data.partnerOrgId] === data.kind ? accept() : accept({ type: 'PartnerConnected', data });
    },
    DisconnectPartner: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (!(data.partnerOrgId in state.partners)) return accept();
      return ctx.count('openDocumentsOfOrg', data.orgId, data.partnerOrgId) > 0
        ? reject('OPEN_DOCUMENTS')
        : accept({ type: 'PartnerDisconnected', data });
    },
    SuspendOrganization: (_state, data) => accept({ type: 'OrganizationSuspended', data }),
    ReinstateOrganization: (_state, data) => accept({ type: 'OrganizationReinstated', data }),
    CloseOrganization: (state, data, ctx) => {
      if (!manages(state, ctx.actor)) return reject('NOT_PERMITTED');
      if (ctx.count('openDocumentsOfOrg', data.orgId) > 0) return reject('OPEN_DOCUMENTS');
      return releasing(accept({ type: 'OrganizationClosed', data }), businessNoClaim(state));
    },
  },
  evolve: {
    OrganizationRegistered: (_state, { orgId, kind, name, businessNo }) => ({
      ...{ status: 'unverified', orgId, kind, name, businessNo },
      ...{ members: {}, invites: {}, customRoles: {}, apiKeys: {}, partners: {} },
    }),
    OrganizationVerified: (state) => ({ ...state, status: 'active' }),
    OrganizationRefused: (state) => ({ ...state, status: 'refused' }),
    MemberInvited: (state, { inviteId, emailHash, roles, expiresAt }) => ({
      ...state,
      invites: { ...state.invites, [inviteId]: { emailHash, roles, expiresAt } },
    }),
    MemberAdded: (state, { userId, roles, inviteId }) => ({
      ...state,
      members: { ...state.members, [userId]: roles },
      invites: inviteId ? withoutKey(state.invites, inviteId) : state.invites,
    }),
    InviteRevoked: (state, { inviteId }) => ({ ...state, invites: withoutKey(state.invites, inviteId) }),
    RolesChanged: (state, { userId, after }) => ({ ...state, members: { ...state.members, [userId]: after } }),
    MemberRemoved: (state, { userId }) => ({ ...state, members: withoutKey(state.members, userId) }),
    RoleDefined: (state, { roleKey, permissions }) => ({
      ...state,
      customRoles: { ...state.customRoles, [roleKey]: permissions },
    }),
    RoleRetired: (state, { roleKey }) => ({ ...state, customRoles: withoutKey(state.customRoles, roleKey) }),
    ApiKeyIssued: (state, key) => withKey(state, key.keyId, { ...key, revoked: false }),
    ApiKeyRotated: (state, { keyId, hash, previousValidUntil: until }) =>
      withKey(state, keyId, (key) => ({ ...key, hash, previous: { hash: key.hash, until } })),
    ApiKeyRevoked: (state, { keyId }) => withKey(state, keyId, (key) => ({ ...key, revoked: true })),
    PartnerConnected: (state, { partnerOrgId, kind }) => ({
      ...state,
      partners: { ...state.partners, [partnerOrgId]: kind },
    }),
    PartnerDisconnected: (state, { partnerOrgId }) => ({
      ...state,
      partners: withoutKey(state.partners, partnerOrgId),
    }),
    OrganizationSuspended: (state) => ({ ...state, status: 'suspended' }),
    OrganizationReinstated: (state) => ({ ...state, status: 'active' }),
    OrganizationClosed: (state) => ({ ...state, status: 'closed' }),
  },
});
