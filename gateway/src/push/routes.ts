import { PushDevice, type PushRegistry } from '@cargoro/commands';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badInput, problem } from '../errors.ts';

const Endpoint = PushDevice.pick({ endpoint: true });
const person = ({ caller: { viewer } }: FastifyRequest): string => {
  if (viewer?.actor.kind !== 'user') throw problem('UNAUTHENTICATED', 'Sign in first');
  return viewer.actor.id;
};
const read = <T>(parsed: { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } }): T => {
  if (parsed.success) return parsed.data;
  throw badInput(...parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message })));
};
type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/**
 * `GET /push/key` gives the key a browser subscribes to push messages with, `PUT /push/devices` takes its subscription,
 * `DELETE` forgets it. The key is null where no messages are pushed.
 */
export const pushRoutes = async (app: FastifyInstance, { push }: { readonly push?: PushRegistry | undefined }) => {
  app.get('/push/key', async (request) => {
    person(request);
    return { publicKey: push?.publicKey ?? null };
  });
  if (!push) return;
  app.put('/push/devices', async (request, reply) => {
    const userId = person(request);
    const added = await push.add(userId, read(PushDevice.safeParse(request.body)));
    if (added === 'NOT_A_PUSH_SERVICE')
      throw badInput({ path: 'endpoint', reason: 'Not the push service of a browser' });
    if (added === 'NOBODY') throw problem('FORBIDDEN', 'This account takes no messages');
    return reply.code(204).send();
  });
  app.delete('/push/devices', async (request, reply) => {
    await push.remove(person(request), read(Endpoint.safeParse(request.body)).endpoint);
    return reply.code(204).send();
  });
};
