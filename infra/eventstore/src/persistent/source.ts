import { type LogRecord, recordPosition, recordRevision } from '../log/record.ts';
import type { EventLog } from '../streams/event-log.ts';
import { compileFilter, isHiddenFromAll, passes } from '../streams/filter.ts';
import { isTombstoned } from '../streams/heads.ts';
import { readForward } from '../streams/read-stream.ts';
import type { GroupConfig } from './settings.ts';

export interface SourcePage {
  /** In order; `wanted` is false for events that the filter leaves out. */
  readonly events: readonly { record: LogRecord; cursor: number; wanted: boolean }[];
  readonly next: number;
}

/** Where a group's events come from, and how they are numbered. */
export interface Source {
  read(cursor: number, limit: number): SourcePage;
  /** Of the last event there is; undefined if there is none. */
  lastKnown(): number | undefined;
}

const streamSource = (log: EventLog, stream: string): Source => ({
  read: (cursor, limit) => {
    const page = readForward(log, stream, cursor, limit);
    const events = page.records.map((record) => ({ record, cursor: recordRevision(record), wanted: true }));
    return { events, next: page.next ?? Math.max(cursor, (events.at(-1)?.cursor ?? cursor - 1) + 1) };
  },
  lastKnown: () => {
    const head = log.heads.committed(stream);
    return head.last < 0 || isTombstoned(head) ? undefined : head.last;
  },
});

const allSource = (log: EventLog, config: GroupConfig): Source => {
  const filter = config.filter && compileFilter(config.filter);
  return {
    read: (cursor, limit) => {
      const records = log.store.forward(cursor, limit);
      const last = records.at(-1);
      // Not even passed over: a checkpoint must not be progress that asks for the next checkpoint.
      const events = records
        .filter((record) => !isHiddenFromAll(record))
        .map((record) => ({ record, cursor: recordPosition(record), wanted: passes(filter, record) }));
      return { events, next: last ? recordPosition(last) + 1 : cursor };
    },
    lastKnown: () => {
      const [record] = log.store.backward(Number.MAX_SAFE_INTEGER, 1);
      return record && recordPosition(record);
    },
  };
};

export const sourceOf = (log: EventLog, config: GroupConfig): Source =>
  config.source === '$all' ? allSource(log, config) : streamSource(log, config.source);
