import { setTimeout as sleep } from 'node:timers/promises';

/** Time for timers; a test hands in one that it moves itself. */
export type TimerClock = {
  /** UTC ISO 8601 with milliseconds. */
  now(): string;
  /** Resolves at that moment, or never without one; in any case when the signal aborts. */
  until(at: string | undefined, signal: AbortSignal): Promise<void>;
};

/** As far as a timer of Node reaches; what is due later is looked at again then. */
const farthestMs = 2 ** 31 - 1;

export const systemClock: TimerClock = {
  now: () => new Date().toISOString(),
  until: async (at, signal) => {
    const ms = at === undefined ? farthestMs : Date.parse(at) - Date.now();
    await sleep(Math.min(Math.max(ms, 0), farthestMs), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
};
