import { migrateCommands } from '@cargoro/commands';
import { loadConfig } from '@cargoro/infra/config';
import { createPostgres } from '@cargoro/infra/postgres';
import { vaultMigration } from '@cargoro/infra/vault';
import { migrate } from '@cargoro/projections';
import type { Command } from '../../main.ts';
import { Told } from '../told.ts';

/** Brings every table of a database up to date; safe to run from several places at once. */
export const migrateAll = async (databaseUrl: string): Promise<void> => {
  const postgres = createPostgres({ url: databaseUrl, max: 2, statementTimeoutMs: 600_000 });
  try {
    await postgres.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(hashtext('cargoro vault migration'))");
      await tx.query(vaultMigration);
    });
    await migrateCommands(postgres);
    await migrate(postgres.pool);
  } finally {
    await postgres.close();
  }
};

/** `migrate`: the tables of DATABASE_URL. */
export const run: Command = async () => {
  const { databaseUrl } = loadConfig();
  if (!databaseUrl) throw new Told('DATABASE_URL is not set; `npm start` migrates its own database.');
  await migrateAll(databaseUrl);
};
