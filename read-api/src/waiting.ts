import { setTimeout as after } from 'node:timers/promises';
import type { Pool, PoolClient } from '@cargoro/infra/postgres';
import type { AnyReadModel } from '@cargoro/projections';

type Waiter = { readonly position: bigint; readonly reached: () => void };

/**
 * Waits for projections by push: the waiter says which position it needs, the projector answers when it got there.
 * Nothing is sent while nobody waits.
 */
export const createWaiting = (pool: Pool) => {
  const known = new Map<string, bigint>();
  const waiters = new Map<string, Set<Waiter>>();
  let listening: Promise<PoolClient> | undefined;

  const note = (group: string, position: bigint): void => {
    if (position > (known.get(group) ?? 0n)) known.set(group, position);
    for (const waiter of waiters.get(group) ?? []) if (waiter.position <= position) waiter.reached();
  };
  const listen = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    const lost = () => {
      listening = undefined;
      client.release(true);
    };
    client.once('error', lost);
    client.on('notification', ({ payload = '' }) => {
      const [group, position] = payload.split(' ');
      if (group && position) note(group, BigInt(position));
    });
    await client.query('listen cargoro_progress');
    return client;
  };
  const checkpoint = async (group: string): Promise<bigint> => {
    const { rows } = await pool.query<{ position: string }>({
      name: 'checkpoint',
      text: 'select position from projection_checkpoint where name = $1',
      values: [group],
    });
    const position = BigInt(rows[0]?.position ?? 0);
    note(group, position);
    return position;
  };

  return {
    position: ({ group }: AnyReadModel): Promise<bigint> => checkpoint(group),
    /** True once the group of this read model has passed the position; false when it has not in time. */
    waitFor: async ({ group }: AnyReadModel, position: bigint, timeoutMs: number): Promise<boolean> => {
      if ((known.get(group) ?? 0n) >= position || (await checkpoint(group)) >= position) return true;
      listening ??= listen().catch((error: unknown) => {
        listening = undefined;
        throw error;
      });
      const client = await listening;
      const timer = new AbortController();
      const ofGroup = waiters.get(group) ?? new Set<Waiter>();
      waiters.set(group, ofGroup);
      let waiter: Waiter | undefined;
      const reached = new Promise<boolean>((resolve) => {
        waiter = { position, reached: () => resolve(true) };
        ofGroup.add(waiter);
      });
      try {
        await client.query(`select pg_notify('cargoro_wanted', $1)`, [`${group} ${position}`]);
        const late = after(timeoutMs, false, { signal: timer.signal }).catch(() => false);
        return (await Promise.race([reached, late])) || (await checkpoint(group)) >= position;
      } finally {
        timer.abort();
        if (waiter) ofGroup.delete(waiter);
      }
    },
    close: async (): Promise<void> => {
      const client = await listening?.catch(() => undefined);
      client?.removeAllListeners('error');
      client?.release(true);
      listening = undefined;
    },
  };
};
