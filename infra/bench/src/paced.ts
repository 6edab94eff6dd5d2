import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts `count` operations at a fixed rate, each when its time has come and not when the one before has ended, so that
 * a slow system cannot slow down its own measurement. Resolves with the latencies in milliseconds once all have ended.
 */
export const paced = async (
  perSecond: number,
  count: number,
  operation: (n: number) => Promise<number>,
): Promise<number[]> => {
  const started = performance.now();
  const running: Promise<number>[] = [];
  for (let n = 0; n < count; n++) {
    const wait = started + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    running.push(operation(n));
  }
  return Promise.all(running);
};
