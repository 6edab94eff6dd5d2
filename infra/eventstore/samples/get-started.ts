import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, FORWARDS, type JSONEventType, jsonEvent, START } from '@eventstore/db-client';

/** Connect, write one event, read it back. */
type LampLit = JSONEventType<'LampLit', { lamp: string; watts: number }>;

const client = EventStoreDBClient.connectionString`${process.env.EVENTSTORE_URL ?? ''}`;
const stream = `lamp-${randomUUID()}`;

const lit = jsonEvent<LampLit>({ type: 'LampLit', data: { lamp: 'desk', watts: 7 } });
const { nextExpectedRevision } = await client.appendToStream(stream, lit);
console.log(`written at revision ${nextExpectedRevision}`);

const events = client.readStream<LampLit>(stream, { direction: FORWARDS, fromRevision: START, maxCount: 10 });
for await (const { event } of events) console.log(`read ${event?.type}: ${event?.data.lamp}, ${event?.data.watts} W`);

await client.dispose();
