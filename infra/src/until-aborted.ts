import { setMaxListeners } from 'node:events';

/**
 * Settles as the work does, or rejects with a signal's reason once that aborts. Signals live longer than the work:
 * nothing is left on them. (A race against a promise that never settles would keep every loser for good.)
 */
export const untilAborted = async <T>(work: Promise<T>, ...signals: readonly AbortSignal[]): Promise<T> => {
  const over = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      work.then(resolve, reject);
      for (const signal of signals) {
        // Any number may wait at once.
        setMaxListeners(0, signal);
        const abort = () => reject(signal.reason);
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true, signal: over.signal });
      }
    });
  } finally {
    over.abort();
  }
};
