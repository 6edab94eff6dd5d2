import { type AnyAggregate, type AnyProcess, type Reaction, readEvent, type StoredEvent } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Vault } from '@cargoro/infra/ports';
import type { CommandRequest, Commands } from '../../src/index.ts';
import { CommandError, followUpsOf } from '../../src/index.ts';
import { tellEvent, tellJob, tellRefusal, tellTimer } from '../../src/processes/tell.ts';
import type { DueTimer } from '../../src/processes/timers.ts';

/** As many events as the real runner works on at once. */
const windowSize = 64;
/** More than this many steps in one go: the processes keep each other busy for ever. */
const mostSteps = 20_000;

type Unit = () => Promise<void>;
type Entry = { readonly event: StoredEvent; units?: Unit[]; done: boolean };

export type FollowerDeps = {
  readonly commands: Pick<Commands, 'dispatch'>;
  readonly vault: Vault;
  readonly clock: () => string;
  readonly processes: readonly AnyProcess[];
  readonly aggregates: readonly AnyAggregate[];
};

/**
 * The runner of follow-ups and processes, taken apart into single sends so that a test chooses what comes next: streams
 * overtake each other as they do in its window, and after a crash everything since the checkpoint is sent again.
 */
export const startFollower = ({ commands, vault, clock, processes, aggregates }: FollowerDeps) => {
  const own = new Map(processes.map((process) => [process.event, process]));
  const definitions: AnyAggregate['events'] = Object.assign({}, ...aggregates.map(({ events }) => events));
  const timers = new Map<string, DueTimer>();
  const dead: string[] = [];
  let open: Entry[] = [];

  const send = async (event: StoredEvent, request: CommandRequest): Promise<void> => {
    try {
      const outcome = await commands.dispatch(request);
      const sender = own.get(event.type);
      if (outcome.kind === 'rejected' && sender)
        await commands.dispatch(tellRefusal(sender, event, request, outcome.code, clock()));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      dead.push(`${request.type} after ${event.type}: ${error.code} ${error.message} ${String(error.cause ?? '')}`);
    }
  };

  const schedule = (event: StoredEvent, process: AnyProcess): void => {
    const { key, reactions } = event.data as { key: string; reactions: readonly Reaction[] };
    const name = (timer: string) => `${process.name} ${key} ${timer}`;
    for (const reaction of reactions) {
      if (reaction.kind === 'schedule') {
        const { correlationId } = event.meta;
        const { timer, at: dueAt } = reaction;
        timers.set(name(timer), { process: process.name, key, timer, dueAt, correlationId });
      }
      if (reaction.kind === 'cancel') timers.delete(name(reaction.timer));
      if (reaction.kind === 'complete')
        for (const [id, timer] of timers) if (timer.process === process.name && timer.key === key) timers.delete(id);
    }
  };

  /** Work outside the domain: the ministry answers only every other time. */
  const jobsOf = (event: StoredEvent, process: AnyProcess): Unit[] => {
    const { key, reactions } = event.data as { key: string; reactions: readonly Reaction[] };
    return reactions.flatMap((reaction, index): Unit[] => {
      if (reaction.kind !== 'job' || reaction.job === 'deadLetter') return [];
      const id = uuidv5(event.id, `job${index}`);
      const isLost = Number.parseInt(id.slice(0, 1), 16) % 2 === 0;
      const ended = isLost
        ? { type: `${reaction.job}Failed`, data: { reason: '503' } }
        : { type: `${reaction.job}Done`, data: {} };
      return [() => send(event, tellJob(process, key, event, { id, ...ended, at: clock() }))];
    });
  };

  const unitsOf = async (event: StoredEvent): Promise<Unit[]> => {
    const process = own.get(event.type);
    if (event.type === 'UserErased') await vault.destroy((event.data as { personRef: string }).personRef);
    if (process) schedule(event, process);
    const listeners = processes.filter(({ correlate }) => event.type in correlate);
    const opened = listeners.length === 0 ? undefined : await openedOf(event);
    return [
      ...followUpsOf(event, process?.name).map((request) => () => send(event, request)),
      ...listeners.flatMap((listener) =>
        opened ? tellEvent(listener, opened).map((told) => () => send(event, told)) : [],
      ),
      ...(process ? jobsOf(event, process) : []),
    ];
  };
  const openedOf = async (event: StoredEvent) => {
    const data = await vault.open(event.data as Record<string, unknown>, definitions[event.type]?.personal ?? {});
    return readEvent(definitions, { ...event, data });
  };

  /** One send more, of the stream that `choice` falls on. False when there is nothing to do. */
  const step = async (choice: number): Promise<boolean> => {
    while (open[0]?.done) open.shift();
    const heads = new Map<string, Entry>();
    for (const entry of open.slice(0, windowSize))
      if (!entry.done && !heads.has(entry.event.stream)) heads.set(entry.event.stream, entry);
    const ready = [...heads.values()];
    const entry = ready[choice % Math.max(1, ready.length)];
    if (!entry) return false;
    entry.units ??= await unitsOf(entry.event);
    await entry.units.shift()?.();
    entry.done = entry.units.length === 0;
    return true;
  };
  const settle = async (choice = 0): Promise<void> => {
    for (let steps = 0; await step(choice + steps); steps++)
      if (steps > mostSteps) throw new Error(`The processes do not come to rest: ${open[0]?.event.type}`);
  };

  return {
    take: (event: StoredEvent) => void open.push({ event, done: false }),
    /** A history that was followed up before: its timers still run. */
    resume: (events: readonly StoredEvent[]): void => {
      for (const event of events) {
        const process = own.get(event.type);
        if (process) schedule(event, process);
      }
    },
    step,
    settle,
    /** Another runner takes over: whatever the checkpoint had not passed is begun again. */
    crash: () => {
      while (open[0]?.done) open.shift();
      open = open.map(({ event }) => ({ event, done: false }));
    },
    nextTimer: (): string | undefined => [...timers.values()].map(({ dueAt }) => dueAt).toSorted()[0],
    fireDue: async (): Promise<void> => {
      for (const [id, timer] of [...timers].toSorted(([, a], [, b]) => (a.dueAt < b.dueAt ? -1 : 1))) {
        const process = processes.find(({ name }) => name === timer.process);
        if (timer.dueAt > clock() || !process) continue;
        await commands.dispatch(tellTimer(process, timer));
        if (timers.get(id)?.dueAt === timer.dueAt) timers.delete(id);
      }
    },
    dead: dead as readonly string[],
    timers: timers as ReadonlyMap<string, DueTimer>,
  };
};
export type Follower = ReturnType<typeof startFollower>;
