import { createHash } from 'node:crypto';
import { type AnyAggregate, aggregates } from '@cargoro/domain';
import { canonicalJson } from '@cargoro/infra/ids';
import type { EventLog, Vault } from '@cargoro/infra/ports';

const defs: AnyAggregate['events'] = Object.assign({}, ...aggregates.map(({ events }) => events));

/**
 * SHA-256 over every event of a log in its order: stream, revision, type, id, metadata and data. Personal fields count
 * as they were before they were sealed, for a seal differs each time; what only a store or a build knows is left out.
 */
export const digestOf = async (log: EventLog, vault: Vault): Promise<string> => {
  const hash = createHash('sha256');
  for await (const { id, stream, revision, type, data, meta } of log.readAll()) {
    const { appVersion: _, ...told } = meta;
    const opened = await vault.open(data as Record<string, unknown>, defs[type]?.personal ?? {});
    hash
      .update(canonicalJson({ id, stream, revision: revision.toString(), type, meta: told, data: opened }))
      .update('\n');
  }
  return hash.digest('hex');
};
