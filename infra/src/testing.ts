import { randomUUID } from 'node:crypto';
import { startEventStore } from '@cargoro/eventstore';
import { inject } from 'vitest';
import { rabbitInstalled } from './embedded/rabbitmq-server.ts';
import { redisInstalled } from './embedded/redis-server.ts';
import { createEventLog } from './event-log.ts';
import type { EventLog } from './ports.ts';
import { createPostgres, type Postgres } from './postgres.ts';

/**
 * Real servers for tests. They are started when the first test asks and shared by the whole run (infra/test/global-setup.ts);
 * what a helper hands out belongs to its caller alone, who calls `stop` when done.
 */
export type SharedPart = 'postgres' | 'rabbitmq' | 'redis';
declare module 'vitest' {
  interface ProvidedContext {
    cargoroParts: string;
  }
}

export { startRabbitServer } from './embedded/rabbitmq-server.ts';
export { startRedisServer } from './embedded/redis-server.ts';
export { rabbitInstalled, redisInstalled };

const urlOf = async (part: SharedPart): Promise<string> => {
  const answer = await fetch(`${inject('cargoroParts')}/${part}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`No ${part} for this test run: ${text}`);
  return text;
};

export type TestPostgres = { readonly url: string; readonly postgres: Postgres; stop(): Promise<void> };

/**
 * A fresh, empty database. With a template it is a copy of one that `prepare` filled, which runs once per test run and
 * name: `testPostgres({ template: 'projections', prepare: (url) => migrate(url) })`.
 */
export const testPostgres = async (template?: {
  readonly template: string;
  readonly prepare: (url: string) => Promise<void>;
}): Promise<TestPostgres> => {
  const server = await urlOf('postgres');
  const admin = createPostgres({ url: server, max: 1 });
  const at = (database: string) => server.replace(/\/[^/]*$/, `/${database}`);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  try {
    if (template) await prepareTemplate(admin, template, at);
    await admin.query(`create database ${name} template ${template ? `template_${template.template}` : 'template0'}`);
  } finally {
    await admin.close();
  }
  const postgres = createPostgres({ url: at(name), max: 10 });
  return {
    url: at(name),
    postgres,
    stop: async () => {
      await postgres.close();
      const last = createPostgres({ url: server, max: 1 });
      await last.query(`drop database if exists ${name} with (force)`);
      await last.close();
    },
  };
};

const prepareTemplate = async (
  admin: Postgres,
  { template, prepare }: { template: string; prepare: (url: string) => Promise<void> },
  at: (database: string) => string,
): Promise<void> => {
  const database = `template_${template}`;
  // A session lock, as `create database` refuses to run in a transaction; the pool holds one connection.
  await admin.query('select pg_advisory_lock(hashtext($1))', [database]);
  try {
    if ((await admin.query('select from pg_database where datname = $1', [database])).length > 0) return;
    await admin.query(`drop database if exists ${database}_making with (force)`);
    await admin.query(`create database ${database}_making template template0`);
    await prepare(at(`${database}_making`));
    await admin.query(`alter database ${database}_making rename to ${database}`);
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [database]);
  }
};

export type TestEventStore = {
  readonly url: string;
  readonly port: number;
  readonly log: EventLog;
  /** Drops every connection without a word, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** An event store of one's own over the wire, in memory unless a folder is given; a folder and port bring one back. */
export const testEventStore = async (options: { dataDir?: string; port?: number } = {}): Promise<TestEventStore> => {
  const node = await startEventStore({ memory: options.dataDir === undefined, ...options });
  const log = createEventLog({ url: node.url });
  const closing = (end: () => Promise<void>) => async () => {
    await log.close();
    await end();
  };
  return { url: node.url, port: node.port, log, kill: node.kill, stop: closing(node.stop) };
};

/** The run's RabbitMQ, and an exchange nobody else uses. */
export const testRabbit = async (): Promise<{ url: string; exchange: string }> => ({
  url: await urlOf('rabbitmq'),
  exchange: `cargoro.test.${randomUUID()}`,
});

/** The run's Redis, and a prefix nobody else uses. */
export const testRedis = async (): Promise<{ url: string; prefix: string }> => ({
  url: await urlOf('redis'),
  prefix: `${randomUUID()}:`,
});
