import type { StoredEvent } from '@cargoro/domain';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { type AsyncQueue, createAsyncQueue } from './async-queue.ts';
import { toLogError, toStored } from './event-log-mapping.ts';
import { type ReadCall, readAll, type ServerFilter, subscribeToAll } from './log-reads.ts';
import type { LogFilter, LogMessage } from './ports.ts';
import type { RawEvent, ReadMessage } from './read-decoder.ts';

/** What the server may leave out for us. It filters by one thing only; `matches` does the rest here. */
const serverFilter = (filter: LogFilter | undefined): ServerFilter => {
  if (filter?.eventTypes) return { on: 'eventType', regex: `^(?:${filter.eventTypes.join('|')})$` };
  if (filter?.categories) return { on: 'stream', prefixes: filter.categories.map((category) => `${category}-`) };
  return { on: 'eventType', regex: '^[^\\$].*' };
};

const matches = (filter: LogFilter | undefined, stream: string, type: string): boolean =>
  (!filter?.eventTypes || filter.eventTypes.includes(type)) &&
  (!filter?.categories || filter.categories.includes(stream.slice(0, stream.indexOf('-'))));

const wantedOf = (raw: RawEvent, filter: LogFilter | undefined): StoredEvent | undefined =>
  filter?.eventTypes && filter.categories && !matches(filter, raw.stream, raw.type) ? undefined : toStored(raw);

export type Opened<T> = AsyncQueue<T> & { close: () => void };

/**
 * A read call as a queue; it fails when the connection does and ends when the server has no more to send, or at the
 * message that `take` calls the last. The call is paused while the reader is behind, so memory stays bounded and HTTP/2
 * holds the server back.
 */
export const opened = <T>(
  calling: Promise<ReadCall>,
  take: (message: ReadMessage) => T | 'last' | undefined,
): Opened<T> => {
  let call: ReadCall | undefined;
  let closed = false;
  const close = () => {
    closed = true;
    queue.end();
    // A call that is cancelled ends with an error; nobody waits for it any more. Cancelled while paused it would never
    // end, and the client, which waits for its calls when it is closed, would not either: so it is destroyed.
    call
      ?.removeAllListeners('data')
      .removeAllListeners('error')
      .on('error', () => undefined)
      .cancel();
    call?.destroy();
  };
  const queue = createAsyncQueue<T>({ onFull: () => call?.pause(), onRoom: () => call?.resume(), onLeft: close });
  calling.then(
    (started) => {
      call = started;
      if (closed) return close();
      started
        .on('data', (message: ReadMessage) => {
          try {
            const taken = take(message);
            if (taken === 'last') close();
            else if (taken) queue.push(taken);
          } catch (error) {
            queue.fail(error as Error);
            close();
          }
        })
        .on('error', (error: Error) => queue.fail(toLogError(error)))
        .on('end', queue.end);
    },
    (error: unknown) => queue.fail(toLogError(error)),
  );
  return { ...queue, close };
};

type Reading = { readonly after: bigint | undefined; readonly filter: LogFilter | undefined };

export const openSubscription = (client: EventStoreDBClient, { after, filter }: Reading): Opened<LogMessage> =>
  opened(subscribeToAll(client, { after, filter: serverFilter(filter) }), (message) => {
    if (message.kind === 'checkpoint' || message.kind === 'caughtUp') return message as LogMessage;
    const event = message.kind === 'event' ? wantedOf(message.event, filter) : undefined;
    return event && { kind: 'event', event };
  });

/** Events up to the log's present end. Only subscriptions are filtered by the server, and what it does not send is not decoded here. */
export const openReading = (client: EventStoreDBClient, { after, filter }: Reading): Opened<StoredEvent> => {
  const calling = filter ? subscribeToAll(client, { after, filter: serverFilter(filter) }) : readAll(client, after);
  return opened(calling, (message) => {
    if (message.kind === 'caughtUp') return 'last';
    if (message.kind !== 'event' || (after !== undefined && message.event.position <= after)) return undefined;
    return wantedOf(message.event, filter);
  });
};
