import { getLocale } from 'next-intl/server';
import { redirect } from '../../i18n/navigation.ts';
import { currentSession } from '../../session/server.ts';
import { homeOf } from '../../session/viewer.ts';

export default async function Page() {
  const session = await currentSession().catch(() => undefined);
  return redirect({ href: session ? homeOf(session.viewer.role) : '/sign-in', locale: await getLocale() });
}
