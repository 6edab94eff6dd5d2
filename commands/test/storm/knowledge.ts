import { type AnyAggregate, advance, aggregates, emptyFold, type Folded, type StoredEvent } from '@cargoro/domain';

export type Fields = Readonly<Record<string, unknown>>;
export type Known = {
  readonly aggregate: AnyAggregate;
  readonly id: string;
  folded: Folded;
  readonly events: StoredEvent[];
  /** Values seen in the record's events, by the name of their field. */
  readonly seen: Map<string, string[]>;
};
const byCategory = new Map(aggregates.map((aggregate) => [aggregate.category, aggregate]));
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));
export const recordIdOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** `lineIds` holds what elsewhere is a `lineId`. */
const singular = (field: string): string => field.replace(/(Id|Code)s$/, '$1');
const noteIn = (seen: Map<string, string[]>, field: string, value: string): void => {
  const values = seen.get(field) ?? [];
  if (!values.includes(value)) seen.set(field, [...values, value]);
};
const walk = (value: unknown, field: string, note: (field: string, value: string) => void): void => {
  if (typeof value === 'string') note(singular(field), value);
  else if (Array.isArray(value)) for (const item of value) walk(item, field, note);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) walk(item, key, note);
};

/** What the people of a storm have seen of the log: the records, and every value that could be named again. */
export const startKnowledge = () => {
  const records = new Map<string, Known>();
  const seen = new Map<string, string[]>();
  return {
    records,
    seen,
    take: (event: StoredEvent): void => {
      const aggregate = byCategory.get(categoryOf(event.stream));
      if (!aggregate) return;
      const known: Known = records.get(event.stream) ?? {
        ...{ aggregate, id: recordIdOf(event.stream), folded: emptyFold(aggregate), events: [], seen: new Map() },
      };
      records.set(event.stream, known);
      known.folded = advance(aggregate, known.folded, event);
      known.events.push(event);
      walk(event.data, '', (field, value) => {
        noteIn(known.seen, field, value);
        noteIn(seen, field, value);
      });
    },
    ofName: (name: string): readonly Known[] =>
      [...records.values()].filter(({ aggregate }) => aggregate.name === name),
  };
};
export type Knowledge = ReturnType<typeof startKnowledge>;

/** States are looked into as plain data here: a storm knows no aggregate's types. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
export const keysOf = (value: unknown): readonly string[] => Object.keys(fieldsOf(value));
export const entriesOf = (value: unknown): readonly (readonly [string, Fields])[] =>
  Object.entries(fieldsOf(value)).map(([key, item]) => [key, fieldsOf(item)]);
