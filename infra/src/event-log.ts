import type { EventMeta, StoredEvent } from '@cargoro/domain';
import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { createBackoff } from './backoff.ts';
import { isLasting, toLogError, toStored } from './event-log-mapping.ts';
import { openReading, openSubscription } from './event-log-subscription.ts';
import { createAppender } from './log-appends.ts';
import { readAhead } from './log-calls.ts';
import { type ReadCall, readStream } from './log-reads.ts';
import { type EventLog, Unavailable } from './ports.ts';
import type { ReadMessage } from './read-decoder.ts';

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
  readAhead(client);
  const appendEvents = createAppender(client, timeoutMs);

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
    const events = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 32 });
    let last: bigint | undefined;
    let ours: bigint | undefined;
    // Read to the end: a call that is left halfway stays open in the client for ever.
    for await (const { event } of events) {
      last ??= event?.position?.commit;
      if (typeof (event?.metadata as Partial<EventMeta> | undefined)?.schemaVersion === 'number')
        ours ??= event?.position?.commit;
    }
    return ours ?? last ?? 0n;
  };

  const log: EventLog = {
    read: async (stream, fromRevision = 0n) => {
      try {
        return await collect(await readStream(client, stream, fromRevision));
      } catch (error) {
        throw toLogError(error);
      }
    },

    append: async (stream, events, expected) => {
      const { revision, position: answered } = await appendEvents(stream, events, expected);
      // A repeated append may be answered without a position; the event itself has it.
      const position = answered ?? (await log.read(stream, revision))[0]?.position;
      if (position === undefined)
        throw new Unavailable('eventstore', `${stream}@${revision} was stored but cannot be read yet`);
      return { revision, position };
    },

    readAll: ({ after, filter } = {}) => ({
      [Symbol.asyncIterator]: () => openReading(client, { after, filter })[Symbol.asyncIterator](),
    }),

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

/** The events of one stream; none when there is no such stream. Listening costs less than `for await`, and every command loads this way. */
const collect = (call: ReadCall): Promise<StoredEvent[]> =>
  new Promise((resolve, reject) => {
    const found: StoredEvent[] = [];
    call
      .on('data', (message: ReadMessage) => {
        if (message.kind !== 'event') return;
        const event = toStored(message.event);
        if (event) found.push(event);
        else call.destroy(new Error(`${message.event.stream} holds an event that CarGoro did not write`));
      })
      .on('error', reject)
      .on('end', () => resolve(found));
  });
