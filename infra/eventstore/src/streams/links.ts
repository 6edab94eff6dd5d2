import { type LogRecord, recordData, recordType } from '../log/record.ts';
import type { EventLog } from './event-log.ts';
import { isTombstoned } from './heads.ts';
import { LINK_TYPE } from './names.ts';
import { isVisible, visibleRange } from './visibility.ts';

/** What a read delivers: an event, with the link it was reached by; the event is missing when the target is gone. */
export interface ResolvedEvent {
  readonly event?: LogRecord;
  readonly link?: LogRecord;
}

export const original = ({ event, link }: ResolvedEvent): LogRecord => (link ?? event) as LogRecord;

export const resolveLink = (log: EventLog, record: LogRecord): ResolvedEvent => {
  if (recordType(record) !== LINK_TYPE) return { event: record };
  const target = recordData(record).toString('utf8');
  const separator = target.indexOf('@');
  const revision = Number(target.slice(0, separator));
  if (separator < 1 || !Number.isSafeInteger(revision)) return { event: record };
  const event = eventAt(log, target.slice(separator + 1), revision);
  return event ? { event, link: record } : { link: record };
};

const eventAt = (log: EventLog, stream: string, revision: number): LogRecord | undefined => {
  const head = log.heads.committed(stream);
  const range = visibleRange(head);
  if (isTombstoned(head) || revision < range.first || revision > range.last) return undefined;
  const [entry] = log.store.revisions(head.id, revision, revision, 1);
  const record = entry && log.store.record(entry.position);
  return record && isVisible(record, head.metadata, log.now()) ? record : undefined;
};
