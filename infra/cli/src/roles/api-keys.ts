import { Role } from '@cargoro/domain';
import type { FindApiKey } from '@cargoro/gateway/auth';
import type { Postgres } from '@cargoro/infra/postgres';

type KeyRow = { id: string; org_id: string; scopes: string[]; expires_at: string };

/** Live API keys by the hash of their secret; after a rotation the former secret counts for its overlap. */
export const apiKeysIn =
  (postgres: Postgres): FindApiKey =>
  async (sha256) => {
    const [row] = await postgres.query<KeyRow>(
      `select id, org_id, scopes, case when hash = $1 then expires_at else least(expires_at, previous_valid_until) end as expires_at
       from rm_api_key where status = 'active' and (hash = $1 or previous_hash = $1)`,
      [sha256],
    );
    if (!row) return undefined;
    const role = row.scopes.find((scope): scope is Role => Role.safeParse(scope).success);
    return { keyId: row.id, orgId: row.org_id, role, scopes: row.scopes, expiresAt: row.expires_at };
  };
