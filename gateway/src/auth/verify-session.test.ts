import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClerkFastifyOptions, clerkPlugin, getAuth } from '@clerk/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsOf, type DevUser, type LocalIssuer, localIssuerUrl, openLocalIssuer } from './local-issuer.ts';
import type { Principal } from './principal.ts';
import { createVerifySession, SessionRefused, type VerifySession } from './verify-session.ts';

const advisor: DevUser = {
  user: 'gaon.advisor',
  userId: '11111111-1111-5111-8111-111111111111',
  name: { ko: '상담사', en: 'Advisor' },
  role: 'SERVICE_ADVISOR',
  orgId: '22222222-2222-5222-8222-222222222222',
};
const owner: DevUser = {
  user: 'owner.kim',
  userId: '33333333-3333-5333-8333-333333333333',
  name: { ko: '김', en: 'Kim' },
  role: 'OWNER',
};

let folder: string;
let issuer: LocalIssuer;
let verifySession: VerifySession;
let clerk: FastifyInstance;
const seconds = () => Math.floor(Date.now() / 1_000);
const claims = (change: Record<string, unknown> = {}) => ({
  ...claimsOf(advisor, seconds(), 60),
  azp: 'http://localhost:3000',
  ...change,
});
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(claims()).filter(([name]) => !names.includes(name)));
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const strangersToken = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const body = `${part({ alg: 'RS256', kid: 'ins_local', typ: 'JWT' })}.${part(claims())}`;
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), privateKey).toString('base64url')}`;
};
const tampered = () => {
  const [head, , signature] = issuer.signClaims(claims()).split('.');
  return `${head}.${part(claims({ o: { id: 'another-organisation', rol: 'workshop_owner' } }))}.${signature}`;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'issuer-'));
  issuer = await openLocalIssuer(folder);
  const authorizedParties = ['http://localhost:3000'];
  verifySession = createVerifySession({ jwtKey: issuer.jwtKey, issuer: issuer.issuer, authorizedParties });
  clerk = fastify();
  const options = {
    publishableKey: `pk_test_${Buffer.from('clerk.cargoro.localhost$').toString('base64')}`,
    secretKey: 'sk_test_unused',
    jwtKey: issuer.jwtKey,
    authorizedParties,
    telemetry: { disabled: true },
  };
  await clerk.register(clerkPlugin, options as ClerkFastifyOptions);
  clerk.get('/', (request) => {
    const { userId, sessionId, orgId, orgPermissions } = getAuth(request);
    return { userId, sessionId, orgId, orgPermissions };
  });
});
afterAll(async () => {
  await clerk.close();
  await rm(folder, { recursive: true });
});

/** What Clerk's plugin makes of the token; null when it sees no signed-in user. */
const clerksView = async (token: string) => {
  const response = await clerk.inject({
    url: '/',
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  });
  const seen = response.json() as { userId?: string; orgId?: string; sessionId?: string; orgPermissions?: string[] };
  return response.statusCode === 200 && seen.userId ? seen : null;
};
const ourView = (token: string): Promise<Principal | string> =>
  verifySession(token).catch((error: unknown) => {
    if (error instanceof SessionRefused) return error.reason;
    throw error;
  });

const table: [name: string, token: () => string, outcome: 'accepted' | 'refused'][] = [
  ['a fresh token', () => issuer.signClaims(claims()), 'accepted'],
  [
    'organisation claims of version 1',
    () =>
      issuer.signClaims({
        ...without('o', 'v'),
        org_id: 'org_1',
        org_role: 'org:technician',
        org_slug: 's',
        org_permissions: ['org:orders:read'],
      }),
    'accepted',
  ],
  [
    'organisation claims with permissions',
    () =>
      issuer.signClaims(
        claims({ o: { id: 'org_1', rol: 'technician', slg: 's', per: 'read,write', fpm: '3' }, fea: 'o:orders' }),
      ),
    'accepted',
  ],
  [
    'a token expired three seconds ago, within the skew',
    () => issuer.signClaims(claims({ iat: seconds() - 63, exp: seconds() - 3 })),
    'accepted',
  ],
  ['an expired token', () => issuer.signClaims(claims({ iat: seconds() - 100, exp: seconds() - 10 })), 'refused'],
  ['a token of the future (nbf)', () => issuer.signClaims(claims({ nbf: seconds() + 60 })), 'refused'],
  ['a token issued in the future', () => issuer.signClaims(claims({ iat: seconds() + 60 })), 'refused'],
  ['another key', strangersToken, 'refused'],
  ['a payload changed after signing', tampered, 'refused'],
  ['alg none', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.eA`, 'refused'],
  ['HS256 with the public key', () => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims())}.eA`, 'refused'],
  ['another authorised party', () => issuer.signClaims(claims({ azp: 'https://evil.example' })), 'refused'],
  ['no authorised party', () => issuer.signClaims(without('azp')), 'refused'],
  ['no subject', () => issuer.signClaims(without('sub')), 'refused'],
  ['a pending session', () => issuer.signClaims(claims({ sts: 'pending' })), 'refused'],
  ['an empty string of parts', () => '..', 'refused'],
];

describe('a session token', () => {
  it.each(table)('%s is judged as Clerk judges it', async (_name, token, outcome) => {
    const value = token();
    const [ours, clerks] = await Promise.all([ourView(value), clerksView(value)]);
    expect([typeof ours === 'object', clerks !== null]).toEqual(outcome === 'accepted' ? [true, true] : [false, false]);
    if (typeof ours !== 'object' || !clerks) return;
    expect([ours.userId, ours.sessionId, ours.orgId]).toEqual([clerks.userId, clerks.sessionId, clerks.orgId]);
    expect(ours.permissions).toEqual(clerks.orgPermissions ?? []);
  });

  it('of another issuer, or without a session id, is refused though Clerk would take it', async () => {
    const elsewhere = issuer.signClaims(claims({ iss: 'https://evil.example' }));
    expect([await ourView(elsewhere), await clerksView(elsewhere)]).toMatchObject([
      'token-invalid-issuer',
      { userId: advisor.userId },
    ]);
    expect(await ourView(issuer.signClaims(without('sid')))).toBe('session-not-active');
  });

  it('that is opaque or huge never reaches the library', async () => {
    for (const token of ['ak_secret', 'mt_secret', 'oat_secret', '', 'a.b', `${'a'.repeat(5_000)}.b.c`])
      expect(await ourView(token)).toBe('token-malformed');
  });

  it('gives the membership and the role; a private owner has a role without an organisation', async () => {
    expect(await ourView(issuer.signClaims(claims()))).toMatchObject({ role: 'SERVICE_ADVISOR', orgId: advisor.orgId });
    const owners = issuer.signClaims({ ...claimsOf(owner, seconds(), 60), azp: 'http://localhost:3000' });
    const principal = await ourView(owners);
    expect(principal).toMatchObject({ userId: owner.userId, role: 'OWNER' });
    expect(principal).not.toHaveProperty('orgId');
    const pretender = { ...without('o'), metadata: { role: 'PLATFORM_ADMIN' } };
    expect(await ourView(issuer.signClaims(pretender))).not.toHaveProperty('role');
  });

  it('remembered as good ends at its expiry all the same', async () => {
    let clock = Date.now();
    const verify = createVerifySession({ jwtKey: issuer.jwtKey, issuer: localIssuerUrl, now: () => clock });
    const { token } = issuer.mint(advisor);
    await verify(token);
    clock += 64_000;
    await verify(token);
    clock += 2_000;
    await expect(verify(token)).rejects.toThrow('token-expired');
  });
});

describe('the local issuer', () => {
  it('keeps its key in the data folder, readable by its owner alone', async () => {
    expect((await openLocalIssuer(folder)).jwtKey).toBe(issuer.jwtKey);
    expect((await stat(join(folder, 'private.pem'))).mode & 0o777).toBe(0o600);
  });
  it('is one key when two processes start at once', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'issuer-'));
    const issuers = await Promise.all([1, 2, 3].map(() => openLocalIssuer(fresh)));
    expect(new Set(issuers.map((one) => one.jwtKey)).size).toBe(1);
    await rm(fresh, { recursive: true });
  });
  it('is refused in production', async () => {
    await expect(openLocalIssuer(folder, { production: true })).rejects.toThrow('CLERK_JWT_KEY');
  });
  it('a key that is none fails at boot', () => {
    expect(() => createVerifySession({ jwtKey: 'nonsense', issuer: localIssuerUrl })).toThrow();
  });
});
