import { statfsSync } from 'node:fs';

/** Nothing of the append was written; it can be sent again when there is space. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
}

const NEARLY_NOTHING = 1024 * 1024;

const isFull = (folder: string): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < NEARLY_NOTHING;
};

const hasCode = (error: unknown, ...codes: (number | string)[]): boolean =>
  codes.includes((error as { code?: number | string }).code ?? '');

/** LMDB calls a write that the disk took in part only an input/output error, so then the disk itself is asked. */
const isNoSpace = (error: unknown, folder: string): boolean =>
  hasCode(error, 28, 'ENOSPC') || (hasCode(error, 5, 'EIO') && isFull(folder));

/** A full disk in words; anything else as it is. */
export const openFailure = (error: unknown, folder: string): unknown =>
  isNoSpace(error, folder)
    ? new DiskFullError(
        `No space left on the disk that holds ${folder}: the log cannot be opened before there is some.`,
      )
    : error;

/**
 * The reason of a failed transaction. LMDB's binding hands it over as a second promise, which would end the process
 * if nobody took it. On a full disk that is the reason, however it is told.
 */
export const commitFailure = async (error: unknown, folder: string): Promise<Error> => {
  const inner = (error as { commitError?: unknown }).commitError;
  const reason = await Promise.resolve(inner ?? error).catch((cause: unknown) => cause);
  if (isNoSpace(reason, folder) || isFull(folder))
    return new DiskFullError(`No space left on the disk that holds ${folder}: the append was not written.`);
  return reason instanceof Error ? reason : new Error(String(reason));
};
