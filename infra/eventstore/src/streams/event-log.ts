import { GroupCommit } from '../log/group-commit.ts';
import type { LogStore, NewStream } from '../log/log-store.ts';
import { encodeRecord, type LogRecord, positionAfter, recordId, recordPosition, recordStream } from '../log/record.ts';
import { type StreamHead, StreamHeads } from './heads.ts';
import { METASTREAM_METADATA, parseMetadata } from './metadata.ts';
import { isMetastream, originalOf } from './names.ts';
import { RecentEvents } from './recent-events.ts';

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export const NO_BYTES = Buffer.alloc(0);

export interface Committed {
  readonly records: readonly LogRecord[];
  readonly streams: ReadonlySet<string>;
}

export type CommitListener = (committed: Committed) => void;

/** The log with its single writer: stages events on heads, commits them in groups, tells listeners in commit order. */
export class EventLog {
  readonly store: LogStore;
  readonly heads: StreamHeads;
  readonly recent: RecentEvents;
  readonly commits: GroupCommit;
  readonly now: () => number;
  readonly outcomes = { written: 0, repeats: 0, conflicts: 0 };
  private readonly listeners = new Set<CommitListener>();
  private nextPosition = 0;
  private nextStreamId = 1;
  private committed = 0;

  constructor(store: LogStore, now: () => number = Date.now) {
    this.store = store;
    this.now = now;
    this.heads = new StreamHeads(store);
    this.recent = new RecentEvents(store);
    this.commits = new GroupCommit(store, {
      committed: (records) => this.onCommitted(records),
      failed: () => this.reload(),
    });
    this.reload();
  }

  /** Positions below this one are committed and readable. */
  get committedEnd(): number {
    return this.committed;
  }

  /** Calls back after each commit with its records; returns how to stop. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Puts events behind the stream's latest head. The caller has decided that they may stand there. */
  stage(
    stream: string,
    events: readonly NewEvent[],
    atRevision?: number,
  ): { records: LogRecord[]; durable: Promise<void> } {
    const head = this.heads.latest(stream);
    const newStreams: NewStream[] = [];
    let id = head.id;
    if (id === 0) {
      id = this.nextStreamId++;
      newStreams.push({ name: stream, id });
    }
    const createdMs = this.now();
    const records = events.map((event, index) =>
      this.encode(event, stream, id, atRevision ?? head.last + 1 + index, createdMs),
    );
    this.stageHeads(stream, id, head, events, records, atRevision);
    return { records, durable: this.commits.stage(records, newStreams) };
  }

  private encode(event: NewEvent, stream: string, streamId: number, revision: number, createdMs: number): LogRecord {
    const record = encodeRecord({ ...event, stream, streamId, revision, createdMs, position: this.nextPosition });
    this.nextPosition = positionAfter(record);
    this.recent.add(record);
    return record;
  }

  private stageHeads(
    stream: string,
    id: number,
    head: StreamHead,
    events: readonly NewEvent[],
    records: readonly LogRecord[],
    atRevision?: number,
  ): void {
    const lastRecord = records.at(-1);
    const lastEvent = events.at(-1);
    if (!lastRecord || !lastEvent) return;
    const position = recordPosition(lastRecord);
    const last = atRevision ?? head.last + events.length;
    const metadata = isMetastream(stream) ? METASTREAM_METADATA : head.metadata;
    this.heads.stage(stream, { ...head, id, last, lastPosition: position, metadata }, position);
    if (!isMetastream(stream)) return;
    const original = originalOf(stream);
    const document = Buffer.from(lastEvent.data);
    this.heads.stage(
      original,
      { ...this.heads.latest(original), metadata: parseMetadata(document), metadataJson: document },
      position,
    );
  }

  private onCommitted(records: readonly LogRecord[]): void {
    const last = records.at(-1);
    if (!last) return;
    const streams = new Set(records.map(recordStream));
    this.heads.settle(streams, last);
    this.committed = positionAfter(last);
    for (const listener of this.listeners) listener({ records, streams });
  }

  /** At start, and after a flush failed: the store alone knows where the log ends. */
  private reload(): void {
    this.heads.reset();
    this.recent.reset();
    this.nextPosition = this.nextAfter(this.store.backward(Number.MAX_SAFE_INTEGER, 1)[0]);
    this.committed = this.nextPosition;
    this.nextStreamId = this.store.highestStreamId() + 1;
  }

  private nextAfter(record: LogRecord | undefined): number {
    return record ? positionAfter(record) : 0;
  }
}

export const sameId = (record: LogRecord | undefined, id: string): boolean =>
  record !== undefined && recordId(record) === id;
