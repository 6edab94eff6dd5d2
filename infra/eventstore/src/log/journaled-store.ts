import { logError } from '../log-line.ts';
import { Journal, readJournal, writeJournal } from './journal.ts';
import type { Frame } from './journal-frame.ts';
import { LmdbStore } from './lmdb-store.ts';
import type { Commit, IndexEntry, LogStore, Mark, NewStream } from './log-store.ts';
import { MemoryStore } from './memory-store.ts';
import { type LogRecord, recordPosition } from './record.ts';

/** Mark of the data file: number of the last commit it has. */
const APPLIED = '$journal';
const MOVE_AFTER_MS = 100;
/** So much may wait in memory behind a slow disk before commits wait too. */
const MOST_BYTES = 32 * 1024 * 1024;
const RETRY_MS = 1_000;

/** Commits that are durable in the journal and not yet in the data file. */
class Layer {
  readonly store = new MemoryStore();
  readonly records: LogRecord[] = [];
  readonly newStreams: NewStream[] = [];
  readonly marks = new Map<string, number>();
  bytes = 0;
  /** Position of its first record; everything at or after it is in this layer or a later one. */
  start = Number.POSITIVE_INFINITY;

  add(commit: Commit): void {
    void this.store.commit(commit);
    for (const record of commit.records) {
      this.records.push(record);
      this.bytes += record.length;
    }
    for (const stream of commit.newStreams) this.newStreams.push(stream);
    for (const { name, value } of commit.marks) this.marks.set(name, value);
    const [first] = commit.records;
    if (first && this.start === Number.POSITIVE_INFINITY) this.start = recordPosition(first);
  }

  asCommit(applied: number): Commit {
    const marks: Mark[] = [...this.marks].map(([name, value]) => ({ name, value }));
    return { records: this.records, newStreams: this.newStreams, marks: [...marks, { name: APPLIED, value: applied }] };
  }
}

/**
 * Commits of a folder's journal that its data file does not have. Of a log that is being written to, both change while
 * they are read: a hole is one only if the data file stood still meanwhile.
 */
export const unmoved = (data: LmdbStore, folder: string): { applied: number; frames: readonly Frame[] } => {
  for (;;) {
    const applied = data.freshMark(APPLIED) ?? 0;
    try {
      return { applied, frames: readJournal(folder, applied) };
    } catch (error) {
      if ((data.freshMark(APPLIED) ?? 0) === applied) throw error;
    }
  }
};

/** Copies what is committed now, data file and journal, also of a log that is being written to. */
export const copyLog = async (from: string, to: string): Promise<void> => {
  const source = new LmdbStore(from, { readOnly: true });
  const { frames } = unmoved(source, from);
  await source.backup(to);
  await source.close();
  // The copy may have more than the data file had when the journal was read, never less.
  const copy = new LmdbStore(to, { readOnly: true });
  const copied = copy.freshMark(APPLIED) ?? 0;
  await copy.close();
  writeJournal(
    to,
    frames.filter(({ sequence }) => sequence > copied),
  );
};

/**
 * The data file with a journal before it. A commit is durable once the journal has it, which costs one small write; it
 * is readable from memory at once, and moves to the data file a moment later together with many others. So an append
 * does not wait for a B-tree, and the data file is written in large transactions.
 */
export class JournaledStore implements LogStore {
  private readonly data: LmdbStore;
  private readonly journal: Journal;
  private tail = new Layer();
  /** The layer on its way to the data file, and the number of its last commit. */
  private moving: { readonly layer: Layer; readonly upTo: number } | undefined;
  private move: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Moving has failed and is tried again and again: said once. */
  private isBehind = false;
  private writing = false;
  private readonly afterWrite: (() => void)[] = [];

  /** What a crash left in the journal is in the data file before anything else happens. */
  constructor(folder: string) {
    this.data = new LmdbStore(folder);
    try {
      const { applied, frames } = unmoved(this.data, folder);
      const last = applied + frames.length;
      if (frames.length > 0) {
        const left = new Layer();
        for (const { commit } of frames) left.add(commit);
        this.data.commitSync(left.asCommit(last));
      }
      this.journal = new Journal(folder, last + 1);
    } catch (error) {
      void this.data.close();
      throw error;
    }
  }

  async commit(commit: Commit): Promise<void> {
    if (this.tail.bytes > MOST_BYTES) await this.flush();
    this.writing = true;
    try {
      await this.journal.append(commit);
      this.tail.add(commit);
    } finally {
      this.writing = false;
      for (const act of this.afterWrite.splice(0)) act();
    }
    this.moveIn(MOVE_AFTER_MS);
  }

  async remove(records: readonly LogRecord[]): Promise<void> {
    await this.flush();
    await this.data.remove(records);
  }

