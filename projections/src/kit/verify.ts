import type { PoolClient } from '@cargoro/infra/postgres';
import { sameRow } from './compare.ts';
import { deriveRow, foldRow, joinRow, keysOf } from './fold.ts';
import type { ProjectorDeps } from './projector.ts';
import { replay } from './replay.ts';
import { quoted, selectList } from './sql.ts';
import { byGroup } from './start.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

export type Difference = { readonly id: string; readonly stored: AnyRow | null; readonly replayed: AnyRow | null };
export type Verified = {
  readonly readModel: string;
  /** Log position up to which the table was compared. */
  readonly position: string;
  readonly rows: number;
  /** How many rows differ; the first hundred of them with both values. */
  readonly differing: number;
  readonly differences: readonly Difference[];
};
type Options = {
  readonly names?: readonly string[];
  /** Replayed rows kept in memory at once; a larger table is compared in several passes over the log. */
  readonly mostRows?: number;
  /** One row alone. */
  readonly only?: string;
  /** Told of each read model as soon as it is compared. */
  readonly onVerified?: (verified: Verified) => void;
};
const mostReported = 100;

/**
 * Replays the log through the same folds and compares row by row with the tables, in one snapshot, while the projectors
 * go on. The chain of hashes (`stream_chain`) is a fold as well, so an altered event shows in the same way.
 */
export const verifyModels = async (
  models: readonly AnyReadModel[],
  deps: Pick<ProjectorDeps, 'pool' | 'log' | 'vault'>,
  { names, mostRows = 200_000, only, onVerified }: Options = {},
): Promise<readonly Verified[]> => {
  const results: Verified[] = [];
  for (const [group, ofGroup] of byGroup(models)) {
    const wanted = ofGroup.filter(({ name, probed }) => !probed && (!names || names.includes(name)));
    if (wanted.length === 0) continue;
    const client = await deps.pool.connect();
    try {
      await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
      await client.query('begin isolation level repeatable read read only');
      const to = await snapshotPosition(client, group);
      const total = await countAll(client, wanted);
      const passes = only ? 1 : Math.max(1, Math.ceil(total / mostRows));
      const reports = new Map(wanted.map((model) => [model, createReport(model, to)]));
      for (let pass = 0; pass < passes; pass += 1) {
        const replayed = await replayRows(wanted, deps, to, (id) =>
          only ? id === only : passes === 1 || hashOf(id) % passes === pass,
        );
        for (const model of wanted)
          await compare(client, model, replayed.get(model)!, { passes, pass, only }, reports.get(model)!.add);
      }
      const verified = [...reports.values()].map((report) => report.result());
      for (const one of verified) onVerified?.(one);
      results.push(...verified);
      await client.query('commit');
    } finally {
      client.release(true);
    }
  }
  return results;
};

/** The rows of these read models as a replay of the log up to a position makes them. */
const replayRows = async (
  models: readonly AnyReadModel[],
  deps: Pick<ProjectorDeps, 'log' | 'vault'>,
  to: bigint,
  mine: (id: string) => boolean,
): Promise<ReadonlyMap<AnyReadModel, ReadonlyMap<string, AnyRow>>> => {
  const needed = (model: AnyReadModel): readonly AnyReadModel[] => [
    ...(model.joins ?? []).flatMap(({ from }) => [...needed(from), from]),
    ...(model.derived ? [...needed(model.derived.from), model.derived.from] : []),
  ];
  const joined = new Set(models.flatMap((model) => (model.joins ?? []).flatMap(({ from }) => [...needed(from), from])));
  const all = [...new Set([...models.flatMap((model) => [...needed(model), model])])];
  const rows = new Map(all.map((model) => [model, new Map<string, AnyRow>()]));
  for await (const events of replay(all, deps, { to }))
    for (const { stored, opened, models: concerned } of events)
      for (const model of concerned) {
        const event = model.raw ? stored : opened;
        for (const id of keysOf(model, event)) {
          if (!joined.has(model) && !mine(id)) continue;
          const known = rows.get(model)!;
          const after = foldRow(model, known.get(id), event, id);
          if (after) known.set(id, after);
        }
      }
  for (const model of all) {
    const known = rows.get(model)!;
    if (model.derived)
      for (const [id, source] of rows.get(model.derived.from)!) known.set(id, deriveRow(model, model.derived, source));
    for (const [id, row] of known)
      known.set(
        id,
        joinRow(model, row, (from, other) => rows.get(from)?.get(other)),
      );
  }
  for (const model of joined) for (const id of rows.get(model)!.keys()) if (!mine(id)) rows.get(model)!.delete(id);
  return rows;
};

const compare = async (
  client: PoolClient,
  model: AnyReadModel,
  replayed: ReadonlyMap<string, AnyRow>,
  { passes, pass, only }: { passes: number; pass: number; only: string | undefined },
  report: (difference: Difference | undefined) => void,
): Promise<void> => {
  const missing = new Set(replayed.keys());
  await client.query(
    `declare stored no scroll cursor for select ${selectList(model.columns)} from ${quoted(model.name)}
     where $1::text is null or id = $1 order by id`,
    [only ?? null],
  );
  for (;;) {
    const { rows } = await client.query<AnyRow>('fetch 1000 from stored');
    if (rows.length === 0) break;
    for (const stored of rows) {
      if (passes > 1 && hashOf(stored.id) % passes !== pass) continue;
      missing.delete(stored.id);
      const row = replayed.get(stored.id) ?? null;
      report(row && sameRow(model, stored, row) ? undefined : { id: stored.id, stored, replayed: row });
    }
  }
  await client.query('close stored');
  for (const id of missing) report({ id, stored: null, replayed: replayed.get(id)! });
};

const createReport = ({ name }: AnyReadModel, position: bigint) => {
  let rows = 0;
  let differing = 0;
  const differences: Difference[] = [];
  return {
    add: (difference: Difference | undefined): void => {
      rows += 1;
      if (!difference) return;
      differing += 1;
      if (differences.length < mostReported) differences.push(difference);
    },
    result: (): Verified => ({ readModel: name, position: String(position), rows, differing, differences }),
  };
};

/** FNV-1a: spreads ids over the passes. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

const snapshotPosition = async (client: PoolClient, group: string): Promise<bigint> => {
  const { rows } = await client.query<{ position: string }>(
    'select position from projection_checkpoint where name = $1',
    [group],
  );
  return BigInt(rows[0]?.position ?? 0);
};
const countAll = async (client: PoolClient, models: readonly AnyReadModel[]): Promise<number> => {
  let total = 0;
  for (const { name } of models)
    total += Number((await client.query(`select count(*)::int as n from ${quoted(name)}`)).rows[0].n);
  return total;
};
