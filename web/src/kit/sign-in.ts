import { clerk } from './clerk.ts';
import { forgetToken } from './token.ts';

/** Signs in as a demo person; the answer is where to go, or the reason it did not work. */
export const signIn = async (user: string): Promise<{ ok: true } | { ok: false; code: string }> => {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  }).catch(() => undefined);
  forgetToken();
  if (response?.ok) return { ok: true };
  const body = (await response?.json().catch(() => undefined)) as { error?: string } | undefined;
  return { ok: false, code: body?.error ?? 'UNAVAILABLE' };
};

/** Ends the session and loads the sign-in page anew, so that nothing of it stays in memory. */
export const signOut = async (locale: string): Promise<void> => {
  await clerk()?.signOut();
  await fetch('/session', { method: 'DELETE' });
  forgetToken();
  window.location.assign(locale === 'ko' ? '/sign-in' : `/${locale}/sign-in`);
};
