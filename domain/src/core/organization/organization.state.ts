import { isAfter, type OrgKind, ownerRoleOf, Role, rolesOfKind } from '../../kit/index.ts';
import { hasKey, valueAt } from '../../shared/keyed.ts';
import { type Permission, permissionsOfRole } from './permissions.ts';

type Invite = { readonly emailHash: string; readonly roles: readonly string[]; readonly expiresAt: string };
export type ApiKey = {
  readonly label: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
  readonly ipRanges?: readonly string[] | undefined;
  readonly hash: string;
  /** The secret before the last rotation, valid for the overlap. */
  readonly previous?: { readonly hash: string; readonly until: string };
  readonly revoked: boolean;
};
export type Org = {
  readonly orgId: string;
  readonly kind: OrgKind;
  readonly name: string;
  readonly businessNo: string;
  /** Roles by user id. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly invites: Readonly<Record<string, Invite>>;
  /** Permissions by the key of a role the organisation defined itself. */
  readonly customRoles: Readonly<Record<string, readonly string[]>>;
  readonly apiKeys: Readonly<Record<string, ApiKey>>;
  /** Kind of partnership by the partner's organisation id. */
  readonly partners: Readonly<Record<string, string>>;
};
export type OrganizationState =
  | { readonly status: 'none' }
  | ({ readonly status: 'unverified' | 'active' | 'refused' | 'suspended' | 'closed' } & Org);

export const kindOf = (state: OrganizationState): OrgKind | undefined => ('kind' in state ? state.kind : undefined);
export const isVerified = (state: OrganizationState): boolean => state.status === 'active';
/** Roles held by a member: built-in ones and the organisation's own; empty for everybody else. */
export const rolesOf = (state: OrganizationState, userId: string): readonly string[] =>
  'members' in state ? (state.members[userId] ?? []) : [];
export const isMember = (state: OrganizationState, userId: string): boolean => rolesOf(state, userId).length > 0;
export const partnerKindOf = (state: OrganizationState, orgId: string): string | undefined =>
  'partners' in state ? state.partners[orgId] : undefined;

const isBuiltIn = (org: Org, role: string): role is Role => (rolesOfKind[org.kind] as readonly string[]).includes(role);
export const isBuiltInName = (role: string): boolean => Role.safeParse(role).success;
export const isRoleOf = (org: Org, role: string): boolean => isBuiltIn(org, role) || hasKey(org.customRoles, role);

export const ownersOf = (org: Org): readonly string[] =>
  Object.keys(org.members).filter((userId) => org.members[userId]?.includes(ownerRoleOf(org.kind)));

/** Everything these roles allow, in this organisation. */
export const permissionsOf = (org: Org, roles: readonly string[]): ReadonlySet<string> =>
  new Set(
    roles.flatMap((role): readonly (Permission | string)[] =>
      isBuiltIn(org, role) ? permissionsOfRole(role, org.kind) : (valueAt(org.customRoles, role) ?? []),
    ),
  );

/** A secret of this key is valid now: the present one, or the one before it during the overlap of a rotation. */
export const acceptsSecret = (key: ApiKey, hash: string, now: string): boolean =>
  !key.revoked &&
  isAfter(key.expiresAt, now) &&
  (key.hash === hash || (key.previous?.hash === hash && isAfter(key.previous.until, now)));
