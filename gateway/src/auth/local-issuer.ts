import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role, Text } from '@cargoro/domain';

/** A person to sign in as while developing; the composition root knows who there is. */
export type DevUser = {
  /** The handle one types: `gaon.advisor`. */
  readonly user: string;
  readonly userId: string;
  readonly name: Text;
  /** Absent for a person without a role; `OWNER` without an organisation is a private owner. */
  readonly role?: Role;
  readonly orgId?: string;
  readonly orgName?: Text;
};

export const localIssuerUrl = 'https://cargoro.localhost';

export type LocalIssuer = {
  readonly issuer: string;
  /** Public key (PEM), what CLERK_JWT_KEY is in production. */
  readonly jwtKey: string;
  /** A session token of Clerk's shape for this person; `expiresAt` is ISO 8601. */
  mint(
    user: DevUser,
    options?: { readonly lifeSeconds?: number },
  ): { readonly token: string; readonly expiresAt: string };
  /** Signs any claims with our key: tests make broken tokens this way. */
  signClaims(claims: Readonly<Record<string, unknown>>): string;
};

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signJwt = (key: KeyObject, claims: Readonly<Record<string, unknown>>): string => {
  const body = `${base64url({ alg: 'RS256', kid: 'ins_local', typ: 'JWT' })}.${base64url(claims)}`;
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`;
};

/** The claims Clerk puts into a session token (version 2). */
export const claimsOf = (user: DevUser, issuedAt: number, lifeSeconds: number): Record<string, unknown> => ({
  v: 2,
  iss: localIssuerUrl,
  sub: user.userId,
  sid: `sess_${randomUUID()}`,
  sts: 'active',
  jti: randomUUID(),
  fva: [0, -1],
  iat: issuedAt,
  nbf: issuedAt - 10,
  exp: issuedAt + lifeSeconds,
  ...(user.orgId && { o: { id: user.orgId, rol: (user.role ?? '').toLowerCase(), slg: user.user.split('.')[0] } }),
  ...(!user.orgId && user.role && { metadata: { role: user.role.toLowerCase() } }),
});

/** One key per data folder. Two processes starting at once agree on it: the first to link the file wins. */
const keyIn = async (folder: string): Promise<string> => {
  const file = join(folder, 'private.pem');
  const standing = await readFile(file, 'utf8').catch(() => undefined);
  if (standing) return standing;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const draft = join(folder, `private.${randomUUID()}.tmp`);
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return readFile(file, 'utf8');
};

/**
 * Signs tokens where there is no Clerk: development and tests. `folder` keeps its key (`.cargoro/issuer`). Refused in
 * production, where anybody could sign in as anybody.
 */
export const openLocalIssuer = async (
  folder: string,
  {
    production = false,
    lifeSeconds = 60,
    now = Date.now,
  }: { production?: boolean; lifeSeconds?: number; now?: () => number } = {},
): Promise<LocalIssuer> => {
  if (production) throw new Error('The local issuer is for development; set CLERK_JWT_KEY and CLERK_PUBLISHABLE_KEY');
  const privateKey = createPrivateKey(await keyIn(folder));
  return {
    issuer: localIssuerUrl,
    jwtKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    signClaims: (claims) => signJwt(privateKey, claims),
    mint: (user, options = {}) => {
      const issuedAt = Math.floor(now() / 1_000);
      const life = options.lifeSeconds ?? lifeSeconds;
      return {
        token: signJwt(privateKey, claimsOf(user, issuedAt, life)),
        expiresAt: new Date((issuedAt + life) * 1_000).toISOString(),
      };
    },
  };
};
