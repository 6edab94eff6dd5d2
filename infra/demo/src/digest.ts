import { createHash } from 'node:crypto';
import { type AnyAggregate, aggregates, type StoredEvent } from '@cargoro/domain';
import { canonicalJson } from '@cargoro/infra/ids';
import type { EventLog, Vault } from '@cargoro/infra/ports';

const defs: AnyAggregate['events'] = Object.assign({}, ...aggregates.map(({ events }) => events));

/**
 * SHA-256 over events in their order: stream, revision, type, id, metadata and data. What only a store or a build knows is
 * left out.
 */
export const newDigest = () => {
  const hash = createHash('sha256');
  return {
    add: ({ id, stream, revision, type, data, meta }: StoredEvent): void => {
      const { appVersion: _, ...told } = meta;
      const event = { id, stream, revision: revision.toString(), type, meta: told, data };
      hash.update(canonicalJson(event)).update('\n');
    },
    /** Of what was added so far. */
    hex: (): string => hash.copy().digest('hex'),
  };
};

/** The events of a log in their order, personal fields as they were before they were sealed. */
export async function* openedEvents(log: EventLog, vault: Vault): AsyncIterable<StoredEvent> {
  for await (const event of log.readAll()) {
    const personal = defs[event.type]?.personal ?? {};
    const isSealed = Object.keys(personal).length > 0;
    yield isSealed ? { ...event, data: await vault.open(event.data as Record<string, unknown>, personal) } : event;
  }
}

/** The digest of a whole log; a seal differs each time, so personal fields count opened. */
export const digestOf = async (log: EventLog, vault: Vault): Promise<string> => {
  const digest = newDigest();
  for await (const event of openedEvents(log, vault)) digest.add(event);
  return digest.hex();
};
