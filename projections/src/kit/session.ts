import type { Pool, PoolClient } from '@cargoro/infra/postgres';

/** Longest a standby may wait for its turn, in milliseconds: about 24 days, as far as a timer reaches. */
const forever = 2 ** 31 - 1;

/**
 * The one connection of a group's active projector: it holds the group's lock and does all its writing, so a projector
 * that lost the lock has lost its pen too. Waits until the group is free; a dead holder frees it by dying.
 *
 * Commits do not wait for the disk: a read model lost in a crash of Postgres is folded again, as its checkpoint is lost
 * with it.
 */
export const openSession = async (pool: Pool, group: string, signal: AbortSignal): Promise<PoolClient> => {
  const client = await pool.connect();
  const leave = () => client.release(true);
  signal.addEventListener('abort', leave, { once: true });
  try {
    signal.throwIfAborted();
    await client.query(
      'set synchronous_commit = off; set statement_timeout = 0; set enable_seqscan = off; set idle_session_timeout = 0',
    );
    await client.query({
      text: 'select pg_advisory_lock(hashtext($1))',
      values: [lockOf(group)],
      query_timeout: forever,
    } as never);
    return client;
  } catch (error) {
    if (!signal.aborted) client.release(true);
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
};

const lockOf = (group: string): string => `cargoro.projector.${group}`;
