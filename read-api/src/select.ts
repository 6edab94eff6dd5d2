import { type AnyReadModel, quoted, selectList } from '@cargoro/projections';
import { and, type SQL, sql } from 'drizzle-orm';

const list = new WeakMap<AnyReadModel, SQL>();
/** The columns people may read, in the row's own names. */
const columnsOf = (model: AnyReadModel): SQL => {
  const found = list.get(model) ?? sql.raw(selectList(model.columns.filter(({ name }) => name !== 'state')));
  list.set(model, found);
  return found;
};

/** Whose rows: the first wall of tenancy. There is no way to select without it. */
const seenBy = (model: AnyReadModel, partyKeys: readonly string[]): SQL => {
  const keys = sql`${`{${partyKeys.map((key) => `"${key.replaceAll(/[\\"]/g, '')}"`).join(',')}}`}::text[]`;
  const table = sql.raw(quoted(model.name));
  return model.tenancy === 'stream'
    ? sql`exists (select from stream_party p where p.id = ${table}.stream and p.party_keys && ${keys})`
    : sql`${table}.party_keys && ${keys}`;
};

export type Selection = {
  readonly where?: SQL | undefined;
  readonly orderBy?: SQL | undefined;
  readonly limit?: number | undefined;
};

/** Rows of a read model the holder of these party keys may see. */
export const select = (
  model: AnyReadModel,
  partyKeys: readonly string[],
  { where, orderBy, limit }: Selection = {},
): SQL => {
  const conditions = and(where, seenBy(model, partyKeys));
  return sql`select ${columnsOf(model)} from ${sql.raw(quoted(model.name))} where ${conditions}${
    orderBy ? sql` order by ${orderBy}` : sql``
  }${limit === undefined ? sql`` : sql` limit ${limit}`}`;
};
