import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from '../../../i18n/navigation.ts';
import { PersonaPicker } from '../../../screens/sign-in/persona-picker.tsx';
import { currentSession, personas } from '../../../session/server.ts';
import { homeOf } from '../../../session/viewer.ts';

type Props = { searchParams: Promise<{ switch?: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('signIn'))('title') });

export default async function Page({ searchParams }: Props) {
  const { switch: switching } = await searchParams;
  const session = await currentSession().catch(() => undefined);
  if (session && !switching) return redirect({ href: homeOf(session.viewer.role), locale: await getLocale() });
  const people = await personas().catch(() => null);
  return <PersonaPicker people={people ?? []} reachable={people !== null} current={session?.viewer.user} />;
}
