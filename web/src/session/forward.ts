import 'server-only';
import { currentSession, gatewayUrl } from './server.ts';

const refuse = (status: number, code: string): Response =>
  Response.json({ errors: [{ message: code, extensions: { code } }] }, { status });
/** What of the gateway's answer a browser is told. */
const told = [
  'content-type',
  'content-length',
  'content-disposition',
  'content-security-policy',
  'cache-control',
  'x-cargoro-sha256',
];

/** Sends a request on to the gateway, at the same path, as the signed-in person: browsers never hold a token for files. */
export const forward = async (request: Request): Promise<Response> => {
  const session = await currentSession().catch(() => undefined);
  if (!session) return refuse(401, 'UNAUTHENTICATED');
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ authorization: `Bearer ${session.token}` });
  for (const name of ['content-type', 'accept-language']) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  try {
    const answer = await fetch(gatewayUrl() + pathname + search, {
      method: request.method,
      headers,
      body: request.body,
      // Passed on as it comes; a photo is not held here.
      duplex: 'half',
      cache: 'no-store',
      signal: AbortSignal.timeout(120_000),
    } as RequestInit);
    const passed = told.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    });
    return new Response(answer.body, { status: answer.status, headers: passed });
  } catch {
    return refuse(503, 'UNAVAILABLE');
  }
};
