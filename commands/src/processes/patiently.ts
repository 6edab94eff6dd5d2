import { createBackoff } from '@cargoro/infra/backoff';
import type { Logger } from '@cargoro/infra/logger';
import { Unavailable } from '@cargoro/infra/ports';
import { CommandError } from '../types.ts';

/** A part is away, and comes back. */
export const isAway = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof CommandError && error.code === 'UNAVAILABLE');

/** For `onWait`: says that it waits, and what for. */
export const sayingSo =
  (logger: Logger, what: string) =>
  (error: unknown): undefined => {
    logger.warn({ err: error }, what);
  };

/** Does it again for as long as a part is away; `onWait` is told each time, and what it returns is called after the wait. */
export const patiently = async <T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  onWait: (error: unknown) => (() => void) | undefined = () => undefined,
): Promise<T> => {
  const backoff = createBackoff();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      const waited = onWait(error);
      await backoff.wait(signal);
      waited?.();
    }
  }
};
