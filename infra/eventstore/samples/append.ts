import { randomUUID } from 'node:crypto';
import {
  type AppendExpectedRevision,
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/** Appending: new streams, repeats, optimistic concurrency, several events at once, binary data. */
const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const stream = `basket-${randomUUID()}`;
const put = (item: string) =>
  jsonEvent({ id: randomUUID(), type: 'ItemPut', data: { item }, metadata: { by: 'sample' } });

/** Says how an append was refused, by the class of its error. */
const refused = async (append: Promise<unknown>): Promise<string> => {
  try {
    await append;
    return 'it was taken';
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
    return `expected ${error.expectedVersion}, actual ${error.actualVersion}`;
  }
};

const first = put('apple');
await client.appendToStream(stream, first, { expectedRevision: NO_STREAM });
console.log(
  `a second first event: ${await refused(client.appendToStream(stream, put('pear'), { expectedRevision: NO_STREAM }))}`,
);

// The same event, by its id, is written once.
await client.appendToStream(stream, first);
const again = await client.appendToStream(stream, first);
console.log(`repeated: still at ${again.nextExpectedRevision}`);

// Two writers who have both read up to the same revision: one of them wins.
let seen: AppendExpectedRevision = NO_STREAM;
for await (const { event } of client.readStream(stream)) seen = event?.revision ?? seen;
await client.appendToStream(stream, put('plum'), { expectedRevision: seen });
console.log(
  `the slower writer: ${await refused(client.appendToStream(stream, put('fig'), { expectedRevision: seen }))}`,
);

const several = await client.appendToStream(stream, [put('nut'), put('date')], { expectedRevision: STREAM_EXISTS });
console.log(
  `two at once: at ${several.nextExpectedRevision}, position known: ${(several.position?.commit ?? 0n) > 0n}`,
);

const label = binaryEvent({ type: 'LabelPrinted', data: Buffer.from([0, 255, 128]) });
await client.appendToStream(stream, label);
for await (const { event } of client.readStream(stream, { fromRevision: 4n }))
  console.log(`binary: ${event?.isJson === false && Buffer.from(event.data).toString('hex')}`);

await client.dispose();
