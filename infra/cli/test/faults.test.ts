import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnEventStore } from '@cargoro/eventstore';
import { environmentWith } from '@cargoro/infra/config';
import { startPostgresServer } from '@cargoro/infra/embedded/postgres-server';
import { startRabbitServer } from '@cargoro/infra/embedded/rabbitmq-server';
import { startRedisServer } from '@cargoro/infra/embedded/redis-server';
import { createEventLog } from '@cargoro/infra/event-log';
import type { Readiness } from '@cargoro/infra/health';
import { createPostgres } from '@cargoro/infra/postgres';
import { rabbitInstalled, redisInstalled } from '@cargoro/infra/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, type Product, startProduct } from '../src/prove/product.ts';
import { expectWhole, startTraffic } from './traffic.ts';

/** How long a part is away. `CARGORO_OUTAGE_SECONDS=20 npx vitest run infra/cli/test/faults.test.ts` is the long form. */
const outageSeconds = Number(environmentWith({}).CARGORO_OUTAGE_SECONDS ?? 2);

/** The parts as processes under our hand, so that each can be taken away and brought back. */
const startParts = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cargoro-faults-'));
  const [rabbit, redis] = await Promise.all([startRabbitServer(), startRedisServer()]);
  const postgresAt = (port?: number) =>
    startPostgresServer({ dataDir: join(folder, 'postgres'), ...(port && { port }) });
  const storeAt = (port?: number) => spawnEventStore({ dataDir: join(folder, 'eventstore'), ...(port && { port }) });
  let [postgres, store] = await Promise.all([postgresAt(), storeAt()]);
  const admin = createPostgres({ url: postgres.url(), max: 1 });
  await admin.query('create database cargoro');
  await admin.close();
  const away = async (end: () => Promise<unknown>, back: () => Promise<unknown>, meanwhile: () => Promise<void>) => {
    await end();
    const since = Date.now();
    await meanwhile();
    await sleep(Math.max(0, outageSeconds * 1000 - (Date.now() - since)));
    await back();
  };
  return {
    environment: {
      DATABASE_URL: postgres.url('cargoro'),
      EVENTSTORE_URL: store.url,
      RABBITMQ_URL: rabbit.url,
      REDIS_URL: redis.url,
    },
    without: {
      postgres: (meanwhile: () => Promise<void>) =>
        away(
          () => postgres.stop(),
          async () => (postgres = await postgresAt(postgres.port)),
          meanwhile,
        ),
      eventstore: (meanwhile: () => Promise<void>) =>
        away(
          () => store.kill(),
          async () => (store = await storeAt(store.port)),
          meanwhile,
        ),
      rabbitmq: (meanwhile: () => Promise<void>) => away(rabbit.kill, rabbit.start, meanwhile),
      redis: (meanwhile: () => Promise<void>) => away(redis.kill, redis.start, meanwhile),
    },
    stop: async () => {
      await Promise.all([rabbit.stop(), redis.stop(), postgres.stop(), store.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

describe.skipIf(!rabbitInstalled() || !redisInstalled())(
  'the whole product, under traffic',
  { timeout: 600_000 },
  () => {
    let parts: Awaited<ReturnType<typeof startParts>>;
    let product: Product;
    let client: ReturnType<typeof clientOf>;
    const acknowledged: Parameters<typeof expectWhole>[1][number][] = [];

    beforeAll(async () => {
      parts = await startParts();
      product = await startProduct(parts.environment);
      client = clientOf(product, 'admin');
    }, 300_000);
    afterAll(async () => {
      await product?.stop();
      await parts?.stop();
    });

    const readiness = async (role: string): Promise<Readiness | undefined> => {
      const response = await fetch(`http://127.0.0.1:${product.ports[role]}/health/ready`, {
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined);
      return (await response?.json().catch(() => undefined)) as Readiness | undefined;
    };
    const becomes = async (role: string, wanted: (ready: Readiness) => boolean) => {
      for (;;) {
        const ready = await readiness(role);
        if (ready && wanted(ready)) return ready;
        await sleep(100);
      }
    };
    /** Everything answers again, the projections have passed the end of the log, and all of it proves itself. */
    const expectHealed = async () => {
      await becomes('gateway', ({ status }) => status === 'up');
      await becomes('commands', ({ status }) => status === 'up');
      await becomes(
        'projections',
        ({ status, projections }) => status === 'up' && projections.every(({ lagMs }) => lagMs === 0),
      );
      const log = createEventLog({ url: parts.environment.EVENTSTORE_URL });
      await expectWhole(log, acknowledged);
      await log.close();
      const verified = await product.command('verify');
      expect(verified.output).toContain('Read models equal their replay.');
      expect(verified.code).toBe(0);
    };

    it('loses and doubles nothing when any one process is killed', async () => {
      const traffic = startTraffic(client, `crash ${product.pid}`);
      await traffic.more(5);
      for (const name of ['gateway', 'projections', 'commands', 'read-api']) {
        await product.crash(name);
        await traffic.more(5);
      }
      await traffic.stop();
      acknowledged.push(...traffic.acknowledged);
      expect([...traffic.codes.keys()].filter((code) => !['no connection', 'UNAVAILABLE'].includes(code))).toEqual([]);
      await expectHealed();
    });

    it.each(['eventstore', 'postgres'] as const)(
      'says UNAVAILABLE while the %s is away, and goes on by itself',
      async (part) => {
        const traffic = startTraffic(client, `${part} ${product.pid}`);
        await traffic.more(5);
        await parts.without[part](async () => {
          await becomes(
            'gateway',
            ({ status, parts: states }) =>
              status === 'down' && states.some((state) => state.part === part && state.status === 'down'),
          );
          const before = traffic.codes.get('UNAVAILABLE') ?? 0;
          while ((traffic.codes.get('UNAVAILABLE') ?? 0) === before) await sleep(50);
        });
        await traffic.more(5);
        await traffic.stop();
        acknowledged.push(...traffic.acknowledged);
        expect([...traffic.codes.keys()].filter((code) => !['no connection', 'UNAVAILABLE'].includes(code))).toEqual(
          [],
        );
        await expectHealed();
      },
    );

    it.each(['rabbitmq', 'redis'] as const)(
      'serves with a stand-in while %s is away, and returns to it',
      async (part) => {
        const traffic = startTraffic(client, `${part} ${product.pid}`);
        const uses = part === 'rabbitmq' ? ['gateway', 'projections'] : [];
        await traffic.more(5);
        await parts.without[part](async () => {
          for (const role of uses)
            await becomes(role, ({ status, fallbacks }) => status === 'degraded' && fallbacks.length > 0);
          await traffic.more(5);
        });
        await traffic.stop();
        acknowledged.push(...traffic.acknowledged);
        expect([...traffic.codes.keys()]).toEqual([]);
        await expectHealed();
      },
    );
  },
);
