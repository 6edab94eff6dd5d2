import type { AnyProcess, Reaction, StoredEvent } from '@cargoro/domain';
import { createBackoff } from '@cargoro/infra/backoff';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Logger } from '@cargoro/infra/logger';
import { type EventLog, Unavailable } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { checkpointOf } from '../processes/checkpoint.ts';
import { systemClock, type TimerClock } from '../processes/clock.ts';
import { whileLeader } from '../processes/leader.ts';
import { tellJob } from '../processes/tell.ts';
import { workWindow } from '../processes/window.ts';
import { CommandError, type Commands } from '../types.ts';

/** `key` is the same for every try of one job, so that the other side may see a repeat for what it is. */
export type Job = {
  readonly key: string;
  readonly data: Record<string, unknown>;
  readonly event: StoredEvent;
  readonly signal: AbortSignal;
};
/** Does the work; whatever it throws becomes the reason of `<job>Failed`. */
export type JobHandler = (job: Job) => Promise<Record<string, unknown>>;

export type JobsDeps = {
  readonly log: EventLog;
  readonly commands: Commands;
  readonly postgres: Postgres;
  readonly logger: Logger;
  readonly processes: readonly AnyProcess[];
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly clock?: TimerClock;
};
export type Jobs = {
  /** Resolves once everything up to a log position was worked off by this process. */
  passed(position: bigint): Promise<void>;
  stop(): Promise<void>;
};

const name = 'jobs';
const windowSize = 16;

/**
 * Does what processes hand out as jobs and tells them how it ended, at least once: a crash between the work and the
 * telling does the work again under the same key. One process at a time works; it goes on after the last checkpoint.
 */
export const startJobs = (deps: JobsDeps): Jobs => {
  const { log, commands, postgres, logger, handlers, clock = systemClock } = deps;
  const owners = new Map(deps.processes.map((process) => [process.event, process]));
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

  const work = async (event: StoredEvent, process: AnyProcess, signal: AbortSignal): Promise<void> => {
    const { key, reactions } = event.data as { key: string; reactions: readonly Reaction[] };
    for (const [index, reaction] of reactions.entries()) {
      const handler = reaction.kind === 'job' ? handlers[reaction.job] : undefined;
      if (reaction.kind !== 'job' || !handler) continue;
      const id = uuidv5(event.id, `job${index}`);
      const outcome = await handler({ key: id, data: reaction.data, event, signal }).then(
        (data) => ({ type: `${reaction.job}Done`, data }),
        (error: unknown) => ({ type: `${reaction.job}Failed`, data: { reason: reasonOf(error) } }),
      );
      signal.throwIfAborted();
      logger.info({ job: reaction.job, outcome: outcome.type, event: event.id }, 'a job is over');
      await patiently(
        () => commands.dispatch(tellJob(process, key, event, { id, ...outcome, at: clock.now() })),
        signal,
      );
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
    try {
      for await (const message of log.subscribe({ ...(after !== undefined && { after }), signal })) {
        if (message.kind === 'checkpoint') await window.add(message.position, '');
        if (message.kind !== 'event') continue;
        const { event } = message;
        const process = owners.get(event.type);
        await window.add(event.position, event.stream, process && (() => work(event, process, signal)));
      }
    } finally {
      await window.settled();
      await checkpoint.flush();
    }
  };

  const running = whileLeader(postgres, name, stopping.signal, lead, (error) =>
    logger.error({ err: error }, 'jobs were interrupted'),
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

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);

/** A part that is away comes back: what was done must be told. */
const patiently = async (tell: () => Promise<unknown>, signal: AbortSignal): Promise<void> => {
  const backoff = createBackoff();
  for (;;) {
    try {
      return void (await tell());
    } catch (error) {
      const isAway = error instanceof Unavailable || (error instanceof CommandError && error.code === 'UNAVAILABLE');
      if (signal.aborted || !isAway) throw error;
      await backoff.wait(signal);
    }
  }
};
