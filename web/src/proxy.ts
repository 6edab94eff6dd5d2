import createMiddleware from 'next-intl/middleware';
import { routing } from './i18n/routing.ts';

export default createMiddleware(routing);

// Everything but our own endpoints, Next's files and files with an extension.
export const config = { matcher: ['/((?!api|graphql|session|health|metrics|_next|.*\\..*).*)'] };
