import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from '@cargoro/infra/postgres';
import { from as copyFrom } from 'pg-copy-streams';
import { secure } from './schema.ts';
import { quoted, upsert } from './sql.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

export const shadowOf = ({ name }: AnyReadModel): string => `${name}__next`;
export const formerOf = ({ name }: AnyReadModel): string => `${name}__former`;

/** An empty copy of the table beside it, with its key; the other indexes follow once it is filled. */
export const createShadow = async (client: PoolClient, model: AnyReadModel): Promise<void> => {
  const shadow = quoted(shadowOf(model));
  await client.query(`drop table if exists ${shadow}; drop table if exists ${quoted(formerOf(model))}`);
  await client.query(`create table ${shadow} (like ${quoted(model.name)} including defaults)`);
  await client.query(`alter table ${shadow} add primary key (id)`);
  await secure(client, model, shadowOf(model));
};

/** The indexes of the live table, under names that are exchanged after the swap. */
export const indexShadow = async (client: PoolClient, model: AnyReadModel): Promise<void> => {
  for (const { name, definition } of await indexesOf(client, model.name))
    await client.query(
      definition
        .replace(` INDEX ${name} ON `, ` INDEX IF NOT EXISTS ${quoted(`${name}__next`)} ON `)
        .replace(` INDEX ${quoted(name)} ON `, ` INDEX IF NOT EXISTS ${quoted(`${name}__next`)} ON `)
        .replace(new RegExp(` ON (\\w+\\.)?"?${model.name}"? `), ` ON ${quoted(shadowOf(model))} `),
    );
  await client.query(`analyze ${quoted(shadowOf(model))}`);
};

const indexesOf = async (client: PoolClient, table: string) => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     join pg_class c on c.oid = i.indexrelid where i.indrelid = to_regclass($1) and not i.indisprimary`,
    [quoted(table)],
  );
  return rows;
};

/** Gives the indexes of a swapped-in table the names its migrations know. The former table is gone by then. */
export const renameIndexes = async (client: PoolClient, model: AnyReadModel): Promise<void> => {
  for (const { name } of await indexesOf(client, model.name))
    if (name.endsWith('__next'))
      await client.query(`alter index ${quoted(name)} rename to ${quoted(name.slice(0, -'__next'.length))}`);
  await client.query(
    `alter index if exists ${quoted(`${shadowOf(model)}_pkey`)} rename to ${quoted(`${model.name}_pkey`)}`,
  );
};

/** Bulk load of rows the shadow does not hold yet. */
export const copyRows = async (client: PoolClient, model: AnyReadModel, rows: Iterable<AnyRow>): Promise<void> => {
  const names = model.columns.map(({ sql }) => quoted(sql)).join(', ');
  const target = client.query(copyFrom(`copy ${quoted(shadowOf(model))} (${names}) from stdin`));
  await pipeline(Readable.from(copyChunks(model, rows), { objectMode: false }), target);
};

export const upsertRows = (client: PoolClient, model: AnyReadModel, rows: readonly AnyRow[]) =>
  client.query(upsert(model, 1, 'where true', shadowOf(model)), [JSON.stringify(rows)]);

const chunkBytes = 64 * 1024;
function* copyChunks(model: AnyReadModel, rows: Iterable<AnyRow>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    let line = '';
    for (const column of model.columns) {
      if (line) line += '\t';
      line += copyText(row[column.name], column.kind);
    }
    chunk += `${line}\n`;
    if (chunk.length < chunkBytes) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] ?? letter) : text;
/** COPY's text form of a value. */
const copyText = (value: unknown, kind: string): string => {
  if (value === null || value === undefined) return '\\N';
  if (kind === 'json') return escaped(JSON.stringify(value));
  if (kind === 'texts')
    return escaped(`{${(value as string[]).map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`);
  return typeof value === 'string' ? escaped(value) : String(value);
};
