import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, isCommandError, jsonEvent } from '@eventstore/db-client';

/** System projections: turn one on, look at it, read the streams it links, turn it off. */
const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const category = `tree${randomUUID().replaceAll('-', '')}`;
await client.appendToStream(`${category}-oak`, jsonEvent({ type: 'Planted', data: {} }));
await client.appendToStream(`${category}-elm`, jsonEvent({ type: 'Planted', data: {} }));

await client.enableProjection('$by_category');
console.log(`enabled: ${(await client.getProjectionStatus('$by_category')).status}`);
console.log(`listed: ${(await client.listProjections()).some(({ name }) => name === '$by_category')}`);

const links = client.subscribeToStream(`$ce-${category}`, { resolveLinkTos: true });
const trees: (string | undefined)[] = [];
for await (const { event } of links) {
  trees.push(event?.streamId.split('-')[1]);
  if (trees.length === 2) await links.unsubscribe();
}
console.log(`by category: ${trees.join(' ')}`);

await client.disableProjection('$by_category');
console.log(`disabled: ${(await client.getProjectionStatus('$by_category')).status}`);

try {
  await client.enableProjection('no such projection');
} catch (error) {
  if (!(error instanceof Error && isCommandError(error))) throw error;
  console.log(`unknown: ${error.message.includes('not found') ? 'not found' : error.message}`);
}
await client.restartSubsystem();
console.log('subsystem restarted');

await client.dispose();
