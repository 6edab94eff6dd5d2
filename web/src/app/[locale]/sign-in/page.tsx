import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from '../../../i18n/navigation.ts';
import { ClerkDoor } from '../../../screens/sign-in/clerk-door.tsx';
import { PersonaPicker } from '../../../screens/sign-in/persona-picker.tsx';
import { clerkSettings } from '../../../session/clerk.ts';
import { currentSession, personas } from '../../../session/server.ts';
import { homeOf } from '../../../session/viewer.ts';

type Props = { searchParams: Promise<{ switch?: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('signIn'))(clerkSettings() ? 'welcome' : 'title'),
});

export default async function Page({ searchParams }: Props) {
  const { switch: switching } = await searchParams;
  const session = await currentSession().catch(() => undefined);
  if (session && !switching) return redirect({ href: homeOf(session.viewer.role), locale: await getLocale() });
  if (clerkSettings()) return <ClerkDoor signedIn={session !== undefined} />;
  const people = await personas().catch(() => null);
  return <PersonaPicker people={people ?? []} reachable={people !== null} current={session?.viewer.user} />;
}
