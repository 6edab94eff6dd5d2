import type { LogRecord } from './record.ts';

export interface IndexEntry {
  readonly revision: number;
  readonly position: number;
}

export interface NewStream {
  readonly name: string;
  readonly id: number;
}

/** A named number that changes together with records: how far a projection got. */
export interface Mark {
  readonly name: string;
  readonly value: number;
}

export interface Commit {
  readonly records: readonly LogRecord[];
  readonly newStreams: readonly NewStream[];
  readonly marks: readonly Mark[];
}

/**
 * What the server needs from storage. Reads see committed data only and never half a commit. A page has at most
 * `limit` records or about a megabyte and may be shorter; an empty page means there is nothing left.
 */
export interface LogStore {
  /** Resolves when everything in it is durable and visible; rejects when nothing of it is. */
  commit(commit: Commit): Promise<void>;
  /** Takes records and their index entries out of the log (scavenging). */
  remove(records: readonly LogRecord[]): Promise<void>;
  record(position: number): LogRecord | undefined;
  /** Records at `from` or after it, oldest first. */
  forward(from: number, limit: number): LogRecord[];
  /** Records strictly before `before`, newest first. */
  backward(before: number, limit: number): LogRecord[];
  streamId(name: string): number | undefined;
  last(streamId: number): IndexEntry | undefined;
  /** Index entries of `from..to`, ascending. */
  revisions(streamId: number, from: number, to: number, limit: number): IndexEntry[];
  /** Index entries of `from` down to `to`, descending. */
  revisionsBackward(streamId: number, from: number, to: number, limit: number): IndexEntry[];
  highestStreamId(): number;
  mark(name: string): number | undefined;
  backup(folder: string): Promise<void>;
  sizeOnDisk(): number;
  close(): Promise<void>;
}

export const PAGE_BYTES = 1024 * 1024;

/** Storage returned something else than what was written: named, never served. */
export class DamagedLogError extends Error {
  override readonly name = 'DamagedLogError';
}
