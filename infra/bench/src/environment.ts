import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnEventStore } from '@cargoro/eventstore';
import { startPostgresServer } from '@cargoro/infra/embedded/postgres-server';
import { startRabbitServer } from '@cargoro/infra/embedded/rabbitmq-server';
import pg from 'pg';
import { cpuUsOf, rssMbOf } from './cpu.ts';

/** The servers of one suite: a durable event store and a Postgres of its own, both on loopback, with defaults a product would run with. */
export type Environment = {
  readonly dir: string;
  readonly eventStoreUrl: string;
  /** Options of an arm that needs the event store only. */
  all(): Record<string, unknown>;
  /** The same with an empty database for this arm alone. */
  withDatabase(name: string): Promise<Record<string, unknown>>;
  /** The same with an event store of its own too, for an arm that listens to all that is appended. */
  alone(name: string): Promise<Record<string, unknown>>;
  /** Where a RabbitMQ of this suite is, started when first asked for. */
  withRabbit(): Promise<Record<string, unknown>>;
  /** CPU microseconds of the event store and all Postgres processes so far. */
  serverCpuUs(): number;
  rssMb(pid: number): number;
  stop(): Promise<void>;
};

export const startEnvironment = async (): Promise<Environment> => {
  const dir = mkdtempSync(join(tmpdir(), 'cargoro-bench-'));
  const postgres = await startPostgresServer({ dataDir: join(dir, 'postgres') });
  const eventStore = await spawnEventStore({ dataDir: join(dir, 'eventstore') });
  const postmaster = Number(readFileSync(join(dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const admin = new pg.Client({ connectionString: postgres.url() });
  await admin.connect();
  const ownStores: Awaited<ReturnType<typeof spawnEventStore>>[] = [];
  let rabbit: ReturnType<typeof startRabbitServer> | undefined;
  const all = () => ({ eventStoreUrl: eventStore.url, dir });
  const withDatabase = async (name: string) => {
    await admin.query(`CREATE DATABASE "${name}"`);
    return { ...all(), databaseUrl: postgres.url(name) };
  };
  return {
    dir,
    eventStoreUrl: eventStore.url,
    all,
    withDatabase,
    alone: async (name) => {
      const own = await spawnEventStore({ dataDir: join(dir, `eventstore-${name}`) });
      ownStores.push(own);
      return { ...(await withDatabase(name)), eventStoreUrl: own.url };
    },
    withRabbit: async () => {
      rabbit ??= startRabbitServer();
      return { rabbitUrl: (await rabbit).url };
    },
    serverCpuUs: () => cpuUsOf([eventStore.pid, ...ownStores.map(({ pid }) => pid), postmaster]),
    rssMb: rssMbOf,
    stop: async () => {
      await (await rabbit)?.stop();
      await admin.end();
      await Promise.all([eventStore, ...ownStores].map((store) => store.stop()));
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
