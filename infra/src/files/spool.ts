import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileRefused, headBytes, type PutOptions, type StoredObject } from './port.ts';

export type Spooled = StoredObject & { readonly path: string };

/**
 * Writes what comes in to a file of its own in `folder`, hashing on the way, as its name is known at its end only. The
 * caller moves or removes the file; when this throws there is none.
 */
export const spool = async (
  content: AsyncIterable<Uint8Array>,
  folder: string,
  { maxBytes, objectId: wanted, check }: PutOptions,
): Promise<Spooled> => {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of content) {
      if (bytes < headBytes) head.push(chunk.subarray(0, headBytes - bytes));
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FileRefused('TOO_LARGE', `The file is larger than ${maxBytes} bytes`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (bytes === 0) throw new FileRefused('EMPTY', 'The file is empty');
    check?.(Buffer.concat(head));
    const objectId = hash.digest('hex');
    if (wanted !== undefined && wanted !== objectId)
      throw new FileRefused('HASH_MISMATCH', 'What arrived is not the file that was announced');
    await file.sync();
    await file.close();
    return { objectId, bytes, path };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
};
