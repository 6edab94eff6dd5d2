import { randomUUID } from 'node:crypto';
import { recordData } from '../log/record.ts';
import { append } from '../streams/append.ts';
import type { EventLog } from '../streams/event-log.ts';
import { ANY, METADATA_TYPE, metastreamOf } from '../streams/names.ts';
import { readBackward } from '../streams/read-stream.ts';

/** Positions are written the way the real server writes them; revisions are plain numbers. */
export const checkpointText = (source: string, cursor: number): string =>
  source === '$all' ? `C:${cursor}/P:${cursor}` : String(cursor);

const parseCheckpoint = (text: string): number | undefined => {
  const cursor = Number(/^(?:C:)?(\d+)/.exec(text)?.[1]);
  return Number.isSafeInteger(cursor) ? cursor : undefined;
};

export const loadCheckpoint = (log: EventLog, stream: string): number | undefined => {
  const [record] = readBackward(log, stream, Number.MAX_SAFE_INTEGER, 1).records;
  if (!record) return undefined;
  try {
    return parseCheckpoint(JSON.parse(recordData(record).toString('utf8')) as string);
  } catch {
    return undefined;
  }
};

const json = (type: string, value: unknown) => ({
  id: randomUUID(),
  type,
  json: true,
  data: Buffer.from(JSON.stringify(value)),
  metadata: Buffer.alloc(0),
});

export const saveCheckpoint = async (log: EventLog, stream: string, text: string): Promise<void> => {
  // Only the last one counts: let scavenging take the others.
  if (log.heads.latest(stream).last === -1)
    void append(log, metastreamOf(stream), ANY, [json(METADATA_TYPE, { $maxCount: 2 })]).catch(() => {});
  await append(log, stream, ANY, [json('$SubscriptionCheckpoint', text)]);
};
