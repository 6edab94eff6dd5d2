import type { Actor, Locale } from '@cargoro/domain';
import type { FastifyInstance } from 'fastify';
import type { OtherPaths } from '../http/openapi.ts';
import { CommandError } from '../types.ts';
import { positionRefusals } from './authorise.ts';
import { PositionBatch, PositionsStored } from './batch.ts';
import type { PositionsIntake } from './intake.ts';

/** `/positions` as the OpenAPI document tells of it. */
export const positionsPath: OtherPaths = {
  '/positions': {
    operation: {
      operationId: 'TellPositions',
      summary: 'Tell where the delivery in hand is',
      description:
        'Up to 200 points of the delivery in hand, by its driver on an open shift who consents, while the car is on its way. A point told twice is kept once. Points are kept for thirty days, outside the event log.',
      tags: ['Delivery'],
      'x-roles': ['DRIVER'],
    },
    input: PositionBatch,
    answer: PositionsStored,
    refusals: positionRefusals,
  },
};

const localeOf = (accept: string | undefined): Locale => (/^\s*en\b/i.test(accept ?? '') ? 'en' : 'ko');

/** `POST /positions`. */
export const positionsRoute = (
  app: FastifyInstance,
  intake: PositionsIntake,
  verifySession: (authorization: string | undefined, ip: string) => Promise<Actor | null>,
): void => {
  app.post('/positions', { bodyLimit: 64 * 1024 }, async ({ headers, body, ip }, reply) => {
    const actor = await verifySession(headers.authorization, ip);
    if (!actor) throw new CommandError('UNAUTHENTICATED', 'Sign in first');
    const outcome = await intake.take(actor, body);
    if (outcome.kind === 'stored') return { stored: outcome.stored, ignored: outcome.ignored };
    if (outcome.kind === 'refused') {
      const message = positionRefusals[outcome.code][localeOf(headers['accept-language'])];
      return reply.code(403).send({ error: { code: outcome.code, message } });
    }
    return reply
      .code(429)
      .header('retry-after', String(outcome.retryAfterSeconds))
      .send({ error: { code: 'RATE_LIMITED', message: 'Too many points; send them again later' } });
  });
};
