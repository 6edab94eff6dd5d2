import type { Uploads } from '@cargoro/infra/files/uploads';
import { FileUse } from '@cargoro/projections';
import { and, arrayOverlaps, eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../define.ts';
import type { Positions } from '../positions/positions.ts';
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

/** `noted`: each reading is written down, so the file is not to be kept where it is read. */
export type ReadableFile = { readonly mediaType: string; readonly noted: boolean };
export type FileAccess = {
  /** What the file is, if this viewer may read it now; undefined if not, or if there is no such file. */
  open(sha256: string, viewer: Viewer): Promise<ReadableFile | undefined>;
};
/** As whom our process names the track of a delivery it sealed. */
const sealer = ['process:tracks'];

/**
 * A file may be read by whoever brought it, and by the parties of a record that names it, if who named it there is of
 * those who brought it: knowing a hash and naming it in a record of one's own opens nothing. The platform's staff sees
 * no content. A sealed track, which nobody brought, is for those who may see where the car is.
 */
export const createFileAccess = (
  readApi: Pick<ReadApi, 'one'>,
  uploads: Pick<Uploads, 'of'>,
  positions: Pick<Positions, 'showTrack'>,
): FileAccess => {
  const useBy = (namedBy: readonly string[], sha256: string, viewer: Viewer) => {
    const party = { ...viewer, partyKeys: viewer.partyKeys.filter((key) => key.includes(':')) };
    return readApi.one(use, { sha256, namedBy }, party);
  };
  const track = async (sha256: string, viewer: Viewer): Promise<ReadableFile | undefined> => {
    const sealed = await useBy(sealer, sha256, viewer);
    const deliveryId = sealed?.stream.slice(sealed.stream.indexOf('-') + 1);
    const shown = deliveryId !== undefined && (await positions.showTrack(deliveryId, viewer));
    return shown ? { mediaType: 'application/json', noted: true } : undefined;
  };
  return {
    open: async (sha256, viewer) => {
      const found = await uploads.of(sha256);
      const [first] = found;
      if (!first) return track(sha256, viewer);
      const file = { mediaType: first.mediaType, noted: false };
      if (found.some(({ userId }) => userId === viewer.actor.id)) return file;
      const namedBy = found.flatMap(({ userId, orgId }) => [`user:${userId}`, ...(orgId ? [`org:${orgId}`] : [])]);
      return (await useBy(namedBy, sha256, viewer)) ? file : track(sha256, viewer);
    },
  };
};
