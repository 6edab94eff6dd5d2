import type { AnyAggregate, RecordedEvent, StateOf } from '@cargoro/domain';
import { index, type PgColumn, type PgTable, pgTable } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { columnsOf, drizzleColumn } from './columns.ts';
import type { AnyReadModel, AnyRow, Handler, ReadModelTraits, Row } from './types.ts';

type TypesOf<As extends readonly AnyAggregate[]> = As[number] extends infer A
  ? A extends AnyAggregate
    ? keyof A['events'] & string
    : never
  : never;
type DataOf<As extends readonly AnyAggregate[], Type extends string> = As[number] extends infer A
  ? A extends AnyAggregate
    ? Type extends keyof A['events']
      ? z.infer<A['events'][Type]['schema']>
      : never
    : never
  : never;
type Event<As extends readonly AnyAggregate[], Type extends string> = RecordedEvent<Type, DataOf<As, Type>>;

type Declaration<S extends z.ZodObject, As extends readonly AnyAggregate[]> = ReadModelTraits & {
  readonly row: S;
  readonly scope: readonly ((keyof z.infer<S> & string) | 'id' | 'stream')[];
  readonly from: As;
};
type Folds<S extends z.ZodObject, As extends readonly AnyAggregate[]> = {
  /** Events that make a row; `id` is the row's. */
  readonly start?: { readonly [T in TypesOf<As>]?: (event: Event<As, T>, id: string) => z.infer<S> | undefined };
  /** Events that change a row; on a missing row they are ignored. */
  readonly on?: {
    readonly [T in TypesOf<As>]?: (row: Row<z.infer<S>>, event: Event<As, T>, id: string) => z.infer<S> | undefined;
  };
  /** After each event of the record: columns that follow from its state (the first of `from` is the record). */
  readonly after?: (row: Row<z.infer<S>>, state: StateOf<As[0] & AnyAggregate>) => z.infer<S>;
  /** For read models of the log itself: every event, whatever its type. */
  readonly every?: (row: Row<z.infer<S>> | undefined, event: RecordedEvent, id: string) => z.infer<S> | undefined;
};

/**
 * Declares a read model: a zod row, then pure folds. Handlers return the whole row (`{ ...row, status: 'paid' }`), or
 * undefined to leave it. Rows need every field: null, never absent.
 */
export const readModel = <S extends z.ZodObject, const As extends readonly AnyAggregate[]>(
  def: Declaration<S, As>,
) => ({
  folds: ({ start, on, every, after }: Folds<S, As>): AnyReadModel => {
    const columns = columnsOf(def.row, after !== undefined);
    const handlers = every
      ? { '*': every as unknown as Handler }
      : merge(start as Record<string, StartHandler>, on as Record<string, ChangeHandler>);
    const table = tableOf(def, columns);
    return {
      ...def,
      on: handlers,
      columns,
      table,
      ...(after ? { after: after as unknown as NonNullable<AnyReadModel['after']> } : {}),
    };
  },
});

/**
 * Declares another view of a read model's rows: `make` gives the row for each row of `from`. It shares the record, the
 * revision and the position of its source, and may be seen by others.
 */
export const derivedModel = <S extends z.ZodObject>(
  from: AnyReadModel,
  def: Omit<Declaration<S, readonly []>, 'from' | 'group' | 'record' | 'key' | 'joins' | 'raw'>,
  make: (row: AnyRow) => z.infer<S>,
): AnyReadModel => {
  const columns = columnsOf(def.row, false);
  const whole = { ...def, group: from.group, ...(from.record ? { record: from.record } : {}), from: from.from };
  return { ...whole, on: {}, derived: { from, make }, columns, table: tableOf(whole, columns) };
};

/** Entries of a keyed part of a state in the order of their keys: jsonb does not keep the order in which they came. */
export const sortedEntries = <V>(record: Readonly<Record<string, V>>): readonly (readonly [string, V])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

type StartHandler = (event: RecordedEvent, id: string) => Record<string, unknown> | undefined;
type ChangeHandler = (row: AnyRow, event: RecordedEvent, id: string) => Record<string, unknown> | undefined;

/** Events that make a row find none yet, events that change it find one; the others leave things as they are. */
const merge = (
  start: Record<string, StartHandler> = {},
  on: Record<string, ChangeHandler> = {},
): Record<string, Handler> =>
  Object.fromEntries(
    [...new Set([...Object.keys(start), ...Object.keys(on)])].map((type): [string, Handler] => [
      type,
      (row, event, id) => (row ? on[type]?.(row, event, id) : start[type]?.(event, id)),
    ]),
  );

const tableOf = (
  def: ReadModelTraits & { row: z.ZodObject },
  columns: AnyReadModel['columns'],
): AnyReadModel['table'] => {
  const shape = Object.fromEntries(
    columns.map((column) => {
      const built = drizzleColumn(column);
      return [column.name, column.name === 'id' ? built.primaryKey() : built];
    }),
  );
  const wanted = [...def.indexes, ['position']];
  const table = pgTable(def.name, shape, (built) => [
    ...wanted.map((names) => {
      const found = names.map((name) => built[name]);
      if (found.some((column) => !column))
        throw new Error(`${def.name} has no column for its index ${names.join(', ')}`);
      const [first, ...rest] = found as unknown as [PgColumn, ...PgColumn[]];
      return index(`${def.name}_${names.join('_').toLowerCase()}`).on(first, ...rest);
    }),
    // Rows that hold the ids of several others are found by any of them.
    ...(def.joins ?? []).flatMap(({ by }) =>
      columns.some(({ name, kind }) => name === by && kind === 'texts')
        ? [index(`${def.name}_${by.toLowerCase()}`).using('gin', built[by] as unknown as PgColumn)]
        : [],
    ),
    index(`${def.name}_party_keys`).using('gin', built.partyKeys as unknown as PgColumn),
  ]);
  return table as unknown as PgTable & Readonly<Record<string, PgColumn>>;
};
