import { join, resolve } from 'node:path';
import { StoreNotStarted, spawnEventStore } from '@cargoro/eventstore';
import { type Config, environmentWith, loadConfig } from '@cargoro/infra/config';
import { startPostgresServer } from '@cargoro/infra/embedded/postgres-server';
import { readJson, root, secretsIn } from './start/folder.ts';
import { ownDatabaseIn } from './start/own-database.ts';
import { isRunning } from './start/processes.ts';
import { Told } from './told.ts';

/**
 * The configuration of a command that works on the data of this checkout: of the servers that `npm start` runs, when it
 * runs, else of servers started for the command alone. `stop` ends the latter.
 */
export const withServers = async (): Promise<{ config: Config; stop(): Promise<void> }> => {
  const given = loadConfig();
  const dataDir = resolve(root, given.dataDir);
  const secrets = secretsIn(dataDir);
  const running = isRunning(dataDir) ? readJson<Record<string, string>>(join(dataDir, 'environment.json')) : undefined;
  const stops: (() => Promise<void>)[] = [];
  const overrides: Record<string, string> = {
    CARGORO_DATA_DIR: dataDir,
    ...(given.masterKey ? {} : { MASTER_KEY: secrets.masterKey }),
  };
  if (!given.databaseUrl) {
    const url = running?.DATABASE_URL ?? (await ownDatabase(dataDir, secrets.databasePassword, stops));
    overrides.DATABASE_URL = url;
  }
  if (!given.eventStoreUrl) {
    const url = running?.EVENTSTORE_URL;
    if (url) overrides.EVENTSTORE_URL = url;
    else {
      const store = await spawnEventStore({ dataDir: join(dataDir, 'eventstore') }).catch((error: unknown) => {
        throw error instanceof StoreNotStarted ? new Told(error.message) : error;
      });
      stops.push(() => store.stop());
      overrides.EVENTSTORE_URL = store.url;
    }
  }
  return {
    config: loadConfig(environmentWith(overrides)),
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
};

const ownDatabase = async (dataDir: string, password: string, stops: (() => Promise<void>)[]): Promise<string> => {
  const server = await startPostgresServer({ dataDir: join(dataDir, 'postgres'), password });
  stops.push(server.stop);
  return ownDatabaseIn(server);
};
