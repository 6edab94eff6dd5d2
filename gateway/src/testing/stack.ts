import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createCommands,
  createNumbers,
  createPushRegistry,
  deadLetter,
  legalReport,
  migrateCommands,
  type ProcessesDeps,
  startFiling,
  startJobs,
  startProcesses,
  systemClock,
  type TimerClock,
} from '@cargoro/commands';
import { type Actor, aggregates, processes, systemActor } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import type { Files } from '@cargoro/infra/files/port';
import { createUploadLinks } from '@cargoro/infra/files/upload-link';
import { createUploads } from '@cargoro/infra/files/uploads';
import { createLogger, type Logger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { createPostgres } from '@cargoro/infra/postgres';
import { testEventStore, testPostgres } from '@cargoro/infra/testing';
import { createVault, vaultMigration } from '@cargoro/infra/vault';
import { createWorkQueue } from '@cargoro/infra/work-queue';
import { migrate, startProjections } from '@cargoro/projections';
import {
  createAuditSamples,
  createBreakGlass,
  createDrawing,
  createFileAccess,
  createPdfDocuments,
  createPositionAccess,
  createPositions,
  createReadApi,
  highestNumber,
  listLookups,
  lookups,
  queries,
  subscriptions,
} from '@cargoro/read-api';
import { startGateway } from '../app.ts';
import { type DevUser, openLocalIssuer } from '../auth/local-issuer.ts';
import { memoryBus } from './world.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type StackOptions = {
  /** What time it is for commands and timers; the machine's when left out. */
  readonly clock?: TimerClock;
  /** Also runs the follow-ups, the process managers and their jobs, on a write side of their own as in production. */
  readonly withProcesses?: boolean;
  /** What the gateway logs; nothing when left out. */
  readonly logger?: Logger;
};

/** Everything real but the broker: event store over the wire, Postgres, projectors, dispatch, reader and gateway. */
export const startStack = async ({ clock = systemClock, withProcesses = false, logger }: StackOptions = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-stack-'));
  const [database, store, localIssuer] = await Promise.all([
    testPostgres({
      template: 'gateway',
      prepare: async (url) => {
        const postgres = createPostgres({ url, max: 2 });
        await migrate(postgres.pool);
        await migrateCommands(postgres);
        await postgres.query(vaultMigration);
        await postgres.close();
      },
    }),
    testEventStore(),
    openLocalIssuer(folder),
  ]);
  const { postgres } = database;
  const readers = createPostgres({ url: database.url, max: 5 });
  const projecting = createPostgres({ url: database.url, max: 20 });
  const vault = createVault({ postgres, masterKey: Buffer.alloc(32, 7) });
  const { bus } = memoryBus();
  const { log } = store;
  const node = () =>
    createCommands({
      ...{ log, vault, appVersion: 'test', clock: clock.now },
      aggregates: [...aggregates, ...processes.map(({ aggregate }) => aggregate)],
      ...{ lookup: lookups(postgres.pool), list: listLookups(postgres.pool) },
      numbers: createNumbers(postgres, highestNumber(postgres.pool)),
    });
  const commands = node();
  const kept = diskFiles(join(folder, 'files'));
  const running = withProcesses
    ? await startRunners({ log, vault, postgres, commands: node(), clock, files: kept })
    : undefined;
  const projectorDeps = { pool: projecting.pool, log, bus, vault, logger: silent };
  const projections = startProjections(projectorDeps);
  const readApi = createReadApi({ readers: readers.pool, pool: postgres.pool, log, vault });
  const uploads = createUploads(postgres);
  const positions = createPositions({ readApi, postgres });
  const files = {
    ...{ files: kept, uploads, links: createUploadLinks('test') },
    access: createFileAccess(readApi, uploads, positions),
  };
  const pdfDocuments = createPdfDocuments({ readApi, log, vault, files: kept });
  const gateway = await startGateway(
    {
      ...{ aggregates, queries, subscriptions, commands, readApi, bus, localIssuer, files, pdfDocuments },
      positions,
      positionAccess: createPositionAccess({ readApi, postgres }),
      auditSamples: createAuditSamples({ pool: postgres.pool, log, clock: clock.now }),
      breakGlass: createBreakGlass({ log, readApi, clock: clock.now }),
      push: createPushRegistry({ log, vault, postgres, publicKey: 'public key' }),
      session: { jwtKey: localIssuer.jwtKey, issuer: localIssuer.issuer },
      ...{ webOrigins: [], production: false, masterKey: 'test', limits: { requestsPerMinute: undefined } },
      ...(logger && { logger }),
    },
    { port: 0, host: '127.0.0.1' },
  );
  const tokens = new Map<string, string>();
  let position = '0';
  return {
    ...{ gateway, log, commands, bus, readApi, folder, postgres, projectorDeps },
    /** Position of the last command `tell` sent. */
    position: () => position,
    tokenOf: (user: DevUser): string => {
      const name = `${user.userId} ${user.role}`;
      const token = tokens.get(name) ?? localIssuer.mint(user, { lifeSeconds: 3_600 }).token;
      tokens.set(name, token);
      return token;
    },
    /** Sends a command past the gateway; it must be accepted. */
    tell: async (type: string, input: Record<string, unknown>, actor: Actor = systemActor('test')): Promise<void> => {
      const outcome = await commands.dispatch({ type, input, actor, commandId: randomUUID() });
      if (outcome.kind === 'rejected') throw new Error(`${type} was refused: ${outcome.code}`);
      if (BigInt(outcome.position) > BigInt(position)) position = outcome.position;
    },
    stop: async (): Promise<void> => {
      await gateway.stop();
      await running?.stop();
      await projections.stop();
      await readApi.close();
      await Promise.all([readers.close(), projecting.close()]);
      await store.stop();
      await database.stop();
      await rm(folder, { recursive: true });
    },
  };
};
export type Stack = Awaited<ReturnType<typeof startStack>>;

/** What the commands role runs beside its API. */
const startRunners = async (
  parts: Pick<ProcessesDeps, 'log' | 'vault' | 'postgres' | 'commands'> & {
    readonly clock: TimerClock;
    readonly files: Files;
  },
) => {
  const logger = createLogger({ level: 'silent' });
  const runner = startProcesses({ ...parts, logger, metrics: createMetrics('test'), processes, aggregates });
  const jobs = startJobs({
    ...{ ...parts, logger, processes },
    queue: await createWorkQueue({ rabbitmqUrls: [], mayFallBack: true, queue: 'jobs' }),
    handlers: { legalReport, deadLetter: deadLetter(parts.postgres) },
  });
  const filing = startFiling({ ...parts, logger, draw: createDrawing(parts) });
  return {
    stop: async (): Promise<void> => {
      await Promise.all([runner.stop(), jobs.stop(), filing.stop()]);
    },
  };
};
