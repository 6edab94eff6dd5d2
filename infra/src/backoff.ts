import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waiting times between attempts, in milliseconds: doubling from `first` to `most`, each with up to half of it random so
 * that many clients of a restarted server do not come back in step.
 */
export const createBackoff = ({ first = 100, most = 5_000 }: { first?: number; most?: number } = {}) => {
  let next = first;
  return {
    /** Resolves after the next waiting time; earlier, without an error, when the signal aborts. */
    wait: async (signal?: AbortSignal): Promise<void> => {
      const ms = next / 2 + Math.random() * (next / 2);
      next = Math.min(next * 2, most);
      await sleep(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
    },
    /** After a success: the next failure waits shortly again. */
    reset: (): void => {
      next = first;
    },
  };
};
