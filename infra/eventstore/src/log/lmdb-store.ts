import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { commitFailure } from './commit-failure.ts';
import { assertWhole } from './data-file.ts';
import { type Commit, DamagedLogError, type IndexEntry, type LogStore, PAGE_BYTES } from './log-store.ts';
import { isIntact, type LogRecord, recordPosition, recordRevision, recordStreamId } from './record.ts';

export const LOG_FILE = 'log.mdb';
const LONGEST_NAME_KEY = 400;
const CLOSE_AFTER_FAILURE_MS = 1000;

/** LMDB keys are short; a very long stream name is found by its hash. */
const nameKey = (name: string): string =>
  name.length <= LONGEST_NAME_KEY ? `n${name}` : `h${createHash('sha256').update(name).digest('hex')}`;

const checked = (record: LogRecord, position: number): LogRecord => {
  if (isIntact(record) && recordPosition(record) === position) return record;
  throw new DamagedLogError(
    `The record at position ${position} does not match its checksum: the data file is damaged there.`,
  );
};

/** What changes of one transaction resolve with: mostly one promise that they share. */
type Changes = Set<Promise<unknown>>;

export interface OpenMode {
  readonly readOnly?: boolean;
}

/**
 * Every commit is on disk when it resolves: no switch that relaxes this may ever be set here. (overlappingSync, the
 * library's default, resolves a write before it is flushed.)
 */
export const environmentOptions = ({ readOnly = false }: OpenMode) => ({
  noSubdir: true,
  maxDbs: 8,
  overlappingSync: false,
  // Batches are explicit here; the automatic ones make promises nobody holds, and their rejection ends the process.
  eventTurnBatching: false,
  noSync: false,
  noMetaSync: false,
  readOnly,
});

/**
 * The log on LMDB: `log` maps position to record, `index` maps [stream, revision] to position, `streams` maps a name to
 * its number. All three change in one transaction, which LMDB makes durable before it makes it visible.
 */
export class LmdbStore implements LogStore {
  private readonly root: RootDatabase;
  private readonly log: Database<Buffer, number>;
  private readonly index: Database<number, [number, number]>;
  private readonly streams: Database<number, string>;
  private readonly marks: Database<number, string>;
  private readonly file: string;
  private failed = false;

  constructor(folder: string, mode: OpenMode = {}) {
    this.file = join(folder, LOG_FILE);
    assertWhole(this.file);
    this.root = open({ path: this.file, ...environmentOptions(mode) });
    this.log = this.root.openDB({ name: 'log', encoding: 'binary' });
    this.index = this.root.openDB({ name: 'index', encoding: 'ordered-binary' });
    this.streams = this.root.openDB({ name: 'streams', encoding: 'ordered-binary' });
    this.marks = this.root.openDB({ name: 'marks', encoding: 'ordered-binary' });
  }

  commit(commit: Commit): Promise<void> {
    return this.write(() => this.puts(commit));
  }

  /** For the start, when nobody else is served yet. */
  commitSync(commit: Commit): void {
    this.root.transactionSync(() => this.puts(commit));
  }

  private puts({ records, newStreams, marks }: Commit): Changes {
    const changes: Changes = new Set();
    for (const { name, id } of newStreams) changes.add(this.streams.put(nameKey(name), id));
    for (const record of records) {
      changes.add(this.log.put(recordPosition(record), record));
      changes.add(this.index.put([recordStreamId(record), recordRevision(record)], recordPosition(record)));
    }
    for (const { name, value } of marks) changes.add(this.marks.put(name, value));
    return changes;
  }

  remove(records: readonly LogRecord[]): Promise<void> {
    return this.write(() => {
      const changes: Changes = new Set();
      for (const record of records) {
        changes.add(this.log.remove(recordPosition(record)));
        changes.add(this.index.remove([recordStreamId(record), recordRevision(record)]));
      }
      return changes;
    });
  }

  record(position: number): LogRecord | undefined {
    const record = this.log.getBinary(position);
    return record && checked(record, position);
  }

  forward(from: number, limit: number): LogRecord[] {
    return this.page(this.log.getRange({ start: from, limit, snapshot: false }));
  }

  backward(before: number, limit: number): LogRecord[] {
    return this.page(this.log.getRange({ start: before, exclusiveStart: true, reverse: true, limit, snapshot: false }));
  }

  streamId(name: string): number | undefined {
    return this.streams.get(nameKey(name));
  }

  last(streamId: number): IndexEntry | undefined {
    return this.revisionsBackward(streamId, Number.MAX_SAFE_INTEGER, 0, 1)[0];
  }

  revisions(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    return this.entries({ start: [streamId, from], end: [streamId, to], inclusiveEnd: true, limit });
  }

  revisionsBackward(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    return this.entries({ start: [streamId, from], end: [streamId, to], inclusiveEnd: true, reverse: true, limit });
  }

  highestStreamId(): number {
    for (const [streamId] of this.index.getKeys({ reverse: true, limit: 1 })) return streamId;
    return 0;
  }

  mark(name: string): number | undefined {
    return this.marks.get(name);
  }

  /** As it is on disk now, also within one turn of the event loop. */
  freshMark(name: string): number | undefined {
    this.root.resetReadTxn();
    return this.marks.get(name);
  }

  async backup(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await this.root.backup(join(folder, LOG_FILE), true);
  }

  sizeOnDisk(): number {
    return statSync(this.file).size;
  }

  /** After a failed transaction the binding may wait for ever; what was acknowledged is on disk, so it need not be waited for. */
  async close(): Promise<void> {
    const closed = this.root.close();
    if (!this.failed) return closed;
    closed.catch(() => {});
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_AFTER_FAILURE_MS))]);
  }

  /** One transaction; resolves when it is on disk. */
  private async write(changes: () => Changes): Promise<void> {
    try {
      // Of a failed transaction every change fails, and one answer is enough.
      await this.root.batch(() => {
        for (const change of changes()) change.catch(() => {});
      });
    } catch (error) {
      this.failed = true;
      throw await commitFailure(error, dirname(this.file));
    }
  }

  /** Every entry of the log as it lies on disk, damaged or not. */
  *everyRecord(): Iterable<{ position: number; record: LogRecord }> {
    for (const { key, value } of this.log.getRange({ snapshot: false })) yield { position: key, record: value };
  }

  *everyIndexEntry(): Iterable<{ streamId: number; revision: number; position: number }> {
    for (const { key, value } of this.index.getRange({ snapshot: false }))
      yield { streamId: key[0], revision: key[1], position: value };
  }

  /** Without the checksum being looked at. */
  rawRecord(position: number): LogRecord | undefined {
    return this.log.getBinary(position);
  }

  private page(range: Iterable<{ key: number; value: Buffer }>): LogRecord[] {
    const records: LogRecord[] = [];
    let bytes = 0;
    for (const { key, value } of range) {
      records.push(checked(value, key));
      bytes += value.length;
      if (bytes > PAGE_BYTES) break;
    }
    return records;
  }

  private entries(range: {
    start: [number, number];
    end: [number, number];
    inclusiveEnd: true;
    limit: number;
    reverse?: boolean;
  }): IndexEntry[] {
    const entries: IndexEntry[] = [];
    for (const { key, value } of this.index.getRange({ ...range, snapshot: false }))
      entries.push({ revision: key[1], position: value });
    return entries;
  }
}
