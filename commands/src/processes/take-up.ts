import type { AnyAggregate, AnyProcess, StoredEvent } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { createCommands } from '../dispatch.ts';
import type { CommandRequest } from '../types.ts';
import { markFollowedUp, wasFollowedUp } from './checkpoint.ts';
import { listenersOf, openerOf } from './listening.ts';
import { type Life, livesOf } from './lives.ts';
import { recentIn } from './recent.ts';
import { tellEvent, tellTimer } from './tell.ts';
import { keepTimers } from './timers.ts';
import { workWindow } from './window.ts';

export type TakeUpDeps = {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly processes: readonly AnyProcess[];
  readonly aggregates: readonly AnyAggregate[];
  readonly appVersion: string;
};
export type TakeUpOptions = {
  /** What is due by then has happened. */
  readonly now: string;
  /** Instances nothing was told to since then stay out, unless they are patient. */
  readonly since?: string;
  readonly onProgress?: (progress: { readonly share: number; readonly events: number }) => void;
};

/** Instances that are told something side by side. */
const atOnce = 64;

/**
 * Lets processes live through what is in the log, event by event and timer by timer, and sends nothing: whoever made a demo
 * world did by hand what follows. What is under way in the end is stored and cared for like any other record from here on;
 * what is over leaves no trace. Nobody else may write meanwhile. Cut off, it is done again from the beginning; once it is
 * done, or a runner has begun, there is nothing to take up any more.
 */
export const takeUp = async (deps: TakeUpDeps, { now, since, onProgress }: TakeUpOptions): Promise<void> => {
  const { log, vault, postgres, processes, aggregates, appVersion } = deps;
  if (await wasFollowedUp(postgres)) return;
  const named = new Map(processes.map((process) => [process.name, process]));
  const listeners = listenersOf(processes);
  const opened = openerOf(vault, aggregates);
  const lives = livesOf(log, processes);
  const commands = createCommands({
    ...{ log: lives.log, vault, appVersion, lookup: async () => 0, clock: () => now },
    aggregates: [...aggregates, ...processes.map(({ aggregate }) => aggregate)],
  });
  const end = await log.end();
  const heard = () => log.readAll({ filter: { eventTypes: [...listeners.keys()] } });
  let events = 0;
  const part = (from: number, to: number) => (share: number) =>
    onProgress?.({ share: from + (to - from) * share, events });
  const read = (tell: (share: number) => void) => (position: bigint) => tell(Number(position) / Number(end));

  const liveUntil = async (life: Life, at: string): Promise<void> => {
    for (let timer = life.takeDue(at); timer; timer = life.takeDue(at)) {
      const process = named.get(timer.process);
      if (process) await commands.dispatch({ ...tellTimer(process, timer), occurredAt: timer.dueAt });
    }
  };
  const live = async (life: Life, told: CommandRequest, at: string): Promise<void> => {
    await liveUntil(life, at);
    if (!life.isOver) await commands.dispatch({ ...told, occurredAt: at });
  };
  const toldOf = async (event: StoredEvent) => {
    const seen = await opened(event);
    return (listeners.get(event.type) ?? []).flatMap((process) =>
      tellEvent(process, seen).map((told) => ({ process, told })),
    );
  };

  const recent =
    since === undefined ? undefined : await recentIn(heard(), { since, toldOf, onRead: read(part(0, 0.1)) });
  const window = workWindow(atOnce, read(part(recent ? 0.1 : 0, 0.6)));
  for await (const event of heard()) {
    events += 1;
    for (const { process, told } of await toldOf(event)) {
      const life = recent && !recent(process, told) ? undefined : lives.of(process, told, event.type);
      if (life) await window.add(event.position, life.stream, () => live(life, told, event.meta.occurredAt));
    }
  }
  await window.done();

  const beside = async (work: (life: Life) => Promise<void>, tell: (share: number) => void) => {
    const open = [...lives.open()];
    const all = workWindow(atOnce, (position) => tell(Number(position) / open.length));
    for (const [index, life] of open.entries()) await all.add(BigInt(index + 1), life.stream, () => work(life));
    await all.done();
  };
  await beside((life) => liveUntil(life, now), part(0.6, 0.8));
  await keepTimers(
    postgres,
    [...lives.open()].flatMap(({ timers }) => [...timers.values()]),
  );
  await beside((life) => life.keep(), part(0.8, 1));
  await markFollowedUp(postgres, await log.end());
  part(1, 1)(1);
};
