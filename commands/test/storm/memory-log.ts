import type { StoredEvent } from '@cargoro/domain';
import { type EventLog, RevisionConflict } from '@cargoro/infra/ports';

const onlyByStream = (): never => {
  throw new Error('A storm reads the log stream by stream; its follower is handed each event');
};

/** The event log as arrays. `begun` is a history to go on from; each event that is stored is handed on, in order. */
export const memoryLog = (
  begun: readonly StoredEvent[],
  onStored: (event: StoredEvent) => void,
): { readonly log: EventLog; readonly all: readonly StoredEvent[] } => {
  const all = [...begun];
  const streams = new Map<string, StoredEvent[]>();
  for (const event of begun) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  const log: EventLog = {
    read: async (stream, from = 0n) => (streams.get(stream) ?? []).slice(Number(from)),
    append: async (stream, events, expected) => {
      const known = streams.get(stream) ?? [];
      const last = BigInt(known.length) - 1n;
      if (last !== expected) throw new RevisionConflict(`${stream} is at ${last}, not ${expected}`);
      streams.set(stream, known);
      for (const { id, type, data, meta } of events) {
        // What does not survive JSON would not survive the wire either.
        const told = JSON.parse(JSON.stringify({ id, type, data, meta })) as (typeof events)[number];
        const at = { revision: BigInt(known.length), position: BigInt(all.length + 1), recordedAt: meta.occurredAt };
        const event: StoredEvent = { ...told, stream, ...at };
        known.push(event);
        all.push(event);
        onStored(event);
      }
      return { revision: BigInt(known.length) - 1n, position: BigInt(all.length) };
    },
    readAll: onlyByStream,
    subscribe: onlyByStream,
    end: async () => BigInt(all.length),
    ping: async () => undefined,
    close: async () => undefined,
  };
  return { log, all };
};
