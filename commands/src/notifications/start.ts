import { type Addressee, Notice, type NoticeChannel, plusDays, readEvent, type StoredEvent } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { systemClock, type TimerClock } from '../processes/clock.ts';
import { type Following, followLog } from '../processes/follow-log.ts';
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
export type Notifications = Following & { readonly channels: readonly NoticeChannel[] };

/** News older than this is no news: it stands in the inbox, and nobody is rung up for it. */
const freshDays = 1;

/**
 * Brings notices to people: what is asked for in the log goes into the outbox, one row for each person and channel, and
 * from there to the provider, at least once. One process at a time does it, and goes on where the last one stopped.
 */
export const startNotifications = (deps: NotificationsDeps): Notifications => {
  const { log, vault, postgres, channels, people, clock = systemClock } = deps;
  const outbox = outboxOf(postgres);
  const names = channels.map((channel) => channel.name);
  let changed = new AbortController();

  const take = async (event: StoredEvent): Promise<void> => {
    if (names.length === 0 || event.meta.occurredAt < plusDays(clock.now(), -freshDays)) return;
    const asked = readEvent(Notice.events, event).data as NoticeAsked;
    await outbox.add(event, asked, [...new Set(await people(asked.to))], names, clock.now());
    changed.abort();
    changed = new AbortController();
  };

  const sender = { ...deps, outbox, clock, find: personFinder(log, vault), webOrigin: deps.webOrigin };
  const following = followLog(deps, {
    name: 'notices',
    windowSize: 1,
    filter: { eventTypes: ['NoticeRequested'] },
    work: (event) => () => take(event),
    beside: (signal) => Promise.all(channels.map((channel) => sendAll(channel, sender, signal, () => changed.signal))),
  });
  return {
    ...following,
    channels: names,
    stop: async () => {
      await following.stop();
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
};
