import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { type Cache, type PartState, tellChanges } from './ports.ts';

export type CacheOptions = {
  /** Redis addresses; the first that answers is used. None means memory alone. */
  readonly redisUrls: readonly string[];
  /** May this process's memory stand in while Redis is away? If not, nothing is cached meanwhile. */
  readonly mayFallBack: boolean;
  readonly prefix?: string;
  /** Values kept in memory by the stand-in, in characters of JSON. */
  readonly memorySize?: number;
  readonly onState?: (state: PartState) => void;
};

/** No entry outlives its tags. */
const longestSeconds = 86_400;
/** More dropped tags than this while Redis is away, and everything there is dropped when it comes back. */
const mostMissed = 10_000;

/** Atomic: an entry set between reading a tag and dropping it would otherwise stay. */
const dropScript = `
for _, tag in ipairs(KEYS) do
  local keys = redis.call('smembers', tag)
  for i = 1, #keys, 500 do redis.call('unlink', unpack(keys, i, math.min(i + 499, #keys))) end
  redis.call('unlink', tag)
end`;

/** A cache never fails its caller: what cannot be read is a miss, what cannot be stored is computed again. */
export const createCache = async (options: CacheOptions): Promise<Cache> => {
  const { redisUrls, mayFallBack, prefix = 'cargoro:', memorySize = 20_000_000, onState } = options;
  const memory = createMemory(memorySize);
  const name = (key: string) => `${prefix}v:${key}`;
  const tagName = (tag: string) => `${prefix}t:${tag}`;
  let problem = 'not connected yet';
  /** Tags dropped while Redis was away: what they cover there is stale when it comes back. */
  const missed = new Set<string>();
  const remember = (tags: readonly string[]) => {
    for (const tag of tags) if (missed.size < mostMissed) missed.add(tag);
  };

  const clients = redisUrls.map(
    (url) =>
      new Redis(url, {
        lazyConnect: true,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        connectTimeout: 2_000,
        commandTimeout: 1_000,
        keepAlive: 10_000,
        retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 6), 5_000) * (0.5 + Math.random() / 2),
      }),
  );
  const live = (): Redis | undefined => clients.find((client) => client.status === 'ready');

  const state = (): PartState => {
    if (live()) return { part: 'redis', status: 'up' };
    return { part: 'redis', status: 'degraded', detail: problem, ...(mayFallBack && { fallback: 'memory' }) };
  };
  const tell = tellChanges(state, onState);
  const dropIn = (redis: Redis, tags: readonly string[]) => redis.eval(dropScript, tags.length, ...tags.map(tagName));

  for (const client of clients) {
    client.on('error', (error: Error) => {
      problem = error.message || 'connection refused';
    });
    client.on('ready', () => {
      memory.clear();
      const tags = [...missed];
      missed.clear();
      const dropping =
        tags.length >= mostMissed ? dropAll(client, prefix) : tags.length > 0 ? dropIn(client, tags) : undefined;
      dropping?.catch(() => remember(tags));
      tell();
    });
    client.on('close', tell);
  }
  // Whichever answers first; those that do not keep trying behind.
  await Promise.any(clients.map((client) => client.connect())).catch(() => undefined);

  return {
    get: async <T>(key: string) => {
      const redis = live();
      const text = redis ? await redis.get(name(key)).catch(() => null) : memory.get(key);
      return text ? (JSON.parse(text) as T) : undefined;
    },
    set: async (key, value, { ttlSeconds, tags = [] }) => {
      const text = JSON.stringify(value);
      const redis = live();
      if (!redis) {
        if (mayFallBack) memory.set(key, text, ttlSeconds, tags);
        return;
      }
      const steps = redis.multi().set(name(key), text, 'EX', Math.min(ttlSeconds, longestSeconds));
      for (const tag of tags) steps.sadd(tagName(tag), name(key)).expire(tagName(tag), longestSeconds);
      await steps.exec().catch(() => undefined);
    },
    dropTags: async (tags) => {
      if (tags.length === 0) return;
      memory.drop(tags);
      const redis = live();
      const dropped = redis
        ? await dropIn(redis, tags).then(
            () => true,
            () => false,
          )
        : false;
      if (!dropped && clients.length > 0) remember(tags);
    },
    state,
    close: async () => {
      for (const client of clients) client.disconnect();
    },
  };
};

const dropAll = async (redis: Redis, prefix: string): Promise<void> => {
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
    if ((keys as string[]).length > 0) await redis.unlink(keys as string[]);
  }
};

/** The stand-in: bounded by size, oldest use first. */
const createMemory = (maxSize: number) => {
  const byTag = new Map<string, Set<string>>();
  const entries = new LRUCache<string, { text: string; tags: readonly string[] }>({
    maxSize,
    sizeCalculation: ({ text }) => text.length + 100,
    ttlAutopurge: false,
    dispose: ({ tags }, key) => {
      for (const tag of tags) {
        const keys = byTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) byTag.delete(tag);
      }
    },
  });
  return {
    get: (key: string) => entries.get(key)?.text,
    set: (key: string, text: string, ttlSeconds: number, tags: readonly string[]) => {
      entries.set(key, { text, tags }, { ttl: ttlSeconds * 1000 });
      for (const tag of tags) byTag.set(tag, (byTag.get(tag) ?? new Set()).add(key));
    },
    drop: (tags: readonly string[]) => {
      for (const tag of tags) for (const key of [...(byTag.get(tag) ?? [])]) entries.delete(key);
    },
    clear: () => entries.clear(),
  };
};
