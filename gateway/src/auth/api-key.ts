import { createHash } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import type { Actor, Role } from '@cargoro/domain';
import { LRUCache } from 'lru-cache';

/** An API key as `rm_api_key` holds it: never the key, only its hash. */
export type ApiKeyRecord = {
  readonly keyId: string;
  readonly orgId: string;
  /** The role its scopes cover; without one it may do nothing. */
  readonly role: Role | undefined;
  /** Address ranges it may be used from, `203.0.113.0/24`; from anywhere when there are none. */
  readonly ipRanges?: readonly string[];
  readonly expiresAt?: string | undefined;
};
/** The live (not revoked) key with this SHA-256 in hex, if there is one. */
export type FindApiKey = (sha256: string) => Promise<ApiKeyRecord | undefined>;

export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const mostBytes = 256;

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
const isWithin = (ranges: readonly string[], ip: string | undefined): boolean => {
  if (ranges.length === 0) return true;
  if (ip === undefined) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), familyOf(network));
  }
  // An IPv4 caller of a socket that speaks both shows as ::ffff:203.0.113.7.
  const address = ip.replace(/^::ffff:(?=\d+\.)/, '');
  return list.check(address, familyOf(address));
};

/** Looks keys up by hash and remembers the answer, also "no such key", for a few seconds: so long a revoked key may still work. */
export const createVerifyApiKey = (find: FindApiKey, { rememberMs = 5_000, now = Date.now } = {}) => {
  const known = new LRUCache<string, { readonly record: ApiKeyRecord | undefined }>({ max: 10_000, ttl: rememberMs });
  return async (
    key: string,
    ip: string | undefined,
  ): Promise<{ readonly actor: Actor; readonly expiresAt: number | undefined } | undefined> => {
    if (key.length > mostBytes) return undefined;
    const hash = hashApiKey(key);
    const entry = known.get(hash) ?? { record: await find(hash) };
    known.set(hash, entry);
    const { record } = entry;
    if (!record) return undefined;
    const expiresAt = record.expiresAt === undefined ? undefined : Date.parse(record.expiresAt);
    if (expiresAt !== undefined && expiresAt <= now()) return undefined;
    const { keyId, orgId, role, ipRanges = [] } = record;
    if (!role || !isWithin(ipRanges, ip)) return undefined;
    return { actor: { kind: 'apiKey', id: keyId, orgId, role }, expiresAt };
  };
};
