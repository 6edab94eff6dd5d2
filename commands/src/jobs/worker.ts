import type { AnyProcess, Reaction, StoredEvent } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Logger } from '@cargoro/infra/logger';
import type { EventLog } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { systemClock, type TimerClock } from '../processes/clock.ts';
import { type Following, followLog } from '../processes/follow-log.ts';
import { patiently } from '../processes/patiently.ts';
import { tellJob } from '../processes/tell.ts';
import type { Commands } from '../types.ts';

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
export type Jobs = Following;

/**
 * Does what processes hand out as jobs and tells them how it ended, at least once: a crash between the work and the
 * telling does the work again under the same key. One process at a time works; it goes on after the last checkpoint.
 */
export const startJobs = (deps: JobsDeps): Jobs => {
  const { commands, logger, handlers, clock = systemClock } = deps;
  const owners = new Map(deps.processes.map((process) => [process.event, process]));
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
      // A part that is away comes back: what was done must be told.
      await patiently(
        () => commands.dispatch(tellJob(process, key, event, { id, ...outcome, at: clock.now() })),
        signal,
      );
    }
  };

  return followLog(deps, {
    name: 'jobs',
    windowSize: 16,
    work: (event, signal) => {
      const process = owners.get(event.type);
      return process && (() => work(event, process, signal));
    },
  });
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);
