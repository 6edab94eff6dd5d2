import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const row = z.object({
  sha256: z.string(),
  /** Party keys of those who named the object in this record, and of their organisations. */
  namedBy: z.array(z.string()),
});
const fingerprint = /^[0-9a-f]{64}$/;

/** Content-addressed objects an event's data names, however deep. */
export const objectsIn = (data: unknown): readonly string[] => {
  if (typeof data !== 'object' || data === null) return [];
  const { objectId, sha256 } = data as { objectId?: unknown; sha256?: unknown };
  const own = typeof objectId === 'string' && objectId === sha256 && fingerprint.test(objectId) ? [objectId] : [];
  return [...own, ...Object.values(data).flatMap(objectsIn)];
};
/** Those, and the file of a sealed track, which nobody brought. */
const named = (type: string, data: unknown): readonly string[] =>
  type === 'TrackSealed' ? [(data as { polylineSha256: string }).polylineSha256] : objectsIn(data);

/** Which record names which file: who is party to the record may read the file (its row is found through the record). */
export const FileUse = readModel({
  name: 'rm_file_use',
  type: 'FileUse',
  version: 2,
  group: 'admin',
  row,
  scope: [],
  indexes: [['sha256']],
  from: [],
  raw: true,
  tenancy: 'stream',
  seenBy: () => [],
  key: ({ stream, type, data }) => [...new Set(named(type, data))].map((sha256) => `${sha256}.${stream}`),
}).folds({
  every: (row, { meta: { actor } }, id) => {
    const namers = [`${actor.kind}:${actor.id}`, ...(actor.orgId ? [`org:${actor.orgId}`] : [])];
    const missing = namers.filter((key) => !row?.namedBy.includes(key));
    if (row && missing.length === 0) return undefined;
    return { sha256: id.slice(0, 64), namedBy: [...(row?.namedBy ?? []), ...missing] };
  },
});
