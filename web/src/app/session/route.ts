import { forgetUser, openSession, rememberUser } from '../../session/server.ts';

/** Signs a demo person in: `{ "user": "gaon.advisor" }`. */
export const POST = async (request: Request): Promise<Response> => {
  const body = (await request.json().catch(() => ({}))) as { user?: unknown };
  if (typeof body.user !== 'string' || body.user.length > 100)
    return Response.json({ error: 'BAD_USER_INPUT' }, { status: 400 });
  const session = await openSession(body.user).catch(() => null);
  if (session === null) return Response.json({ error: 'UNAVAILABLE' }, { status: 503 });
  if (!session) return Response.json({ error: 'UNAUTHENTICATED' }, { status: 401 });
  await rememberUser(body.user);
  return Response.json({ viewer: session.viewer });
};

export const DELETE = async (): Promise<Response> => {
  await forgetUser();
  return new Response(null, { status: 204 });
};
