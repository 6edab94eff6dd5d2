import type { FastifyInstance } from 'fastify';
import { problem } from '../errors.ts';

/**
 * `GET /session`: whom the bearer of a token is, as every other part verifies it. The web server asks here before it
 * renders a room, so that there is one verification and not two.
 */
export const registerSessionRoute = (app: FastifyInstance): void => {
  app.get('/session', async ({ caller: { viewer, expiresAt } }, reply) => {
    if (!viewer) throw problem('UNAUTHENTICATED', 'Not signed in');
    const { id: userId, orgId, role } = viewer.breakGlass?.by ?? viewer.actor;
    reply.header('cache-control', 'no-store');
    return { userId, ...(orgId && { orgId }), ...(role && { role }), expiresAt };
  });
};
