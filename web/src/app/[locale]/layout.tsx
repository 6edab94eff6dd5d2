import { ClerkProvider } from '@clerk/nextjs';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { hasLocale, NextIntlClientProvider } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { routing } from '../../i18n/routing.ts';
import { Providers } from '../../kit/providers.tsx';
import { clerkSettings } from '../../session/clerk.ts';
import '../globals.css';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'app' });
  return { title: { default: t('title'), template: `%s · ${t('title')}` }, description: t('description') };
};
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#14171c' },
  ],
};

export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const store = await cookies();
  const theme = store.get('theme')?.value ?? 'system';
  const density = store.get('density')?.value ?? 'comfortable';
  return (
    <html lang={locale} data-theme={theme} data-density={density} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <Identity>
            <Providers>{children}</Providers>
          </Identity>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** Clerk's own provider where people sign in through it. Its keys are read when a page is asked for, not when it is built. */
const Identity = ({ children }: { children: ReactNode }) => {
  const settings = clerkSettings();
  if (!settings) return children;
  const { publishableKey, proxyUrl } = settings;
  return (
    <ClerkProvider
      publishableKey={publishableKey}
      {...(proxyUrl && { proxyUrl })}
      signInUrl="/sign-in"
      prefetchUI={false}
    >
      {children}
    </ClerkProvider>
  );
};
