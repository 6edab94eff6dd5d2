import type { StoredEvent } from '@cargoro/domain';
import {
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  type JSONType,
  jsonEvent,
  NO_STREAM,
  type StreamingRead,
} from '@eventstore/db-client';
import { createAsyncQueue } from './async-queue.ts';
import { createBackoff } from './backoff.ts';
import { errorType, isLasting, isOurs, toLogError, toStored } from './event-log-mapping.ts';
import { logPosition, openSubscription } from './event-log-subscription.ts';
import { type EventLog, Unavailable } from './ports.ts';

export type EventLogOptions = {
  /** Connection string, `esdb://host:2113?tls=false`; credentials belong in it, never to a call (that would leave the batch path). */
  readonly url: string;
  /** How long one append or ping may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** Told of each interruption of a subscription; it resumes by itself. */
  readonly onInterruption?: (error: Error) => void;
};

/** The event log over the official EventStoreDB client. */
export const createEventLog = ({ url, timeoutMs = 10_000, onInterruption }: EventLogOptions): EventLog => {
  const client = EventStoreDBClient.connectionString(url);

  /** A server that stalls without closing its connection leaves the client's promises open for ever. */
  const timely = async <T>(work: Promise<T>, ms = timeoutMs): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Unavailable('eventstore', `The event store gave no answer in ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      throw toLogError(error);
    } finally {
      clearTimeout(timer);
    }
  };

  const newest = async (): Promise<bigint> => {
    const events = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 512 });
    let last: bigint | undefined;
    // Leaving the loop cancels the read, so usually one page of one event is sent.
    for await (const { event } of events) {
      last ??= event?.position?.commit;
      if (isOurs(event)) return event.position?.commit ?? 0n;
    }
    return last ?? 0n;
  };

  const log: EventLog = {
    read: async (stream, fromRevision = 0n) => {
      const found = await collect(client.readStream(stream, { fromRevision }));
      return found.map((event) => {
        if (!isOurs(event)) throw new Error(`${stream} holds an event that CarGoro did not write`);
        return toStored(event);
      });
    },

    append: async (stream, events, expected) => {
      const result = await timely(
        client.appendToStream(
          stream,
          events.map(({ id, type, data, meta }) => jsonEvent({ id, type, data: data as JSONType, metadata: meta })),
          { expectedRevision: expected < 0n ? NO_STREAM : expected },
        ),
      );
      const revision = result.nextExpectedRevision;
      // A repeated append may be answered without a position; the event itself has it.
      const position = result.position?.commit ?? (await log.read(stream, revision))[0]?.position;
      if (position === undefined)
        throw new Unavailable('eventstore', `${stream}@${revision} was stored but cannot be read yet`);
      return { revision, position };
    },

    async *readAll({ after, filter } = {}) {
      // Only subscriptions are filtered by the server, and what it does not send is not decoded here.
      if (filter) {
        yield* untilCaughtUp(openSubscription(client, { after, filter }));
        return;
      }
      for await (const event of streamed(client.readAll({ fromPosition: logPosition(after) })))
        if (after === undefined || event.position > after) yield event;
    },

    async *subscribe({ after, filter, signal }) {
      const backoff = createBackoff();
      let position = after;
      while (!signal.aborted) {
        const subscription = openSubscription(client, { after: position, filter });
        signal.addEventListener('abort', subscription.end, { once: true });
        try {
          for await (const message of subscription) {
            if (signal.aborted) return;
            if (message.kind === 'event') position = message.event.position;
            else if (message.kind === 'checkpoint') position = message.position;
            else backoff.reset();
            yield message;
          }
        } catch (error) {
          if (isLasting(error)) throw error;
          onInterruption?.(toLogError(error));
        } finally {
          signal.removeEventListener('abort', subscription.end);
          subscription.close();
        }
        await backoff.wait(signal);
      }
    },

    end: () => timely(newest()),
    ping: async () => void (await timely(newest(), Math.min(timeoutMs, 2_000))),
    close: () => client.dispose(),
  };
  return log;
};

type Received = Parameters<typeof toStored>[0];

/** The events of one stream. Listening is about a third cheaper than `for await` here, and every command loads this way. */
const collect = (events: StreamingRead<{ event?: Received }>): Promise<Received[]> =>
  new Promise((resolve, reject) => {
    const found: Received[] = [];
    events
      .on('data', ({ event }: { event?: Received }) => {
        if (event) found.push(event);
      })
      .on('error', (error: Error) =>
        errorType(error) === ErrorType.STREAM_NOT_FOUND ? resolve([]) : reject(toLogError(error)),
      )
      .on('end', () => resolve(found));
  });

async function* streamed(events: StreamingRead<{ event?: Received }>): AsyncGenerator<StoredEvent> {
  const queue = createAsyncQueue<StoredEvent>({ onFull: () => events.pause(), onRoom: () => events.resume() });
  events
    .on('data', ({ event }: { event?: Received }) => {
      if (isOurs(event)) queue.push(toStored(event));
    })
    .on('error', (error: Error) => queue.fail(toLogError(error)))
    .on('end', queue.end);
  try {
    yield* queue;
  } finally {
    events.removeAllListeners('data').destroy();
  }
}

async function* untilCaughtUp(subscription: ReturnType<typeof openSubscription>): AsyncGenerator<StoredEvent> {
  try {
    for await (const message of subscription) {
      if (message.kind === 'event') yield message.event;
      if (message.kind === 'caughtUp') return;
    }
  } catch (error) {
    throw toLogError(error);
  } finally {
    subscription.close();
  }
}
