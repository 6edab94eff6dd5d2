import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  FORWARDS,
  type JSONEventType,
  jsonEvent,
  START,
  StreamNotFoundError,
} from '@eventstore/db-client';

/** Reading: forwards, from a revision, backwards, a stream that is not there, all streams, links. */
type PageTurned = JSONEventType<'PageTurned', { page: number }>;

const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const stream = `book-${randomUUID()}`;
const turned = (page: number) => jsonEvent<PageTurned>({ type: 'PageTurned', data: { page } });
await client.appendToStream(stream, [0, 1, 2, 3, 4, 5, 6, 7].map(turned));

const pages = async (options: Parameters<typeof client.readStream>[1]): Promise<string> => {
  const read: number[] = [];
  for await (const { event } of client.readStream<PageTurned>(stream, options)) if (event) read.push(event.data.page);
  return read.join(' ');
};
console.log(`the first three: ${await pages({ direction: FORWARDS, fromRevision: START, maxCount: 3 })}`);
console.log(`from revision 5: ${await pages({ direction: FORWARDS, fromRevision: BigInt(5), maxCount: 20 })}`);
console.log(`backwards from the end: ${await pages({ direction: BACKWARDS, fromRevision: END, maxCount: 3 })}`);

try {
  for await (const _ of client.readStream(`${stream}-torn`)) console.log('an event of a stream nobody wrote?');
} catch (error) {
  if (!(error instanceof StreamNotFoundError)) throw error;
  console.log('not there: stream not found');
}

// Everything the server has begins with its own bookkeeping; types of system events begin with a dollar.
let system = 0;
for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: START, maxCount: 10 }))
  if (event?.type.startsWith('$')) system += 1;
console.log(`system events in $all: ${system > 0 ? 'some' : 'none'}`);

for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
  console.log(`newest in $all: ${event?.type} ${event?.revision}`);

// A link is an event of type $> that names another one; system projections write them.
const shelf = `${stream}-shelf`;
const link = binaryEvent({ type: '$>', data: Buffer.from(`4@${stream}`) });
await client.appendToStream(shelf, link);
for await (const { event, link: from } of client.readStream<PageTurned>(shelf, { resolveLinkTos: true }))
  console.log(`through a link: page ${event?.data.page}, link number ${from?.revision}`);

await client.dispose();
