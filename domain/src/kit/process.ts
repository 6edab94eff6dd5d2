import { z } from 'zod';
import { type AnyAggregate, defineAggregate } from './aggregate.ts';
import { command } from './command.ts';
import type { Context } from './context.ts';
import { accept, after } from './decision.ts';
import { event, type RecordedEvent } from './event.ts';
import type { Party } from './party.ts';
import type { Text } from './text.ts';

/** What a process is told: an event of the log, the refusal of a command it sent, or a timer it set. */
export const ProcessInput = z.object({
  /** The same input told again is known by it. */
  id: z.string(),
  /** The event's type, `<Command>Rejected`, `TimerFired`, or `<job>Done` and `<job>Failed`. */
  type: z.string(),
  /** Stream of the event. */
  stream: z.string().optional(),
  /** The event's data; `{ code, data }` of a refused command; `{ timer }`. */
  data: z.record(z.string(), z.unknown()),
  at: z.string(),
});
export type ProcessInput = z.infer<typeof ProcessInput>;

export const Reaction = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('send'),
    aggregate: z.string(),
    type: z.string(),
    data: z.record(z.string(), z.unknown()),
    begins: z.boolean().optional(),
    rejoins: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('job'), job: z.string(), data: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal('schedule'), timer: z.string(), at: z.string() }),
  z.object({ kind: z.literal('cancel'), timer: z.string() }),
  z.object({ kind: z.literal('ignore'), reason: z.string() }),
  z.object({ kind: z.literal('complete') }),
]);
export type Reaction = z.infer<typeof Reaction>;

export const send = (aggregate: string, type: string, data: Record<string, unknown>): Reaction => ({
  kind: 'send',
  aggregate,
  type,
  data,
});
/** A command that begins a journey of its own instead of continuing the one the process is on. */
export const begin = (aggregate: string, type: string, data: Record<string, unknown>): Reaction => ({
  ...{ kind: 'send', aggregate, type, data, begins: true },
});
/**
 * A command that belongs to the journey of the record it turns to, not to that of the event it answers: goods of one order
 * arrive for the repair of somebody else.
 */
export const rejoin = (aggregate: string, type: string, data: Record<string, unknown>): Reaction => ({
  ...{ kind: 'send', aggregate, type, data, rejoins: true },
});
/** Work outside the domain, such as a call over the network; its end comes back as `<job>Done` or `<job>Failed`. */
export const job = (name: string, data: Record<string, unknown>): Reaction => ({ kind: 'job', job: name, data });
/** Sets a timer; one of the same name is moved. */
export const schedule = (timer: string, at: string): Reaction => ({ kind: 'schedule', timer, at });
export const cancel = (timer: string): Reaction => ({ kind: 'cancel', timer });
/** An input that changes nothing says why. */
export const ignore = (reason: string): Reaction => ({ kind: 'ignore', reason });
/** The process is over: its timers are dropped, and whatever it is told from now on is ignored. */
export const complete: Reaction = { kind: 'complete' };

export type ProcessDef<State> = {
  /** PascalCase, a verb after a noun: `WorkAfterApproval`. */
  readonly name: string;
  readonly doc: Text;
  /** Event types that begin an instance. What concerns an instance never begun is not kept. */
  readonly starts: readonly string[];
  /** It waits for weeks for a moment to come, though nothing happens to its record. */
  readonly isPatient?: boolean;
  /** By event type: which instance an event concerns, or which several; undefined for none. */
  readonly correlate: Readonly<
    Record<string, (data: Record<string, unknown>, event: RecordedEvent) => string | readonly string[] | undefined>
  >;
  readonly initial: State;
  readonly evolve: (state: State, input: ProcessInput) => State;
  /**
   * Sees the state with the input in it, and the one before. Pure: time is `input.at`; facts of other streams, ids and
   * counts come from the context and are recorded with the event, as in any decision.
   */
  readonly react: (state: State, input: ProcessInput, ctx: Context, before: State) => readonly Reaction[];
  /** Why an input that nothing follows from is ignored. */
  readonly idle: (input: ProcessInput) => string;
};
/** A process as the runner sees it; its aggregate keeps the stream `process-<name>.<key>`. */
export type AnyProcess = {
  readonly name: string;
  readonly doc: Text;
  readonly starts: readonly string[];
  readonly isPatient: boolean;
  readonly correlate: ProcessDef<unknown>['correlate'];
  readonly aggregate: AnyAggregate;
  /** Names of the command that tells it something and of the event that keeps it. */
  readonly command: string;
  readonly event: string;
};

