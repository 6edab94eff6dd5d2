import { randomUUID } from 'node:crypto';
import { recordRevision, recordStream } from '../log/record.ts';
import { append } from '../streams/append.ts';
import type { EventLog } from '../streams/event-log.ts';
import { original } from '../streams/links.ts';
import { ANY, LINK_TYPE, METADATA_TYPE, metastreamOf } from '../streams/names.ts';
import { visibleRange } from '../streams/visibility.ts';
import type { Message } from './message.ts';

/** Sets a message aside, with the reason, as a link to its event. */
export const park = async (log: EventLog, stream: string, { resolved }: Message, reason: string): Promise<void> => {
  const record = resolved.event ?? original(resolved);
  const metadata = {
    added: new Date().toISOString(),
    reason,
    subscriptionEventNumber: recordRevision(original(resolved)),
  };
  await append(log, stream, ANY, [
    {
      id: randomUUID(),
      type: LINK_TYPE,
      json: false,
      data: Buffer.from(`${recordRevision(record)}@${recordStream(record)}`),
      metadata: Buffer.from(JSON.stringify(metadata)),
    },
  ]);
};

export const parkedCount = (log: EventLog, stream: string): number => {
  const { first, last } = visibleRange(log.heads.committed(stream));
  return Math.max(0, last - first + 1);
};

/** What was replayed is no longer parked. */
export const forgetParkedBefore = async (log: EventLog, stream: string, revision: number): Promise<void> => {
  const data = Buffer.from(JSON.stringify({ $tb: revision }));
  const event = { id: randomUUID(), type: METADATA_TYPE, json: true, data, metadata: Buffer.alloc(0) };
  await append(log, metastreamOf(stream), ANY, [event]);
};
