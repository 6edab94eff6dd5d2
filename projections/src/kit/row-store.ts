import type { PoolClient } from '@cargoro/infra/postgres';
import { LRUCache } from 'lru-cache';
import { selectByIds } from './sql.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

const absent = Symbol('absent');
type Known = AnyRow | typeof absent;

/**
 * The rows a projector has read or written lately. It is their only writer, so what is here is what the table holds.
 * `tableOf` lets a rebuild work on shadow tables.
 */
export const createRowStore = (options: { maxRows: number; tableOf?: (model: AnyReadModel) => string }) => {
  const { maxRows, tableOf = ({ name }) => name } = options;
  const caches = new Map<string, LRUCache<string, Known>>();
  const cacheOf = ({ name }: AnyReadModel): LRUCache<string, Known> => {
    const found = caches.get(name) ?? new LRUCache<string, Known>({ max: maxRows });
    caches.set(name, found);
    return found;
  };

  return {
    /** A row that was loaded or written before; undefined when it does not exist or is not known. */
    get: (model: AnyReadModel, id: string): AnyRow | undefined => {
      const known = cacheOf(model).get(id);
      return known === absent ? undefined : known;
    },
    /** Reads what is not known yet, in one statement. */
    load: async (
      client: PoolClient,
      model: AnyReadModel,
      ids: Iterable<string>,
    ): Promise<ReadonlyMap<string, AnyRow>> => {
      const cache = cacheOf(model);
      const found = new Map<string, AnyRow>();
      const missing: string[] = [];
      for (const id of ids) {
        const known = cache.get(id);
        if (known === undefined) missing.push(id);
        else if (known !== absent) found.set(id, known);
      }
      if (missing.length === 0) return found;
      const table = tableOf(model);
      const { rows } = await client.query<AnyRow>({
        name: `load.${table}`,
        text: selectByIds(model, table),
        values: [missing],
      });
      for (const id of missing) cache.set(id, absent);
      for (const row of rows) {
        cache.set(row.id, row);
        found.set(row.id, row);
      }
      return found;
    },
    put: (model: AnyReadModel, row: AnyRow): void => {
      cacheOf(model).set(row.id, row);
    },
    clear: (): void => caches.clear(),
  };
};
export type RowStore = ReturnType<typeof createRowStore>;