/** What follows from an input; never nothing, for what changes nothing says why. */
const reactTo = <State>(
  { evolve, react, idle }: ProcessDef<State>,
  before: State,
  input: ProcessInput,
  ctx: Context,
): readonly Reaction[] => {
  const reactions = react(evolve(before, input), input, ctx, before);
  return reactions.length > 0 ? reactions : [ignore(idle(input))];
};

/**
 * A process manager is an aggregate whose one command tells it an input and whose one event keeps the input with the
 * reactions to it. So dispatch gives it all a record has: each input counts once, in one stream, with its causes; and the
 * commands it sends are follow-ups of its events.
 */
export const defineProcess =
  <State>() =>
  (def: ProcessDef<State>): AnyProcess => {
    type Kept = {
      readonly status: 'none' | 'running' | 'completed';
      readonly state: State;
      readonly seen: readonly string[];
    };
    const commandName = `Tell${def.name}`;
    const eventName = `${def.name}Advanced`;
    const key = z.string();
    const parties = z.custom<readonly Party[]>().optional();
    const told = z.object({ key, input: ProcessInput });
    const tellDef = {
      label: def.doc,
      doc: def.doc,
      by: [],
      internal: true,
      in: ['none', 'running', 'completed'] as const,
    };
    const initial: Kept = { status: 'none', state: def.initial, seen: [] };
    const evolve = (kept: Kept, input: ProcessInput, reactions: readonly Reaction[]): Kept => ({
      status: reactions.some(({ kind }) => kind === 'complete') ? 'completed' : 'running',
      state: def.evolve(kept.state, input),
      seen: [...kept.seen, input.id],
    });
    const aggregate = defineAggregate<Kept>()({
      name: def.name,
      category: 'process',
      context: 'kit',
      doc: def.doc,
      id: (data) => `${def.name}.${String(data.key)}`,
      commands: { [commandName]: command({ ...tellDef, input: told }) },
      events: { [eventName]: event(told.extend({ reactions: z.array(Reaction), parties })) },
      refusals: {},
      initial,
      decide: {
        [commandName]: (kept: Kept, { key: instance, input }: z.infer<typeof told>, ctx) => {
          if (kept.seen.includes(input.id) || kept.status === 'completed') return accept();
          if (kept.status === 'none' && !def.starts.includes(input.type)) return accept();
          const reactions = reactTo(def, kept.state, input, ctx);
          const sends = reactions.flatMap((reaction) =>
            reaction.kind === 'send'
              ? [
                  {
                    aggregate: reaction.aggregate,
                    type: reaction.type,
                    data: reaction.data,
                    ...(reaction.begins && { begins: true }),
                    ...(reaction.rejoins && { rejoins: true }),
                  },
                ]
              : [],
          );
          return after(
            accept({ type: eventName, data: { key: instance, input, reactions: [...reactions] } }),
            ...sends,
          );
        },
      },
      evolve: { [eventName]: (kept, { input, reactions }) => evolve(kept, input, reactions) },
    });
    const { name, doc, starts, isPatient = false, correlate } = def;
    return { name, doc, starts, isPatient, correlate, aggregate, command: commandName, event: eventName };
  };

/** For tests: what a process sends, schedules or ignores when told these inputs one after the other. */
export const reactionsTo = <State>(
  def: ProcessDef<State>,
  ctx: Context,
  ...inputs: readonly ProcessInput[]
): readonly (readonly Reaction[])[] => {
  let state = def.initial;
  return inputs.map((input) => {
    const reactions = reactTo(def, state, input, ctx);
    state = def.evolve(state, input);
    return reactions;
  });
};
