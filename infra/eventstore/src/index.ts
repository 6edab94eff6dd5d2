export { run as runEventStoreCli } from './cli.ts';
export { FolderHeldError } from './log/folder-lock.ts';
export { DamagedLogError } from './log/log-store.ts';
export { backup, restore } from './operations/backup.ts';
export { type Verification, verifyLog } from './operations/verify.ts';
export type { ClusterBehaviour, EventStoreNode, EventStoreOptions, Faults, TlsFiles } from './options.ts';
export { type SpawnedEventStore, type SpawnOptions, StoreNotStarted, spawnEventStore } from './spawn.ts';
export { startEventStore } from './start.ts';
