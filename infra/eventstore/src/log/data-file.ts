import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DamagedLogError } from './log-store.ts';

/** Where LMDB keeps things in its two meta pages. */
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, length: 160 };
const MAGIC = 0xbeefc0de;

interface Meta {
  readonly pageSize: number;
  readonly lastPage: bigint;
  readonly transaction: bigint;
}

const readMeta = (descriptor: number, at: number): Meta | undefined => {
  const page = Buffer.alloc(META.length);
  if (readSync(descriptor, page, 0, META.length, at) < META.length || page.readUInt32LE(META.magic) !== MAGIC)
    return undefined;
  return {
    pageSize: page.readUInt32LE(META.pageSize),
    lastPage: page.readBigUInt64LE(META.lastPage),
    transaction: page.readBigUInt64LE(META.transaction),
  };
};

/**
 * Refuses a data file that is shorter than its own header says. LMDB maps the file into memory: reading a page that
 * is not there would end the process without a word.
 */
export const assertWhole = (file: string): void => {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return;
    const first = readMeta(descriptor, 0);
    const second = readMeta(descriptor, first?.pageSize ?? 4096);
    const metas = [first, second].filter((meta) => meta !== undefined);
    const [newest] = metas.sort((a, b) => (a.transaction < b.transaction ? 1 : -1));
    if (!newest) throw new DamagedLogError(`${file} has no readable header: it is damaged or not an event log.`);
    const needed = (newest.lastPage + 1n) * BigInt(newest.pageSize);
    if (BigInt(size) < needed)
      throw new DamagedLogError(
        `${file} is truncated: it has ${size} bytes and needs ${needed}. Restore it from a backup.`,
      );
  } finally {
    closeSync(descriptor);
  }
};
