import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { checkedAgainst } from './checked.ts';
import { type Files, isObjectId } from './port.ts';
import { spool } from './spool.ts';

/** Files in a folder of this machine, as `ab/cd…`; written beside and renamed, so that one is whole or not there. */
export const diskFiles = (folder: string): Files => {
  const pathOf = (objectId: string) => join(folder, objectId.slice(0, 2), objectId.slice(2));
  const sizeOf = async (objectId: string): Promise<number | undefined> => {
    if (!isObjectId(objectId)) return undefined;
    const found = await stat(pathOf(objectId)).catch(noneWhenMissing);
    return found?.size;
  };
  return {
    put: async (content, options) => {
      const { objectId, bytes, path } = await spool(content, join(folder, 'arriving'), options);
      const kept = pathOf(objectId);
      try {
        await mkdir(dirname(kept), { recursive: true });
        // Over one of the same name, which holds the same, or was damaged and is whole again now.
        await rename(path, kept);
        await settle(dirname(kept));
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      return { objectId, bytes };
    },
    get: async (objectId) => {
      const bytes = await sizeOf(objectId);
      if (bytes === undefined) return undefined;
      const content = checkedAgainst(objectId);
      pipeline(createReadStream(pathOf(objectId)), content, () => undefined);
      return { bytes, content };
    },
    exists: async (objectId) => (await sizeOf(objectId)) !== undefined,
    remove: async (objectId) => {
      if (isObjectId(objectId)) await rm(pathOf(objectId), { force: true });
    },
  };
};

const noneWhenMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

/** A name is there after a power cut only once its folder was written too. */
const settle = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};
