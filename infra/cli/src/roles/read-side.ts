import { createPostgres } from '@cargoro/infra/postgres';
import { createReadApi, type ReadApi } from '@cargoro/read-api';
import type { Parts } from './parts.ts';

/** Reading over the parts of this process. People's queries run on connections of their own, under the reader's role. */
export const createReadSide = (parts: Parts): { readApi: ReadApi; stop(): Promise<void> } => {
  const { config, logger, log, vault } = parts;
  const { pool } = parts.postgres;
  const readers = createPostgres({
    url: config.databaseReplicaUrl ?? config.databaseUrl ?? '',
    applicationName: 'cargoro-reader',
    pipeline: true,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle connection of a reader broke'),
  });
  const readApi = createReadApi({ readers: readers.pool, pool, log, vault });
  return {
    readApi,
    stop: async () => {
      await readApi.close();
      await readers.close();
    },
  };
};
