import {
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { type AsyncQueue, createAsyncQueue } from './async-queue.ts';
import { isOurs, toStored } from './event-log-mapping.ts';
import type { LogFilter, LogMessage } from './ports.ts';

/** The client's name for a place in the log; everything CarGoro reads was written through gRPC, where both parts agree. */
export const logPosition = (after: bigint | undefined) =>
  after === undefined ? START : { commit: after, prepare: after };

type Checkpointing = NonNullable<Parameters<typeof excludeSystemEvents>[0]>;

/** What the server may leave out for us. It filters by one thing only; `inCategories` does the rest here. */
const serverFilter = (filter: LogFilter | undefined, options: Checkpointing) => {
  if (filter?.eventTypes) return eventTypeFilter({ ...options, regex: `^(?:${filter.eventTypes.join('|')})$` });
  if (filter?.categories) return streamNameFilter({ ...options, prefixes: filter.categories.map((c) => `${c}-`) });
  return excludeSystemEvents(options);
};

const matches = (filter: LogFilter | undefined, stream: string, type: string): boolean =>
  (!filter?.eventTypes || filter.eventTypes.includes(type)) &&
  (!filter?.categories || filter.categories.includes(stream.slice(0, stream.indexOf('-'))));

/**
 * One connected subscription as a queue; it fails when the connection does. The client hands over events through a
 * stream's buffer but checkpoints and `caughtUp` past it, so these wait here until the events before them are out:
 * a checkpoint that overtook an event would lose it.
 */
export const openSubscription = (
  client: EventStoreDBClient,
  { after, filter }: { after: bigint | undefined; filter: LogFilter | undefined },
): AsyncQueue<LogMessage> & { close: () => void } => {
  const queue = createAsyncQueue<LogMessage>({
    onFull: () => subscription.pause(),
    onRoom: () => subscription.resume(),
  });
  const waiting: { after: number; message: LogMessage }[] = [];
  let delivered = 0;
  const pushInOrder = (message: LogMessage) => {
    const ahead = subscription.readableLength;
    if (ahead === 0) queue.push(message);
    else waiting.push({ after: delivered + ahead, message });
  };
  const both = filter?.eventTypes && filter.categories;

  const subscription = client.subscribeToAll({
    fromPosition: logPosition(after),
    filter: serverFilter(filter, {
      checkpointInterval: 1,
      checkpointReached: (_, position) => pushInOrder({ kind: 'checkpoint', position: position.commit }),
    }),
  });
  subscription
    .on('data', ({ event }: AllStreamResolvedEvent) => {
      delivered += 1;
      if (isOurs(event) && (!both || matches(filter, event.streamId, event.type)))
        queue.push({ kind: 'event', event: toStored(event) });
      while (waiting[0] && waiting[0].after <= delivered) queue.push(waiting.shift()!.message);
    })
    .on('caughtUp', () => pushInOrder({ kind: 'caughtUp' }))
    .on('error', (error: Error) => queue.fail(error))
    .on('end', () => queue.fail(new Error('The event store ended the subscription')));

  return {
    push: queue.push,
    end: queue.end,
    fail: queue.fail,
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    close: () => {
      queue.end();
      subscription.removeAllListeners('data').resume();
      void subscription.unsubscribe().catch(() => undefined);
    },
  };
};
