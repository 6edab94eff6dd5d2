import type { Notice } from '@cargoro/infra/ports';
import type { PoolClient } from '@cargoro/infra/postgres';
import { foldBatch } from './batch.ts';
import type { Delivered } from './events.ts';
import type { ProjectorDeps } from './projector.ts';
import { replay } from './replay.ts';
import { createRowStore } from './row-store.ts';
import { copyRows, createShadow, formerOf, indexShadow, renameIndexes, shadowOf, upsertRows } from './shadow.ts';
import { quoted } from './sql.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

export type Rebuilt = {
  readonly readModels: readonly string[];
  readonly rows: number;
  readonly events: number;
  /** Rows that came out otherwise than they stood. */
  readonly changed: number;
  readonly milliseconds: number;
};
type Options = {
  /** Changed rows kept in memory before they are written; bounds the memory of a rebuild. */
  readonly mostDirty?: number;
  readonly onProgress?: (events: number, position: bigint) => void;
};

/** A read model with everything joined to it or derived from it, near or far: they can only be rebuilt together. */
const closureOf = (model: AnyReadModel, models: readonly AnyReadModel[]): readonly AnyReadModel[] => {
  const linked = (one: AnyReadModel): readonly AnyReadModel[] => [
    ...(one.joins ?? []).map(({ from }) => from),
    ...(one.derived ? [one.derived.from] : []),
  ];
  const wanted = new Set([model]);
  for (let size = 0; size < wanted.size; ) {
    size = wanted.size;
    for (const one of models)
      if (wanted.has(one)) for (const other of linked(one)) wanted.add(other);
      else if (linked(one).some((other) => wanted.has(other))) wanted.add(one);
  }
  return models.filter((one) => wanted.has(one));
};

/**
 * Fills a new table beside the live one from the log, catches up with the projector, and swaps the two by name in one
 * transaction. Readers and the projector go on meanwhile. Rows that differ are announced afterwards.
 */
export const rebuildModel = async (
  name: string,
  models: readonly AnyReadModel[],
  deps: ProjectorDeps,
  { mostDirty = 50_000, onProgress }: Options = {},
): Promise<Rebuilt> => {
  const model = models.find((one) => one.name === name);
  if (!model) throw new Error(`There is no read model ${name}; there are ${models.map((one) => one.name).join(', ')}`);
  if (model.evidence) throw new Error(`${name} is evidence about the log and is not rebuilt from it`);
  if (model.probed) throw new Error(`${name} holds what was probed, which no event tells; it is not rebuilt`);
  const set = closureOf(model, models);
  const started = performance.now();
  const client = await deps.pool.connect();
  const locker = await deps.pool.connect();
  try {
    await client.query('set statement_timeout = 0; set synchronous_commit = off; set enable_seqscan = off');
    await client.query(`select pg_advisory_lock(hashtext($1))`, [`cargoro.rebuild.${model.group}`]);
    for (const one of set) await createShadow(client, one);
    const filling = createFilling(set, client, mostDirty);
    let position = 0n;
    let events = 0;
    const catchUp = async (to: bigint): Promise<number> => {
      const before = events;
      for await (const delivered of replay(set, deps, { after: position, to })) {
        await filling.fold(delivered);
        events += delivered.length;
        onProgress?.(events, delivered.at(-1)!.stored.position);
      }
      position = to > position ? to : position;
      return events - before;
    };
    // Twice: the first pass takes long, the second catches up with what came in meanwhile.
    await catchUp(await checkpointOf(client, model.group));
    await filling.flush();
    for (const one of set) await indexShadow(client, one);
    await catchUp(await checkpointOf(client, model.group));
    await filling.flush();
    await swap(locker, set, async () => {
      await catchUp(await checkpointOf(client, model.group));
      await filling.flush();
    });
    const changed = await announceDifferences(client, set, deps);
    const rows = await countRows(client, set);
    return { readModels: set.map((one) => one.name), rows, events, changed, milliseconds: performance.now() - started };
  } finally {
    client.release(true);
    locker.release(true);
  }
};

/** Rebuilds what was filled by another version of its definition, or not at all though its group has moved on. */
export const rebuildStale = async (
  group: readonly AnyReadModel[],
  models: readonly AnyReadModel[],
  deps: ProjectorDeps,
): Promise<void> => {
  const { rows } = await deps.pool.query<{ name: string; version: number }>(
    'select name, version from projection_model',
  );
  const versions = new Map(rows.map(({ name, version }) => [name, version]));
  const client = await deps.pool.connect();
  const position = await checkpointOf(client, group[0]!.group).finally(() => client.release());
  const done = new Set<string>();
  for (const model of group) {
    if (versions.get(model.name) === model.version || done.has(model.name)) continue;
    if (position === 0n || model.evidence || model.probed) await noteVersions(deps.pool, [model]);
    else {
      deps.logger.info({ readModel: model.name, version: model.version }, 'Rebuilding: its definition changed');
      const { readModels } = await rebuildModel(model.name, models, deps);
      for (const name of readModels) done.add(name);
    }
  }
};

