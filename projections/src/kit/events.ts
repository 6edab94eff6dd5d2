import {
  type AnyAggregate,
  type EventDef,
  type EventDefs,
  partyEvents,
  type RecordedEvent,
  type StoredEvent,
} from '@cargoro/domain';
import type { Vault } from '@cargoro/infra/ports';
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
    const lifted = events.map((event) => {
      const def = defOf(event);
      return { event: def ? lift(def, event) : event, personal: def?.personal ?? {} };
    });
    if (!lifted.some(({ personal }) => Object.keys(personal).length > 0)) return lifted.map(({ event }) => event);
    return Promise.all(
      lifted.map(async ({ event, personal }) =>
        Object.keys(personal).length === 0
          ? event
          : { ...event, data: await vault.open(event.data as Record<string, unknown>, personal) },
      ),
    );
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
