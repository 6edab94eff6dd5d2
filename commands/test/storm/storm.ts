import type { Actor, ListLookup } from '@cargoro/domain';
import { aggregates, processes, type StoredEvent } from '@cargoro/domain';
import {
  CommandError,
  type CommandOutcome,
  type CommandRequest,
  type Commands,
  createCommands,
  type Settled,
} from '../../src/index.ts';
import { idOf, memoryVault } from '../world.ts';
import { cast } from './cast.ts';
import { startFollower } from './follower.ts';
import { founding } from './founding.ts';
import { fieldsOf } from './knowledge.ts';
import { memoryLog } from './memory-log.ts';

/** One line of what happened in a storm; run again it does the same. */
export type Act =
  | { readonly do: 'command'; readonly request: CommandRequest }
  /** Sent at once, to two nodes. */
  | { readonly do: 'together'; readonly requests: readonly CommandRequest[] }
  | { readonly do: 'pass'; readonly minutes: number }
  /** So many sends of the follower, of the streams that `choice` leads to. */
  | { readonly do: 'follow'; readonly steps: number; readonly choice: number }
  | { readonly do: 'crash' };

export const all = [...aggregates, ...processes.map(({ aggregate }) => aggregate)];
const start = Date.parse('2025-06-30T01:00:00.000Z');
export const iso = (ms: number): string => new Date(ms).toISOString();
/** Time passes at once if less than this: what follows from the last command may still be on its way. */
const shortMinutes = 6;

/** The business in this process: real dispatch, real processes, a log in memory, and nothing that happens by itself. */
export const startBusinessInMemory = (begun: readonly StoredEvent[], listener: (event: StoredEvent) => void) => {
  let now = start;
  const clock = () => iso(now);
  const settled: Settled[] = [];
  const { log, all: events } = memoryLog(begun, (event) => {
    follower.take(event);
    listener(event);
  });
  let numbers = 0;
  const vault = memoryVault();
  const startNode = (): Commands =>
    createCommands({
      ...{ log, vault, clock, appVersion: 'storm', aggregates: all, observers: [(one) => void settled.push(one)] },
      lookup: async (lookup) => (lookup === 'publishedPoliciesOfGroup' ? countOf(events, 'PolicyPublished') : 0),
      list: async (lookup, [id]) => listed[lookup](events, id),
      numbers: async ({ prefix, year }) => `${prefix}-${year}-${String(++numbers).padStart(6, '0')}`,
    });
  let nodes = [startNode(), startNode()] as const;
  const dispatch: Commands['dispatch'] = (request) => nodes[0].dispatch(request);
  const follower = startFollower({ commands: { dispatch }, vault, clock, processes, aggregates });
  follower.resume(begun);
  const defects: string[] = [];

  const send = async (request: CommandRequest, node = nodes[0]): Promise<CommandOutcome | string> => {
    try {
      return await node.dispatch(request);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (error.code === 'INTERNAL') defects.push(`${request.type}: ${String(error.cause)}`);
      return error.code;
    }
  };
  /** Minute by minute as far as anybody can tell: each timer finds the clock at its own moment. */
  const pass = async (minutes: number): Promise<void> => {
    const until = now + minutes * 60_000;
    if (minutes >= shortMinutes) await follower.settle();
    for (let due = follower.nextTimer(); due && Date.parse(due) <= until; due = follower.nextTimer()) {
      now = Math.max(now, Date.parse(due));
      await follower.fireDue();
      if (minutes >= shortMinutes) await follower.settle();
    }
    now = until;
  };
  /** The process dies, and with it whatever it kept in memory only: cached states, answers it would have repeated. */
  const crash = (): void => {
    nodes = [startNode(), startNode()];
    follower.crash();
  };
  return {
    events,
    clock,
    settled: settled as readonly Settled[],
    follower,
    /** What went wrong in our own code: a command that threw, a follow-up that can never succeed. */
    defects: (): readonly string[] => [...defects, ...follower.dead],
    act: async (act: Act): Promise<CommandOutcome | string> => {
      if (act.do === 'command') return send(act.request);
      if (act.do === 'together')
        await Promise.all(act.requests.map((request, n) => send(request, nodes[n % 2 === 0 ? 0 : 1])));
      if (act.do === 'pass') await pass(act.minutes);
      if (act.do === 'crash') crash();
      if (act.do === 'follow')
        for (let n = 0; n < act.steps; n++) if (!(await follower.step(act.choice * (n + 1)))) break;
      return act.do;
    },
  };
};
export type MemoryBusiness = ReturnType<typeof startBusinessInMemory>;

const countOf = (events: readonly StoredEvent[], type: string): number =>
  new Set(events.filter((event) => event.type === type).map(({ stream }) => stream)).size;
/** Everybody who ever began a shift for a transport company; whether they are free now, the decision looks at itself. */
/** What the read models would answer; by nature a little late, and here a little too much: decisions look again. */
const listed: Readonly<
  Record<ListLookup, (events: readonly StoredEvent[], id: string | undefined) => readonly string[]>
> = {
  driversOnShift: (events, id) => driversOf(events, id),
  ordersWithPart: (events, id) => ordersWith(events, id),
  openReservationsOfVehicle: (events, id) => reservationsOf(events, id),
};

const reservationsOf = (events: readonly StoredEvent[], vehicleId: string | undefined): readonly string[] =>
  events
    .filter(({ type, data }) => type === 'ReservationRequested' && fieldsOf(data).vehicleId === vehicleId)
    .map(({ data }) => String(fieldsOf(data).reservationId));

const driversOf = (events: readonly StoredEvent[], orgId: string | undefined): readonly string[] => {
  const begun = events.filter(({ type, data }) => type === 'ShiftStarted' && JSON.stringify(data).includes(`${orgId}`));
  return [...new Set(begun.map(({ data }) => String(fieldsOf(data).driverId)))].slice(0, 12);
};

const ordersWith = (events: readonly StoredEvent[], partId: string | undefined): readonly string[] => {
  const requests = new Map<string, string>();
  const orders = new Set<string>();
  for (const { type, data } of events) {
    const { requestId, partId: asked, repairOrderId } = fieldsOf(data);
    if (type === 'PartRequested' && asked === partId) requests.set(String(requestId), String(repairOrderId));
    const order = type === 'PartUsed' ? requests.get(String(requestId)) : undefined;
    if (order) orders.add(order);
  }
  return [...orders];
};

export const requestOf = (
  name: string,
  { type, input, actor }: { type: string; input: unknown; actor: Actor },
): CommandRequest => ({ type, input, actor, commandId: idOf(`storm command ${name}`) });

let founded: readonly StoredEvent[] | undefined;
/** The history every storm begins with; told once. */
export const foundedHistory = async (): Promise<readonly StoredEvent[]> => {
  if (founded) return founded;
  const business = startBusinessInMemory([], () => undefined);
  for (const [n, [type, input, actor = cast.system]] of founding.entries()) {
    const outcome = await business.act({ do: 'command', request: requestOf(`founding ${n}`, { type, input, actor }) });
    if (typeof outcome === 'string' || outcome.kind === 'rejected')
      throw new Error(`The founding fails at ${type}: ${JSON.stringify(outcome)} ${business.defects().join()}`);
    await business.follower.settle();
  }
  if (business.defects().length > 0) throw new Error(business.defects().join('\n'));
  founded = [...business.events];
  return founded;
};
