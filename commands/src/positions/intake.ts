import type { Actor } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import type { Bus } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { badInput, fieldsOf } from '../input.ts';
import type { Commands } from '../types.ts';
import { createAllowance } from './allowance.ts';
import { createAnnouncer } from './announce.ts';
import { authorisePositions, type PositionRefusal } from './authorise.ts';
import { latestMs, oldestMs, PositionBatch, type PositionPoint, type PositionsStored } from './batch.ts';
import { keepPositions } from './store.ts';

export type PositionsDeps = {
  readonly commands: Pick<Commands, 'load'>;
  readonly postgres: Postgres;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** UTC ISO 8601. */
  readonly clock: () => string;
};
export type PositionsOutcome =
  | ({ readonly kind: 'stored' } & PositionsStored)
  | { readonly kind: 'refused'; readonly code: PositionRefusal }
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number };
export type PositionsIntake = {
  /** Takes in what a driver's device posted. Throws CommandError for a wrong form and for a part that is away. */
  take(actor: Actor, body: unknown): Promise<PositionsOutcome>;
  stop(): void;
};

/**
 * Where drivers tell where they are. Points go past the event log into a table of their own and are never written to a
 * log of ours; live queries are told that there is something to read.
 */
export const createPositionsIntake = (deps: PositionsDeps): PositionsIntake => {
  const { commands, postgres, bus, logger, metrics, clock } = deps;
  const taken = metrics.counter('cargoro_positions_total', 'Points drivers told', ['outcome']);
  const allowance = createAllowance(() => Date.parse(clock()));
  const announcer = createAnnouncer(bus, (error) => logger.warn({ err: error }, 'a position was not announced'));

  return {
    take: async (actor, body) => {
      const parsed = PositionBatch.safeParse(body);
      if (!parsed.success) throw badInput(...fieldsOf(parsed.error.issues, 'body'));
      const { deliveryId, points } = parsed.data;
      const retryAfterSeconds = allowance.take(actor.id, points.length);
      if (retryAfterSeconds > 0) {
        taken.inc({ outcome: 'tooMany' }, points.length);
        return { kind: 'tooMany', retryAfterSeconds };
      }
      inTime(points, Date.parse(clock()));
      const authorised = await authorisePositions(commands, actor, deliveryId);
      if ('refused' in authorised) {
        taken.inc({ outcome: 'refused' }, points.length);
        return { kind: 'refused', code: authorised.refused };
      }
      // Before the car was taken over the driver was on their own way, which is nobody's business.
      const departed = Date.parse(authorised.departedAt);
      const since = points.filter(({ at }) => Date.parse(at) >= departed);
      if (since.length === 0) return { kind: 'stored', stored: 0, ignored: points.length };
      const { stored, moved } = await keepPositions(postgres, actor.id, deliveryId, since);
      taken.inc({ outcome: 'stored' }, stored);
      if (moved) announcer.announce(deliveryId);
      return { kind: 'stored', stored, ignored: points.length - stored };
    },
    stop: announcer.stop,
  };
};

const inTime = (points: readonly PositionPoint[], now: number): void => {
  const wrong = points.flatMap(({ at }, n) => {
    const moment = Date.parse(at);
    if (moment > now + latestMs) return [{ path: `points.${n}.at`, reason: 'It lies in the future' }];
    if (moment < now - oldestMs) return [{ path: `points.${n}.at`, reason: 'It is more than a day ago' }];
    return [];
  });
  if (wrong.length > 0) throw badInput(...wrong.slice(0, 20));
};
