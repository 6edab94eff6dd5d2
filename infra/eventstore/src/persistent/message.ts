import { type LogRecord, recordId, recordMetadata, recordStream } from '../log/record.ts';
import { original, type ResolvedEvent } from '../streams/links.ts';
import type { Strategy } from './settings.ts';

/** An event on its way through a group. */
export interface Message {
  /** What consumers acknowledge: the id of the link if there is one, else of the event. */
  readonly id: string;
  readonly resolved: ResolvedEvent;
  /** Revision of a stream group, log position of an `$all` group; undefined for a replayed parked message. */
  readonly cursor: number | undefined;
  retryCount: number;
}

export const message = (resolved: ResolvedEvent, cursor: number | undefined): Message => ({
  id: recordId(original(resolved)),
  resolved,
  cursor,
  retryCount: 0,
});

/** Messages that must go to the same consumer share a key; undefined when any will do. */
export const affinity = (strategy: Strategy, { resolved }: Message): string | undefined => {
  const record = resolved.event ?? original(resolved);
  if (strategy === 'Pinned') return streamKey(record);
  if (strategy === 'PinnedByCorrelation') return correlationId(record) ?? streamKey(record);
  return undefined;
};

const streamKey = (record: LogRecord): string => recordStream(record);

const correlationId = (record: LogRecord): string | undefined => {
  try {
    const metadata = JSON.parse(recordMetadata(record).toString('utf8')) as { $correlationId?: unknown } | null;
    return typeof metadata?.$correlationId === 'string' ? metadata.$correlationId : undefined;
  } catch {
    return undefined;
  }
};
