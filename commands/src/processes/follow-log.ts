import type { StoredEvent } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { EventLog, LogFilter } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { checkpointOf } from './checkpoint.ts';
import { whileLeader } from './leader.ts';
import { workWindow } from './window.ts';

export type FollowDeps = { readonly log: EventLog; readonly postgres: Postgres; readonly logger: Logger };
export type Follower = {
  /** Of its lock and its checkpoint. */
  readonly name: string;
  /** Events worked on side by side, those of one stream in their order. */
  readonly windowSize: number;
  readonly filter?: LogFilter;
  /** What an event asks for; undefined for nothing. It rejects only when following should begin anew. */
  work(event: StoredEvent, signal: AbortSignal): (() => Promise<unknown>) | undefined;
  /** Runs as long as this process follows; when it rejects, following begins anew. */
  readonly beside?: (signal: AbortSignal) => Promise<unknown>;
  /** This process follows from here; undefined before the first event. */
  readonly onLead?: (after: bigint | undefined) => void;
  readonly onPassed?: (position: bigint) => void;
  /** Another process may follow now. */
  readonly onLeft?: () => void;
  readonly onFailure?: (error: unknown) => void;
};
export type Following = {
  /** Resolves once everything up to a log position was worked off, as far as this process knows. */
  passed(position: bigint): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Follows the log in one process at a time, over all that share the database, from the last checkpoint on: each event is
 * worked off at least once. The log wakes it; nothing is polled.
 */
export const followLog = ({ log, postgres, logger }: FollowDeps, follower: Follower): Following => {
  const { name, windowSize, filter, work, beside, onLead, onPassed, onLeft } = follower;
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

  const lead = async (leading: AbortSignal): Promise<void> => {
    const checkpoint = checkpointOf(postgres, name, (error) =>
      logger.warn({ err: error }, 'a checkpoint was not stored'),
    );
    const after = await checkpoint.load();
    advance(after ?? reached);
    onLead?.(after);
    const window = workWindow(windowSize, (position) => {
      checkpoint.note(position);
      onPassed?.(position);
      advance(position);
    });
    const ending = new AbortController();
    const signal = AbortSignal.any([leading, ending.signal]);
    const running = beside?.(signal).catch((error: unknown) => ending.abort(error));
    try {
      const from = { ...(after !== undefined && { after }), ...(filter && { filter }) };
      for await (const message of log.subscribe({ ...from, signal })) {
        if (message.kind === 'checkpoint') await window.add(message.position, '');
        if (message.kind !== 'event') continue;
        const { event } = message;
        await window.add(event.position, event.stream, work(event, signal));
      }
      if (ending.signal.aborted) throw ending.signal.reason;
    } finally {
      ending.abort();
      await window.settled();
      await running;
      await checkpoint.flush();
      onLeft?.();
    }
  };

  const following = whileLeader(postgres, name, stopping.signal, lead, (error) => {
    follower.onFailure?.(error);
    logger.error({ err: error, follower: name }, 'following the log was interrupted');
  });
  return {
    passed: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        advance(reached);
      }),
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
};
