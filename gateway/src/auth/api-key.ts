import { createHash } from 'node:crypto';
import type { Actor, Role } from '@cargoro/domain';
import { LRUCache } from 'lru-cache';

/** An API key as `rm_api_key` holds it: never the key, only its hash. */
export type ApiKeyRecord = {
  readonly keyId: string;
  readonly orgId: string;
  /** What the key may do: role names; the first one a membership can hold is the actor's role. */
  readonly role?: Role | undefined;
  readonly scopes: readonly string[];
  readonly expiresAt?: string | undefined;
};
/** The live (not revoked) key with this SHA-256 in hex, if there is one. */
export type FindApiKey = (sha256: string) => Promise<ApiKeyRecord | undefined>;

export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const mostBytes = 256;

/** Looks keys up by hash and remembers the answer, also "no such key", for a few seconds: so long a revoked key may still work. */
export const createVerifyApiKey = (find: FindApiKey, { rememberMs = 5_000, now = Date.now } = {}) => {
  const known = new LRUCache<string, { readonly record: ApiKeyRecord | undefined }>({ max: 10_000, ttl: rememberMs });
  return async (
    key: string,
  ): Promise<{ readonly actor: Actor; readonly expiresAt: number | undefined } | undefined> => {
    if (key.length > mostBytes) return undefined;
    const hash = hashApiKey(key);
    const entry = known.get(hash) ?? { record: await find(hash) };
    known.set(hash, entry);
    const { record } = entry;
    if (!record) return undefined;
    const expiresAt = record.expiresAt === undefined ? undefined : Date.parse(record.expiresAt);
    if (expiresAt !== undefined && expiresAt <= now()) return undefined;
    const { keyId, orgId, role } = record;
    return { actor: { kind: 'apiKey', id: keyId, orgId, ...(role && { role }) }, expiresAt };
  };
};
