import { quoted, type Row } from '@cargoro/projections';
import { and, type SQL, sql } from 'drizzle-orm';
import { badArgument } from './errors.ts';
import type { QueryDef } from './types.ts';

/** A page holds at most this many rows. */
export const mostRows = 200;

const keysOf = ({ orderBy }: QueryDef): readonly string[] => [...orderBy.map(({ column }) => column), 'id'];
const columnOf = ({ name, readModel }: QueryDef, column: string) => {
  const found = readModel.table[column];
  if (!found) throw new Error(`${name} is ordered by ${column}, which ${readModel.name} has not`);
  return found;
};
const isDescending = ({ orderBy }: QueryDef): boolean => orderBy[0]?.desc === true;

const orders = new WeakMap<QueryDef, string>();
/** The order of a list. */
export const orderOf = (def: QueryDef): string => {
  const known = orders.get(def);
  if (known) return known;
  const table = quoted(def.readModel.name);
  const direction = isDescending(def) ? ' desc' : '';
  const order = keysOf(def)
    .map((key) => `${table}.${quoted(columnOf(def, key).name)}${direction}`)
    .join(', ');
  orders.set(def, order);
  return order;
};

export const cursorOf = (def: QueryDef, row: Row): string =>
  Buffer.from(JSON.stringify(keysOf(def).map((key) => row[key] ?? null))).toString('base64url');

const valuesOf = (def: QueryDef, cursor: string): readonly unknown[] => {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === keysOf(def).length && values.every(isKey)) return values;
  } catch {
    // Told below: it is not one of ours.
  }
  throw badArgument('after', 'This is not a cursor of this list');
};
const isKey = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/**
 * Rows after a cursor by their keys, so a page costs the same wherever it is. The first column is named by itself as
 * well: Postgres may use it on the index ahead of row-level security, which it may not for the comparison of pairs.
 */
export const afterCursor = (def: QueryDef, cursor: string | null): SQL | undefined => {
  if (cursor === null) return undefined;
  const values = valuesOf(def, cursor);
  const [first] = keysOf(def);
  const list = sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
  const columns = sql.join(
    keysOf(def).map((key) => sql`${columnOf(def, key)}`),
    sql`, `,
  );
  return isDescending(def)
    ? and(sql`${columnOf(def, first!)} <= ${values[0]}`, sql`(${columns}) < (${list})`)
    : and(sql`${columnOf(def, first!)} >= ${values[0]}`, sql`(${columns}) > (${list})`);
};
