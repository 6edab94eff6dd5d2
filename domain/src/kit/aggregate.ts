import type { z } from 'zod';
import type { CommandDef, CommandDefs } from './command.ts';
import type { Context } from './context.ts';
import { type Decision, reject } from './decision.ts';
import {
  type EventDefs,
  type Events,
  type PartyEvent,
  type RecordedEvent,
  readEvent,
  type StoredEvent,
} from './event.ts';
import { type Party, sameParty } from './party.ts';
import { type Text, text } from './text.ts';

export type AnyState = { readonly status: string };
type InOf<Def> = Def extends CommandDef<z.ZodObject, infer In> ? In : never;
type Alive<State extends AnyState> = Exclude<State, { readonly status: 'none' }>;
/** The state a handler sees: narrowed to the states its command is declared for. */
type StateIn<State extends AnyState, Status extends string> = State extends { readonly status: infer S }
  ? Extract<Status, S> extends never
    ? never
    : State
  : never;

/** Refusals every aggregate shares; the kit decides them. */
export const kitRefusals = {
  NOT_FOUND: text('대상을 찾을 수 없습니다.', 'There is no such record.'),
  ALREADY_EXISTS: text('이미 존재합니다.', 'It exists already.'),
  WRONG_STATE: text('현재 상태에서는 할 수 없습니다.', 'This is not possible in its present state.'),
} as const satisfies Record<string, Text>;
export type KitRefusal = keyof typeof kitRefusals;

/** By event: from which state to which, or to which several; an event not listed leaves the state as it is. */
export type Moves = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export type AggregateDef<
  Cs extends CommandDefs,
  Es extends EventDefs,
  Rs extends Record<string, Text>,
  State extends AnyState,
> = {
  /** PascalCase, as in the book of the domain. */
  readonly name: string;
  /** Stream category: camelCase without a dash; the stream is `<category>-<id>`. */
  readonly category: string;
  readonly context: 'core' | 'repair' | 'delivery' | 'parts' | 'fleet' | 'admin' | 'kit';
  readonly doc: Text;
  /**
   * A record of one piece of work, as an order or a delivery is: what is done to it belongs to one journey. A command
   * that names no correlation continues that of the record, or of the first such record its decision relied on.
   */
  readonly journey?: true;
  /** The field of every command that names the record, or how to compose the id from several. */
  readonly id: string | ((data: Record<string, unknown>) => string);
  readonly commands: Cs;
  readonly events: Es;
  /** Every refusal code with its message in both languages. */
  readonly refusals: Rs;
  /** The state machine. It decides nothing: `in` of the commands and `evolve` do, and the laws hold it against them. */
  readonly moves?: Moves;
  readonly initial: State;
  readonly decide: {
    readonly [Type in keyof Cs & string]: (
      state: StateIn<State, InOf<Cs[Type]>>,
      data: z.infer<Cs[Type]['input']>,
      ctx: Context,
    ) => Decision<Events<Es> | PartyEvent, (keyof Rs & string) | KitRefusal>;
  };
  /**
   * Whether a command makes sense now, where its states alone do not tell: what the buttons of a record hang on. Never a
   * guard; `decide` has the last word and the reason.
   */
  readonly offers?: {
    readonly [Type in keyof Cs & string]?: (state: StateIn<State, InOf<Cs[Type]>>) => boolean;
  };
  readonly evolve: {
    readonly [Type in keyof Es & string]: (
      state: Alive<State>,
      data: z.infer<Es[Type]['schema']>,
      event: RecordedEvent,
    ) => State;
  };
};

/** The same definition with its type parameters forgotten, for code that treats all aggregates alike. */
export type AnyAggregate = {
  readonly name: string;
  readonly category: string;
  readonly context: string;
  readonly doc: Text;
  readonly journey?: true;
  readonly commands: CommandDefs;
  readonly events: EventDefs;
  readonly refusals: Record<string, Text>;
  readonly moves?: Moves;
  readonly initial: AnyState;
  readonly idOf: (data: Record<string, unknown>) => string;
  /** Whether a command is possible in this state, as far as the state shows it. */
  readonly offersNow: (type: string, state: AnyState) => boolean;
  readonly decide: (state: AnyState, command: AnyCommand, ctx: Context) => Decision<AnyEvent, string>;
  readonly evolve: (state: AnyState, event: RecordedEvent) => AnyState;
};
export type AnyCommand = { readonly type: string; readonly data: Record<string, unknown> };
export type AnyEvent = { readonly type: string; readonly data: Record<string, unknown> };

