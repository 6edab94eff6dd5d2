import { type Actor, Role } from '@cargoro/domain';
import { z } from 'zod';

/** A signed-in person under one membership, as a verified session token states it. */
export type Principal = {
  readonly userId: string;
  readonly sessionId: string;
  readonly orgId?: string;
  readonly role?: Role;
  readonly permissions: readonly string[];
  /** When the token was issued and when it ends, in seconds since 1970. */
  readonly issuedAt: number;
  readonly exp: number;
};

/**
 * The claims of a Clerk session token that we read: organisation claims of version 2 (`o`, `fea`) and 1 (`org_*`), and
 * custom claims for what only we know. `uid`/`oid` carry our ids where Clerk's differ (`{{user.external_id}}`).
 */
const Claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  sts: z.string().optional(),
  uid: z.string().min(1).optional(),
  oid: z.string().min(1).optional(),
  o: z
    .object({
      id: z.string().min(1),
      rol: z.string().default(''),
      per: z.string().optional(),
      fpm: z.string().optional(),
    })
    .optional(),
  fea: z.string().optional(),
  org_id: z.string().min(1).optional(),
  org_role: z.string().optional(),
  org_permissions: z.array(z.string()).optional(),
  metadata: z.looseObject({ role: z.string().optional() }).optional(),
});
type Claims = z.infer<typeof Claims>;

const roleNamed = (name: string | undefined): Role | undefined =>
  Role.safeParse(name?.replace(/^org:/, '').toUpperCase()).data;

/** `per: 'read,write', fea: 'o:orders,u:x', fpm: '3'`: bit n of a feature's number grants permission n. */
const permissionsOf = ({ o, fea, org_permissions }: Claims): readonly string[] => {
  if (!o?.per || !o.fpm || !fea) return org_permissions ?? [];
  const verbs = o.per.split(',');
  const grants = o.fpm.split(',').map(Number);
  const features = fea
    .split(',')
    .flatMap((feature) => (/^u?o:/.test(feature) ? [feature.slice(feature.indexOf(':') + 1)] : []));
  return features.flatMap((feature, index) =>
    verbs.flatMap((verb, bit) => (((grants[index] ?? 0) >> bit) & 1 ? [`org:${feature}:${verb}`] : [])),
  );
};

/** Undefined when the claims are not those of an active session. */
export const principalOf = (payload: unknown): Principal | undefined => {
  const { data: claims } = Claims.safeParse(payload);
  if (!claims || (claims.sts !== undefined && claims.sts !== 'active')) return undefined;
  const orgId = claims.oid ?? claims.o?.id ?? claims.org_id;
  const ownerAlone = !orgId && claims.metadata?.role?.toLowerCase() === 'owner';
  const role = ownerAlone ? 'OWNER' : orgId ? roleNamed(claims.o?.rol ?? claims.org_role) : undefined;
  return {
    userId: claims.uid ?? claims.sub,
    sessionId: claims.sid,
    ...(orgId && { orgId }),
    ...(role && { role }),
    permissions: permissionsOf(claims),
    issuedAt: claims.iat,
    exp: claims.exp,
  };
};

export const actorOf = ({ userId, sessionId, orgId, role }: Principal): Actor => ({
  kind: 'user',
  id: userId,
  sessionId,
  ...(orgId && { orgId }),
  ...(role && { role }),
});
