import type { StoredEvent } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import { eventReader } from './events.ts';
import { deriveRow, foldRow, joinOnce, refsOf, settleRow } from './fold.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

/** Which events of a stream are to be counted in, and by when others must have happened. */
export type Cut = { readonly includes: (event: StoredEvent) => boolean; readonly at?: (event: StoredEvent) => boolean };
type Deps = {
  readonly log: EventLog;
  readonly vault: Vault;
  /** Rows as they stand, for joins that follow no single stream. */
  readonly current: (model: AnyReadModel, id: string) => Promise<AnyRow | undefined>;
};

/** The stream a row follows, if it follows one alone. */
const streamFor = (model: AnyReadModel, id: string): string | undefined => {
  const aggregate = model.record ? model.from.find(({ name }) => name === model.record) : model.from[0];
  return aggregate && (model.record !== undefined || model.key === undefined)
    ? `${aggregate.category}-${id}`
    : undefined;
};

/**
 * The row of a record as its own stream makes it, up to a cut, by the same folds as the live row; undefined when nothing
 * had happened. Joined columns are those of the same moment where the other row follows one stream, else today's.
 */
export const foldPast = async (
  model: AnyReadModel,
  id: string,
  deps: Deps,
  { includes, at = includes }: Cut,
): Promise<AnyRow | undefined> => {
  if (model.derived) {
    const source = await foldPast(model.derived.from, id, deps, { includes, at });
    return source && deriveRow(model, model.derived, source);
  }
  const stream = streamFor(model, id);
  if (!stream) return deps.current(model, id);
  const stored = (await deps.log.read(stream)).filter(includes);
  const events = model.raw ? stored : await eventReader(model.from, deps.vault).open(stored);
  const row = events.reduce<AnyRow | undefined>((before, event) => foldRow(model, before, event, id), undefined);
  if (!row || !model.joins) return row;
  let joined = row;
  for (const join of model.joins) {
    const others = new Map<string, AnyRow | undefined>();
    for (const other of refsOf(joined, join.by))
      others.set(other, await foldPast(join.from, other, deps, { includes: at }));
    joined = joinOnce(joined, join, (other) => others.get(other));
  }
  return settleRow(model, joined);
};