type Dirty = { readonly row: AnyRow; readonly fresh: boolean };

/** Folds into shadow tables: rows are kept until there are many, then written at once. */
const createFilling = (set: readonly AnyReadModel[], client: PoolClient, mostDirty: number) => {
  const store = createRowStore({ maxRows: mostDirty, tableOf: shadowOf });
  const dirty = new Map(set.map((model) => [model, new Map<string, Dirty>()]));
  const rowsOf = (model: AnyReadModel) => ({
    has: (id: string) => dirty.get(model)!.has(id),
    get: (id: string) => dirty.get(model)!.get(id)?.row,
    rows: () => [...dirty.get(model)!.values()].map(({ row }) => row),
  });

  const flush = async (): Promise<void> => {
    for (const [model, changed] of dirty) {
      const fresh = [...changed.values()].filter((one) => one.fresh).map(({ row }) => row);
      const known = [...changed.values()].filter((one) => !one.fresh).map(({ row }) => row);
      if (fresh.length > 0) await copyRows(client, model, fresh);
      for (let at = 0; at < known.length; at += 2_000) await upsertRows(client, model, known.slice(at, at + 2_000));
      for (const { row } of changed.values()) store.put(model, row);
      changed.clear();
    }
  };
  return {
    fold: async (delivered: readonly Delivered[]): Promise<void> => {
      const changes = await foldBatch(set, delivered, store, client, { tableOf: shadowOf, pending: rowsOf });
      let count = 0;
      for (const [model, rows] of changes)
        for (const [id, { before, after }] of rows) {
          const fresh = dirty.get(model)!.get(id)?.fresh ?? before === undefined;
          dirty.get(model)!.set(id, { row: after, fresh });
        }
      for (const changed of dirty.values()) count += changed.size;
      if (count > mostDirty) await flush();
    },
    flush,
  };
};

/** Writers wait from here until the commit; readers only for the renames, and not behind a long query of somebody else. */
const swap = async (client: PoolClient, set: readonly AnyReadModel[], finish: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      await client.query(`set local lock_timeout = '${Math.min(100 * attempt, 5_000)}ms'`);
      await client.query(`lock table ${set.map(({ name }) => quoted(name)).join(', ')} in share row exclusive mode`);
      await client.query('select from projection_checkpoint where name = $1 for update', [set[0]!.group]);
      await finish();
      for (const model of set) {
        await client.query(`alter table ${quoted(model.name)} rename to ${quoted(formerOf(model))}`);
        await client.query(`alter table ${quoted(shadowOf(model))} rename to ${quoted(model.name)}`);
      }
      await client.query('update projection_checkpoint set generation = generation + 1 where name = $1', [
        set[0]!.group,
      ]);
      await noteVersions(client, set);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      if ((error as { code?: string }).code !== '55P03') throw error;
    }
  }
};

const announceDifferences = async (client: PoolClient, set: readonly AnyReadModel[], { bus }: ProjectorDeps) => {
  let changed = 0;
  for (const model of set) {
    const { rows } = await client.query<{ id: string; position: string; revision: string; parties: string[] }>(
      `select id, position, revision, party_keys as parties from ${quoted(model.name)} n where not exists (
         select from ${quoted(formerOf(model))} f where f.id = n.id and f.* operator(pg_catalog.*=) n.*)`,
    );
    const notices = rows.map(
      ({ id, position, revision, parties }): Notice => ({
        readModel: model.name,
        key: id,
        position,
        revision,
        parties,
        scope: { id },
      }),
    );
    for (let at = 0; at < notices.length; at += 1_000) await bus.publish(notices.slice(at, at + 1_000));
    changed += rows.length;
    await client.query(`drop table ${quoted(formerOf(model))}`);
    await renameIndexes(client, model);
  }
  return changed;
};

const checkpointOf = async (client: PoolClient, group: string): Promise<bigint> => {
  const { rows } = await client.query<{ position: string }>(
    'select position from projection_checkpoint where name = $1',
    [group],
  );
  return BigInt(rows[0]?.position ?? 0);
};
const countRows = async (client: PoolClient, set: readonly AnyReadModel[]): Promise<number> => {
  let rows = 0;
  for (const { name } of set)
    rows += Number((await client.query(`select count(*)::int as n from ${quoted(name)}`)).rows[0].n);
  return rows;
};
const noteVersions = (client: Pick<PoolClient, 'query'>, set: readonly AnyReadModel[]) =>
  client.query(
    `insert into projection_model (name, version, rebuilt_at) select name, version, now()
     from json_to_recordset($1) as r(name text, version int)
     on conflict (name) do update set version = excluded.version, rebuilt_at = excluded.rebuilt_at`,
    [JSON.stringify(set.map(({ name, version }) => ({ name, version })))],
  );
