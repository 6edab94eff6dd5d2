import { describe, expect, it } from 'vitest';
import { createCache } from './cache.ts';
import type { Cache } from './ports.ts';
import { redisInstalled, startRedisServer, testRedis } from './testing.ts';

const tagged = { ttlSeconds: 60, tags: ['order-1', 'board'] };
const keepsItsPromises = async (cache: Cache) => {
  await cache.set('a', { text: '정비 🚗', at: null }, tagged);
  await cache.set('b', [1, 2], { ttlSeconds: 60, tags: ['order-2'] });
  expect(await cache.get('a')).toEqual({ text: '정비 🚗', at: null });
  expect(await cache.get('nothing')).toBeUndefined();
  await cache.dropTags(['order-1', 'unknown']);
  expect(await cache.get('a')).toBeUndefined();
  expect(await cache.get('b')).toEqual([1, 2]);
};

describe.skipIf(!redisInstalled())('the cache in Redis', () => {
  it('keeps values until one of their tags is dropped', async () => {
    const { url, prefix } = await testRedis();
    const cache = await createCache({ redisUrls: [url], mayFallBack: true, prefix });
    await keepsItsPromises(cache);
    expect(cache.state()).toEqual({ part: 'redis', status: 'up' });
    await cache.close();
  });

  it('is shared by processes: a tag dropped in one is dropped in all', async () => {
    const { url, prefix } = await testRedis();
    const [a, b] = [
      await createCache({ redisUrls: [url], mayFallBack: true, prefix }),
      await createCache({ redisUrls: [url], mayFallBack: true, prefix }),
    ];
    await a.set('k', 1, tagged);
    expect(await b.get('k')).toBe(1);
    await b.dropTags(['board']);
    expect(await a.get('k')).toBeUndefined();
    await Promise.all([a.close(), b.close()]);
  });

  it('serves from memory while Redis is away, and forgets there what was dropped meanwhile', async () => {
    const server = await startRedisServer();
    let wake = () => {};
    const cache = await createCache({ redisUrls: [server.url], mayFallBack: true, onState: () => wake() });
    const becomes = async (status: string) => {
      while (cache.state().status !== status) await new Promise<void>((resolve) => (wake = resolve));
    };
    await cache.set('stale', 'old', tagged);
    await server.kill();
    await becomes('degraded');
    expect(cache.state()).toMatchObject({ fallback: 'memory' });
    await keepsItsPromises(cache);
    await server.start();
    await becomes('up');
    await keepsItsPromises(cache);
    await cache.close();
    await server.stop();
  });
});

describe('the cache without Redis', () => {
  it('keeps values in memory', async () => {
    const cache = await createCache({ redisUrls: ['redis://127.0.0.1:1'], mayFallBack: true });
    await keepsItsPromises(cache);
    await cache.close();
  });

  it('caches nothing, and fails nobody, where no stand-in is allowed', async () => {
    const cache = await createCache({ redisUrls: ['redis://127.0.0.1:1'], mayFallBack: false });
    await cache.set('a', 1, tagged);
    expect(await cache.get('a')).toBeUndefined();
    expect(cache.state()).toEqual(expect.not.objectContaining({ fallback: 'memory' }));
    await cache.close();
  });

  it('stays within its size', async () => {
    const cache = await createCache({ redisUrls: [], mayFallBack: true, memorySize: 10_000 });
    for (let n = 0; n < 100; n++) await cache.set(`k${n}`, 'x'.repeat(1_000), tagged);
    expect(await cache.get('k0')).toBeUndefined();
    expect(await cache.get('k99')).toHaveLength(1_000);
    await cache.close();
  });
});
