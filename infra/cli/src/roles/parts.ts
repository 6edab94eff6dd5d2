import { join } from 'node:path';
import { createBus } from '@cargoro/infra/bus';
import { createCache } from '@cargoro/infra/cache';
import type { Config } from '@cargoro/infra/config';
import { createEventLog } from '@cargoro/infra/event-log';
import { openFiles } from '@cargoro/infra/files/open';
import type { Files } from '@cargoro/infra/files/port';
import { createLogger, type Logger } from '@cargoro/infra/logger';
import { createMetrics, type Metrics } from '@cargoro/infra/metrics';
import type { Bus, Cache, EventLog, PartState, Vault } from '@cargoro/infra/ports';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { createVault } from '@cargoro/infra/vault';
import { createWorkQueue, type WorkQueue } from '@cargoro/infra/work-queue';
import { Told } from '../told.ts';

/** What the roles of one process share. A part is connected when the first role asks for it. */
export type Parts = {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly postgres: Postgres;
  readonly log: EventLog;
  readonly vault: Vault;
  readonly files: Files;
  bus(): Promise<Bus>;
  cache(): Promise<Cache>;
  /** Jobs of processes, for whichever copy is free. */
  workQueue(): Promise<WorkQueue>;
  /** Tell the states of the parts in use that need not be asked. */
  readonly stateReaders: readonly (() => PartState)[];
  /** Asks the parts in use that must be asked. */
  readonly pings: Readonly<Record<string, () => Promise<unknown>>>;
  close(): Promise<void>;
};

const once = <T>(make: () => T): (() => T) & { readonly made: () => T | undefined } => {
  let value: T | undefined;
  return Object.assign(() => (value ??= make()), { made: () => value });
};

export const createParts = (config: Config, role: string): Parts => {
  const logger = createLogger({ level: config.logLevel, role });
  const metrics = createMetrics(role);
  const states: (() => PartState)[] = [];
  const pings: Record<string, () => Promise<unknown>> = {};
  const closers: (() => Promise<unknown>)[] = [];
  const noteState = (state: PartState) =>
    logger[state.status === 'up' ? 'info' : 'warn'](state, `${state.part} is ${state.status}`);

  const postgres = once(() => {
    if (!config.databaseUrl) throw new Told('DATABASE_URL is not set; `npm start` brings a Postgres of its own.');
    const made = createPostgres({
      url: config.databaseUrl,
      replicaUrl: config.databaseReplicaUrl,
      applicationName: `cargoro-${role}`,
      onIdleError: (error) => logger.warn({ err: error }, 'an idle connection to Postgres broke'),
    });
    pings.postgres = made.ping;
    closers.unshift(made.close);
    return made;
  });
  const log = once(() => {
    if (!config.eventStoreUrl)
      throw new Told('EVENTSTORE_URL is not set; `npm start` brings an event store of its own.');
    const made = createEventLog({
      url: config.eventStoreUrl,
      onInterruption: (error) => logger.warn({ err: error }, 'the subscription was interrupted and resumes'),
    });
    pings.eventstore = made.ping;
    closers.unshift(made.close);
    return made;
  });
  const vault = once(() => {
    if (!config.masterKey) throw new Told('MASTER_KEY is not set; it opens the personal data in the log.');
    return createVault({ postgres: postgres(), masterKey: config.masterKey });
  });
  const files = once(() => openFiles(config));
  const bus = once(async () => {
    const made = await createBus({
      rabbitmqUrls: config.rabbitmqUrls,
      mayFallBack: config.mayFallBack('rabbitmq'),
      postgres: { postgres: postgres(), url: config.databaseUrl ?? '' },
      onState: noteState,
    });
    states.push(made.state);
    closers.unshift(made.close);
    return made;
  });
  const cache = once(async () => {
    const made = await createCache({
      redisUrls: config.redisUrls,
      mayFallBack: config.mayFallBack('redis'),
      onState: noteState,
    });
    states.push(made.state);
    closers.unshift(made.close);
    return made;
  });
  const workQueue = once(async () => {
    const made = await createWorkQueue({
      rabbitmqUrls: config.rabbitmqUrls,
      mayFallBack: config.mayFallBack('rabbitmq'),
      queue: 'cargoro.jobs',
      onState: noteState,
    });
    states.push(made.state);
    closers.unshift(made.close);
    return made;
  });
  metrics.watchParts(() => states.map((state) => state()));

  return {
    config,
    logger,
    metrics,
    get postgres() {
      return postgres();
    },
    get log() {
      return log();
    },
    get vault() {
      return vault();
    },
    get files() {
      return files();
    },
    bus,
    cache,
    workQueue,
    stateReaders: states,
    pings,
    close: async () => {
      for (const close of closers) await close();
    },
  };
};

/** Folder of the local issuer's key; every role of a checkout verifies with the same. */
export const issuerFolder = (config: Config): string => join(config.dataDir, 'issuer');
