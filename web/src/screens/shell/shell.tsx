'use client';
import { Keyboard, Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Link, usePathname } from '../../i18n/navigation.ts';
import { useKeys } from '../../kit/keyboard.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { named, type Room } from '../../session/viewer.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/layout.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Notifications } from './notifications.tsx';
import { CommandPalette } from './palette.tsx';
import { RoomSwitch } from './room-switch.tsx';
import { placeOf, places } from './rooms.ts';
import { ShortcutsDialog } from './shortcuts.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every room: rail at a desk, tab bar on a phone, one bar on top. */
export const Shell = ({ room, children }: { room: Room; children: ReactNode }) => {
  const t = useTranslations('nav');
  const s = useTranslations('shell');
  const locale = useLocale();
  const viewer = useViewer();
  const pathname = usePathname();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const here = placeOf(room, pathname);
  useKeys({
    'mod+k': () => setPalette((open) => !open),
    '/': () => setPalette(true),
    '?': () => setShortcuts(true),
  });

  return (
    <div className="min-h-dvh desk:grid desk:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        {s('skip')}
      </a>
      <nav
        aria-label={s('navigation')}
        className="sticky top-0 hidden h-dvh flex-col border-line border-r bg-surface desk:flex"
      >
        <RoomSwitch room={room} />
        <ul className="grid gap-0.5 px-2.5 py-2">
          {places[room].map((place) => (
            <li key={place.path}>
              <Link
                href={place.path}
                aria-current={place === here ? 'page' : undefined}
                className={cn(
                  'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-ink-soft text-sm hover:bg-sunken hover:text-ink',
                  place === here && 'bg-accent-soft font-semibold text-accent hover:bg-accent-soft hover:text-accent',
                )}
              >
                <place.icon className="size-[18px]" strokeWidth={1.75} aria-hidden />
                {t(place.key)}
              </Link>
            </li>
          ))}
        </ul>
        <div className="mt-auto px-2.5 pb-3">
          <Button
            tone="quiet"
            size="sm"
            className="w-full justify-start font-normal"
            onClick={() => setShortcuts(true)}
          >
            <Keyboard aria-hidden />
            {s('shortcuts')}
            <span className="ml-auto">
              <Kbd>?</Kbd>
            </span>
          </Button>
        </div>
      </nav>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 border-line border-b bg-surface">
          <div className="flex h-13 items-center gap-1.5 px-4 desk:px-6">
            <p className="min-w-0 truncate font-semibold text-base">
              {here ? t(here.key) : ''}
              {viewer.orgName ? (
                <span className="font-normal text-ink-soft"> · {named(viewer.orgName, locale)}</span>
              ) : null}
            </p>
            <button
              type="button"
              onClick={() => setPalette(true)}
              className="mr-1 ml-auto hidden h-8 w-72 items-center gap-2 rounded-md border border-line bg-sunken px-2.5 text-ink-soft text-sm hover:border-line-strong wide:flex"
            >
              <Search className="size-4" aria-hidden />
              <span className="truncate">{s('search')}</span>
              <span className="ml-auto flex gap-0.5">
                <Kbd>⌘</Kbd>
                <Kbd>K</Kbd>
              </span>
            </button>
            <div className="ml-auto flex items-center gap-0.5 wide:ml-0">
              <Button
                tone="quiet"
                size="icon"
                className="wide:hidden"
                aria-label={s('search')}
                onClick={() => setPalette(true)}
              >
                <Search aria-hidden />
              </Button>
              <Notifications />
              <UserMenu />
            </div>
          </div>
          <ConnectionBar />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pt-4 pb-28 outline-none desk:px-6 desk:pt-5 desk:pb-10"
        >
          {children}
        </main>
      </div>
      <nav
        aria-label={s('tabs')}
        className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] desk:hidden"
      >
        {places[room]
          .filter((place) => place.tab)
          .map((place) => (
            <Link
              key={place.path}
              href={place.path}
              aria-current={place === here ? 'page' : undefined}
              className={cn(
                'grid h-15 content-center justify-items-center gap-0.5 text-[11px] text-ink-soft',
                place === here && 'font-semibold text-accent',
              )}
            >
              <place.icon className="size-[22px]" strokeWidth={1.75} aria-hidden />
              {t(place.key)}
            </Link>
          ))}
        <RoomSwitch room={room} compact />
      </nav>
      <CommandPalette room={room} open={palette} onOpenChange={setPalette} onShortcuts={() => setShortcuts(true)} />
      <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} />
    </div>
  );
};
