import { readdir, readFile } from 'node:fs/promises';
import type { Postgres } from '@cargoro/infra/postgres';

const folder = new URL('./migrations/', import.meta.url);

/** Brings the tables of the write side up to date; safe to call from several processes at once. */
export const migrateCommands = async (postgres: Postgres): Promise<void> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  await postgres.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('cargoro commands migration'))");
    await tx.query(
      'create table if not exists commands_migration (name text primary key, at timestamptz not null default now())',
    );
    const { rows } = await tx.query<{ name: string }>('select name from commands_migration');
    const done = new Set(rows.map(({ name }) => name));
    for (const name of files.filter((file) => !done.has(file))) {
      await tx.query(await readFile(new URL(name, folder), 'utf8'));
      await tx.query('insert into commands_migration (name) values ($1)', [name]);
    }
  });
};
