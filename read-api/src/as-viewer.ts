import type { Pool } from '@cargoro/infra/postgres';
import { readerRole } from '@cargoro/projections';
import type { Viewer } from './types.ts';

/** Asks under the reader's role with the viewer's keys, so an answer holds what its viewer may see, and nothing else. */
export const asViewer = async <Row extends object>(
  pool: Pool,
  { partyKeys }: Viewer,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> => {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(`begin read only; set local role ${readerRole}`);
    await client.query(`select set_config('cargoro.party_keys', $1, true)`, [partyKeys.join(',')]);
    const { rows } = await client.query<Row>(text, [...values]);
    await client.query('commit');
    return rows;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
};
