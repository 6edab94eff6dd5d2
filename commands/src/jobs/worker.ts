import type { AnyProcess, Reaction, StoredEvent } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Logger } from '@cargoro/infra/logger';
import type { EventLog } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import type { WorkQueue } from '@cargoro/infra/work-queue';
import { systemClock, type TimerClock } from '../processes/clock.ts';
import { isDead, keepDeadLetter, type Origin } from '../processes/dead-letter.ts';
import { type Following, followLog } from '../processes/follow-log.ts';
import { patiently } from '../processes/patiently.ts';
import { tellJob } from '../processes/tell.ts';
import type { Commands } from '../types.ts';

/** `key` is the same for every try of one job, so that the other side may see a repeat for what it is. */
export type Job = {
  readonly key: string;
  readonly data: Record<string, unknown>;
  /** What handed it out. */
  readonly event: Origin;
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
  readonly queue: WorkQueue;
  readonly clock?: TimerClock;
};
export type Jobs = Following;

/** A job on the queue. */
type Piece = Omit<Job, 'signal'> & { readonly job: string };
type Outcome = { readonly type: string; readonly data: Record<string, unknown> };

const doJob =
  (handlers: JobsDeps['handlers']) =>
  async ({ job, ...piece }: Piece, signal: AbortSignal): Promise<Outcome> => {
    const handler = handlers[job];
    if (!handler) throw new Error(`Nobody here does the job ${job}`);
    try {
      return { type: `${job}Done`, data: await handler({ ...piece, signal }) };
    } catch (error) {
      signal.throwIfAborted();
      return { type: `${job}Failed`, data: { reason: reasonOf(error) } };
    }
  };

/**
 * Does what processes hand out as jobs and tells them how it ended, at least once: a crash between the work and the
 * telling does the work again under the same key. One process at a time hands out, after the last checkpoint; the work
 * queue carries each job to whoever is free, over all that started this.
 */
export const startJobs = (deps: JobsDeps): Jobs => {
  const { commands, logger, handlers, queue, clock = systemClock } = deps;
  const served = queue.serve((piece, signal) => doJob(handlers)(piece as Piece, signal));
  const owners = new Map(deps.processes.map((process) => [process.event, process]));
  const work = async (event: StoredEvent, process: AnyProcess, signal: AbortSignal): Promise<void> => {
    const { key, reactions } = event.data as { key: string; reactions: readonly Reaction[] };
    for (const [index, reaction] of reactions.entries()) {
      if (reaction.kind !== 'job' || !handlers[reaction.job]) continue;
      const id = uuidv5(event.id, `job${index}`);
      const { job, data } = reaction;
      const from = { id: event.id, stream: event.stream, position: String(event.position) };
      await served;
      const outcome = (await patiently(
        () => queue.ask({ job, key: id, data, event: from } satisfies Piece, signal),
        signal,
      )) as Outcome;
      signal.throwIfAborted();
      logger.info({ job, outcome: outcome.type, event: event.id }, 'a job is over');
      // A part that is away comes back: what was done must be told.
      const request = tellJob(process, key, event, { id, ...outcome, at: clock.now() });
      await patiently(() => commands.dispatch(request), signal).catch(async (error: unknown) => {
        if (!isDead(error)) throw error;
        logger.error({ job, event: event.id, err: error }, 'a job cannot be told');
        await keepDeadLetter(deps.postgres, 'jobs', event, request, error);
      });
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
