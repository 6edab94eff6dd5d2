import type { RecordedEvent } from '@cargoro/domain';
import type { PoolClient } from '@cargoro/infra/postgres';
import type { Delivered } from './events.ts';
import { deriveRow, foldRow, joinOnce, keysOf, refsOf, settleRow } from './fold.ts';
import type { RowStore } from './row-store.ts';
import { quoted } from './sql.ts';
import type { AnyReadModel, AnyRow, Derivation } from './types.ts';

export type Change = { readonly before: AnyRow | undefined; readonly after: AnyRow };
/** Changed rows by read model and id. */
export type Changes = ReadonlyMap<AnyReadModel, ReadonlyMap<string, Change>>;

/** An event no handler can fold: the group stops there until somebody mends the handler or the event. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  constructor(
    readonly event: Pick<RecordedEvent, 'stream' | 'type' | 'revision' | 'position'>,
    /** What was folded before it. */
    readonly readModel: string,
    options: ErrorOptions,
  ) {
    super(
      `${readModel} cannot fold ${event.type} at ${event.stream}@${event.revision} (position ${event.position}): ${options.cause}`,
      options,
    );
  }
}

type Touch = { readonly event: RecordedEvent; readonly model: AnyReadModel; readonly id: string };

/** Rows that were changed but not written yet (a rebuild writes seldom). */
type Pending = {
  has(id: string): boolean;
  get(id: string): AnyRow | undefined;
  rows(): readonly AnyRow[];
};
type FoldOptions = {
  readonly tableOf?: (model: AnyReadModel) => string;
  readonly pending?: (model: AnyReadModel) => Pending;
};
const nothing: Pending = { has: () => false, get: () => undefined, rows: () => [] };

/**
 * Folds a batch in memory: reads the rows it touches, applies the events in their order, then the joins. Nothing is
 * written; the caller writes the changes and puts them into the store.
 */
export const foldBatch = async (
  models: readonly AnyReadModel[],
  events: readonly Delivered[],
  store: RowStore,
  client: PoolClient,
  { tableOf = ({ name }) => name, pending = () => nothing }: FoldOptions = {},
): Promise<Changes> => {
  const touches = touchesOf(events);
  const rows = new Map<AnyReadModel, Map<string, AnyRow>>();
  for (const [model, ids] of idsByModel(touches)) {
    const unwritten = pending(model);
    const loaded = new Map(
      await store.load(
        client,
        model,
        [...ids].filter((id) => !unwritten.has(id)),
      ),
    );
    for (const id of ids) {
      const row = unwritten.get(id);
      if (row) loaded.set(id, row);
    }
    rows.set(model, loaded);
  }
  const changes = new Map<AnyReadModel, Map<string, Change>>();
  const change = (model: AnyReadModel, after: AnyRow, before: AnyRow | undefined) => {
    const ofModel = changes.get(model) ?? new Map<string, Change>();
    ofModel.set(after.id, { before: ofModel.has(after.id) ? ofModel.get(after.id)!.before : before, after });
    changes.set(model, ofModel);
  };
  for (const { event, model, id } of touches) {
    const known = rows.get(model) ?? new Map<string, AnyRow>();
    rows.set(model, known);
    const before = known.get(id);
    const after = foldOne(model, before, event, id);
    if (!after || after === before) continue;
    known.set(id, after);
    change(model, after, before);
  }
  await join(models, changes, change, store, client, { tableOf, pending });
  return changes;
};

/** The first event of a stream that alone makes a row: there can be none yet. */
const isFirst = ({ model, event }: Touch): boolean => model.key === undefined && event.revision === 0n;

const touchesOf = (events: readonly Delivered[]): readonly Touch[] => {
  const touches: Touch[] = [];
  for (const { stored, opened, models } of events)
    for (const model of models) {
      const event = model.raw ? stored : opened;
      try {
        for (const id of keysOf(model, event)) touches.push({ event, model, id });
      } catch (cause) {
        throw new PoisonEvent(event, model.name, { cause });
      }
    }
  return touches;
};

const idsByModel = (touches: readonly Touch[]): ReadonlyMap<AnyReadModel, ReadonlySet<string>> => {
  const ids = new Map<AnyReadModel, Set<string>>();
  for (const touch of touches) {
    if (isFirst(touch)) continue;
    const known = ids.get(touch.model);
    if (known) known.add(touch.id);
    else ids.set(touch.model, new Set([touch.id]));
  }
  return ids;
};

const foldOne = (model: AnyReadModel, before: AnyRow | undefined, event: RecordedEvent, id: string) => {
  try {
    return foldRow(model, before, event, id);
  } catch (cause) {
    throw new PoisonEvent(event, model.name, { cause });
  }
};

/** Makes the rows of a derived read model anew for every changed row of its source. */
const derive = async (
  model: AnyReadModel,
  derivation: Derivation,
  changes: Changes,
  change: (model: AnyReadModel, after: AnyRow, before: AnyRow | undefined) => void,
  store: RowStore,
  client: PoolClient,
  unwritten: Pending,
): Promise<void> => {
  const sources = changes.get(derivation.from) ?? new Map<string, Change>();
  const older = [...sources].filter(([id, { before }]) => before && !unwritten.has(id)).map(([id]) => id);
  const known = await store.load(client, model, older);
  for (const [id, { after }] of sources)
    change(model, deriveRow(model, derivation, after), unwritten.get(id) ?? known.get(id));
};

/** Refreshes joined columns: of changed rows, and of rows that refer to a changed one. */
const join = async (
  models: readonly AnyReadModel[],
  changes: Changes,
  change: (model: AnyReadModel, after: AnyRow, before: AnyRow | undefined) => void,
  store: RowStore,
  client: PoolClient,
  { tableOf, pending }: Required<FoldOptions>,
): Promise<void> => {
  for (const model of models) {
    if (model.derived) await derive(model, model.derived, changes, change, store, client, pending(model));
    if (!model.joins) continue;
    const affected = new Map([...(changes.get(model) ?? [])].map(([id, { after }]) => [id, after]));
    for (const { from, by } of model.joins) {
      const others = [...(changes.get(from)?.keys() ?? [])];
      if (others.length === 0) continue;
      const column = model.columns.find(({ name }) => name === by)!;
      const { rows } = await client.query<{ id: string }>(
        `select id from ${quoted(tableOf(model))} where ${quoted(column.sql)} ${column.kind === 'texts' ? '&& $1' : '= any($1)'}`,
        [others],
      );
      const referring = await store.load(
        client,
        model,
        rows.map(({ id }) => id),
      );
      const wanted = new Set(others);
      const unwritten = pending(model);
      for (const [id, row] of referring) if (!affected.has(id) && !unwritten.has(id)) affected.set(id, row);
      for (const row of unwritten.rows())
        if (!affected.has(row.id) && refsOf(row, by).some((id) => wanted.has(id))) affected.set(row.id, row);
    }
    const joined = new Map(affected);
    for (const one of model.joins) {
      const { from, by } = one;
      const ids = new Set([...joined.values()].flatMap((row) => refsOf(row, by)));
      const unwritten = pending(from);
      const latest = (id: string) => changes.get(from)?.get(id)?.after ?? unwritten.get(id);
      const stored = await store.load(
        client,
        from,
        [...ids].filter((id) => !latest(id)),
      );
      for (const [id, row] of joined)
        joined.set(
          id,
          joinOnce(row, one, (other) => latest(other) ?? stored.get(other)),
        );
    }
    for (const [id, row] of joined) change(model, settleRow(model, row), affected.get(id)!);
  }
};
