import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same pid. */
  readonly bornAt: string;
  readonly since: string;
}

const HEARTBEAT_MS = 2_000;
const SILENCE_MS = 10_000;

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

const isAlive = (holder: Holder, file: string): boolean => {
  // Of a holder on another host only its heartbeat can be seen.
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < SILENCE_MS;
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

/** A heartbeat for those on other hosts, until the folder is given up. */
const holding = (file: string): (() => void) => {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now, () => {});
  }, HEARTBEAT_MS).unref();
  return () => {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  };
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
  try {
    writeFileSync(mine, JSON.stringify(me));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(mine, file);
        return holding(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder, file)) {
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
