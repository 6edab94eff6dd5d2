import type { Commit, IndexEntry, LogStore } from './log-store.ts';
import { PAGE_BYTES } from './log-store.ts';
import { type LogRecord, recordPosition, recordRevision, recordStreamId } from './record.ts';

/** First index whose key is at least `key`, in an ascending list. */
const lowerBound = <T>(list: readonly T[], key: number, keyOf: (item: T) => number): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(list[middle] as T) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};
const entryOf = (record: LogRecord): IndexEntry => ({
  revision: recordRevision(record),
  position: recordPosition(record),
});

/** The same log without a disk: for unit tests, and as the ceiling that the durable store is measured against. */
export class MemoryStore implements LogStore {
  private log: LogRecord[] = [];
  /** By stream, in the order of revisions. */
  private readonly index = new Map<number, LogRecord[]>();
  private readonly streams = new Map<string, number>();
  private readonly marks = new Map<string, number>();

  async commit({ records, newStreams, marks }: Commit): Promise<void> {
    for (const { name, id } of newStreams) this.streams.set(name, id);
    for (const { name, value } of marks) this.marks.set(name, value);
    for (const record of records) {
      this.log.push(record);
      const streamId = recordStreamId(record);
      const ofStream = this.index.get(streamId);
      if (ofStream) ofStream.push(record);
      else this.index.set(streamId, [record]);
    }
  }

  async remove(records: readonly LogRecord[]): Promise<void> {
    const gone = new Set(records.map(recordPosition));
    this.log = this.log.filter((record) => !gone.has(recordPosition(record)));
    for (const streamId of new Set(records.map(recordStreamId))) {
      this.index.set(
        streamId,
        (this.index.get(streamId) ?? []).filter((record) => !gone.has(recordPosition(record))),
      );
    }
  }

  record(position: number): LogRecord | undefined {
    const record = this.log[lowerBound(this.log, position, recordPosition)];
    return record && recordPosition(record) === position ? record : undefined;
  }

  forward(from: number, limit: number): LogRecord[] {
    const start = lowerBound(this.log, from, recordPosition);
    return this.page(start, Math.min(this.log.length, start + limit), 1);
  }

  backward(before: number, limit: number): LogRecord[] {
    const start = lowerBound(this.log, before, recordPosition) - 1;
    return this.page(start, Math.max(-1, start - limit), -1);
  }

  streamId(name: string): number | undefined {
    return this.streams.get(name);
  }

  last(streamId: number): IndexEntry | undefined {
    const last = this.index.get(streamId)?.at(-1);
    return last && entryOf(last);
  }

  revisions(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    const records = this.index.get(streamId) ?? [];
    const start = lowerBound(records, from, recordRevision);
    const page = records.slice(start, Math.min(records.length, start + limit)).map(entryOf);
    return page.filter((entry) => entry.revision <= to);
  }

  revisionsBackward(streamId: number, from: number, to: number, limit: number): IndexEntry[] {
    const records = this.index.get(streamId) ?? [];
    const end = lowerBound(records, from + 0.5, recordRevision);
    return records
      .slice(Math.max(0, end - limit), end)
      .map(entryOf)
      .filter((entry) => entry.revision >= to)
      .reverse();
  }

  highestStreamId(): number {
    return this.streams.size;
  }

  mark(name: string): number | undefined {
    return this.marks.get(name);
  }

  async backup(): Promise<void> {
    throw new Error('A memory log has nothing to back up: start the server with a data folder.');
  }

  sizeOnDisk(): number {
    return 0;
  }

  async close(): Promise<void> {}

  private page(from: number, end: number, step: 1 | -1): LogRecord[] {
    const records: LogRecord[] = [];
    let bytes = 0;
    for (let i = from; i !== end && bytes <= PAGE_BYTES; i += step) {
      const record = this.log[i];
      if (!record) break;
      records.push(record);
      bytes += record.length;
    }
    return records;
  }
}
