import { CommandError, type CommandRequest, createCommands, followUpsOf } from '@cargoro/commands';
import { type Actor, type AnyAggregate, aggregates } from '@cargoro/domain';
import type { EventLog, NewEvent, Vault } from '@cargoro/infra/ports';
import { idOf } from '../ids.ts';
import { newAgenda } from './agenda.ts';

/** A command of a story. What it may be refused with is named; any other refusal ends the making of the world. */
export type Telling = {
  /** Earliest moment; what has become later by then happens at once. */
  readonly at: string;
  readonly actor: Actor;
  readonly type: string;
  readonly input: Record<string, unknown>;
  readonly may?: readonly string[] | undefined;
  readonly correlationId?: string | undefined;
};
/** What came of it, and when. */
export type Told = {
  readonly at: string;
  readonly code?: string;
  /** What the command itself stored; not what followed it. */
  readonly events: readonly Pick<NewEvent, 'id' | 'type' | 'data'>[];
  /** The journey it belongs to. */
  readonly correlationId: string;
  /** Of the record a pause looks at. */
  readonly state?: unknown;
};
/** One thread of the world: it tells a command, learns what came of it, and goes on. */
export type Story = Generator<Telling | Pause, void, Told>;
/** Nothing is sent; the story goes on at that moment. */
export type Pause = {
  readonly at: string;
  readonly type?: undefined;
  /** A record to look at then; its state is told. */
  readonly look?: { readonly aggregate: AnyAggregate; readonly id: string };
};
export type Stage = {
  /** Begins a thread; its path names its commands, so their ids do not shift when other threads change. */
  begin(at: string, path: string, story: () => Story): void;
};

export type PlayOptions = {
  readonly seed: string;
  /** What would happen later has not happened yet. */
  readonly until: string;
  readonly appVersion: string;
  /** After each command and what followed it. */
  readonly onCommand?: (at: string) => Promise<void>;
};
export type Played = { readonly commands: number; readonly refused: Readonly<Record<string, number>> };

type Thread = {
  readonly path: string;
  told: number;
  story?: Story;
  telling?: Telling | Pause;
  readonly start: () => Story;
};
/** The id of the n-th command of a thread. */
export const commandIdOf = (seed: string, path: string, n: number): string => idOf(`${seed}/${path}/${n}`);

/** In a world without personal keys, what is personal stays as it is; it is sealed on its way to a real log. */
/** A world is made in the open; it is sealed on its way to a log. */
export const openVault: Vault = {
  seal: async (data) => data,
  open: async (data) => data,
  destroy: async () => undefined,
};

/**
 * Plays the stories of a world in the order of their moments, one command after the other, each through `dispatch`, its
 * follow-ups at once. The same stories give the same events in the same order.
 */
export const play = async (
  log: EventLog,
  { seed, until, appVersion, onCommand }: PlayOptions,
  open: (stage: Stage) => void,
): Promise<Played> => {
  let now = '';
  let sent = 0;
  const refused: Record<string, number> = {};
  const due: CommandRequest[] = [];
  let stored: readonly NewEvent[] = [];
  const noticed: EventLog = {
    ...log,
    append: async (stream, events, expected) => {
      const result = await log.append(stream, events, expected);
      // The command's own events come last, after those of the steps it takes before.
      stored = events;
      for (const event of events) if (event.meta.followUps) due.push(...followUpsOf(event));
      return result;
    },
  };
  const commands = createCommands({
    ...{ log: noticed, vault: openVault, lookup: async () => 0, clock: () => now, appVersion, aggregates },
  });
  const agenda = newAgenda<Thread>();

  const send = async (thread: Thread, telling: Telling): Promise<Told> => {
    const { actor, type, input, correlationId, may } = telling;
    const commandId = commandIdOf(seed, thread.path, thread.told++);
    sent += 1;
    const problem = (what: string, cause?: unknown) =>
      new Error(`${type} in ${thread.path} at ${now} ${what}: ${JSON.stringify(input)}`, { cause });
    const request = { commandId, actor, type, input, ...(correlationId && { correlationId }) };
    const outcome = await commands.dispatch(request).catch((error: unknown) => {
      if (error instanceof CommandError && error.code === 'FORBIDDEN')
        return { kind: 'rejected' as const, code: error.code };
      throw problem(`failed with ${(error as Error).message}`, error);
    });
    const events = outcome.kind === 'accepted' && outcome.events.length > 0 ? stored : [];
    for (let next = due.shift(); next; next = due.shift()) {
      const followed = await commands.dispatch(next);
      if (followed.kind === 'rejected') throw problem(`is followed by ${next.type}, which came to ${followed.code}`);
    }
    await onCommand?.(now);
    const journey = events[0]?.meta.correlationId ?? commandId;
    if (outcome.kind === 'accepted') return { at: now, events, correlationId: journey };
    if (!may?.includes(outcome.code)) throw problem(`came to ${outcome.code}`);
    refused[outcome.code] = (refused[outcome.code] ?? 0) + 1;
    return { at: now, code: outcome.code, events, correlationId: journey };
  };

  const passed = async (thread: Thread, next: Telling | Pause): Promise<Told> => {
    if (next.type !== undefined) return send(thread, next);
    const state = next.look && (await commands.load(next.look.aggregate, next.look.id)).state;
    return { at: now, events: [], correlationId: '', state };
  };

  /** Goes on with a thread for as long as its next command is due. */
  const goOn = async (thread: Thread): Promise<void> => {
    let { telling } = thread;
    thread.story ??= thread.start();
    for (;;) {
      const next = telling ? thread.story.next(await passed(thread, telling)) : thread.story.next();
      if (next.done) return;
      telling = next.value;
      if (telling.at <= now) continue;
      thread.telling = telling;
      agenda.add(telling.at, thread);
      return;
    }
  };

  open({ begin: (at, path, start) => agenda.add(at, { path, told: 0, start }) });
  for (let next = agenda.take(); next && next.at <= until; next = agenda.take()) {
    if (next.at > now) now = next.at;
    await goOn(next.item);
  }
  return { commands: sent, refused };
};
