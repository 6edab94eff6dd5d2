import { createBackoff } from '@cargoro/infra/backoff';
import type { Postgres } from '@cargoro/infra/postgres';

/** Longest a timer reaches, in milliseconds: about 24 days. A standby that waited so long asks again. */
const forever = 2 ** 31 - 1;

/**
 * Runs `work` in one process at a time, over all processes that share the database. The others wait in the lock's queue;
 * it passes on when the holder stops, dies or loses its connection, and `work` is told by its signal. Work that ends or
 * throws is begun again after a pause, until `signal` aborts.
 */
export const whileLeader = async (
  postgres: Postgres,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> => {
  const backoff = createBackoff();
  while (!signal.aborted) {
    try {
      await leadOnce(postgres, name, signal, async (leading) => {
        backoff.reset();
        await work(leading);
      });
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error);
    }
    await backoff.wait(signal);
  }
};

const leadOnce = async (
  postgres: Postgres,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const client = await postgres.pool.connect();
  const lost = new AbortController();
  const lose = () => lost.abort();
  client.on('error', lose).on('end', lose);
  signal.addEventListener('abort', lose, { once: true });
  // Closing the connection is what ends a wait for the lock, and what gives the lock away.
  const close = () => client.release(true);
  lost.signal.addEventListener('abort', close, { once: true });
  try {
    signal.throwIfAborted();
    await client.query('set statement_timeout = 0; set idle_session_timeout = 0');
    const lock = {
      text: 'select pg_advisory_lock(hashtext($1))',
      values: [`cargoro.process.${name}`],
      query_timeout: forever,
    };
    await client.query(lock as never);
    await work(lost.signal);
  } finally {
    signal.removeEventListener('abort', lose);
    lose();
  }
};
