import { LRUCache } from 'lru-cache';

/** Points a driver may send at once after a time without a network, and how many more each second. */
const most = 2_000;
const perSecond = 5;

/**
 * What each driver may still send, in points: a device tells one every few seconds, so that only a broken one or an abuse
 * ever meets the limit. Each process counts what it took in itself.
 */
export const createAllowance = (now: () => number = Date.now) => {
  const left = new LRUCache<string, { readonly points: number; readonly at: number }>({ max: 50_000 });
  return {
    /** Seconds to wait before so many points are taken; 0 when they are taken now. */
    take: (driverId: string, points: number): number => {
      const at = now();
      const before = left.get(driverId) ?? { points: most, at };
      const have = Math.min(most, before.points + ((at - before.at) / 1_000) * perSecond);
      if (have < points) return Math.ceil((points - have) / perSecond);
      left.set(driverId, { points: have - points, at });
      return 0;
    },
  };
};
