export { FolderHeldError } from './log/folder-lock.ts';
export type { ClusterBehaviour, EventStoreNode, EventStoreOptions, Faults, TlsFiles } from './options.ts';
export { type SpawnedEventStore, type SpawnOptions, spawnEventStore } from './spawn.ts';
export { startEventStore } from './start.ts';