export type Aggregate<State extends AnyState> = AnyAggregate & { readonly initial: State };
export type StateOf<A extends AnyAggregate> = A['initial'];

/**
 * Ties the parts of an aggregate together: `defineAggregate<InvoiceState>()({ name: 'Invoice', … })`. The guard `in` of
 * each command is checked here, before its handler, so a handler sees only the states its command is declared for.
 */
export const defineAggregate =
  <State extends AnyState>() =>
  <Cs extends CommandDefs, Es extends EventDefs, Rs extends Record<string, Text>>(
    def: AggregateDef<Cs, Es, Rs, State>,
  ) => {
    const { id } = def;
    // Handlers are looked up by name; their precise types were checked against the definition above.
    const deciders = def.decide as unknown as Record<string, Decider>;
    const offers = def.offers as unknown as Record<string, ((state: AnyState) => boolean) | undefined> | undefined;
    const evolvers = def.evolve as unknown as Record<string, Evolver<State>>;
    return {
      ...def,
      idOf: (data: Record<string, unknown>): string => (typeof id === 'function' ? id(data) : String(data[id])),
      offersNow: (type: string, state: AnyState): boolean =>
        def.commands[type]?.in.includes(state.status) === true && (offers?.[type]?.(state) ?? true),
      decide: (state: AnyState, command: AnyCommand, ctx: Context): Decision<AnyEvent, string> => {
        const commandDef = def.commands[command.type];
        const decider = deciders[command.type];
        if (!commandDef || !decider) throw new Error(`${def.name} has no command ${command.type}`);
        if (!commandDef.in.includes(state.status)) return reject(refusalOutside(commandDef, state));
        return decider(state, command.data, ctx);
      },
      evolve: (state: AnyState, event: RecordedEvent): State =>
        evolvers[event.type]?.(state, event.data, event) ?? (state as State),
    };
  };
type Decider = (state: AnyState, data: unknown, ctx: Context) => Decision<AnyEvent, string>;
type Evolver<State> = (state: AnyState, data: unknown, event: RecordedEvent) => State;

const refusalOutside = (def: CommandDef, state: AnyState): string => {
  if (state.status === 'none') return 'NOT_FOUND';
  if (def.otherwise) return def.otherwise;
  return def.in.every((status) => status === 'none') ? 'ALREADY_EXISTS' : 'WRONG_STATE';
};

/** A stream folded: the state, who is party to it, and how far it was read. */
export type Folded<State extends AnyState = AnyState> = {
  readonly state: State;
  readonly parties: readonly Party[];
  readonly revision: bigint;
  /** Of the stream's first event. */
  readonly correlationId?: string;
};

export const emptyFold = <A extends AnyAggregate>(aggregate: A): Folded<StateOf<A>> => ({
  state: aggregate.initial,
  parties: [],
  revision: -1n,
});

/** Parties after an event: listed by a stream's first event, then added and removed. */
export const foldParties = (parties: readonly Party[], event: { type: string; data: unknown }): readonly Party[] => {
  const data = event.data as { parties?: readonly Party[]; party?: Party };
  if (event.type === 'PartyAdded' && data.party) {
    const { party } = data;
    return parties.some((p) => sameParty(p, party)) ? parties : [...parties, party];
  }
  if (event.type === 'PartyRemoved' && data.party) {
    const { party } = data;
    return parties.filter((p) => !sameParty(p, party));
  }
  return parties.length === 0 && data.parties ? data.parties : parties;
};

/** One event further. Accepts events in their current shape only (see `readEvent`). */
export const advance = <A extends AnyAggregate>(
  aggregate: A,
  folded: Folded<StateOf<A>>,
  event: RecordedEvent,
): Folded<StateOf<A>> => ({
  state: aggregate.evolve(folded.state, event),
  parties: foldParties(folded.parties, event),
  revision: event.revision,
  correlationId: folded.correlationId ?? event.meta.correlationId,
});

export const fold = <A extends AnyAggregate>(
  aggregate: A,
  stored: readonly StoredEvent[],
  from: Folded<StateOf<A>> = emptyFold(aggregate),
): Folded<StateOf<A>> =>
  stored.reduce((folded, event) => advance(aggregate, folded, readEvent(aggregate.events, event)), from);

export const streamOf = (aggregate: AnyAggregate, id: string): string => `${aggregate.category}-${id}`;
