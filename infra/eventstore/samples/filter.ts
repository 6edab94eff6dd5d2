import { randomUUID } from 'node:crypto';
import {
  END,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  jsonEvent,
  START,
  streamNameFilter,
} from '@eventstore/db-client';

/** Filters that the server applies: by prefix and by expression, on stream names and on event types; checkpoints. */
const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const run = randomUUID().slice(0, 8);
const named = (type: string) => jsonEvent({ type: `${type}-${run}`, data: {} });
await client.appendToStream(`garden-${run}`, [named('rain'), named('sun')]);
await client.appendToStream(`kitchen-${run}`, [named('rain'), named('steam')]);

/** What a subscription to everything sees through a filter, up to where it has caught up. */
const seenThrough = async (filter: Filter): Promise<string> => {
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  const seen: string[] = [];
  subscription.on('data', ({ event }) => {
    if (event?.streamId.endsWith(run))
      seen.push(`${event.type.replace(`-${run}`, '')}@${event.streamId.split('-')[0]}`);
  });
  await new Promise((resolve) => subscription.once('caughtUp', resolve));
  await subscription.unsubscribe();
  return seen.join(' ');
};

console.log(`no system events: ${await seenThrough(excludeSystemEvents())}`);
console.log(`type by prefix: ${await seenThrough(eventTypeFilter({ prefixes: ['sun-', 'steam-'] }))}`);
console.log(`type by expression: ${await seenThrough(eventTypeFilter({ regex: '^rain|^steam' }))}`);
console.log(`stream by prefix: ${await seenThrough(streamNameFilter({ prefixes: ['kitchen-'] }))}`);
console.log(`stream by expression: ${await seenThrough(streamNameFilter({ regex: '^garden|^cellar' }))}`);

// Checkpoints tell how far the log was searched, also when nothing matches. The subscription waits for the callback.
const checkpointed = new Promise<bigint>((resolve) => {
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: eventTypeFilter({
      prefixes: [`nothing-${run}`],
      maxSearchWindow: 2,
      checkpointInterval: 1,
      checkpointReached: async (_, position) => {
        await subscription.unsubscribe();
        resolve(position.prepare);
      },
    }),
  });
  subscription.on('data', () => {});
});
console.log(`checkpoint: ${(await checkpointed) > 0n ? 'taken' : 'none'}`);

const live = client.subscribeToAll({ fromPosition: END, filter: streamNameFilter({ prefixes: [`garden-${run}`] }) });
const next = new Promise((resolve) => live.once('data', ({ event }) => resolve(event?.streamId.split('-')[0])));
await new Promise((resolve) => live.once('caughtUp', resolve));
await client.appendToStream(`kitchen-${run}`, named('steam'));
await client.appendToStream(`garden-${run}`, named('wind'));
console.log(`live: ${await next}`);
await live.unsubscribe();

await client.dispose();
