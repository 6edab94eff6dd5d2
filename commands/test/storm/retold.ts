import {
  type AnyAggregate,
  type AnyProcess,
  advance,
  aggregates,
  type Context,
  emptyFold,
  type Folded,
  type ProcessInput,
  processActor,
  type Reaction,
  type StoredEvent,
} from '@cargoro/domain';
import { sha256, uuidv5 } from '@cargoro/infra/ids';

/** One thing a process was told in a history, what it answered, and everything it had been told before. */
export type Telling = {
  readonly process: AnyProcess;
  readonly key: string;
  readonly input: ProcessInput;
  readonly reactions: readonly Reaction[];
  readonly event: StoredEvent;
  /** The process as it was. */
  readonly before: Folded;
};

export const tellingsIn = (events: readonly StoredEvent[], processes: readonly AnyProcess[]): readonly Telling[] => {
  const byEvent = new Map(processes.map((process) => [process.event, process]));
  const states = new Map<string, Folded>();
  return events.flatMap((event): Telling[] => {
    const process = byEvent.get(event.type);
    if (!process) return [];
    const before = states.get(event.stream) ?? emptyFold(process.aggregate);
    states.set(event.stream, advance(process.aggregate, before, event));
    const { key, input, reactions } = event.data as {
      key: string;
      input: ProcessInput;
      reactions: readonly Reaction[];
    };
    return [{ process, key, input, reactions, event, before }];
  });
};

/** A process as everything it was told has left it. */
export const endOf = (events: readonly StoredEvent[], { process, event }: Telling): Folded =>
  events
    .filter(({ stream }) => stream === event.stream)
    .reduce<Folded>((folded, next) => advance(process.aggregate, folded, next), emptyFold(process.aggregate));

/** States of records as a history has them at any revision; folded once, and only as far as asked. */
export const recordsOf = (events: readonly StoredEvent[]) => {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  const known = new Map<string, Folded>();
  return (aggregate: AnyAggregate, id: string, revision?: bigint): Folded => {
    const stream = `${aggregate.category}-${id}`;
    const all = streams.get(stream) ?? [];
    const upTo = revision ?? BigInt(all.length) - 1n;
    const name = `${stream}@${upTo}`;
    const folded =
      known.get(name) ??
      all
        .slice(0, Number(upTo) + 1)
        .reduce<Folded>((state, event) => advance(aggregate, state, event), emptyFold(aggregate));
    known.set(name, folded);
    return folded;
  };
};
export type Records = ReturnType<typeof recordsOf>;

/** What a decision knew: exactly the facts noted with its event. Asking for another one throws. */
export const knewThen = ({ event, process }: Telling, records: Records): Context => {
  const { facts = {}, commandId, occurredAt: now } = event.meta;
  const noted = (name: string): string => {
    const value = facts[name];
    if (value === undefined) throw new Error(`${process.name} now asks for ${name}, which it did not know then`);
    return value;
  };
  const asked = (name: string, args: readonly string[]) => noted(`${name}(${args.join(',')})`);
  const at = (aggregate: AnyAggregate, id: string) =>
    records(aggregate, id, BigInt(noted(`${aggregate.category}-${id}`)));
  let ids = 0;
  return {
    ...{
      now,
      actor: processActor(process.name),
      parties: [],
      newId: () => uuidv5(commandId, `id${ids++}`),
      hash: sha256,
    },
    fact: (aggregate, id) => at(aggregate, id).state,
    partiesOf: (aggregate, id) => at(aggregate, id).parties,
    count: (name, ...args) => Number(asked(name, args)),
    list: (name, ...args) =>
      asked(name, args)
        .split(' ')
        .filter((id) => id !== ''),
  };
};
/** What a decision would know at the end of the history. */
export const knowsNow = (now: string, records: Records): Context => {
  let ids = 0;
  return {
    ...{ now, actor: processActor('law'), parties: [], newId: () => uuidv5(now, `id${ids++}`), hash: sha256 },
    fact: (aggregate, id) => records(aggregate, id).state,
    partiesOf: (aggregate, id) => records(aggregate, id).parties,
    count: () => 0,
    list: () => [],
  };
};

export type Kept = { readonly reactions: readonly Reaction[]; readonly after: Folded };
/** Tells a process something; undefined when it counts for nothing. Throws what the process throws. */
export const tell = (
  { process, key }: Pick<Telling, 'process' | 'key'>,
  folded: Folded,
  input: ProcessInput,
  ctx: Context,
): Kept | undefined => {
  const command = { type: process.command, data: { key, input } };
  const decision = process.aggregate.decide(folded.state, command, ctx);
  if (!decision.ok) throw new Error(`${process.name} refuses ${input.type}: ${decision.code}`);
  const [event] = decision.events;
  if (!event) return undefined;
  const stored = { ...event, revision: folded.revision + 1n, meta: { correlationId: '' } } as unknown as StoredEvent;
  return { reactions: event.data.reactions as readonly Reaction[], after: advance(process.aggregate, folded, stored) };
};

/** Every command a reaction sends is one its aggregate knows, with data it takes; an input that changes nothing says why. */
export const expectSound = (
  { process }: Pick<Telling, 'process'>,
  type: string,
  reactions: readonly Reaction[],
): void => {
  if (reactions.length === 0) throw new Error(`${process.name} does not say what it makes of ${type}`);
  for (const reaction of reactions) {
    if (reaction.kind !== 'send') continue;
    const def = aggregates.find(({ name }) => name === reaction.aggregate)?.commands[reaction.type];
    if (!def)
      throw new Error(`${process.name} sends ${reaction.type} to ${reaction.aggregate}, which has no such command`);
    const parsed = def.input.strict().safeParse(reaction.data);
    if (!parsed.success)
      throw new Error(`${process.name} sends a bad ${reaction.type} after ${type}: ${parsed.error.message}`);
  }
};
