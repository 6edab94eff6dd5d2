'use client';
import type { Locale } from '@cargoro/domain/kit';
import { useLocale } from 'next-intl';
import { clock, duration, exact, km, moment, promiseTone, relative, won } from '../kit/format.ts';
import { useNow } from '../kit/now.ts';
import { cn } from './cn.ts';
import { toneText } from './tone.tsx';

export const Money = ({
  krw,
  className,
  strong,
}: {
  krw: number | null | undefined;
  className?: string;
  strong?: boolean;
}) => (
  <span data-slot="money" className={cn('whitespace-nowrap tabular-nums', strong && 'font-semibold', className)}>
    {krw === null || krw === undefined ? '–' : won(krw)}
  </span>
);

export const Km = ({ value }: { value: number | null | undefined }) => (
  <span className="whitespace-nowrap tabular-nums">{value === null || value === undefined ? '–' : km(value)}</span>
);

/** `12분 전`; the exact moment on hover and for screen readers. */
export const Ago = ({ at, className }: { at: string; className?: string }) => {
  const locale = useLocale() as Locale;
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={exact(at, locale)}
      className={cn('whitespace-nowrap', className)}
      suppressHydrationWarning
    >
      {now === 0 ? clock(at) : relative(at, now, locale)}
    </time>
  );
};

/** `오늘 14:00` */
export const Moment = ({ at, className }: { at: string; className?: string }) => {
  const locale = useLocale() as Locale;
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={exact(at, locale)}
      className={cn('whitespace-nowrap', className)}
      suppressHydrationWarning
    >
      {now === 0 ? clock(at) : moment(at, now, locale)}
    </time>
  );
};

/** How long something has lasted: `2시간 10분`. */
export const Since = ({ at, until, className }: { at: string; until?: string | null; className?: string }) => {
  const locale = useLocale() as Locale;
  const now = useNow();
  const end = until ? Date.parse(until) : now;
  return (
    <time
      dateTime={at}
      title={exact(at, locale)}
      className={cn('whitespace-nowrap', className)}
      suppressHydrationWarning
    >
      {end === 0 ? '' : duration(end - Date.parse(at), locale)}
    </time>
  );
};

/** A promised time: amber 30 minutes before, red after. */
export const Promised = ({
  at,
  label,
  lateLabel,
  className,
}: {
  at: string;
  label: string;
  lateLabel: string;
  className?: string;
}) => {
  const locale = useLocale() as Locale;
  const now = useNow();
  const tone = now === 0 ? 'idle' : promiseTone(at, now);
  return (
    <span
      className={cn('whitespace-nowrap', toneText[tone], tone !== 'idle' && 'font-semibold', className)}
      data-tone={tone}
    >
      <time dateTime={at} title={exact(at, locale)} suppressHydrationWarning>
        {tone === 'problem'
          ? `${lateLabel} ${duration(now - Date.parse(at), locale)}`
          : `${label} ${now === 0 ? clock(at) : moment(at, now, locale)}`}
      </time>
    </span>
  );
};

/** Counts down by the second to a deadline. */
export const Countdown = ({ at, over }: { at: string; over: string }) => {
  const locale = useLocale() as Locale;
  const now = useNow(1_000);
  const left = Date.parse(at) - now;
  if (now === 0) return <time dateTime={at}>{clock(at)}</time>;
  if (left <= 0) return <span className="text-problem">{over}</span>;
  const seconds = String(Math.floor((left % 60_000) / 1_000)).padStart(2, '0');
  const text = left > 3_600_000 ? duration(left, locale) : `${Math.floor(left / 60_000)}:${seconds}`;
  return (
    <time dateTime={at} title={exact(at, locale)} role="timer" aria-live="off">
      {text}
    </time>
  );
};

/** `14:00` */
export const Clock = ({ at }: { at: string }) => {
  const locale = useLocale() as Locale;
  return (
    <time dateTime={at} title={exact(at, locale)}>
      {clock(at)}
    </time>
  );
};
