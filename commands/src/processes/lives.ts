import type { AnyProcess, Reaction, StoredEvent } from '@cargoro/domain';
import { type EventLog, type NewEvent, RevisionConflict } from '@cargoro/infra/ports';
import type { CommandRequest } from '../types.ts';
import { instanceOf } from './recent.ts';
import type { DueTimer } from './timers.ts';

/** An instance of a process while it lives through the log. */
export type Life = {
  readonly stream: string;
  readonly timers: ReadonlyMap<string, DueTimer>;
  readonly isOver: boolean;
  /** The timer that is due first, if one is due by then. */
  takeDue(at: string): DueTimer | undefined;
  /** Stores what it lived through. One that is stored already is left as it is. */
  keep(): Promise<void>;
};
type Living = Life & { readonly timers: Map<string, DueTimer>; isOver: boolean; events: readonly NewEvent[] };

const asStored = (event: NewEvent, stream: string, from: bigint, index: number): StoredEvent => ({
  ...{ ...event, stream, revision: from + BigInt(index), position: 0n, recordedAt: event.meta.occurredAt },
});

/**
 * Instances of processes in memory, and a log in which what they are told is kept apart from everybody else's. Records do
 * not change meanwhile: each is read once.
 */
export const livesOf = (log: EventLog, processes: readonly AnyProcess[]) => {
  const lives = new Map<string, Living>();
  const lengths = new Map<string, bigint>();

  const begin = (stream: string): Living => {
    const timers = new Map<string, DueTimer>();
    const life: Living = {
      ...{ stream, timers, isOver: false, events: [] },
      takeDue: (at) => {
        let first: DueTimer | undefined;
        for (const timer of timers.values()) if (timer.dueAt <= (first?.dueAt ?? at)) first = timer;
        if (first) timers.delete(first.timer);
        return first;
      },
      keep: async () => {
        await log.append(stream, life.events, -1n).catch((error: unknown) => {
          if (!(error instanceof RevisionConflict)) throw error;
        });
      },
    };
    lives.set(stream, life);
    return life;
  };

  const react = (life: Living, process: string, { data, meta: { correlationId } }: NewEvent): void => {
    const { key, reactions } = data as { key: string; reactions: readonly Reaction[] };
    for (const reaction of reactions) {
      if (reaction.kind === 'schedule') {
        const { timer, at: dueAt } = reaction;
        life.timers.set(timer, { process, key, timer, dueAt, correlationId });
      }
      if (reaction.kind === 'cancel') life.timers.delete(reaction.timer);
      if (reaction.kind === 'complete') life.isOver = true;
    }
    if (!life.isOver) return;
    life.timers.clear();
    life.events = [];
  };

  const owners = new Map(processes.map(({ event, name }) => [event, name]));
  return {
    /** The instance an input is told to; none when it never began, or is over. */
    of: (process: AnyProcess, told: CommandRequest, type: string): Life | undefined => {
      const stream = instanceOf(process, told);
      const life = lives.get(stream) ?? (process.starts.includes(type) ? begin(stream) : undefined);
      return life?.isOver ? undefined : life;
    },
    *open(): Iterable<Life> {
      for (const life of lives.values()) if (!life.isOver && life.events.length > 0) yield life;
    },
    log: {
      ...log,
      read: async (stream, from = 0n) => {
        const life = lives.get(stream);
        if (life) return life.events.slice(Number(from)).map((event, index) => asStored(event, stream, from, index));
        if (lengths.get(stream) === from) return [];
        const events = await log.read(stream, from);
        lengths.set(stream, from + BigInt(events.length));
        return events;
      },
      append: async (stream, events, expected) => {
        const life = lives.get(stream);
        if (!life) throw new Error(`${stream} is not an instance of a process`);
        life.events = [...life.events, ...events];
        for (const event of events) react(life, owners.get(event.type) ?? '', event);
        return { revision: expected + BigInt(events.length), position: 0n };
      },
    } satisfies EventLog,
  };
};
