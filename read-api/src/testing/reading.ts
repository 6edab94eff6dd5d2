import type { Role } from '@cargoro/domain';
import { createPostgres } from '@cargoro/infra/postgres';
import { type Row, startProjections, verify } from '@cargoro/projections';
import { projectionWorld } from '@cargoro/projections/testing';
import { lookups, queries, viewerOf } from '../index.ts';
import { createReadApi } from '../read-api.ts';
import type { QueryDef, Viewer } from '../types.ts';

export const as = (id: string, role: Role, orgId?: string): Viewer =>
  viewerOf({ kind: 'user', id, role, ...(orgId ? { orgId } : {}) });

/** Projectors over a log of one's own, and queries by name: for tests of what each role reads. */
export const readingWorld = async (groups: readonly string[]) => {
  const world = await projectionWorld();
  const readers = createPostgres({ url: world.url, pipeline: true });
  const projections = startProjections(world.deps, { groups: [...groups] });
  const api = createReadApi({ readers: readers.pool, pool: world.pool, log: world.log, vault: world.vault });
  const named = (name: string): QueryDef => {
    const def = queries.find((one) => one.name === name);
    if (!def) throw new Error(`No query ${name}`);
    return def;
  };
  return {
    ...{ world, api, append: world.append, lookup: lookups(world.pool) },
    reached: (position: bigint) => world.reached(position, groups),
    list: async (name: string, args: Record<string, unknown>, viewer: Viewer): Promise<readonly Row[]> =>
      (await api.page(named(name), args, { first: 50, after: null }, viewer)).rows,
    one: (name: string, args: Record<string, unknown>, viewer: Viewer): Promise<Row | null> =>
      api.one(named(name), args, viewer),
    /** Read models that a replay of the log makes otherwise: none, where all is well. */
    differing: async (): Promise<readonly string[]> =>
      (await verify(world.deps))
        .filter(({ differing }) => differing > 0)
        .map(({ readModel, differences }) => `${readModel} ${JSON.stringify(differences[0])}`),
    stop: async (): Promise<void> => {
      await api.close();
      await projections.stop();
      await readers.close();
      await world.stop();
    },
  };
};
