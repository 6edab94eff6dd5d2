import { type AnyState, foldParties, partyKey, type RecordedEvent, streamOf } from '@cargoro/domain';
import type { AnyReadModel, AnyRow, Derivation, Join } from './types.ts';

const partyEvents: ReadonlySet<string> = new Set(['PartyAdded', 'PartyRemoved']);

const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

const recordOf = (model: AnyReadModel) =>
  model.record === undefined ? undefined : model.from.find((aggregate) => aggregate.name === model.record);

/** Does the read model look at events of this stream and type at all? */
const concerns = (model: AnyReadModel, event: { type: string; stream: string }): boolean => {
  if (model.derived) return false;
  if (model.on['*']) return true;
  const category = categoryOf(event.stream);
  const aggregate = model.from.find((one) => one.category === category);
  if (!aggregate) return false;
  // A record's row follows its stream's revision, so every event of that stream touches it.
  if (aggregate.name === model.record) return true;
  return partyEvents.has(event.type)
    ? model.record === undefined
    : event.type in aggregate.events && event.type in model.on;
};

/** Which of these read models look at an event; worked out once for each kind of event. */
export const routeOf = (
  models: readonly AnyReadModel[],
): ((event: { type: string; stream: string }) => readonly AnyReadModel[]) => {
  const known = new Map<string, Map<string, readonly AnyReadModel[]>>();
  return (event) => {
    const category = categoryOf(event.stream);
    const found = known.get(category)?.get(event.type);
    if (found) return found;
    const concerned = models.filter((model) => concerns(model, event));
    known.set(category, (known.get(category) ?? new Map()).set(event.type, concerned));
    return concerned;
  };
};

/** Ids of the rows an event touches. */
export const keysOf = (model: AnyReadModel, event: RecordedEvent): readonly string[] => {
  const id = idOf(event.stream);
  const record = recordOf(model);
  if (record && categoryOf(event.stream) === record.category) return [id];
  if (!model.key) return record ? [] : [id];
  const keys = model.key(event) ?? [];
  return typeof keys === 'string' ? [keys] : keys;
};

/** One event further for one row: its fields by the read model's handler, the system columns by the kit. */
export const foldRow = (
  model: AnyReadModel,
  before: AnyRow | undefined,
  event: RecordedEvent,
  id: string,
): AnyRow | undefined => {
  const handler = model.on[event.type] ?? model.on['*'];
  const changed = handler?.(before, event, id);
  const record = recordOf(model);
  const stream = before?.stream ?? (record ? streamOf(record, id) : event.stream);
  const own = event.stream === stream;
  const followed = before !== undefined && own && (record !== undefined || partyEvents.has(event.type));
  if (changed === undefined && !followed) return before;
  const state =
    model.after && record && own ? record.evolve((before?.state as AnyState) ?? record.initial, event) : before?.state;
  const system: System = {
    id,
    stream,
    revision: own ? String(event.revision) : (before?.revision ?? '-1'),
    position: String(event.position),
    asOf: event.recordedAt,
    parties: own ? foldParties(before?.parties ?? [], event) : (before?.parties ?? []),
  };
  const fields = changed ?? before ?? {};
  if (!model.after) return settleRow(model, fields, system);
  const tidied = tidy(model, { ...fields, state }, system);
  return settleRow(model, { ...tidied, ...model.after(tidied, state as AnyState) }, system);
};

/** The row of a derived read model for a row of its source. */
export const deriveRow = (model: AnyReadModel, { make }: Derivation, source: AnyRow): AnyRow =>
  settleRow(model, make(source), source);

const partyKeysOf = (model: AnyReadModel, row: AnyRow): readonly string[] => {
  const keys = (model.seenBy?.(row) ?? row.parties).map(partyKey);
  if (model.open) keys.push('anyone');
  if (model.platform) keys.push('platform');
  return keys.length > 1 ? [...new Set(keys)] : keys;
};

/** An empty row of each read model. Its copies keep their layout, while an object filled key by key turns into a slow map. */
const blanks = new WeakMap<AnyReadModel, AnyRow>();
const blankOf = (model: AnyReadModel): AnyRow => {
  const known = blanks.get(model);
  if (known) return known;
  // Parsed, because the parser lays objects out as if they were written in the source.
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(model.columns.map(({ name }) => [name, null])))) as AnyRow;
  blanks.set(model, blank);
  return blank;
};

type Fields = Readonly<Record<string, unknown>>;
type System = Omit<AnyRow, 'partyKeys'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The form a row has after a round trip through the table: null for absent, moments with milliseconds. */
const tidy = (model: AnyReadModel, fields: Fields, system: System): AnyRow => {
  const tidied: Record<string, unknown> = { ...blankOf(model) };
  for (const { name, kind } of model.columns) {
    const value = fields[name];
    if (value !== undefined) tidied[name] = kind === 'moment' ? moment(value) : value;
  }
  tidied.id = system.id;
  tidied.stream = system.stream;
  tidied.revision = system.revision;
  tidied.position = system.position;
  tidied.asOf = moment(system.asOf);
  tidied.parties = system.parties;
  return tidied as AnyRow;
};

/** The form a row has once its fields and joins are done: tidy, and marked with who may see it. */
export const settleRow = (model: AnyReadModel, fields: Fields, system: System = fields as AnyRow): AnyRow => {
  const settled: Mutable<AnyRow> = tidy(model, fields, system);
  // A fresh object: filling it in here spares a copy for every event.
  settled.partyKeys = partyKeysOf(model, settled);
  return settled;
};
const moment = (value: unknown): unknown =>
  typeof value === 'string' && value.length !== 24 ? new Date(value).toISOString() : value;

/** Ids of other rows a column holds: one, several or none. */
export const refsOf = (row: AnyRow, by: string): readonly string[] => {
  const held = row[by];
  if (typeof held === 'string') return [held];
  return Array.isArray(held) ? held : [];
};

/** A join that makes a row seen by those who see another one, in the same capacities: a ledger's line by its contract. */
export const partiesFrom = (from: AnyReadModel, by: string): Join => ({
  from,
  by,
  take: (other) => ({ parties: other?.parties ?? [] }),
});

/** One join of a row; `other` finds the joined rows. What it takes may name the rows of the next join. */
export const joinOnce = (row: AnyRow, { by, take }: Join, other: (id: string) => AnyRow | undefined): AnyRow => {
  const found = refsOf(row, by).flatMap((id) => other(id) ?? []);
  let joined: AnyRow = { ...row, ...take(found[0], row, found) };
  for (const { position, asOf } of found)
    if (BigInt(position) > BigInt(joined.position)) joined = { ...joined, position, asOf };
  return joined;
};

/** Applies the joins of a row, where every other row is at hand. */
export const joinRow = (
  model: AnyReadModel,
  row: AnyRow,
  other: (from: AnyReadModel, id: string) => AnyRow | undefined,
): AnyRow =>
  model.joins
    ? settleRow(
        model,
        model.joins.reduce((joined, join) => joinOnce(joined, join, (id) => other(join.from, id)), row),
      )
    : row;
