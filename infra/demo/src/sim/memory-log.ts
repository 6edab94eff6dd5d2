import type { EventMeta, StoredEvent } from '@cargoro/domain';
import { type EventLog, RevisionConflict } from '@cargoro/infra/ports';

export type Batch = { readonly stream: string; readonly events: readonly StoredEvent[]; readonly expected: bigint };
type Kept = {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: EventMeta;
  readonly at: number;
};

const onlyAppends = (): never => {
  throw new Error('A world that is being made is appended to and read stream by stream');
};

const pageBytes = 1_048_576;
/**
 * Keeps text as bytes, many to a page of our own. Buffers made one by one lie in slabs shared with whatever else the
 * process sends and receives, and each would hold on to all of its slab.
 */
const newPages = () => {
  let page = Buffer.alloc(0);
  let used = 0;
  return (text: string): Buffer => {
    const size = Buffer.byteLength(text);
    if (used + size > page.length) {
      page = Buffer.allocUnsafeSlow(Math.max(pageBytes, size));
      used = 0;
    }
    page.write(text, used);
    used += size;
    return page.subarray(used - size, used);
  };
};

/**
 * A log in this process for a world that is being made: `dispatch` decides against it as against the real one, and every
 * append is handed on in order. Positions count from 1; `recordedAt` is the moment the event is about. Events are kept as
 * bytes, for they are seldom read again: half a million of them take a third of a gigabyte.
 */
export const memoryLog = (onAppend: (batch: Batch) => void): EventLog => {
  const streams = new Map<string, Buffer[]>();
  const keep = newPages();
  let position = 0;
  return {
    read: async (stream, fromRevision = 0n) => {
      const known = streams.get(stream) ?? [];
      return known.slice(Number(fromRevision)).map((bytes, index): StoredEvent => {
        const { at, ...event } = JSON.parse(bytes.toString('utf8')) as Kept;
        const revision = fromRevision + BigInt(index);
        return { ...event, stream, revision, position: BigInt(at), recordedAt: event.meta.occurredAt };
      });
    },
    append: async (stream, events, expected) => {
      const known = streams.get(stream) ?? [];
      const last = BigInt(known.length) - 1n;
      if (last !== expected) throw new RevisionConflict(`${stream} has moved on`);
      const stored = events.map(({ id, type, data, meta }, index): StoredEvent => {
        position += 1;
        known.push(keep(JSON.stringify({ id, type, data, meta, at: position } satisfies Kept)));
        const revision = expected + 1n + BigInt(index);
        return { id, type, stream, revision, position: BigInt(position), recordedAt: meta.occurredAt, data, meta };
      });
      streams.set(stream, known);
      onAppend({ stream, events: stored, expected });
      return { revision: BigInt(known.length) - 1n, position: BigInt(position) };
    },
    readAll: onlyAppends,
    subscribe: onlyAppends,
    end: async () => BigInt(position),
    ping: async () => undefined,
    close: async () => undefined,
  };
};
