import type { DevMessage } from '@cargoro/commands';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { inboxPage, pagePolicy } from './dev-inbox-page.ts';
import type { DevUser, LocalIssuer } from './local-issuer.ts';

const Body = z.object({ user: z.string().min(1).max(100), lifeSeconds: z.int().min(1).max(86_400).optional() });

/**
 * `GET /dev/users` (with the public key, as CLERK_JWT_KEY would hold it) and `POST /dev/token`: sign in as a demo user.
 * `GET /dev/inbox`: the mails, text messages and pushes that providers would have brought. Registered where the local
 * issuer is, so never in production.
 */
export const registerDevRoutes = (
  app: FastifyInstance,
  issuer: LocalIssuer,
  users: readonly DevUser[],
  inbox?: () => Promise<readonly DevMessage[]>,
): void => {
  if (inbox)
    app.get('/dev/inbox', async (_request, reply) =>
      reply
        .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy })
        .send(inboxPage(await inbox(), (userId) => users.find((user) => user.userId === userId)?.user ?? userId)),
    );
  app.get('/dev/users', () => ({ users, jwtKey: issuer.jwtKey }));
  app.post('/dev/token', async (request, reply) => {
    const body = Body.safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({
        error: {
          code: 'BAD_USER_INPUT',
          fields: body.error.issues.map((issue) => ({ path: issue.path.join('.') || 'body', reason: issue.message })),
        },
      });
    const user = users.find((known) => known.user === body.data.user);
    if (!user)
      return reply.code(404).send({
        error: {
          code: 'BAD_USER_INPUT',
          fields: [{ path: 'user', reason: 'There is no such demo user; see GET /dev/users' }],
        },
      });
    const { lifeSeconds } = body.data;
    return { ...issuer.mint(user, lifeSeconds === undefined ? {} : { lifeSeconds }), user };
  });
};
