import { currentSession } from '../../../session/server.ts';

/** A fresh token for the signed-in person; tokens live a minute and stay in the page's memory. */
export const POST = async (): Promise<Response> => {
  try {
    const session = await currentSession();
    return session
      ? Response.json(session, { headers: { 'cache-control': 'no-store' } })
      : Response.json({ error: 'SIGNED_OUT' }, { status: 401 });
  } catch {
    return Response.json({ error: 'UNAVAILABLE' }, { status: 503 });
  }
};
