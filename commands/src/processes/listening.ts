import { type AnyAggregate, type AnyProcess, readEvent, type StoredEvent } from '@cargoro/domain';
import type { Vault } from '@cargoro/infra/ports';

/** Who listens to which type of event. */
export const listenersOf = (processes: readonly AnyProcess[]): ReadonlyMap<string, readonly AnyProcess[]> => {
  const listening = new Map<string, AnyProcess[]>();
  for (const process of processes)
    for (const type of Object.keys(process.correlate)) listening.set(type, [...(listening.get(type) ?? []), process]);
  return listening;
};

/** Reads an event as it is declared, with its personal data opened. */
export const openerOf = (vault: Vault, aggregates: readonly AnyAggregate[]) => {
  const definitions: AnyAggregate['events'] = Object.assign({}, ...aggregates.map(({ events }) => events));
  return async (event: StoredEvent) => {
    const data = await vault.open(event.data as Record<string, unknown>, definitions[event.type]?.personal ?? {});
    return readEvent(definitions, { ...event, data });
  };
};
