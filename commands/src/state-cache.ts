import {
  type Actor,
  type AnyAggregate,
  advance,
  emptyFold,
  type Folded,
  partyEvents,
  type RecordedEvent,
  readEvent,
  type StoredEvent,
} from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import { LRUCache } from 'lru-cache';

/** What a command came to the first time it was sent. */
export type FirstResult = {
  readonly command: string;
  readonly actor: Actor;
  readonly revision: bigint;
  readonly position: bigint;
  readonly events: readonly string[];
};

/** A stream as dispatch keeps it in memory. */
export type StreamState = {
  readonly folded: Folded;
  /** Log position of its last event, 0n when empty. */
  readonly position: bigint;
  /** By command id. Shared by the states of one stream and only ever added to: what was stored stays stored. */
  readonly results: Map<string, FirstResult>;
};

export type StateCache = {
  get(stream: string): StreamState | undefined;
  /** The state of a stream that does not exist yet. */
  unmet(aggregate: AnyAggregate): StreamState;
  /** Reads what is newer than the cached state, all of it when there is none. */
  refresh(aggregate: AnyAggregate, stream: string): Promise<StreamState>;
  /** Takes over events that were just appended. */
  advance(aggregate: AnyAggregate, stream: string, from: StreamState, events: readonly RecordedEvent[]): StreamState;
  drop(stream: string): void;
};

const isPersonal = (personal: Readonly<Record<string, string>>): boolean => {
  for (const _ in personal) return true;
  return false;
};

/** States of the streams used last. `maxEvents` bounds the memory: a stream weighs as much as the events folded into it. */
export const stateCache = (log: EventLog, vault: Vault, maxEvents = 200_000): StateCache => {
  const states = new LRUCache<string, StreamState>({
    maxSize: maxEvents,
    sizeCalculation: (state) => 10 + Number(state.folded.revision),
  });

  const opened = async (aggregate: AnyAggregate, stored: StoredEvent): Promise<RecordedEvent> => {
    const personal = (aggregate.events[stored.type] ?? (partyEvents as AnyAggregate['events'])[stored.type])?.personal;
    if (!personal || !isPersonal(personal)) return readEvent(aggregate.events, stored);
    const data = await vault.open(stored.data as Record<string, unknown>, personal);
    return readEvent(aggregate.events, { ...stored, data });
  };

  const keep = (stream: string, state: StreamState): StreamState => {
    // Two readers may refresh the same stream at once; the one that saw more wins.
    const known = states.peek(stream);
    if (known && known.folded.revision > state.folded.revision) return known;
    states.set(stream, state);
    return state;
  };

  const advanced = (aggregate: AnyAggregate, from: StreamState, events: readonly RecordedEvent[]): StreamState => {
    const { results } = from;
    let { folded, position } = from;
    for (const event of events) {
      folded = advance(aggregate, folded, event);
      position = event.position;
      const first = results.get(event.meta.commandId);
      if (first && first.revision >= event.revision) continue;
      results.set(event.meta.commandId, {
        command: event.meta.command,
        actor: event.meta.actor,
        revision: event.revision,
        position: event.position,
        events: first ? [...first.events, event.type] : [event.type],
      });
    }
    return { folded, position, results };
  };

  const unmet = (aggregate: AnyAggregate): StreamState => ({
    folded: emptyFold(aggregate),
    position: 0n,
    results: new Map(),
  });

  return {
    get: (stream) => states.get(stream),
    unmet,
    refresh: async (aggregate, stream) => {
      const from = states.get(stream) ?? unmet(aggregate);
      const stored = await log.read(stream, from.folded.revision + 1n);
      if (stored.length === 0) return keep(stream, from);
      const events: RecordedEvent[] = [];
      for (const event of stored) events.push(await opened(aggregate, event));
      return keep(stream, advanced(aggregate, from, events));
    },
    advance: (aggregate, stream, from, events) => keep(stream, advanced(aggregate, from, events)),
    drop: (stream) => void states.delete(stream),
  };
};
