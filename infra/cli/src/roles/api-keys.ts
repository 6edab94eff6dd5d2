import { type OrgKind, roleOfScopes } from '@cargoro/domain';
import type { FindApiKey } from '@cargoro/gateway/auth';
import type { Postgres } from '@cargoro/infra/postgres';

type KeyRow = { id: string; org_id: string; kind: OrgKind; scopes: string[]; ip_ranges: string[]; expires_at: string };

/** Live API keys by the hash of their secret; after a rotation the former secret counts for its overlap. */
export const apiKeysIn =
  (postgres: Postgres): FindApiKey =>
  async (sha256) => {
    const [row] = await postgres.query<KeyRow>(
      `select k.id, k.org_id, o.kind, k.scopes, k.ip_ranges,
         case when k.hash = $1 then k.expires_at else least(k.expires_at, k.previous_valid_until) end as expires_at
       from rm_api_key k join rm_org o on o.id = k.org_id
       where k.status = 'active' and o.status = 'active' and (k.hash = $1 or k.previous_hash = $1)`,
      [sha256],
    );
    if (!row) return undefined;
    const { id: keyId, org_id: orgId, kind, scopes, ip_ranges: ipRanges, expires_at: expiresAt } = row;
    return { keyId, orgId, role: roleOfScopes(kind, scopes), ipRanges, expiresAt };
  };
