import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@cargoro/domain';
import { canonicalJson } from '@cargoro/infra/ids';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

/** What of an event the chain covers: everything that was stored, as it was stored, so that erasure changes nothing. */
export const canonicalEvent = ({ id, type, stream, revision, recordedAt, data, meta }: RecordedEvent): string =>
  canonicalJson({ id, type, stream, revision: String(revision), recordedAt, data, meta });

export const sha256Hex = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Head of each stream's hash chain, `h(n) = SHA-256(h(n−1) ‖ canonical event n)`; the proof replays the log against it. */
export const StreamChain = readModel({
  name: 'stream_chain',
  type: 'StreamChain',
  version: 1,
  group: 'admin',
  row: z.object({ hash: z.string(), length: z.int() }),
  scope: [],
  indexes: [],
  from: [],
  raw: true,
  evidence: true,
  seenBy: () => [],
  platform: true,
  key: ({ stream }) => stream,
}).folds({
  every: (row, event) => ({
    hash: sha256Hex(row?.hash ?? '', canonicalEvent(event)),
    length: (row?.length ?? 0) + 1,
  }),
});
