'use client';
import {
  ArrowRight,
  CalendarDays,
  CarFront,
  Keyboard,
  Languages,
  type LucideIcon,
  Moon,
  ReceiptText,
  Search,
  Wrench,
} from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import { usePathname, useRouter } from '../../i18n/navigation.ts';
import { prefer } from '../../kit/preferences.ts';
import type { Room } from '../../session/viewer.ts';
import { cn } from '../../ui/cn.ts';
import { Plate } from '../../ui/plate.tsx';
import { places } from './rooms.ts';
import { type Hit, useSearch } from './search.ts';

type Entry = {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly hint?: string;
  readonly plate?: string;
  readonly run: () => void;
};
const hitIcons: Record<Hit['kind'], LucideIcon> = {
  order: Wrench,
  reservation: CalendarDays,
  invoice: ReceiptText,
  vehicle: CarFront,
};

/** ⌘K: any plate, number, person, place or action. */
export const CommandPalette = ({
  room,
  open,
  onOpenChange,
  onShortcuts,
}: {
  room: Room;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}) => {
  const t = useTranslations('shell');
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0.15_0.02_260/0.45)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 flex max-h-[80dvh] animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float desk:inset-x-auto desk:top-[14vh] desk:left-1/2 desk:w-[36rem] desk:-translate-x-1/2"
        >
          <Radix.Title className="sr-only">{t('palette')}</Radix.Title>
          <Body room={room} close={() => onOpenChange(false)} onShortcuts={onShortcuts} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};

const Body = ({ room, close, onShortcuts }: { room: Room; close: () => void; onShortcuts: () => void }) => {
  const t = useTranslations('shell');
  const nav = useTranslations('nav');
  const router = useRouter();
  const pathname = usePathname();
  const locale = useLocale();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(text.trim());
  const hits = useSearch(room, asked);

  const entries = useMemo((): readonly Entry[] => {
    const go = (href: string) => () => router.push(href);
    const found = hits.map((hit) => ({
      id: hit.href,
      icon: hitIcons[hit.kind],
      label: hit.label,
      hint: hit.hint,
      plate: hit.plate,
      run: go(hit.href),
    }));
    const fixed: Entry[] = [
      ...places[room].map((place) => ({
        id: place.path,
        icon: place.icon,
        label: nav(place.key),
        hint: t('goTo'),
        run: go(place.path),
      })),
      {
        id: 'theme',
        icon: Moon,
        label: t('toggleTheme'),
        run: () =>
          prefer('theme', getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'light' : 'dark'),
      },
      {
        id: 'language',
        icon: Languages,
        label: locale === 'ko' ? 'English' : '한국어',
        run: () => router.replace(pathname, { locale: locale === 'ko' ? 'en' : 'ko' }),
      },
      { id: 'keys', icon: Keyboard, label: t('shortcuts'), run: onShortcuts },
    ];
    const needle = asked.toLowerCase();
    return [...found, ...fixed.filter((entry) => entry.label.toLowerCase().includes(needle))];
  }, [hits, asked, room, locale, pathname, router, nav, t, onShortcuts]);

  const chosen = Math.min(at, entries.length - 1);
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    entry.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + entries.length) % entries.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[chosen]);
    }
  };

  return (
    <>
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search className="size-4 text-ink-soft" aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries[chosen] ? `${list}-${chosen}` : undefined}
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-12 min-w-0 flex-1 bg-transparent text-body outline-none placeholder:text-ink-soft"
        />
      </div>
      <div
        id={list}
        role="listbox"
        aria-label={t('palette')}
        className="scroll-thin min-h-0 flex-1 overflow-y-auto p-1.5"
      >
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the input that owns the list
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input; the choice is aria-activedescendant
          <div
            key={entry.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(entry)}
            onPointerMove={() => setAt(index)}
            className={cn(
              'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 text-sm',
              index === chosen && 'bg-sunken',
            )}
          >
            <entry.icon className="size-4 shrink-0 text-ink-soft" aria-hidden />
            {entry.plate ? <Plate plate={entry.plate} size="sm" /> : null}
            <span className="min-w-0 truncate">{entry.label}</span>
            {entry.hint ? <span className="ml-auto shrink-0 text-ink-soft text-xs">{entry.hint}</span> : null}
            {index === chosen ? <ArrowRight className="size-4 shrink-0 text-ink-soft" aria-hidden /> : null}
          </div>
        ))}
        {entries.length === 0 ? (
          <p className="px-3 py-6 text-center text-ink-soft text-sm">{t('nothingFound', { text: asked })}</p>
        ) : null}
      </div>
    </>
  );
};
