import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  type JSONEventType,
  jsonEvent,
  PARK,
  PersistentSubscriptionDoesNotExistError,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  RETRY,
  START,
  streamNameFilter,
} from '@eventstore/db-client';

/** Persistent subscriptions: create, consume, retry, park and replay, look at, change, delete; to a stream and to $all. */
type ParcelPacked = JSONEventType<'ParcelPacked', { parcel: number }>;

const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const stream = `parcels-${randomUUID()}`;
const group = 'carriers';
const packed = (parcel: number) => jsonEvent<ParcelPacked>({ type: 'ParcelPacked', data: { parcel } });

await client.createPersistentSubscriptionToStream(
  stream,
  group,
  persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START }),
);
await client.appendToStream(stream, [0, 1, 2].map(packed));

// Parcel 1 is heavy: it is tried once more, then set aside.
let handled = 0;
const subscription = client.subscribeToPersistentSubscriptionToStream<ParcelPacked>(stream, group);
for await (const delivery of subscription) {
  const parcel = delivery.event?.data.parcel;
  const isHeavy = parcel === 1;
  console.log(`parcel ${parcel}, retry ${delivery.retryCount}`);
  if (!isHeavy) await subscription.ack(delivery);
  else if (delivery.retryCount === 0) await subscription.nack(RETRY, 'heavy', delivery);
  else await subscription.nack(PARK, 'too heavy', delivery);
  if (!isHeavy || delivery.retryCount > 0) handled += 1;
  if (handled === 3) await subscription.unsubscribe();
}

/** Answers travel on their own: waits until the server has this many parked. */
const parkedUntil = async (wanted: bigint): Promise<string> => {
  for (;;) {
    const info = await client.getPersistentSubscriptionToStreamInfo(stream, group);
    if (info.stats.parkedMessageCount === wanted)
      return `${info.groupName}: ${wanted} parked, ${info.settings.startFrom}`;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
console.log(await parkedUntil(1n));

await client.replayParkedMessagesToStream(stream, group, { stopAt: 10 });
const second = client.subscribeToPersistentSubscriptionToStream<ParcelPacked>(stream, group, { bufferSize: 5 });
for await (const delivery of second) {
  console.log(`replayed: parcel ${delivery.event?.data.parcel}`);
  await second.ack(delivery);
  await second.unsubscribe();
  break;
}

await client.updatePersistentSubscriptionToStream(
  stream,
  group,
  persistentSubscriptionToStreamSettingsFromDefaults({ resolveLinkTos: true, checkPointLowerBound: 20 }),
);
const { settings } = await client.getPersistentSubscriptionToStreamInfo(stream, group);
console.log(`updated: links ${settings.resolveLinkTos}, lower bound ${settings.checkPointLowerBound}`);

const ofStream = await client.listPersistentSubscriptionsToStream(stream);
const all = await client.listAllPersistentSubscriptions();
console.log(`listed: ${ofStream.length}, and among all: ${all.some(({ eventSource }) => eventSource === stream)}`);

await client.deletePersistentSubscriptionToStream(stream, group);
try {
  await client.getPersistentSubscriptionToStreamInfo(stream, group);
} catch (error) {
  if (!(error instanceof PersistentSubscriptionDoesNotExistError)) throw error;
  console.log('deleted: does not exist');
}

const everywhere = `${group}-${randomUUID()}`;
await client.createPersistentSubscriptionToAll(
  everywhere,
  persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START }),
  { filter: streamNameFilter({ prefixes: [stream] }) },
);
const fromAll = client.subscribeToPersistentSubscriptionToAll(everywhere);
for await (const delivery of fromAll) {
  console.log(`through $all: ${delivery.event?.revision}@${delivery.event?.streamId.split('-')[0]}`);
  await fromAll.ack(delivery);
  await fromAll.unsubscribe();
  break;
}
const ofAll = await client.listPersistentSubscriptionsToAll();
console.log(`of $all: ${ofAll.some(({ groupName }) => groupName === everywhere)}`);
await client.replayParkedMessagesToAll(everywhere);
await client.restartPersistentSubscriptionSubsystem();
const { eventSource } = await client.getPersistentSubscriptionToAllInfo(everywhere);
console.log(`after a restart of the subsystem: still on ${eventSource}`);
await client.deletePersistentSubscriptionToAll(everywhere);

await client.dispose();
