'use client';
import { ChevronsUpDown, Menu as MenuIcon } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from '../../i18n/navigation.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { named, type Room, roomsOf } from '../../session/viewer.ts';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuLine, MenuTrigger } from '../../ui/overlay.tsx';
import { places } from './rooms.ts';

const Mark = () => (
  <svg viewBox="0 0 28 28" className="size-7 shrink-0" aria-hidden>
    <rect width="28" height="28" rx="8" className="fill-accent" />
    <path
      d="M19.4 10.2a6.6 6.6 0 1 0 .2 7.4h-5"
      fill="none"
      className="stroke-on-accent"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** Rooms and organisations one may enter; on a phone it is the last tab and also holds what has no tab. */
export const RoomSwitch = ({ room, compact = false }: { room: Room; compact?: boolean }) => {
  const t = useTranslations('nav');
  const s = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const viewer = useViewer();
  const organisation = named(viewer.orgName, locale) || s('privatePerson');
  const rest = places[room].filter((place) => !place.tab);
  if (compact && rest.length === 0) return null;
  return (
    <Menu>
      {compact ? (
        <MenuTrigger className="grid h-15 content-center justify-items-center gap-0.5 text-[11px] text-ink-soft">
          <MenuIcon className="size-[22px]" strokeWidth={1.75} aria-hidden />
          {s('more')}
        </MenuTrigger>
      ) : (
        <MenuTrigger
          className="m-2 flex items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken"
          aria-label={s('switchRoom', { name: organisation })}
        >
          <Mark />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-semibold text-sm leading-tight">{organisation}</span>
            <span className="block truncate text-ink-soft text-xs leading-tight">{s(`rooms.${room}`)}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-ink-soft" aria-hidden />
        </MenuTrigger>
      )}
      <MenuContent align={compact ? 'end' : 'start'}>
        {compact
          ? rest.map((place) => (
              <MenuItem key={place.path} onSelect={() => router.push(place.path)}>
                <place.icon aria-hidden />
                {t(place.key)}
              </MenuItem>
            ))
          : null}
        {compact ? <MenuLine /> : null}
        <MenuLabel>{s('room')}</MenuLabel>
        {roomsOf(viewer.role).map((each) => (
          <MenuItem key={each} onSelect={() => router.push(`/${each}`)}>
            {s(`rooms.${each}`)}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onSelect={() => router.push('/sign-in?switch=1')}>{s('switchMembership')}</MenuItem>
      </MenuContent>
    </Menu>
  );
};
