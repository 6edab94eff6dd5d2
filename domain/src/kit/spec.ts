import { createHash } from 'node:crypto';
import { type Actor, systemActor } from './actor.ts';
import {
  type AnyAggregate,
  type AnyEvent,
  type AnyState,
  type Folded,
  foldParties,
  kitRefusals,
  type StateOf,
} from './aggregate.ts';
import type { Context, ListLookup, Lookup } from './context.ts';
import type { Decision } from './decision.ts';
import { type EventMeta, partyEvents, type RecordedEvent } from './event.ts';
import type { Party } from './party.ts';

type Fact = { aggregate: AnyAggregate; id: string; events: readonly AnyEvent[] };
export type World = {
  now?: string;
  actor?: Actor;
  facts?: readonly Fact[];
  /** One answer for whatever is asked about, or one for each id. */
  counts?: Partial<Record<Lookup, number | Readonly<Record<string, number>>>>;
  lists?: Partial<Record<ListLookup, readonly string[]>>;
};

const at = '2025-06-30T01:00:00.000Z';
const meta: EventMeta = {
  schemaVersion: 1,
  command: 'Test',
  commandId: '00000000-0000-5000-8000-000000000000',
  correlationId: 'test',
  causationId: 'test',
  actor: systemActor('test'),
  occurredAt: at,
};

/** An event as the log would return it, for tests of folds and read models. */
export const recorded = (
  stream: string,
  revision: number,
  { type, data }: AnyEvent,
  { position = revision + 1, ...more }: Partial<EventMeta> & { position?: number } = {},
): RecordedEvent => ({
  id: `event-${stream}-${revision}`,
  type,
  stream,
  revision: BigInt(revision),
  position: BigInt(position),
  recordedAt: more.occurredAt ?? at,
  data,
  meta: { ...meta, ...more },
});

export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

/** Folds plain events, parsing each as the log's reader does; state is frozen so that a mutating fold shows. */
export const foldPlain = <A extends AnyAggregate>(aggregate: A, events: readonly AnyEvent[]): Folded<StateOf<A>> =>
  events.reduce<Folded<StateOf<A>>>(
    (folded, { type, data }, index) => {
      const def = aggregate.events[type];
      const event = recorded('test', index, { type, data: (def ? def.schema.parse(data) : data) as AnyEvent['data'] });
      return deepFreeze({
        state: aggregate.evolve(folded.state, event),
        parties: foldParties(folded.parties, event),
        revision: BigInt(index),
      });
    },
    deepFreeze({ state: aggregate.initial, parties: [] as readonly Party[], revision: -1n }),
  );

export const testContext = (world: World = {}, parties: readonly Party[] = []): Context => {
  let ids = 0;
  const factOf = (aggregate: AnyAggregate, id: string) =>
    foldPlain(aggregate, world.facts?.find((f) => f.aggregate.name === aggregate.name && f.id === id)?.events ?? []);
  return {
    now: world.now ?? at,
    actor: world.actor ?? systemActor('test'),
    parties,
    newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    hash: (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex'),
    fact: (aggregate, id) => factOf(aggregate, id).state,
    partiesOf: (aggregate, id) => factOf(aggregate, id).parties,
    count: (lookup, id = '') => {
      const counted = world.counts?.[lookup] ?? 0;
      return typeof counted === 'number' ? counted : (counted[id] ?? 0);
    },
    list: (lookup) => world.lists?.[lookup] ?? [],
  };
};

/** Throws when a decision does what its command, or its record's state machine, does not declare. */
export const expectDeclared = (
  { name, commands, moves, evolve }: AnyAggregate,
  state: AnyState,
  type: string,
  decision: Decision<AnyEvent, string>,
): void => {
  const { emits, refuses, otherwise } = commands[type] ?? {};
  const codes = decision.ok ? decision.before.flatMap(({ refusal }) => refusal ?? []) : [decision.code];
  for (const code of codes)
    if (emits && code !== otherwise && !(code in kitRefusals) && !refuses?.includes(code))
      throw new Error(`${name}.${type} does not declare that it refuses with ${code}`);
  let before = state;
  for (const [index, event] of (decision.ok ? decision.events : []).entries()) {
    if (emits && !emits.includes(event.type) && !(event.type in partyEvents))
      throw new Error(`${name}.${type} does not declare that it emits ${event.type}`);
    const after = evolve(before, recorded('test', index, event));
    const move = `${event.type} from ${before.status} to ${after.status}`;
    const declared = moves?.[event.type]?.[before.status] ?? before.status;
    if (moves && after.status !== before.status && ![declared].flat().includes(after.status))
      throw new Error(`${name} does not declare the move ${move}`);
    before = after;
  }
};

/**
 * `given(Invoice, drafted).when('IssueInvoice', {...}).refuses('DUE_BEFORE_ISSUE')`, or `.emits('InvoiceIssued')`.
 * Wrong inputs fail at parsing, as they would at the gateway.
 */
export const given = <A extends AnyAggregate>(aggregate: A, ...events: readonly AnyEvent[]) => ({
  when: (type: string, input: Record<string, unknown>, world: World = {}) => {
    const folded = foldPlain(aggregate, events);
    const def = aggregate.commands[type];
    if (!def) throw new Error(`${aggregate.name} has no command ${type}`);
    const command = { type, data: def.input.parse(input) };
    const decision: Decision<AnyEvent, string> = aggregate.decide(
      folded.state,
      command,
      testContext(world, folded.parties),
    );
    if (def.in.includes(folded.state.status)) expectDeclared(aggregate, folded.state, type, decision);
    const outcome = decision.ok ? decision.events.map((e) => e.type) : decision.code;
    const expectSame = (expected: unknown) => {
      if (JSON.stringify(outcome) !== JSON.stringify(expected))
        throw new Error(`${type} gave ${JSON.stringify(outcome)}, expected ${JSON.stringify(expected)}`);
    };
    return {
      decision,
      emits: (...types: readonly string[]): readonly AnyEvent[] => {
        expectSame(types);
        return decision.ok ? decision.events : [];
      },
      refuses: (code: string): void => expectSame(code),
      /** The state once the emitted events are folded in. */
      state: (): StateOf<A> => {
        if (!decision.ok) throw new Error(`${type} was refused: ${decision.code}`);
        return foldPlain(aggregate, [...events, ...decision.events]).state;
      },
    };
  },
});
