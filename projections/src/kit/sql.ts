import { type Column, sqlType } from './columns.ts';
import type { AnyReadModel } from './types.ts';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Columns as rows hold them: sums as numbers, positions and revisions as decimal strings. */
export const selectList = (columns: readonly Column[]): string =>
  columns
    .map(({ sql, kind, name }) => `${quoted(sql)}${kind === 'money' ? '::float8' : ''} as ${quoted(name)}`)
    .join(', ');

export const selectByIds = ({ name, columns }: AnyReadModel, table = name): string =>
  `select ${selectList(columns)} from ${quoted(table)} where id = any($1)`;

/** `insert … on conflict` of whole rows out of one JSON parameter; `guard` limits it to when the checkpoint moved. */
export const upsert = ({ name, columns }: AnyReadModel, parameter: number, guard = '', table = name): string => {
  const names = columns.map(({ sql }) => quoted(sql)).join(', ');
  const fields = columns.map((column) => `${quoted(column.name)} ${sqlType(column)}`).join(', ');
  const values = columns.map((column) => `r.${quoted(column.name)}`).join(', ');
  const sets = columns
    .filter(({ sql }) => sql !== 'id')
    .map(({ sql }) => `${quoted(sql)} = excluded.${quoted(sql)}`)
    .join(', ');
  return `insert into ${quoted(table)} (${names}) select ${values} from json_to_recordset($${parameter}::json) as r(${fields}) ${guard} on conflict (id) do update set ${sets}`;
};

/**
 * One statement for a batch: moves the checkpoint if it still stands where this projector left it, and only then writes
 * the rows. $1 group, $2 new position, $3 old position, $4 generation, $5 whether somebody waits, $6 how
 * far notices are confirmed; one JSON array per table.
 */
export const commitBatch = (models: readonly AnyReadModel[]): string => {
  const writes = models.map(
    (model, index) => `, w${index} as (${upsert(model, index + 7, 'where exists (select from moved)')} returning 1)`,
  );
  return `with moved as (
    update projection_checkpoint
    set position = $2, published_position = greatest(published_position, $6::bigint), stopped_position = null, stopped_reason = null
    where name = $1 and position = $3 and generation = $4 returning 1)${writes.join('')}
  select case when $5::boolean then pg_notify('cargoro_progress', $1 || ' ' || $2::bigint) end, 1 from moved`;
};
