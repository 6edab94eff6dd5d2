import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import { type AnyReadModel, quoted, type Row, selectList } from '@cargoro/projections';
import { and, arrayContains, eq, gt, inArray } from 'drizzle-orm';
import { badArgument, parsed, ReadError } from './errors.ts';
import { masked } from './masking.ts';
import { afterCursor, cursorOf, mostRows, orderOf } from './paging.ts';
import { createPast } from './past.ts';
import { createReader } from './reader.ts';
import { count, select, shownOf } from './select.ts';
import type { QueryDef, ReadApi, SubscriptionDef, Viewer } from './types.ts';
import { createWaiting } from './waiting.ts';

export type ReadApiDeps = {
  /** A pool of its own: its connections work under the reader's role. */
  readonly readers: Pool;
  /** For positions and joined rows of the past; the pool of the process. */
  readonly pool: Pool;
  readonly log: EventLog;
  readonly vault: Vault;
};

/** What a client that was away is told at most; further back it reads the list anew. */
const mostMissed = 5_000;
const kitColumns: ReadonlySet<string> = new Set(['id', 'stream', 'partyKeys']);

/** Reading, for the gateway and the HTTP API: every row passes tenancy and masks here. */
export const createReadApi = ({ readers, pool, log, vault }: ReadApiDeps): ReadApi & { close(): Promise<void> } => {
  const reader = createReader(readers);
  const waiting = createWaiting(pool);

  const byKeys = async (
    model: AnyReadModel,
    keys: readonly string[],
    viewer: Viewer,
  ): Promise<ReadonlyMap<string, Row>> => {
    if (keys.length === 0) return new Map();
    const where = inArray(model.table.id!, [...new Set(keys)]);
    const rows = await reader.rows<Row>(viewer.partyKeys, select(model, viewer.partyKeys, { where }));
    return new Map(rows.map((row) => [row.id, masked(model, row, viewer)]));
  };
  const admit = ({ name, roles }: QueryDef | SubscriptionDef, { actor }: Viewer): void => {
    if (roles && !(actor.role && roles.includes(actor.role)))
      throw new ReadError('FORBIDDEN', `${name} is not open to ${actor.role ?? 'a person without a role'}`);
  };
  /** Joined rows are seen through the row that joins them, so they are read without its onlooker's keys. */
  const current = async ({ name, columns }: AnyReadModel, id: string): Promise<Row | undefined> =>
    (await pool.query<Row>(`select ${selectList(columns)} from ${quoted(name)} where id = $1`, [id])).rows[0];
  const lastProbe = async ({ name }: AnyReadModel): Promise<bigint> => {
    const { rows } = await pool.query<{ position: string }>(
      `select coalesce(max(position), 0) as position from ${quoted(name)}`,
    );
    return BigInt(rows[0]?.position ?? 0);
  };

  return {
    one: async (def, args, viewer) => {
      admit(def, viewer);
      const where = def.where(parsed(def.args, args), viewer);
      const [row] = await reader.rows<Row>(
        viewer.partyKeys,
        select(def.readModel, viewer.partyKeys, { where, limit: 1 }),
      );
      return row ? masked(def.readModel, row, viewer) : null;
    },
    page: async (def, args, { first, after, fields }, viewer) => {
      admit(def, viewer);
      if (!Number.isInteger(first) || first < 0 || first > mostRows)
        throw badArgument('first', `Ask for 0 to ${mostRows} rows`);
      const values = parsed(def.args, args);
      const where = and(def.where(values, viewer), afterCursor(def, after));
      const limit = def.complete ? undefined : first + 1;
      const ordered = def.orderBy.map(({ column }) => column);
      const shown = fields && !def.complete ? shownOf(def.readModel, fields, ordered) : undefined;
      const selection = { where, orderBy: orderOf(def), limit, shown };
      const found = await reader.rows<Row>(viewer.partyKeys, select(def.readModel, viewer.partyKeys, selection));
      const rows = (
        def.complete ? await def.complete(found, values, (model, keys) => byKeys(model, keys, viewer)) : found
      )
        .slice(0, def.complete ? undefined : first)
        .map((row) => masked(def.readModel, row, viewer));
      const last = rows.at(-1);
      return { rows, hasNextPage: !def.complete && found.length > first, endCursor: last ? cursorOf(def, last) : null };
    },
    count: async (def, args, viewer) => {
      admit(def, viewer);
      const values = parsed(def.args, args);
      const where = def.where(values, viewer);
      if (!def.complete) {
        const [row] = await reader.rows<{ count: number }>(
          viewer.partyKeys,
          count(def.readModel, viewer.partyKeys, where),
        );
        return row?.count ?? 0;
      }
      const found = await reader.rows<Row>(viewer.partyKeys, select(def.readModel, viewer.partyKeys, { where }));
      return (await def.complete(found, values, (model, keys) => byKeys(model, keys, viewer))).length;
    },
    cursorOf,
    byKeys,
    changedSince: async (def, args, position, viewer) => {
      admit(def, viewer);
      const { readModel: model } = def;
      const match = Object.entries(def.match(parsed(def.args, args), viewer)).map(([name, value]) => {
        if (!model.scope.includes(name) && !kitColumns.has(name))
          throw new Error(`${def.name} matches ${name}, which is not in its scope`);
        return name === 'partyKeys' ? arrayContains(model.table[name]!, [value]) : eq(model.table[name]!, value);
      });
      const where = and(gt(model.table.position!, position), ...match);
      const selection = { where, orderBy: `${quoted(model.name)}.position`, limit: mostMissed };
      const rows = await reader.rows<Row>(viewer.partyKeys, select(model, viewer.partyKeys, selection));
      return rows.map((row) => masked(model, row, viewer));
    },
    position: async (model) => (model.probed ? lastProbe(model) : waiting.position(model)),
    // Nobody waits for a probe: it tells how things are now.
    waitFor: async (model, position, timeoutMs) => model.probed || waiting.waitFor(model, position, timeoutMs),
    ...createPast({
      log,
      vault,
      current,
      visible: async (model, id, viewer) => (await byKeys(model, [id], viewer)).get(id),
    }),
    close: waiting.close,
  };
};
