import type { IndexEntry } from '../log/log-store.ts';
import { DamagedLogError, PAGE_BYTES } from '../log/log-store.ts';
import { type LogRecord, recordRevision, recordStreamId } from '../log/record.ts';
import type { EventLog } from './event-log.ts';
import { isTombstoned, type StreamHead } from './heads.ts';
import { isSoftDeleted } from './metadata.ts';
import { isMetastream, originalOf } from './names.ts';
import { isVisible, visibleRange } from './visibility.ts';

export type StreamState = 'missing' | 'tombstoned' | 'readable';

export const streamState = (log: EventLog, stream: string): StreamState => {
  const head = log.heads.committed(stream);
  if (isTombstoned(head)) return 'tombstoned';
  if (isMetastream(stream) && isTombstoned(log.heads.committed(originalOf(stream)))) return 'tombstoned';
  return head.last < 0 || isSoftDeleted(head.metadata) ? 'missing' : 'readable';
};

export interface StreamPage {
  readonly records: readonly LogRecord[];
  /** Where the next page starts; undefined at the stream's end. */
  readonly next: number | undefined;
}

const END: StreamPage = { records: [], next: undefined };

export const readForward = (log: EventLog, stream: string, from: number, limit: number): StreamPage => {
  const head = log.heads.committed(stream);
  const range = visibleRange(head);
  const start = Math.max(from, range.first);
  if (head.id === 0 || start > range.last) return END;
  const entries = log.store.revisions(head.id, start, range.last, limit);
  return page(log, head, entries, (last) => (last.revision < range.last ? last.revision + 1 : undefined));
};

/** `from` may lie beyond the end. */
export const readBackward = (log: EventLog, stream: string, from: number, limit: number): StreamPage => {
  const head = log.heads.committed(stream);
  const range = visibleRange(head);
  const start = Math.min(from, range.last);
  if (head.id === 0 || start < range.first) return END;
  const entries = log.store.revisionsBackward(head.id, start, range.first, limit);
  return page(log, head, entries, (last) => (last.revision > range.first ? last.revision - 1 : undefined));
};

const page = (
  log: EventLog,
  head: StreamHead,
  entries: readonly IndexEntry[],
  after: (last: IndexEntry) => number | undefined,
): StreamPage => {
  const records: LogRecord[] = [];
  const now = log.now();
  let bytes = 0;
  let last: IndexEntry | undefined;
  for (const entry of entries) {
    const record = recordAt(log, head, entry);
    bytes += record.length;
    last = entry;
    if (isVisible(record, head.metadata, now)) records.push(record);
    if (bytes > PAGE_BYTES) break;
  }
  return { records, next: last && after(last) };
};

/** The index must lead to the event it promises; anything else is damage, and is said rather than served. */
const recordAt = (log: EventLog, head: StreamHead, { revision, position }: IndexEntry): LogRecord => {
  const record = log.store.record(position);
  if (record && recordRevision(record) === revision && recordStreamId(record) === head.id) return record;
  throw new DamagedLogError(
    `The index points to position ${position} for revision ${revision} of stream ${head.id}, which is not there.`,
  );
};
