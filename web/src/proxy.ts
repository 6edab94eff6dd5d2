import { clerkMiddleware } from '@clerk/nextjs/server';
import { type NextMiddleware, NextResponse } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { routing } from './i18n/routing.ts';
import { clerkSettings } from './session/clerk.ts';

const localised = createMiddleware(routing);
/** Endpoints have no language; those that act as the signed-in person still need Clerk's word on who that is. */
const isEndpoint = (path: string): boolean => /^\/(files|documents|push|session|__clerk)(\/|$)/.test(path);

const withClerk = (): NextMiddleware | undefined => {
  const settings = clerkSettings();
  if (!settings) return undefined;
  const { proxyUrl, authorizedParties, publishableKey, jwtKey } = settings;
  return clerkMiddleware(
    (_auth, request) => (isEndpoint(request.nextUrl.pathname) ? NextResponse.next() : localised(request)),
    {
      // The secret key Clerk reads from the environment itself, so that it never leaves this process.
      ...{ publishableKey, jwtKey },
      ...(authorizedParties && { authorizedParties }),
      ...(proxyUrl && { proxyUrl, frontendApiProxy: { enabled: true, path: proxyUrl } }),
      signInUrl: '/sign-in',
    },
  );
};

const plain: NextMiddleware = (request) =>
  isEndpoint(request.nextUrl.pathname) ? NextResponse.next() : localised(request);

export default withClerk() ?? plain;

// Everything but endpoints without a person, Next's files and files with an extension.
export const config = {
  matcher: ['/((?!api|graphql|health|metrics|_next|.*\\..*).*)', '/(__clerk|documents|files|push)/(.*)'],
};
