import { randomUUID } from 'node:crypto';
import { AccessDeniedError, type Credentials, EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';

/** Users: from the connection string, for one call, a wrong password, and a stream that only some may read. */
const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const stream = `diary-${randomUUID()}`;
const entry = () => jsonEvent({ type: 'EntryWritten', data: {} });

const tried = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error;
    return 'access denied';
  }
};
const count = async (credentials?: Credentials): Promise<number> => {
  let seen = 0;
  for await (const _ of client.readStream(stream, { fromRevision: START, ...(credentials && { credentials }) }))
    seen += 1;
  return seen;
};

const admin: Credentials = { username: 'admin', password: 'changeit' };
const operator: Credentials = { username: 'ops', password: 'changeit' };
const wrong: Credentials = { username: 'admin', password: 'guessed' };

console.log(`as the connection string says: ${await tried(client.appendToStream(stream, entry()))}`);
console.log(`as admin, for this call: ${await tried(client.appendToStream(stream, entry(), { credentials: admin }))}`);
console.log(`with a wrong password: ${await tried(client.appendToStream(stream, entry(), { credentials: wrong }))}`);
console.log(`read by ops: ${await count(operator)}`);

await client.setStreamMetadata(
  stream,
  { acl: { readRoles: ['$admins'], writeRoles: ['$admins'] } },
  { credentials: admin },
);
console.log(`read by ops, now private: ${await tried(count(operator))}`);
console.log(
  `written by ops, now private: ${await tried(client.appendToStream(stream, entry(), { credentials: operator }))}`,
);

const subscription = client.subscribeToStream(stream, { credentials: admin });
for await (const { event } of subscription) {
  console.log(`subscribed as admin: revision ${event?.revision}`);
  await subscription.unsubscribe();
  break;
}
const { metadata } = await client.getStreamMetadata(stream, { credentials: admin });
console.log(`may read: ${metadata?.acl?.readRoles}`);

await client.dispose();
