import { claimsOf } from '../session/viewer.ts';
import { clerk } from './clerk.ts';

/** A token with less than this left is renewed before it is used; tokens live a minute. */
const marginMs = 12_000;

type Token = { readonly token: string; readonly expiresAt: number };
let current: Token | undefined;
let renewing: Promise<Token | undefined> | undefined;

const renew = async (): Promise<Token | undefined> => {
  const signedIn = clerk();
  if (signedIn?.loaded) {
    const token = await signedIn.session?.getToken();
    return token ? { token, expiresAt: (claimsOf(token).exp ?? 0) * 1_000 } : undefined;
  }
  const response = await fetch('/session/token', { method: 'POST' });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error('UNAVAILABLE');
  return (await response.json()) as Token;
};

/** A token good for at least some seconds; several callers share one renewal. Undefined when signed out. */
export const getToken = async (): Promise<string | undefined> => {
  if (current && current.expiresAt - Date.now() > marginMs) return current.token;
  renewing ??= renew().finally(() => {
    renewing = undefined;
  });
  current = await renewing;
  return current?.token;
};

export const forgetToken = (): void => {
  current = undefined;
};
