import { Readable } from 'node:stream';
import { processActor, type StoredEvent } from '@cargoro/domain';
import { createBackoff } from '@cargoro/infra/backoff';
import type { Files } from '@cargoro/infra/files/port';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Logger } from '@cargoro/infra/logger';
import { type EventLog, Unavailable } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { checkpointOf } from '../processes/checkpoint.ts';
import { keepDeadLetter } from '../processes/dead-letter.ts';
import { whileLeader } from '../processes/leader.ts';
import { workWindow } from '../processes/window.ts';
import { CommandError, type CommandRequest, type Commands } from '../types.ts';
import { lengthOf, type TrackPoint, trackFile } from './track.ts';

export type TracksDeps = {
  readonly log: EventLog;
  readonly commands: Commands;
  readonly postgres: Postgres;
  readonly files: Files;
  readonly logger: Logger;
};
export type Tracks = {
  /** Resolves once every delivery that ended up to a log position has its track sealed by this process. */
  passed(position: bigint): Promise<void>;
  stop(): Promise<void>;
};

const name = 'tracks';
const windowSize = 8;
const maxBytes = 20_000_000;
const sealer = processActor(name);

const read = `
with track as (
  select extract(epoch from at)::float8 * 1000 as ms, lat, lon from position where delivery_id = $1
), noted as (
  insert into position_access (delivery_id, actor_kind, actor_id, how) select $1, $2, $3, 'seal' where exists (select from track)
)
select ms, lat, lon from track order by ms`;

/**
 * Seals the track of each delivery that ended: its thinned way becomes a file under its hash, and the hash an event. It
 * happens once, whatever crashes: the command's id follows from the event that ended the delivery, and the same points
 * make the same file. One process at a time does it and goes on after the last checkpoint. The log wakes it.
 */
export const startTracks = ({ log, commands, postgres, files, logger }: TracksDeps): Tracks => {
  const stopping = new AbortController();
  const waiters = new Set<{ readonly position: bigint; readonly resolve: () => void }>();
  let reached = 0n;
  const advance = (position: bigint) => {
    reached = position;
    for (const waiter of waiters)
      if (waiter.position <= position) {
        waiters.delete(waiter);
        waiter.resolve();
      }
  };

  const seal = async (event: StoredEvent): Promise<void> => {
    const { deliveryId } = event.data as { deliveryId: string };
    const rows = await postgres.query<{ ms: number; lat: number; lon: number }>(read, [
      ...[deliveryId, sealer.kind, sealer.id],
    ]);
    const points = rows.map(({ ms, lat, lon }): TrackPoint => [Math.round(ms), lat, lon]);
    const [first, last] = [points[0], points.at(-1)];
    // A driver without a network all the way leaves nothing to seal.
    if (!first || !last) return;
    const { objectId } = await files.put(Readable.from([trackFile(deliveryId, points)]), { maxBytes });
    const request: CommandRequest = {
      type: 'SealTrack',
      commandId: uuidv5(event.id, name),
      actor: sealer,
      correlationId: event.meta.correlationId,
      causationId: event.id,
      input: {
        ...{ deliveryId, pointCount: points.length, distanceM: Math.min(lengthOf(points), 5_000_000) },
        ...{ polylineSha256: objectId, from: new Date(first[0]).toISOString(), to: new Date(last[0]).toISOString() },
      },
    };
    await tell(event, request);
    // What is over is on nobody's map any more.
    await postgres.query('delete from position_latest where delivery_id = $1', [deliveryId]);
  };

  const tell = async (event: StoredEvent, request: CommandRequest): Promise<void> => {
    try {
      const outcome = await commands.dispatch(request);
      if (outcome.kind === 'rejected') logger.warn({ code: outcome.code, event: event.id }, 'a track was not sealed');
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 'UNAVAILABLE') throw error;
      logger.error({ err: error, event: event.id }, 'a track cannot be sealed');
      await keepDeadLetter(postgres, name, event, request, error);
    }
  };

  const patiently = async (event: StoredEvent, signal: AbortSignal): Promise<void> => {
    const backoff = createBackoff();
    for (;;) {
      try {
        return await seal(event);
      } catch (error) {
        const isAway = error instanceof Unavailable || (error instanceof CommandError && error.code === 'UNAVAILABLE');
        if (signal.aborted || !isAway) throw error;
        logger.warn({ err: error }, 'a track waits for a part that is away');
        await backoff.wait(signal);
      }
    }
  };

  const lead = async (signal: AbortSignal): Promise<void> => {
    const checkpoint = checkpointOf(postgres, name, (error) =>
      logger.warn({ err: error }, 'a checkpoint was not stored'),
    );
    const after = await checkpoint.load();
    const window = workWindow(windowSize, (position) => {
      checkpoint.note(position);
      advance(position);
    });
    const filter = { eventTypes: ['HandoverCompleted', 'DeliveryFailed'] };
    try {
      for await (const message of log.subscribe({ ...(after !== undefined && { after }), filter, signal })) {
        if (message.kind === 'checkpoint') await window.add(message.position, '');
        if (message.kind !== 'event') continue;
        const { event } = message;
        await window.add(event.position, event.stream, () => patiently(event, signal));
      }
    } finally {
      await window.settled();
      await checkpoint.flush();
    }
  };

  const running = whileLeader(postgres, name, stopping.signal, lead, (error) =>
    logger.error({ err: error }, 'sealing tracks was interrupted'),
  );
  return {
    passed: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        advance(reached);
      }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
