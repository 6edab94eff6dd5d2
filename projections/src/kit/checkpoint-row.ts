import type { PoolClient } from '@cargoro/infra/postgres';

export type Checkpoint = { readonly position: bigint; readonly published: bigint; readonly generation: number };

/** Where a group stands; a group that never ran stands before the first event. */
export const readCheckpoint = async (client: Pick<PoolClient, 'query'>, group: string): Promise<Checkpoint> => {
  await client.query(
    `insert into projection_checkpoint (name, position, published_position, generation)
     values ($1, 0, 0, 0) on conflict do nothing`,
    [group],
  );
  const { rows } = await client.query<{ position: string; published: string; generation: number }>(
    'select position, published_position as published, generation from projection_checkpoint where name = $1',
    [group],
  );
  const [{ position, published, generation }] = rows as [(typeof rows)[number]];
  return { position: BigInt(position), published: BigInt(published), generation };
};

/** Notes for health checks of other processes where a group stopped and why. */
export const noteStop = (client: Pick<PoolClient, 'query'>, group: string, position: bigint, reason: string) =>
  client.query('update projection_checkpoint set stopped_position = $2, stopped_reason = $3 where name = $1', [
    group,
    String(position),
    reason,
  ]);
