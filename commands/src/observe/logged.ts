import type { Logger } from 'pino';
import type { CommandObserver } from '../types.ts';

/** One structured line per command: what, which record, how it ended, how long. Never its data. */
export const logged =
  (logger: Logger): CommandObserver =>
  ({ cause, ms, actor, ...settled }) => {
    const line = { ...settled, actor: actor.id, ms: Math.round(ms * 10) / 10 };
    if (cause !== undefined) logger.error({ ...line, err: cause }, 'command failed by a defect');
    else if (settled.outcome === 'failed') logger.warn(line, 'command failed');
    else logger.info(line, 'command');
  };
