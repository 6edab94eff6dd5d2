import { createHash, createPublicKey } from 'node:crypto';
import { verifyToken } from '@clerk/backend';
import { LRUCache } from 'lru-cache';
import { type Principal, principalOf } from './principal.ts';

/** The token does not prove a session; `reason` says why, for the caller and the log. */
export class SessionRefused extends Error {
  override readonly name = 'SessionRefused';
  constructor(readonly reason: string) {
    super(`The session token is refused: ${reason}`);
  }
}

export type SessionConfig = {
  /** Public key (PEM) the tokens are signed with; `\n` may be escaped. */
  readonly jwtKey: string;
  /** Exact `iss` of the tokens: Clerk's verification with a key does not look at it. */
  readonly issuer: string;
  /** Origins a token may have been made for (`azp`); any when absent. */
  readonly authorizedParties?: readonly string[] | undefined;
  /** Tolerated difference of clocks, 5 s by default. */
  readonly clockSkewInMs?: number | undefined;
  readonly now?: (() => number) | undefined;
};
export type VerifySession = (token: string) => Promise<Principal>;

const mostBytes = 4_096;
/** Three base64url parts. Opaque tokens would make Clerk's library call out, on behalf of anybody who asks. */
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * The one way a session token becomes a principal, for HTTP, sockets, the other APIs and the web server: Clerk's own
 * verification without network, then the checks it leaves out (issuer, session id, status). A token seen before costs a
 * hash. Throws at once when the key is not a key: a wrong one would only ever deny.
 */
export const createVerifySession = (config: SessionConfig): VerifySession => {
  const { issuer, clockSkewInMs = 5_000, now = Date.now } = config;
  const jwtKey = config.jwtKey.replaceAll('\\n', '\n');
  createPublicKey(jwtKey);
  const known = new LRUCache<string, Principal>({ max: 10_000 });
  const options = {
    jwtKey,
    clockSkewInMs,
    ...(config.authorizedParties && { authorizedParties: [...config.authorizedParties] }),
  };

  const verified = async (token: string): Promise<Principal> => {
    const payload = await verifyToken(token, options).catch((error: { reason?: string }) => {
      throw new SessionRefused(error.reason ?? 'token-invalid');
    });
    if (payload.iss !== issuer) throw new SessionRefused('token-invalid-issuer');
    const principal = principalOf(payload);
    if (!principal) throw new SessionRefused('session-not-active');
    return principal;
  };

  return async (token) => {
    if (token.length > mostBytes || !shape.test(token)) throw new SessionRefused('token-malformed');
    const fingerprint = createHash('sha256').update(token).digest('base64');
    const hit = known.get(fingerprint);
    if (hit) {
      if (now() < hit.exp * 1_000 + clockSkewInMs) return hit;
      known.delete(fingerprint);
      throw new SessionRefused('token-expired');
    }
    const principal = await verified(token);
    known.set(fingerprint, principal);
    return principal;
  };
};
