import type { Writable } from 'node:stream';
import { type Pool, type PoolClient, toPostgresError } from '@cargoro/infra/postgres';
import { readerRole } from '@cargoro/projections';
import type { Statement } from './select.ts';

/** Statements kept prepared; beyond that a statement is planned each time. */
const mostPrepared = 500;

/**
 * Reads as one viewer: under a role that row-level security binds, with the viewer's party keys in the session. A
 * connection remembers whose keys it carries, so they travel only when the viewer changes, together with the question.
 */
export const createReader = (pool: Pool) => {
  const keysOf = new WeakMap<PoolClient, string>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < mostPrepared) names.set(text, `read.${names.size}`);
    return names.get(text);
  };

  return {
    rows: async <Row extends object>(
      partyKeys: readonly string[],
      { text, values }: Statement,
    ): Promise<readonly Row[]> => {
      if (partyKeys.some((key) => key.includes(','))) throw new Error('A party key holds no comma');
      const wanted = partyKeys.join(',');
      const name = nameOf(text);
      const client = await pool.connect().catch((error: unknown) => {
        throw toPostgresError(error);
      });
      let failure: Error | undefined;
      try {
        const carried = keysOf.get(client);
        const before: Promise<unknown>[] = [];
        const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
        stream.cork();
        if (carried === undefined) before.push(client.query(`set role ${readerRole}`));
        if (carried !== wanted)
          before.push(
            client.query({
              name: 'keys',
              text: `select set_config('cargoro.party_keys', $1, false)`,
              values: [wanted],
            }),
          );
        keysOf.set(client, wanted);
        const asked = client.query<Row>({ text, values, ...(name ? { name } : {}) });
        // All of it in one packet.
        stream.uncork();
        await Promise.all([...before, asked]);
        return (await asked).rows;
      } catch (error) {
        // Whose keys such a connection carries is not certain any more.
        failure = error as Error;
        throw toPostgresError(error);
      } finally {
        client.release(failure);
      }
    },
  };
};
export type Reader = ReturnType<typeof createReader>;
