export { FolderHeldError } from './log/folder-lock.ts';
export { type SpawnedEventStore, type SpawnOptions, spawnEventStore } from './spawn.ts';
export { type EventStoreNode, type EventStoreOptions, startEventStore } from './start.ts';
