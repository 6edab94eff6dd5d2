import {
  type AnyAggregate,
  type EventDef,
  type EventDefs,
  partyEvents,
  type RecordedEvent,
  type StoredEvent,
} from '@cargoro/domain';
import type { Vault } from '@cargoro/infra/ports';
import { routeOf } from './fold.ts';
import type { AnyReadModel } from './types.ts';

/** How stored events become what handlers see: lifted to their current version, personal fields opened. */
export type EventReader = { readonly open: (events: readonly StoredEvent[]) => Promise<readonly RecordedEvent[]> };

/** Reads events of these aggregates. Data is trusted to be what dispatch checked when it was written; it is not parsed again. */
export const eventReader = (aggregates: readonly AnyAggregate[], vault: Vault): EventReader => {
  const byCategory = new Map(aggregates.map((aggregate) => [aggregate.category, aggregate.events]));
  const defOf = (event: StoredEvent): EventDef | undefined =>
    byCategory.get(event.stream.slice(0, event.stream.indexOf('-')))?.[event.type] ??
    (partyEvents as EventDefs)[event.type];

  const open = async (events: readonly StoredEvent[]): Promise<readonly RecordedEvent[]> => {
    const opened: RecordedEvent[] = [];
    const unsealing: Promise<void>[] = [];
    for (const stored of events) {
      const def = defOf(stored);
      const at = opened.push(def ? lift(def, stored) : stored) - 1;
      if (def && Object.keys(def.personal).length > 0)
        unsealing.push(
          vault.open(opened[at]!.data as Record<string, unknown>, def.personal).then((data) => {
            opened[at] = { ...opened[at]!, data };
          }),
        );
    }
    if (unsealing.length > 0) await Promise.all(unsealing);
    return opened;
  };
  return { open };
};

const lift = (def: EventDef, event: StoredEvent): StoredEvent => {
  let data = event.data as Record<string, unknown>;
  for (let version = event.meta.schemaVersion; version < def.version; version++) {
    const up = def.upcasters[version];
    if (!up) throw new Error(`No upcaster from version ${version} of ${event.type}`);
    data = up(data, event.meta);
  }
  return data === event.data ? event : { ...event, data };
};

/** One event as raw and as opened, with the read models that look at it; they choose. */
export type Delivered = {
  readonly stored: RecordedEvent;
  readonly opened: RecordedEvent;
  readonly models: readonly AnyReadModel[];
};

/** How stored events reach the folds of these read models: `wanted` tells which do, `deliver` readies those. */
export const createDelivery = (models: readonly AnyReadModel[], vault: Vault) => {
  const reader = eventReader([...new Set(models.flatMap(({ from }) => from))], vault);
  const needsOpening = models.some(({ raw }) => !raw);
  const route = routeOf(models);
  return {
    wanted: (event: StoredEvent): boolean => route(event).length > 0,
    deliver: async (events: readonly StoredEvent[]): Promise<readonly Delivered[]> => {
      const opened = needsOpening ? await reader.open(events) : events;
      return events.map((stored, at) => ({ stored, opened: opened[at]!, models: route(stored) }));
    },
  };
};

/** Event types a set of read models needs, for the server's filter; undefined when one of them needs all. */
export const typesOf = (models: readonly AnyReadModel[]): readonly string[] | undefined => {
  if (models.some((model) => model.on['*'])) return undefined;
  const types = models.flatMap((model) =>
    model.from.flatMap((aggregate) =>
      aggregate.name === model.record
        ? Object.keys(aggregate.events)
        : Object.keys(aggregate.events).filter((type) => type in model.on),
    ),
  );
  return [...new Set([...types, ...Object.keys(partyEvents)])];
};
