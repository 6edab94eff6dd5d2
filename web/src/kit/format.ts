import type { Locale } from '@cargoro/domain/kit';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
export const zone = 'Asia/Seoul';

/** `₩1,234,000`; a minus stands before the sign. */
export const won = (amount: number): string =>
  `${amount < 0 ? '−' : ''}₩${Math.abs(Math.round(amount)).toLocaleString('en-US')}`;

export const km = (value: number): string => `${value.toLocaleString('en-US')} km`;

const words = {
  ko: { d: '일', h: '시간', m: '분', now: '방금', ago: ' 전', left: ' 남음', space: ' ' },
  en: { d: 'd', h: 'h', m: 'm', now: 'just now', ago: ' ago', left: ' left', space: ' ' },
} as const;

/** `2시간 10분`, `3일 4시간`: at most two units, whole minutes, never negative. */
export const duration = (ms: number, locale: Locale): string => {
  const w = words[locale];
  const minutes = Math.max(0, Math.floor(ms / minute));
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), w.d],
    [Math.floor((minutes % 1440) / 60), w.h],
    [minutes % 60, w.m],
  ];
  const shown = parts.filter(([n]) => n > 0).slice(0, 2);
  return shown.length === 0 ? `0${w.m}` : shown.map(([n, unit]) => `${n}${unit}`).join(w.space);
};

/** `12분 전`, `방금`, or for the future `2시간 남음`. */
export const relative = (at: string, now: number, locale: Locale): string => {
  const distance = now - Date.parse(at);
  const w = words[locale];
  if (Math.abs(distance) < minute) return w.now;
  const biggest = (ms: number): string =>
    duration(ms >= day ? ms - (ms % day) : ms >= hour ? ms - (ms % hour) : ms, locale);
  return distance > 0 ? biggest(distance) + w.ago : biggest(-distance) + w.left;
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
};

/** `14:00` in Seoul. */
export const clock = (at: string): string =>
  format('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `2025-06-30`, the business day in Seoul. */
export const dayOf = (at: string | number): string =>
  new Date(new Date(at).getTime() + 9 * hour).toISOString().slice(0, 10);

/** `6월 30일 (월)` */
export const dayName = (at: string, locale: Locale): string =>
  format(locale, { month: 'short', day: 'numeric', weekday: 'short' }).format(
    new Date(at.length === 10 ? `${at}T03:00:00Z` : at),
  );

/** `2025. 6. 30. 14:00:05`: the exact moment, for hover and screen readers. */
export const exact = (at: string, locale: Locale): string =>
  format(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

/** `오늘 14:00`, `내일 09:30`, `6월 30일 (월) 14:00` */
export const moment = (at: string, now: number, locale: Locale): string => {
  const days = (Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / day;
  const near = { ko: ['어제', '오늘', '내일'], en: ['yesterday', 'today', 'tomorrow'] }[locale][days + 1];
  return `${near ?? dayName(at, locale)} ${clock(at)}`;
};

/** A promise turns amber 30 minutes before its time and red after it. */
export const promiseTone = (at: string, now: number): 'idle' | 'waiting' | 'problem' => {
  const left = Date.parse(at) - now;
  return left < 0 ? 'problem' : left <= 30 * minute ? 'waiting' : 'idle';
};

/** VAT once on the document's supply value, rounded down to the won. */
export const withVat = (supplyKrw: number): { supplyKrw: number; vatKrw: number; totalKrw: number } => {
  const vatKrw = Math.floor(supplyKrw / 10);
  return { supplyKrw, vatKrw, totalKrw: supplyKrw + vatKrw };
};
