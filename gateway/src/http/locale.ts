import type { Locale } from '@cargoro/domain';

/** The first language named that we speak (`en-GB, ko;q=0.5` → en); Korean where none is. */
export const localeOf = (accepted: unknown): Locale => {
  if (typeof accepted !== 'string') return 'ko';
  const languages = accepted.split(',', 10).map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean);
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  const spoken = languages.filter(({ tag, quality }) => quality > 0 && /^(ko|en)\b/.test(tag));
  return spoken.sort((a, b) => b.quality - a.quality)[0]?.tag.startsWith('en') ? 'en' : 'ko';
};
