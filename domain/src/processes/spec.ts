import { aggregates } from '../index.ts';
import type { AnyEvent, AnyProcess, Reaction, RecordedEvent } from '../kit/index.ts';
import { given, recorded, type World } from '../kit/testing.ts';

type Data = Record<string, unknown>;
export type Told = { readonly reactions: readonly Reaction[]; readonly sent: readonly string[] };

/** Every command a process sends must be one its aggregate knows, with data it takes. */
const parseSent = (reactions: readonly Reaction[]): void => {
  for (const reaction of reactions) {
    if (reaction.kind !== 'send') continue;
    const aggregate = aggregates.find(({ name }) => name === reaction.aggregate);
    const def = aggregate?.commands[reaction.type];
    if (!def) throw new Error(`${reaction.aggregate} has no command ${reaction.type}`);
    def.input.strict().parse(reaction.data);
  }
};
/** What was sent, scheduled or cancelled, in short: `ReserveStock`, `notice:partArrived`, `timer:end`, `-timer`, `complete`. */
const short = (reaction: Reaction): string => {
  if (reaction.kind === 'send')
    return reaction.aggregate === 'Notice' ? `notice:${String(reaction.data.template)}` : reaction.type;
  if (reaction.kind === 'schedule') return `timer:${reaction.timer}`;
  if (reaction.kind === 'cancel') return `-${reaction.timer}`;
  return reaction.kind === 'job' ? `job:${reaction.job}` : reaction.kind;
};

/**
 * One instance of a process as a test tells it. Whatever it is told, it is told twice: the second time must change nothing.
 */
export const instanceOf = (process: AnyProcess, start: World = {}) => {
  const key = 'key';
  let events: readonly AnyEvent[] = [];
  let world: World = start;
  let count = 0;
  const decide = (input: Data) => {
    const { decision } = given(process.aggregate, ...events).when(process.command, { key, input }, world);
    if (!decision.ok) throw new Error(decision.code);
    return decision.events;
  };
  const tell = (type: string, data: Data = {}, at = world.now ?? '2025-06-30T01:00:00.000Z'): Told => {
    count += 1;
    const input = { id: `00000000-0000-4000-9000-${String(count).padStart(12, '0')}`, type, data, at };
    const [event] = decide(input);
    if (!event) return { reactions: [], sent: [] };
    events = [...events, event];
    if (decide(input).length > 0) throw new Error(`${type} told again counted again`);
    const reactions = event.data.reactions as readonly Reaction[];
    parseSent(reactions);
    return { reactions, sent: reactions.filter(({ kind }) => kind !== 'ignore').map(short) };
  };
  return {
    tell,
    /** What the process knows of other records from now on. */
    know: (next: World) => {
      world = { ...world, ...next };
    },
    /** The data of a command among the reactions. */
    fire: (timer: string, at?: string) => tell('TimerFired', { timer }, at),
  };
};
/** What the process sends, as the record gets it: a number that is left out has been counted on. */
export const dataOf = ({ reactions }: Told, type: string): Data => {
  const found = reactions.find((reaction) => reaction.kind === 'send' && reaction.type === type);
  const field = aggregates.find(({ commands }) => type in commands)?.commands[type]?.series?.field;
  return found?.kind === 'send' ? { ...(field && { [field]: 'N-1' }), ...found.data } : {};
};
export const timerOf = ({ reactions }: Told, timer: string): string | undefined => {
  const found = reactions.find((reaction) => reaction.kind === 'schedule' && reaction.timer === timer);
  return found?.kind === 'schedule' ? found.at : undefined;
};
/** A command of the process that was refused. */
export const refusalOf = (told: Told, type: string, code: string): [string, Data] => [
  `${type}Rejected`,
  { code, data: dataOf(told, type) },
];

/** Which instances an event concerns. */
export const keysOf = (process: AnyProcess, type: string, data: Data): readonly string[] => {
  const event: RecordedEvent = recorded('test', 0, { type, data });
  return [process.correlate[type]?.(data, event) ?? []].flat();
};
