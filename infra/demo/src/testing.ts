import type { StoredEvent } from '@cargoro/domain';
import { type EventLog, RevisionConflict } from '@cargoro/infra/ports';
import { sliceSize } from './living/size.ts';
import type { Living } from './played.ts';

/** A district about a hundredth of the demo, over the turn of a month. */
export const slice: Living = { size: sliceSize, districts: 1, seed: 'slice' };
/** Its first days alone. */
export const glimpse: Living = { ...slice, size: { ...sliceSize, days: 3 } };
export const sliceAnchor = '2025-06-10T14:59:00.000Z';

/** A log that keeps what it is given, once and in order; at the append numbered `most` its world is cut off. */
export const recordingLog = (stored: StoredEvent[] = [], most = Number.POSITIVE_INFINITY): EventLog => {
  const revisions = new Map(stored.map(({ stream, revision }) => [stream, revision]));
  const ids = new Set<string | undefined>(stored.map(({ id }) => id));
  let appends = 0;
  const notNeeded = (): never => {
    throw new Error('A world is only appended to, and read as a whole');
  };
  return {
    append: async (stream, events, expected) => {
      if (appends++ >= most) throw new Error('It was cut off');
      const revision = expected + BigInt(events.length);
      if (ids.has(events[0]?.id)) return { revision, position: BigInt(stored.length) };
      if ((revisions.get(stream) ?? -1n) !== expected) throw new RevisionConflict(`${stream} has moved on`);
      for (const [index, event] of events.entries())
        stored.push({
          ...{ ...event, stream, revision: expected + BigInt(index + 1) },
          ...{ position: BigInt(stored.length + 1), recordedAt: event.meta.occurredAt },
        });
      for (const { id } of events) ids.add(id);
      revisions.set(stream, revision);
      return { revision, position: BigInt(stored.length) };
    },
    readAll: async function* () {
      yield* [...stored];
    },
    read: notNeeded,
    subscribe: notNeeded,
    end: async () => BigInt(stored.length),
    ping: async () => undefined,
    close: async () => undefined,
  };
};
