import { bigint, boolean, date, doublePrecision, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { z } from 'zod';

export type ColumnKind = 'text' | 'int' | 'money' | 'float' | 'bool' | 'moment' | 'day' | 'json' | 'texts' | 'long';

/** A column of a read model as it stands in the zod row, in SQL and in the table. */
export type Column = {
  readonly name: string;
  readonly sql: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
};

/** Columns the kit keeps itself; `long` values are decimal strings, as they exceed 2^53. */
export const systemColumns: readonly Column[] = (
  [
    ['id', 'text'],
    ['stream', 'text'],
    ['revision', 'long'],
    ['position', 'long'],
    ['asOf', 'moment'],
    ['parties', 'json'],
    ['partyKeys', 'texts'],
  ] as const
).map(([name, kind]) => ({ name, sql: snake(name), kind, nullable: false }));

const sqlTypes: Record<ColumnKind, string> = {
  text: 'text',
  int: 'integer',
  money: 'bigint',
  float: 'double precision',
  bool: 'boolean',
  moment: 'timestamptz',
  day: 'date',
  json: 'jsonb',
  texts: 'text[]',
  long: 'bigint',
};
export const sqlType = (column: Column): string => sqlTypes[column.kind];

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Holds the record's folded state for read models that ask for it; people never read it. */
export const stateColumn: Column = { name: 'state', sql: 'state', kind: 'json', nullable: false };

/** Columns of a zod row, in its order, after the kit's own. */
export const columnsOf = (row: z.ZodObject, keepsState: boolean): readonly Column[] => {
  if (stateColumn.name in row.shape) throw new Error(`A row has no column ${stateColumn.name} of its own`);
  return [
    ...systemColumns,
    ...(keepsState ? [stateColumn] : []),
    ...Object.entries(row.shape).map(([name, schema]) => ({
      name,
      sql: snake(name),
      ...columnKind(schema as z.ZodType),
    })),
  ];
};

const columnKind = (schema: z.ZodType): Pick<Column, 'kind' | 'nullable'> => {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return { ...columnKind(schema.unwrap() as z.ZodType), nullable: true };
  if (schema instanceof z.ZodDefault) return columnKind(schema.unwrap() as z.ZodType);
  return { kind: kindOf(schema), nullable: false };
};

const named: Readonly<Record<string, ColumnKind>> = {
  DateTime: 'moment',
  Day: 'day',
  Won: 'money',
  SignedWon: 'money',
  Position: 'long',
};

const kindOf = (schema: z.ZodType): ColumnKind => {
  const name = schema.meta()?.id;
  const byName = name === undefined ? undefined : named[name];
  if (byName) return byName;
  if (schema instanceof z.ZodBoolean) return 'bool';
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'int' : 'float';
  if (schema instanceof z.ZodArray) return schema.element instanceof z.ZodString ? 'texts' : 'json';
  if (schema instanceof z.ZodObject || schema instanceof z.ZodUnion || schema instanceof z.ZodRecord) return 'json';
  if (schema instanceof z.ZodUnknown || schema instanceof z.ZodAny) return 'json';
  return 'text';
};

/** The Drizzle column of a kind. */
export const drizzleColumn = ({ sql, kind, nullable }: Column) => {
  const column = builders[kind](sql);
  return nullable ? column : column.notNull();
};
const builders = {
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  money: (name: string) => bigint(name, { mode: 'number' }),
  float: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  moment: (name: string) => timestamp(name, { withTimezone: true, mode: 'string' }),
  day: (name: string) => date(name, { mode: 'string' }),
  json: (name: string) => jsonb(name),
  texts: (name: string) => text(name).array(),
  long: (name: string) => bigint(name, { mode: 'bigint' }),
} satisfies Record<ColumnKind, (name: string) => unknown>;
