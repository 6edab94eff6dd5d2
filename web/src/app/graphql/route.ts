import { gatewayUrl } from '../../session/server.ts';

const passed = ['authorization', 'content-type', 'accept', 'accept-language', 'cargoro-min-position'];

/** The gateway under the page's own origin: no preflight, and no port in the browser's bundle. */
export const POST = async (request: Request): Promise<Response> => {
  const headers = new Headers();
  for (const name of passed) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  try {
    const answer = await fetch(`${gatewayUrl()}/graphql`, {
      method: 'POST',
      headers,
      body: await request.text(),
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        'cache-control': 'no-store',
      },
    });
  } catch {
    const error = { message: 'The gateway does not answer.', extensions: { code: 'UNAVAILABLE' } };
    return Response.json({ errors: [error] }, { status: 503 });
  }
};
