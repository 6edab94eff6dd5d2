import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DevUser, openLocalIssuer } from '@cargoro/gateway/auth';
import { type Answer, storyAt, tellFleetChain } from '@cargoro/gateway/stories';
import { rabbitInstalled, redisInstalled, startRabbitServer, startRedisServer } from '@cargoro/infra/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../src/prove/product.ts';

/** Which role dies after which step of the chain; each dies once. */
const deaths: Readonly<Record<string, string>> = {
  'everybody is there': 'read-api',
  'the car is due': 'projections',
  'the appointment is made': 'commands',
  'the car is on its way': 'gateway',
  'the pads are promised': 'eventstore',
};
const patienceMs = 180_000;

const isAway = ({ errors = [] }: Answer): boolean =>
  errors.some(({ extensions }) => extensions?.code === 'UNAVAILABLE');
/** As an app would: asks again until somebody is there to answer, under the same command id. */
const untilAnswered = async (send: () => Promise<Answer>): Promise<Answer> => {
  for (const givingUp = Date.now() + patienceMs; ; ) {
    const answer = await send().catch((error: Error) => {
      if (Date.now() > givingUp) throw error;
      return undefined;
    });
    if (answer && !(isAway(answer) && Date.now() < givingUp)) return answer;
    await sleep(100);
  }
};

describe.skipIf(!rabbitInstalled() || !redisInstalled())('the fleet chain on the live system', () => {
  let servers: Awaited<ReturnType<typeof startRabbitServer>>[] = [];
  let product: Product;
  beforeAll(async () => {
    const [rabbit, redis] = await Promise.all([startRabbitServer(), startRedisServer()]);
    servers = [rabbit, redis];
    product = await startProduct({ RABBITMQ_URL: rabbit.url, REDIS_URL: redis.url });
  }, 300_000);
  afterAll(async () => {
    await product?.stop();
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('comes to its end though every role is killed on the way, and all of it proves itself', async () => {
    const issuer = await openLocalIssuer(join(product.dataDir, 'issuer'));
    const tokens = new Map<string, string>();
    const tokenOf = (user: DevUser): string => {
      const token = tokens.get(user.user) ?? issuer.mint(user, { lifeSeconds: 3_600 }).token;
      tokens.set(user.user, token);
      return token;
    };
    const url = `http://127.0.0.1:${product.ports.gateway}`;
    const place = { url, tokenOf, post: untilAnswered, reconnects: Number.POSITIVE_INFINITY, patienceMs };
    const story = storyAt(place, `golden chain ${product.pid}`);
    const died: string[] = [];
    await tellFleetChain({
      as: story.as,
      now: () => new Date().toISOString(),
      between: async (step) => {
        const role = deaths[step];
        if (!role) return;
        await product.crash(role);
        died.push(role);
      },
    });
    await story.end();
    expect(died.toSorted()).toEqual(Object.values(deaths).toSorted());
    const verified = await product.command('verify');
    expect(verified.output).toContain('Read models equal their replay.');
    expect(verified.code).toBe(0);
  }, 600_000);
});
