import { EventStoreDBClient, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import { serveArm } from '../arm.ts';
import { drive, emptyOrder, foldItem, type Item, itemOf, verifyStreams } from '../workload.ts';

// What a command costs with the bare client and no cache: read the stream, fold, append.
let client: EventStoreDBClient;
const category = `readBare${process.pid}`;

const read = async (id: string): Promise<Item[]> => {
  const items: Item[] = [];
  try {
    for await (const { event } of client.readStream(`${category}-${id}`)) items.push(event?.data as unknown as Item);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return items;
};
const command = async (id: string, n: number): Promise<void> => {
  const { count } = (await read(id)).reduce(foldItem, emptyOrder);
  await client.appendToStream(`${category}-${id}`, jsonEvent({ type: 'ItemAdded', data: itemOf(id, n) }), {
    expectedRevision: count === 0 ? 'no_stream' : BigInt(count - 1),
  });
};

serveArm({
  setup: async ({ eventStoreUrl }) => {
    client = EventStoreDBClient.connectionString(String(eventStoreUrl));
  },
  run: async (round) => {
    const latenciesMs = await drive(round, command);
    return { ops: latenciesMs.length, latenciesMs, verified: await verifyStreams(round, read) };
  },
  teardown: () => client.dispose(),
});
