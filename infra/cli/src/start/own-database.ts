import type { PostgresServer } from '@cargoro/infra/embedded/postgres-server';
import { createPostgres } from '@cargoro/infra/postgres';

/** The URL of CarGoro's database in a server of our own; made when it is not there yet. */
export const ownDatabaseIn = async (server: Pick<PostgresServer, 'url'>): Promise<string> => {
  const admin = createPostgres({ url: server.url(), max: 1 });
  try {
    const [found] = await admin.query("select from pg_database where datname = 'cargoro'");
    if (!found) await admin.query('create database cargoro');
  } finally {
    await admin.close();
  }
  return server.url('cargoro');
};