  record(position: number): LogRecord | undefined {
    for (const layer of this.layers()) if (position >= layer.start) return layer.store.record(position);
    return this.data.record(position);
  }

  forward(from: number, limit: number): LogRecord[] {
    const { tail } = this;
    const moving = this.moving?.layer;
    const start = moving?.start ?? tail.start;
    if (from < start) {
      const page = this.data.forward(from, limit);
      // A transaction that has just ended may show in the data file before its layer goes.
      const older = page.findIndex((record) => recordPosition(record) >= start);
      if (older !== 0 && page.length > 0) return older < 0 ? page : page.slice(0, older);
    }
    const first = moving && from < tail.start ? moving.store.forward(from, limit) : [];
    return first.length > 0 ? first : tail.store.forward(from, limit);
  }

  backward(before: number, limit: number): LogRecord[] {
    let end = before;
    for (const layer of this.layers()) {
      const page = end > layer.start ? layer.store.backward(end, limit) : [];
      if (page.length > 0) return page;
      end = Math.min(end, layer.start);
    }
    return this.data.backward(end, limit);
  }

  streamId(name: string): number | undefined {
    return this.tail.store.streamId(name) ?? this.moving?.layer.store.streamId(name) ?? this.data.streamId(name);
  }

  last(streamId: number): IndexEntry | undefined {
    return this.tail.store.last(streamId) ?? this.moving?.layer.store.last(streamId) ?? this.data.last(streamId);
  }

  revisions(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    const start = this.moving?.layer.start ?? this.tail.start;
    const entries = this.data.revisions(streamId, from, to, limit).filter(({ position }) => position < start);
    for (const layer of [this.moving?.layer, this.tail])
      if (layer && entries.length < limit)
        entries.push(...layer.store.revisions(streamId, from, to, limit - entries.length));
    return entries;
  }

  revisionsBackward(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    const start = this.moving?.layer.start ?? this.tail.start;
    const entries: IndexEntry[] = [];
    for (const layer of this.layers())
      entries.push(...layer.store.revisionsBackward(streamId, from, to, limit - entries.length));
    if (entries.length >= limit) return entries;
    const next = entries.at(-1)?.revision;
    const older = this.data.revisionsBackward(
      streamId,
      next === undefined ? from : Math.min(from, next - 1),
      to,
      limit - entries.length,
    );
    return [...entries, ...older.filter(({ position }) => position < start)];
  }

  highestStreamId(): number {
    const added = this.layers().flatMap(({ newStreams }) => newStreams.map(({ id }) => id));
    return Math.max(this.data.highestStreamId(), ...added);
  }

  mark(name: string): number | undefined {
    return this.tail.marks.get(name) ?? this.moving?.layer.marks.get(name) ?? this.data.mark(name);
  }

  async backup(folder: string): Promise<void> {
    await this.flush();
    await this.data.backup(folder);
  }

  sizeOnDisk(): number {
    return this.data.sizeOnDisk();
  }

  async close(): Promise<void> {
    // What cannot be moved now, as on a full disk, stays in the journal and is moved at the next start.
    await this.flush().then(
      () => this.journal.clear(),
      () => {},
    );
    clearTimeout(this.timer);
    this.journal.close();
    await this.data.close();
  }

  /** Resolves when the data file has everything committed until now. */
  async flush(): Promise<void> {
    while (this.moving || this.tail.records.length > 0) await this.startMove();
  }

  /** Newest first. */
  private layers(): readonly Layer[] {
    return this.moving ? [this.tail, this.moving.layer] : [this.tail];
  }

  private moveIn(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.startMove().catch((reason: unknown) => {
        if (!this.isBehind) logError('data-file-behind', reason);
        this.isBehind = true;
        this.moveIn(RETRY_MS);
      });
    }, ms).unref();
  }

  /** One move at a time; whoever asks meanwhile waits for the one under way. */
  private startMove(): Promise<void> {
    this.move ??= this.moveOnce().finally(() => {
      this.move = undefined;
    });
    return this.move;
  }

  /** A move that failed is tried again with the same layer: the journal keeps it until the data file has it. */
  private async moveOnce(): Promise<void> {
    if (!this.moving) await this.beginLayer();
    if (!this.moving) return;
    const { layer, upTo } = this.moving;
    await this.data.commit(layer.asCommit(upTo));
    this.moving = undefined;
    this.isBehind = false;
  }

  /** Between two commits: the journal goes on in its other file, and the tail so far is what moves. */
  private beginLayer(): Promise<void> {
    return new Promise((resolve) => {
      const begin = (): void => {
        if (this.tail.records.length > 0) {
          this.moving = { layer: this.tail, upTo: this.journal.last };
          this.tail = new Layer();
          this.journal.turn();
        }
        resolve();
      };
      if (this.writing) this.afterWrite.push(begin);
      else begin();
    });
  }
}
