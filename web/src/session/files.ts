import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where files lie without an object store; the composition root names the data folder. */
const folder = (): string => process.env.CARGORO_FILES_DIR ?? join(process.cwd(), '.cargoro', 'files');

/** A UUIDv7 and the beginning of the hash: not to be guessed, so knowing the id is the right to read it. */
export const fileId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9a-f]{16}$/;
export const largestFile = 10_000_000;
/** Only what a page may show without running anything. */
export const imageTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Written beside and renamed, so that a file is whole or not there. */
export const store = async (id: string, type: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(folder(), { recursive: true });
  const file = join(folder(), id);
  await writeFile(`${file}.type`, type);
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
};

export const load = async (id: string): Promise<{ type: string; bytes: Uint8Array } | undefined> => {
  try {
    const file = join(folder(), id);
    return { type: await readFile(`${file}.type`, 'utf8'), bytes: await readFile(file) };
  } catch {
    return undefined;
  }
};
