import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_FILES } from '../log/journal.ts';
import { copyLog } from '../log/journaled-store.ts';
import { LOG_FILE } from '../log/lmdb-store.ts';
import { DamagedLogError } from '../log/log-store.ts';
import { type Verification, verifyLog } from './verify.ts';

const verified = async (folder: string): Promise<Verification> => {
  const result = await verifyLog(folder);
  const [first] = result.damage;
  if (first !== undefined) throw new DamagedLogError(`${folder}: ${first}`);
  return result;
};

const refuseExisting = (folder: string): void => {
  if (existsSync(join(folder, LOG_FILE))) throw new Error(`${folder} already holds a log; it is not overwritten.`);
};

/** A consistent, compacted copy of a data folder, also while a node is writing to it. The copy is read once through. */
export const backup = async (from: string, to: string): Promise<Verification> => {
  if (!existsSync(join(from, LOG_FILE))) throw new Error(`${from} holds no log.`);
  refuseExisting(to);
  await copyLog(from, to);
  return verified(to);
};

/** Puts a verified backup where a node can be started on it. */
export const restore = async (from: string, to: string): Promise<Verification> => {
  refuseExisting(to);
  const result = await verified(from);
  mkdirSync(to, { recursive: true });
  for (const file of [LOG_FILE, ...JOURNAL_FILES])
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  return result;
};
