import type { EventStoreDBClient } from '@eventstore/db-client';
import { type AsyncQueue, createAsyncQueue } from './async-queue.ts';
import { toLogError, toStored } from './event-log-mapping.ts';
import { type ReadCall, type ServerFilter, subscribeToAll } from './log-reads.ts';
import type { LogFilter, LogMessage } from './ports.ts';
import type { ReadMessage } from './read-decoder.ts';

/** What the server may leave out for us. It filters by one thing only; `matches` does the rest here. */
const serverFilter = (filter: LogFilter | undefined): ServerFilter => {
  if (filter?.eventTypes) return { on: 'eventType', regex: `^(?:${filter.eventTypes.join('|')})$` };
  if (filter?.categories) return { on: 'stream', prefixes: filter.categories.map((category) => `${category}-`) };
  return { on: 'eventType', regex: '^[^\\$].*' };
};

const matches = (filter: LogFilter | undefined, stream: string, type: string): boolean =>
  (!filter?.eventTypes || filter.eventTypes.includes(type)) &&
  (!filter?.categories || filter.categories.includes(stream.slice(0, stream.indexOf('-'))));

export type Opened = AsyncQueue<LogMessage> & { close: () => void };

/**
 * A read call as a queue; it fails when the connection does and ends when the server has no more to send. The call is
 * paused while the reader is behind, so memory stays bounded and HTTP/2 holds the server back.
 */
export const opened = (
  calling: Promise<ReadCall>,
  messageOf: (message: ReadMessage) => LogMessage | undefined,
): Opened => {
  let call: ReadCall | undefined;
  let closed = false;
  const queue = createAsyncQueue<LogMessage>({ onFull: () => call?.pause(), onRoom: () => call?.resume() });
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
  calling.then(
    (started) => {
      call = started;
      if (closed) return close();
      started
        .on('data', (message: ReadMessage) => {
          try {
            const wanted = messageOf(message);
            if (wanted) queue.push(wanted);
          } catch (error) {
            queue.fail(error as Error);
          }
        })
        .on('error', (error: Error) => queue.fail(toLogError(error)))
        .on('end', queue.end);
    },
    (error: unknown) => queue.fail(toLogError(error)),
  );
  return { ...queue, close };
};

export const openSubscription = (
  client: EventStoreDBClient,
  { after, filter }: { after: bigint | undefined; filter: LogFilter | undefined },
): Opened => {
  const both = filter?.eventTypes && filter.categories;
  return opened(subscribeToAll(client, { after, filter: serverFilter(filter) }), (message) => {
    if (message.kind === 'checkpoint' || message.kind === 'caughtUp') return message as LogMessage;
    const event = message.kind === 'event' ? toStored(message.event) : undefined;
    return event && (!both || matches(filter, event.stream, event.type)) ? { kind: 'event', event } : undefined;
  });
};
