import type { Uploads } from '@cargoro/infra/files/uploads';
import { FileUse } from '@cargoro/projections';
import { and, arrayOverlaps, eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../define.ts';
import type { ReadApi, Viewer } from '../types.ts';

const { table } = FileUse;
/** Asked here alone: it is no query of the API. Tenancy is added as to every other. */
const use = query({
  name: 'fileUse',
  doc: { ko: '파일을 가리키는 기록', en: 'A record that names a file' },
  readModel: FileUse,
  shape: 'one',
  args: z.object({ sha256: z.string(), namedBy: z.array(z.string()) }),
  where: ({ sha256, namedBy }) => and(eq(table.sha256!, sha256), arrayOverlaps(table.namedBy!, namedBy)),
  orderBy: [],
});

export type FileAccess = {
  /** The file's media type if this viewer may read it; undefined if not, or if nobody brought such a file. */
  mediaTypeFor(sha256: string, viewer: Viewer): Promise<string | undefined>;
};

/**
 * A file may be read by whoever brought it, and by the parties of a record that names it, if who named it there is of
 * those who brought it: knowing a hash and naming it in a record of one's own opens nothing. The platform's staff sees
 * no content.
 */
export const createFileAccess = (readApi: Pick<ReadApi, 'one'>, uploads: Pick<Uploads, 'of'>): FileAccess => ({
  mediaTypeFor: async (sha256, viewer) => {
    const found = await uploads.of(sha256);
    const [first] = found;
    if (!first) return undefined;
    if (found.some(({ userId }) => userId === viewer.actor.id)) return first.mediaType;
    const namedBy = found.flatMap(({ userId, orgId }) => [`user:${userId}`, ...(orgId ? [`org:${orgId}`] : [])]);
    const party = { ...viewer, partyKeys: viewer.partyKeys.filter((key) => key.includes(':')) };
    return (await readApi.one(use, { sha256, namedBy }, party)) ? first.mediaType : undefined;
  },
});
