import type { EventStoreOptions } from '../options.ts';
import { openFailure } from './commit-failure.ts';
import { holdFolder } from './folder-lock.ts';
import { JournaledStore } from './journaled-store.ts';
import type { LogStore } from './log-store.ts';
import { MemoryStore } from './memory-store.ts';

/** The log that the options ask for, and how to give its folder up. */
export const openStore = ({ dataDir, memory }: EventStoreOptions): { store: LogStore; release: () => void } => {
  if (memory) return { store: new MemoryStore(), release: () => {} };
  if (dataDir === undefined) throw new Error('An event store needs a data folder, or memory: true.');
  let release = (): void => {};
  try {
    release = holdFolder(dataDir);
    return { store: new JournaledStore(dataDir), release };
  } catch (reason) {
    release();
    throw openFailure(reason, dataDir);
  }
};
