import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { serveArm } from '../arm.ts';
import { drive, type Item, itemOf, verifyStreams } from '../workload.ts';

// The ceiling of the write side: the bare client appending with a known revision, nothing read, nothing decided.
let client: EventStoreDBClient;
const category = `bare${process.pid}`;

const append = async (id: string, n: number): Promise<void> => {
  await client.appendToStream(`${category}-${id}`, jsonEvent({ type: 'ItemAdded', data: itemOf(id, n) }), {
    expectedRevision: n === 0 ? 'no_stream' : BigInt(n - 1),
  });
};
const read = async (id: string): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const { event } of client.readStream(`${category}-${id}`)) items.push(event?.data as unknown as Item);
  return items;
};

serveArm({
  setup: async ({ eventStoreUrl }) => {
    client = EventStoreDBClient.connectionString(String(eventStoreUrl));
  },
  run: async (round) => {
    const latenciesMs = await drive(round, append);
    return { ops: latenciesMs.length, latenciesMs, verified: await verifyStreams(round, read) };
  },
  teardown: () => client.dispose(),
});
