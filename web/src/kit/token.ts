import type { Session } from '../session/viewer.ts';

/** A token with less than this left is renewed before it is used; tokens live a minute. */
const marginMs = 12_000;

let current: Session | undefined;
let renewing: Promise<Session | undefined> | undefined;

const renew = async (): Promise<Session | undefined> => {
  const response = await fetch('/session/token', { method: 'POST' });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error('UNAVAILABLE');
  return (await response.json()) as Session;
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
