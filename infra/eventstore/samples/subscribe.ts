import { randomUUID } from 'node:crypto';
import {
  END,
  EventStoreDBClient,
  type JSONEventType,
  jsonEvent,
  type ReadPosition,
  type ReadRevision,
  START,
} from '@eventstore/db-client';

/** Subscriptions: to a stream and to everything, from the start, from a place, live, and on after a break. */
type StepTaken = JSONEventType<'StepTaken', { step: number }>;

const client = EventStoreDBClient.connectionString(process.env.EVENTSTORE_URL ?? '');
const stream = `walk-${randomUUID()}`;
const step = (n: number) => jsonEvent<StepTaken>({ type: 'StepTaken', data: { step: n } });
await client.appendToStream(stream, [0, 1, 2, 3, 4].map(step));

const walked: number[] = [];
const fromStart = client.subscribeToStream<StepTaken>(stream);
for await (const { event } of fromStart) {
  if (event) walked.push(event.data.step);
  if (walked.length === 5) await fromStart.unsubscribe();
}
console.log(`from the start: ${walked.join(' ')}`);

// The given revision is the last one seen: it is not delivered again.
const fromTwo = client.subscribeToStream<StepTaken>(stream, { fromRevision: BigInt(2) });
for await (const { event } of fromTwo) {
  console.log(`after revision 2: ${event?.data.step}`);
  await fromTwo.unsubscribe();
  // What was on its way already would still come.
  break;
}

const live = client.subscribeToStream<StepTaken>(stream, { fromRevision: END });
const fresh = new Promise<number | undefined>((resolve) => live.once('data', ({ event }) => resolve(event?.data.step)));
await new Promise((resolve) => live.once('caughtUp', resolve));
await client.appendToStream(stream, step(5));
console.log(`live: ${await fresh}`);
await live.unsubscribe();

// Whoever notes the last revision goes on behind it after a break.
let checkpoint: ReadRevision = START;
const readSome = async (count: number): Promise<string> => {
  const seen: number[] = [];
  const subscription = client.subscribeToStream<StepTaken>(stream, { fromRevision: checkpoint });
  for await (const { event } of subscription) {
    if (!event) continue;
    seen.push(event.data.step);
    checkpoint = event.revision;
    if (seen.length < count) continue;
    await subscription.unsubscribe();
    break;
  }
  return seen.join(' ');
};
console.log(`before the break: ${await readSome(2)}, after it: ${await readSome(4)}`);

let position: ReadPosition = START;
const everything = client.subscribeToAll({ fromPosition: position });
for await (const { event } of everything) {
  if (event?.streamId !== stream) continue;
  position = event.position;
  await everything.unsubscribe();
  break;
}
const onward = client.subscribeToAll({ fromPosition: position });
for await (const { event } of onward) {
  if (event?.streamId !== stream) continue;
  console.log(`in $all, after ${stream.split('-')[0]} 0: ${(event.data as { step: number }).step}`);
  await onward.unsubscribe();
  break;
}

await client.dispose();
