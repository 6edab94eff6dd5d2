import type { Locale } from '@cargoro/domain';
import { type BreakGlass, ReadError, type Viewer, viewerOf } from '@cargoro/read-api';
import { type ErrorCode, problem } from '../errors.ts';
import type { createVerifyApiKey } from './api-key.ts';
import type { EndedRights } from './ended-rights.ts';
import { actorOf } from './principal.ts';
import { SessionRefused, type VerifySession } from './verify-session.ts';

/** Who sent a request. `viewer` is null for somebody who did not sign in. */
export type Caller = {
  readonly viewer: Viewer | null;
  /** When the right to act ends, milliseconds since 1970. */
  readonly expiresAt: number | undefined;
};
/**
 * `credentials` is an Authorization header: `Bearer <JWT>` or `ApiKey <key>`, `ip` the address it came from. Throws
 * UNAUTHENTICATED for bad ones. `caseId` names an emergency access to read by; throws FORBIDDEN when there is none.
 */
export type Authenticate = (
  credentials: string | undefined,
  locale: Locale,
  ip?: string,
  caseId?: string,
) => Promise<Caller>;

const refused = (reason: string): Error =>
  problem('UNAUTHENTICATED' satisfies ErrorCode, `Not signed in: ${reason}`, [{ path: 'authorization', reason }]);

const refusedToRead = (error: unknown): undefined => {
  if (!(error instanceof ReadError)) throw error;
};

/** Present but invalid credentials are refused; absent ones make an anonymous caller. */
export const createAuthenticate = (deps: {
  readonly verifySession: VerifySession;
  readonly verifyApiKey?: ReturnType<typeof createVerifyApiKey> | undefined;
  readonly endedRights: EndedRights;
  /** Emergency access of the platform's staff; there is none without it. */
  readonly breakGlass?: BreakGlass | undefined;
}): Authenticate => {
  const bySession = async (token: string, locale: Locale): Promise<Caller> => {
    const principal = await deps.verifySession(token).catch((error: unknown) => {
      throw error instanceof SessionRefused ? refused(error.reason) : error;
    });
    if (deps.endedRights.isEnded(principal)) throw refused('access-ended');
    return { viewer: viewerOf(actorOf(principal), locale), expiresAt: principal.exp * 1_000 };
  };
  const byApiKey = async (key: string, locale: Locale, ip: string | undefined): Promise<Caller> => {
    const verified = await deps.verifyApiKey?.(key, ip);
    if (!verified) throw refused('api-key-unknown');
    return { viewer: viewerOf(verified.actor, locale), expiresAt: verified.expiresAt };
  };
  const signIn = async (credentials: string, locale: Locale, ip: string | undefined): Promise<Caller> => {
    const [, scheme = '', secret = ''] = /^(\w+) +(\S+)$/.exec(credentials) ?? [];
    if (scheme.toLowerCase() === 'bearer') return bySession(secret, locale);
    if (scheme.toLowerCase() === 'apikey') return byApiKey(secret, locale, ip);
    throw refused('authorization-malformed');
  };
  const enter = async ({ viewer: asked, expiresAt = Number.POSITIVE_INFINITY }: Caller, caseId: string) => {
    const viewer = asked && (await deps.breakGlass?.enter(asked, caseId).catch(refusedToRead));
    if (!viewer?.breakGlass) throw problem('FORBIDDEN', 'There is no such emergency access, or it is over');
    return { viewer, expiresAt: Math.min(expiresAt, Date.parse(viewer.breakGlass.until)) };
  };
  return async (credentials, locale, ip, caseId) => {
    const caller = credentials ? await signIn(credentials, locale, ip) : { viewer: null, expiresAt: undefined };
    return caseId === undefined ? caller : enter(caller, caseId);
  };
};
