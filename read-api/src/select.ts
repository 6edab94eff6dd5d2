import { type AnyReadModel, quoted, selectList } from '@cargoro/projections';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

const dialect = new PgDialect();
/** A statement as Postgres takes it, with its parameters. */
export type Statement = { readonly text: string; readonly values: unknown[] };

const heads = new Map<string, string>();
/** Beginnings of statements kept; beyond that one is written each time. */
const mostHeads = 500;
/** What every row is known by; a row's `asOf` is shown as `recordedAt`, also where it has a column of that name. */
const always: ReadonlySet<string> = new Set(['id', 'position', 'asOf']);

/** `select … from … where`, with the columns people may read, in the row's own names: all, or those that are shown and ordered by. */
const headOf = (model: AnyReadModel, shown: readonly string[] | undefined): string => {
  const key = `${model.name} ${shown?.join(' ') ?? '*'}`;
  const found = heads.get(key);
  if (found) return found;
  const wanted = (name: string) => always.has(name) || (name === 'parties' && model.masks) || shown?.includes(name);
  const columns = model.columns.filter(({ name }) => name !== 'state' && (!shown || wanted(name)));
  const computed = Object.entries(model.computed ?? {}).filter(([name]) => !shown || shown.includes(name));
  const list = [selectList(columns), ...computed.map(([name, one]) => `(${one.sql}) as ${quoted(name)}`)].join(', ');
  const head = `select ${list} from ${quoted(model.name)} where `;
  if (heads.size < mostHeads) heads.set(key, head);
  return head;
};

/** What of a row a list has to read; undefined for all of it, when a field needs more than its own column. */
export const shownOf = (model: AnyReadModel, fields: readonly string[], ordered: readonly string[]) =>
  fields.every((field) => model.columns.some(({ name }) => name === field) || field in (model.computed ?? {}))
    ? [...fields, ...ordered]
    : undefined;

/** Whose rows: the first wall of tenancy. There is no way to select without it. */
const seenBy = (model: AnyReadModel, keys: string): string => {
  const table = quoted(model.name);
  return model.tenancy === 'stream'
    ? `exists (select from stream_party p where p.id = ${table}.stream and p.party_keys && ${keys}::text[])`
    : `${table}.party_keys && ${keys}::text[]`;
};

export type Selection = {
  readonly where?: SQL | undefined;
  /** Columns and direction, as SQL. */
  readonly orderBy?: string | undefined;
  readonly limit?: number | undefined;
  /** Columns to read; all without it. */
  readonly shown?: readonly string[] | undefined;
};

/**
 * Rows of a read model the holder of these party keys may see. Only the condition is composed by Drizzle, which walks all
 * of a statement's parts for each list that is read.
 */
export const select = (
  model: AnyReadModel,
  partyKeys: readonly string[],
  { where, orderBy, limit, shown }: Selection = {},
): Statement => {
  const { text: condition, values } = visibleTo(model, partyKeys, where);
  let text = headOf(model, shown) + condition;
  if (orderBy) text += ` order by ${orderBy}`;
  if (limit !== undefined) text += ` limit $${values.push(limit)}`;
  return { text, values };
};

/** How many there are of them. */
export const count = (model: AnyReadModel, partyKeys: readonly string[], where: SQL | undefined): Statement => {
  const { text, values } = visibleTo(model, partyKeys, where);
  return { text: `select count(*)::int as count from ${quoted(model.name)} where ${text}`, values };
};

/** The condition of every statement: what is asked for, among what the holder of the keys may see. */
const visibleTo = (model: AnyReadModel, partyKeys: readonly string[], where: SQL | undefined): Statement => {
  const condition = where && dialect.sqlToQuery(where);
  const values: unknown[] = condition ? [...condition.params] : [];
  const keys = `{${partyKeys.map((key) => `"${key.replaceAll(/[\\"]/g, '')}"`).join(',')}}`;
  const seen = seenBy(model, `$${values.push(keys)}`);
  return { text: condition ? `(${condition.sql}) and ${seen}` : seen, values };
};
