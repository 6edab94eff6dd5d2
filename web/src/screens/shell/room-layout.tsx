import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { redirect } from '../../i18n/navigation.ts';
import { RuntimeProvider } from '../../kit/runtime.tsx';
import { currentSession, socketUrl } from '../../session/server.ts';
import { homeOf, type Room, roomsOf } from '../../session/viewer.ts';
import { Shell } from './shell.tsx';
import { Unreachable } from './unreachable.tsx';

/** The guard of a room: signed out → sign-in; another role → its own room; the gateway away → says so and tries again. */
export const RoomLayout = async ({ room, children }: { room: Room; children: ReactNode }) => {
  const locale = await getLocale();
  const session = await currentSession().catch(() => null);
  if (session === null) {
    const t = await getTranslations('states');
    return <Unreachable title={t('unavailable')} text={t('unavailableText')} retry={t('retry')} />;
  }
  if (!session) return redirect({ href: '/sign-in', locale });
  const { viewer } = session;
  if (!roomsOf(viewer.role).includes(room)) return redirect({ href: homeOf(viewer.role), locale });
  return (
    <RuntimeProvider value={{ socketUrl: socketUrl(), viewer, production: process.env.NODE_ENV === 'production' }}>
      <Shell room={room}>{children}</Shell>
    </RuntimeProvider>
  );
};
