import type { Actor } from '@cargoro/domain';
import {
  createAuthenticate,
  createEndedRights,
  createVerifyApiKey,
  createVerifySession,
  type LocalIssuer,
  openLocalIssuer,
  type SessionConfig,
} from '@cargoro/gateway/auth';
import { Told } from '../told.ts';
import { apiKeysIn } from './api-keys.ts';
import { issuerFolder, type Parts } from './parts.ts';

/** How session tokens are verified here: with Clerk's key, or by the issuer of this checkout. */
export const sessionOf = async ({ config }: Parts): Promise<{ session: SessionConfig; localIssuer?: LocalIssuer }> => {
  const { jwtKey, issuer } = config.clerk;
  const origins = config.webOrigin ? { authorizedParties: [config.webOrigin] } : {};
  if (jwtKey && issuer) return { session: { jwtKey, issuer, ...origins } };
  if (jwtKey)
    throw new Told('CLERK_JWT_KEY is set, but neither CLERK_PUBLISHABLE_KEY nor CLERK_ISSUER names its issuer.');
  const localIssuer = await openLocalIssuer(issuerFolder(config), { production: config.production });
  return { session: { jwtKey: localIssuer.jwtKey, issuer: localIssuer.issuer }, localIssuer };
};

/** For APIs beside the gateway: the actor an Authorization header proves; null when there is none or it is refused. */
export const actorOfHeader = async (
  parts: Parts,
): Promise<(authorization: string | undefined, ip?: string) => Promise<Actor | null>> => {
  const { session } = await sessionOf(parts);
  const authenticate = createAuthenticate({
    verifySession: createVerifySession(session),
    verifyApiKey: createVerifyApiKey(apiKeysIn(parts.postgres)),
    endedRights: createEndedRights(),
  });
  return async (authorization, ip) => {
    const caller = await authenticate(authorization, 'ko', ip).catch(() => undefined);
    return caller?.viewer?.actor ?? null;
  };
};
