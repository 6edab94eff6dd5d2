import { randomUUID } from 'node:crypto';
import { systemActor } from '@cargoro/domain';
import { createEventLog } from '@cargoro/infra/event-log';
import { eventsPerStream, itemOf, uuidOf } from './workload.ts';

/** Puts 12,500 streams of eight events into the store, a stream per append, and answers with the number of events. */
export const fillStore = async (eventStoreUrl: string, streams = 12_500): Promise<number> => {
  const log = createEventLog({ url: eventStoreUrl });
  const occurredAt = '2025-06-30T01:00:00.000Z';
  const meta = {
    schemaVersion: 1,
    command: 'AddItem',
    commandId: uuidOf('fill'),
    correlationId: uuidOf('fill'),
    causationId: uuidOf('fill'),
    actor: systemActor('bench'),
    occurredAt,
  };
  let next = 0;
  const writer = async () => {
    for (let n = next++; n < streams; n = next++) {
      const id = uuidOf(`fill/${n}`);
      const events = Array.from({ length: eventsPerStream }, (_, i) => {
        const data = itemOf(id, i);
        const first = i === 0 ? { parties: [{ kind: 'org', id: data.technician, as: 'workshop' }] } : {};
        return { id: randomUUID(), type: 'ItemAdded', data: { ...data, ...first }, meta };
      });
      await log.append(`benchOrder-${id}`, events, -1n);
    }
  };
  await Promise.all(Array.from({ length: 16 }, writer));
  await log.close();
  return streams * eventsPerStream;
};

/** The sum every rebuilt table must show: rows, items, won. */
export const expectedTotals = (streams = 12_500) => {
  let totalKrw = 0;
  for (let n = 0; n < eventsPerStream; n++) {
    const { quantity, unitPriceKrw } = itemOf('', n);
    totalKrw += quantity * unitPriceKrw;
  }
  return { rows: streams, items: streams * eventsPerStream, krw: streams * totalKrw };
};

export const checkTotals = (found: { rows: number; items: number; krw: number }, streams = 12_500): string => {
  const wanted = expectedTotals(streams);
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`the table shows ${is}, expected ${should}`);
  return `${found.rows} rows, ${found.items} items, ${found.krw} won`;
};
