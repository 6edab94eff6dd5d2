import { type Addressee, Notice, type NoticeChannel, plusDays, readEvent, type StoredEvent } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { checkpointOf } from '../processes/checkpoint.ts';
import { systemClock, type TimerClock } from '../processes/clock.ts';
import { whileLeader } from '../processes/leader.ts';
import type { Channel } from './channel.ts';
import { type NoticeAsked, outboxOf } from './outbox.ts';
import { personFinder } from './person.ts';
import { sendAll } from './sender.ts';

export type NotificationsDeps = {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The providers there are; without any, notices stand in people's inboxes alone. */
  readonly channels: readonly Channel[];
  /** Ids of the people an addressee means, now. */
  readonly people: (to: Addressee) => Promise<readonly string[]>;
  readonly webOrigin?: string | undefined;
  readonly clock?: TimerClock;
};
export type Notifications = {
  readonly channels: readonly NoticeChannel[];
  /** Resolves once everything up to a log position was put into the outbox by this process. */
  passed(position: bigint): Promise<void>;
  stop(): Promise<void>;
};

const name = 'notices';
/** News older than this is no news: it stands in the inbox, and nobody is rung up for it. */
const freshDays = 1;

/**
 * Brings notices to people: what is asked for in the log goes into the outbox, one row for each person and channel, and
 * from there to the provider, at least once. One process at a time does it, and goes on where the last one stopped.
 */
export const startNotifications = (deps: NotificationsDeps): Notifications => {
  const { log, vault, postgres, logger, channels, people, clock = systemClock } = deps;
  const outbox = outboxOf(postgres);
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
  const names = channels.map((channel) => channel.name);
  let changed = new AbortController();

  const take = async (event: StoredEvent): Promise<void> => {
    if (names.length === 0 || event.meta.occurredAt < plusDays(clock.now(), -freshDays)) return;
    const asked = readEvent(Notice.events, event).data as NoticeAsked;
    await outbox.add(event, asked, [...new Set(await people(asked.to))], names, clock.now());
    changed.abort();
    changed = new AbortController();
  };

  const lead = async (signal: AbortSignal): Promise<void> => {
    const checkpoint = checkpointOf(postgres, name, (error) =>
      logger.warn({ err: error }, 'a checkpoint was not stored'),
    );
    const after = await checkpoint.load();
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const fail = (error: unknown) => ending.abort(error);
    const sender = { ...deps, outbox, clock, find: personFinder(log, vault), webOrigin: deps.webOrigin };
    const sending = channels.map((channel) => sendAll(channel, sender, both, () => changed.signal).catch(fail));
    const filter = { eventTypes: ['NoticeRequested'] };
    try {
      for await (const message of log.subscribe({ ...(after !== undefined && { after }), filter, signal: both })) {
        if (message.kind === 'caughtUp') continue;
        if (message.kind === 'event') await take(message.event);
        const position = message.kind === 'event' ? message.event.position : message.position;
        checkpoint.note(position);
        advance(position);
      }
      if (ending.signal.aborted) throw ending.signal.reason;
    } finally {
      ending.abort();
      await Promise.all(sending);
      await checkpoint.flush();
    }
  };

  const running = whileLeader(postgres, name, stopping.signal, lead, (error) =>
    logger.error({ err: error }, 'notices were interrupted'),
  );
  return {
    channels: names,
    passed: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        advance(reached);
      }),
    stop: async () => {
      stopping.abort();
      await running;
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
};
