import { defineRouting } from 'next-intl/routing';

/** Korean has no prefix; the browser's language never decides, so a link means the same page for everybody. */
export const routing = defineRouting({
  locales: ['ko', 'en'],
  defaultLocale: 'ko',
  localePrefix: 'as-needed',
  localeDetection: false,
});
