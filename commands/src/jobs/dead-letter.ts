import type { Postgres } from '@cargoro/infra/postgres';
import { keepDeadLetter } from '../processes/dead-letter.ts';
import type { JobHandler } from './worker.ts';

/** Puts what a process gave up on the list of the dead, for somebody to look at; once, however often it is told. */
export const deadLetter =
  (postgres: Postgres): JobHandler =>
  async ({ key, data, event }) => {
    const type = String(data.type);
    const died = { code: 'UNAVAILABLE', message: `${data.subject}: ${data.reason}` };
    await keepDeadLetter(postgres, 'jobs', event, { commandId: key, type }, died);
    return {};
  };
