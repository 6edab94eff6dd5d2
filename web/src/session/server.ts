import 'server-only';
import type { Role, Text } from '@cargoro/domain/kit';
import { auth } from '@clerk/nextjs/server';
import { cookies } from 'next/headers';
import { clerkSettings } from './clerk.ts';
import { claimsOf, type Persona, roleOf, type Session, type Viewer } from './viewer.ts';

const cookieName = 'cargoro_user';

/** Where the gateway is, from inside. Read per request: ports are given out when everything starts. */
export const gatewayUrl = (): string => (process.env.CARGORO_GATEWAY_URL ?? 'http://127.0.0.1:4000').replace(/\/$/, '');

/** Where browsers find the gateway's socket; without a public address they use the page's own host. */
export const socketUrl = (): string => {
  const url = new URL(process.env.CARGORO_PUBLIC_GATEWAY_URL ?? gatewayUrl());
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = '/graphql';
  return url.toString();
};

const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(gatewayUrl() + path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(8_000) });

/** The people the local issuer knows. Empty in production, where the route does not exist. */
export const personas = async (): Promise<readonly Persona[]> => {
  const response = await ask('/dev/users');
  if (!response.ok) return [];
  return ((await response.json()) as { users: readonly Persona[] }).users;
};

/** A fresh token for a persona; undefined when the issuer does not know it. */
export const openSession = async (user: string): Promise<Session | undefined> => {
  const response = await ask('/dev/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (!response.ok) return undefined;
  const answer = (await response.json()) as { token: string; expiresAt: string; user: Persona };
  const viewer: Viewer = { ...answer.user, role: roleOf(claimsOf(answer.token)) };
  return { token: answer.token, expiresAt: Date.parse(answer.expiresAt), viewer };
};

type Proven = Pick<Session, 'expiresAt'> & Pick<Viewer, 'userId' | 'orgId'> & { readonly role?: Role };

/** Clerk keeps the token; whom it proves the gateway says, by the same verification as for every request. */
const clerkSession = async (): Promise<Session | undefined> => {
  const token = await (await auth()).getToken();
  if (!token) return undefined;
  const response = await ask('/session', { headers: { authorization: `Bearer ${token}` } });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error('UNAVAILABLE');
  const { userId, orgId, role = 'ANYONE', expiresAt } = (await response.json()) as Proven;
  const { name, org_name: orgName } = claimsOf(token);
  const viewer: Viewer = {
    ...{ user: userId, userId, role, name: everywhere(name ?? '') },
    ...(orgId && { orgId, orgName: everywhere(orgName ?? '') }),
  };
  return { token, expiresAt, viewer };
};
const everywhere = (text: string): Text => ({ ko: text, en: text });

/** The session of this request, or undefined. Without Clerk the cookie names the person; tokens are never stored. */
export const currentSession = async (): Promise<Session | undefined> => {
  if (clerkSettings()) return clerkSession();
  const user = (await cookies()).get(cookieName)?.value;
  return user ? openSession(user) : undefined;
};

export const rememberUser = async (user: string): Promise<void> => {
  (await cookies()).set(cookieName, user, { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 60 * 60 * 12 });
};
export const forgetUser = async (): Promise<void> => {
  (await cookies()).delete(cookieName);
};
