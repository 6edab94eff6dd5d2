import { type AnyReadModel, quoted, selectList } from '@cargoro/projections';
import { type SQL, sql } from 'drizzle-orm';

const heads = new Map<string, SQL>();
/** Beginnings of statements kept; beyond that one is written each time. */
const mostHeads = 500;
/** What every row is known by; a row's `asOf` is shown as `recordedAt`, also where it has a column of that name. */
const always: ReadonlySet<string> = new Set(['id', 'position', 'asOf']);

/** `select … from … where`, with the columns people may read, in the row's own names: all, or those that are shown and ordered by. */
const headOf = (model: AnyReadModel, shown: readonly string[] | undefined): SQL => {
  const key = `${model.name} ${shown?.join(' ') ?? '*'}`;
  const found = heads.get(key);
  if (found) return found;
  const wanted = (name: string) => always.has(name) || (name === 'parties' && model.masks) || shown?.includes(name);
  const columns = model.columns.filter(({ name }) => name !== 'state' && (!shown || wanted(name)));
  const computed = Object.entries(model.computed ?? {}).filter(([name]) => !shown || shown.includes(name));
  const list = [selectList(columns), ...computed.map(([name, one]) => `(${one.sql}) as ${quoted(name)}`)].join(', ');
  const head = sql.raw(`select ${list} from ${quoted(model.name)} where `);
  if (heads.size < mostHeads) heads.set(key, head);
  return head;
};

/** What of a row a list has to read; undefined for all of it, when a field needs more than its own column. */
export const shownOf = (model: AnyReadModel, fields: readonly string[], ordered: readonly string[]) =>
  fields.every((field) => model.columns.some(({ name }) => name === field) || field in (model.computed ?? {}))
    ? [...fields, ...ordered]
    : undefined;

/** Whose rows: the first wall of tenancy. There is no way to select without it. */
const seenBy = (model: AnyReadModel, partyKeys: readonly string[]): SQL => {
  const keys = `{${partyKeys.map((key) => `"${key.replaceAll(/[\\"]/g, '')}"`).join(',')}}`;
  const table = quoted(model.name);
  return model.tenancy === 'stream'
    ? sql`${sql.raw(`exists (select from stream_party p where p.id = ${table}.stream and p.party_keys && `)}${keys}::text[])`
    : sql`${sql.raw(`${table}.party_keys && `)}${keys}::text[]`;
};

export type Selection = {
  readonly where?: SQL | undefined;
  readonly orderBy?: SQL | undefined;
  readonly limit?: number | undefined;
  /** Columns to read; all without it. */
  readonly shown?: readonly string[] | undefined;
};

/** Rows of a read model the holder of these party keys may see. */
export const select = (
  model: AnyReadModel,
  partyKeys: readonly string[],
  { where, orderBy, limit, shown }: Selection = {},
): SQL => {
  const head = headOf(model, shown);
  const seen = seenBy(model, partyKeys);
  const order = orderBy ? sql` order by ${orderBy}` : undefined;
  const most = limit === undefined ? undefined : sql` limit ${limit}`;
  return sql`${head}${where ? sql`(${where}) and ` : undefined}${seen}${order}${most}`;
};
