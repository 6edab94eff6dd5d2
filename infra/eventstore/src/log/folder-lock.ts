import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same pid. */
  readonly bornAt: string;
  readonly since: string;
}

export class FolderHeldError extends Error {
  override readonly name = 'FolderHeldError';
}

const bornAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const isAlive = (holder: Holder): boolean => {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.bornAt === '' || bornAt(holder.pid) === holder.bornAt;
};

const readHolder = (file: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};

/**
 * Makes this process the only writer of a data folder, and returns how to give it up. A holder killed without a chance
 * to say goodbye is recognised by its process being gone.
 */
export const holdFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'holder.json');
  const mine = join(folder, `holder.${process.pid}.${process.hrtime.bigint()}.tmp`);
  const me: Holder = {
    pid: process.pid,
    host: hostname(),
    bornAt: bornAt(process.pid),
    since: new Date().toISOString(),
  };
  writeFileSync(mine, JSON.stringify(me));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(mine, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) {
        throw new FolderHeldError(
          `The data folder ${folder} is held by process ${holder.pid} on ${holder.host} since ${holder.since}. Stop it first, or choose another folder.`,
        );
      }
      renameSync(file, `${mine}.stale`);
      rmSync(`${mine}.stale`, { force: true });
    }
    throw new FolderHeldError(`The data folder ${folder} is being taken by another process at this moment.`);
  } finally {
    rmSync(mine, { force: true });
  }
};
