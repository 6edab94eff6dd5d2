import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from '@cargoro/infra/postgres';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as migrateTables } from 'drizzle-orm/node-postgres/migrator';
import { quoted } from './sql.ts';
import type { AnyReadModel } from './types.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Queries of people run under this role; it sees a row only if a party key of its session is on it. */
export const readerRole = 'cargoro_reader';

/** Brings the tables of all read models up to date. Safe to call from several processes at once. */
export const migrateSchema = async (pool: Pool, models: readonly AnyReadModel[]): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(`select pg_advisory_lock(hashtext('cargoro.migrate'))`);
    await migrateTables(drizzle(client), { migrationsFolder, migrationsTable: 'projection_migrations' });
    await createReader(client);
    for (const model of models) await secure(client, model);
  } finally {
    client.release(true);
  }
};

/** A role belongs to the whole server, so another database's migration may make it at the same moment. */
const createReader = async (client: PoolClient): Promise<void> => {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${readerRole}') then create role ${readerRole} nologin; end if;
  exception when duplicate_object or unique_violation then null; end $$`);
  await client.query(`grant ${readerRole} to current_user`);
  await client.query(`grant usage on schema public to ${readerRole}`);
  await client.query(`grant select on projection_checkpoint to ${readerRole}`);
};

/** As a subquery it is read once a statement, and not for every row. */
const sessionKeys = `(select string_to_array(current_setting('cargoro.party_keys', true), ',')::text[])`;

/** The second wall of tenancy: the same rule as the query runner's, held by Postgres. Idempotent. */
export const secure = async (client: PoolClient, model: AnyReadModel, table = model.name): Promise<void> => {
  const seen =
    model.tenancy === 'stream'
      ? `exists (select from stream_party p where p.id = ${quoted(table)}.stream and p.party_keys && ${sessionKeys})`
      : `party_keys && ${sessionKeys}`;
  await client.query(`
    alter table ${quoted(table)} enable row level security;
    drop policy if exists tenancy on ${quoted(table)};
    create policy tenancy on ${quoted(table)} for select to ${readerRole} using (${seen});
    grant select on ${quoted(table)} to ${readerRole}`);
};
