import { z } from 'zod';
import { OrgKind } from '../../kit/index.ts';
import { Code, DateTime, FileRef, Id, Line, Sha256 } from '../../shared/values.ts';

const orgId = Id;
/** A built-in role of the organisation's kind, or the key of a role it defined itself. */
const Roles = z.array(Code).min(1).max(20);
/** A permission name, `context:thing.verb`. */
const Names = z.array(Code).min(1).max(100);
const IpRange = z.string().regex(/^[0-9A-Fa-f:.]{2,45}\/\d{1,3}$/, 'Use an address range, such as 203.0.113.0/24');
export const PartnerKind = z.enum(['supplier', 'workshop', 'fleet', 'transport']).meta({ id: 'PartnerKind' });

export const Org = z.object({ orgId });
export const Register = Org.extend({
  kind: OrgKind,
  name: Line,
  businessNo: z.string().min(1).max(20),
  address: Line,
  ownerUserId: Id,
});
export const Verify = Org.extend({ evidence: z.array(FileRef).max(20) });
export const Reason = Org.extend({ reason: Line });

export const Invite = Org.extend({ inviteId: Id, emailHash: Sha256, roles: Roles, expiresAt: DateTime });
export const InviteRef = Org.extend({ inviteId: Id });
export const Accept = InviteRef.extend({ userId: Id });
export const MemberRoles = Org.extend({ userId: Id, roles: Roles });
export const Removal = Org.extend({ userId: Id, reason: Line });

export const RoleRef = Org.extend({ roleKey: Code });
export const RoleDefinition = RoleRef.extend({ permissions: Names });

/**
 * The secret of an API key is never part of a command: whoever makes it (the browser, or the layer in front of
 * dispatch) sends its SHA-256 and its last four characters. Left out, that layer fills both in and hands the secret
 * out once; a command that still lacks them when it is decided is refused.
 */
const Secret = {
  secretHash: Sha256.optional(),
  last4: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4}$/)
    .optional(),
};
export const KeyRef = Org.extend({ keyId: Id });
export const NewKey = KeyRef.extend({
  label: Line,
  scopes: Names,
  expiresAt: DateTime,
  ipRanges: z.array(IpRange).max(20).optional(),
});
export const IssueKey = NewKey.extend(Secret);
export const RotateKey = KeyRef.extend({ overlapHours: z.int().min(0).max(168), ...Secret });
export const RevokeKey = KeyRef.extend({ reason: Line });

export const PartnerRef = Org.extend({ partnerOrgId: Id });
export const Connect = PartnerRef.extend({ kind: PartnerKind, termsRef: Line });
