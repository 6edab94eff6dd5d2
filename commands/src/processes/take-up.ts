import type { AnyAggregate, AnyProcess, Reaction } from '@cargoro/domain';
import type { EventLog, NewEvent, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { createCommands } from '../dispatch.ts';
import { markFollowedUp } from './checkpoint.ts';
import { systemClock } from './clock.ts';
import { listenersOf, openerOf } from './listening.ts';
import { tellEvent, tellTimer } from './tell.ts';
import { type DueTimer, timersOf } from './timers.ts';

export type TakeUpDeps = {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly processes: readonly AnyProcess[];
  readonly aggregates: readonly AnyAggregate[];
  readonly appVersion: string;
};

const keyOf = ({ process, key, timer }: Pick<DueTimer, 'process' | 'key' | 'timer'>) => `${process} ${key} ${timer}`;

/**
 * Lets every process live through what is in the log, event by event and timer by timer, and sends nothing: whoever made a
 * demo world did by hand what follows. From here on its records are cared for like any other. Done again it goes on.
 */
export const takeUp = async (deps: TakeUpDeps, now: string): Promise<void> => {
  const { log, vault, postgres, processes, aggregates, appVersion } = deps;
  const owners = new Map(processes.map((process) => [process.event, process]));
  const named = new Map(processes.map((process) => [process.name, process]));
  const listeners = listenersOf(processes);
  const opened = openerOf(vault, aggregates);
  const timers = new Map<string, DueTimer>();
  let moment = now;

  const note = ({ type, data, meta }: Pick<NewEvent, 'type' | 'data' | 'meta'>): void => {
    const process = owners.get(type)?.name;
    if (process === undefined) return;
    const { key, reactions } = data as { key: string; reactions: readonly Reaction[] };
    for (const reaction of reactions) {
      if (reaction.kind === 'schedule') {
        const due = { process, key, timer: reaction.timer, dueAt: reaction.at, correlationId: meta.correlationId };
        timers.set(keyOf(due), due);
      }
      if (reaction.kind === 'cancel') timers.delete(keyOf({ process, key, timer: reaction.timer }));
      if (reaction.kind === 'complete')
        for (const [id, due] of timers) if (due.process === process && due.key === key) timers.delete(id);
    }
  };
  const noting: EventLog = {
    ...log,
    append: async (stream, events, expected) => {
      const appended = await log.append(stream, events, expected);
      events.forEach(note);
      return appended;
    },
  };
  const commands = createCommands({
    ...{ log: noting, vault, appVersion, lookup: async () => 0, clock: () => moment },
    aggregates: [...aggregates, ...processes.map(({ aggregate }) => aggregate)],
  });
  const fireUntil = async (at: string): Promise<void> => {
    for (;;) {
      const [next] = [...timers.values()].toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
      const process = next && named.get(next.process);
      if (!process || next.dueAt > at) return;
      timers.delete(keyOf(next));
      moment = next.dueAt;
      await commands.dispatch(tellTimer(process, next));
    }
  };

  for await (const event of log.readAll()) {
    if (owners.has(event.type)) {
      note(event);
      continue;
    }
    const listening = listeners.get(event.type) ?? [];
    if (listening.length === 0) continue;
    await fireUntil(event.meta.occurredAt);
    moment = event.meta.occurredAt;
    const read = await opened(event);
    for (const listener of listening) for (const told of tellEvent(listener, read)) await commands.dispatch(told);
  }
  await fireUntil(now);

  const kept = timersOf(postgres, systemClock, async () => undefined);
  for (const { process, key, correlationId, timer, dueAt } of timers.values())
    await kept.apply({ process, key, correlationId }, [{ kind: 'schedule', timer, at: dueAt }]);
  await markFollowedUp(postgres, await log.end());
};
