import { randomUUID } from 'node:crypto';
import { END, type EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { concurrently, summarise, type Timed } from './statistics.ts';

/** 487 bytes of JSON, about what an event of the application weighs. */
const payload = { repairOrderId: '00000000-0000-4000-8000-000000000000', note: 'x'.repeat(420) };
export const one = () => jsonEvent({ type: 'LineApproved', data: payload });

export type Workload = (client: EventStoreDBClient) => Promise<Timed>;

const appends =
  (writers: number, each: number): Workload =>
  (client) => {
    const run = randomUUID();
    return concurrently(writers, each, (writer) => client.appendToStream(`bench-${run}-${writer}`, one()));
  };

/** A read ends by itself: left early, the client would wait for it for ever when it is disposed of. */
const timedRead = async (source: AsyncIterable<unknown>): Promise<Timed> => {
  const started = performance.now();
  let seen = 0;
  for await (const _ of source) seen += 1;
  if (seen !== READ) throw new Error(`Read ${seen} events instead of ${READ}`);
  return summarise([], performance.now() - started, seen);
};

const timedCatchUp = async (source: AsyncIterable<unknown>): Promise<Timed> => {
  const started = performance.now();
  let seen = 0;
  for await (const _ of source) {
    seen += 1;
    if (seen === READ) break;
  }
  return summarise([], performance.now() - started, seen);
};

const filled = async (client: EventStoreDBClient, count: number): Promise<string> => {
  const stream = `fill-${randomUUID()}`;
  for (let i = 0; i < count; i += 500) await client.appendToStream(stream, Array.from({ length: 500 }, one));
  return stream;
};

const READ = 3000;

/** From the call of append to the event on a live subscription to $all. */
const appendToSubscriber: Workload = async (client) => {
  const waiting = new Map<string, (at: number) => void>();
  const subscription = client.subscribeToAll({ fromPosition: END });
  subscription.on('error', () => {});
  subscription.on('data', ({ event }) => event && waiting.get(event.id)?.(performance.now()));
  await new Promise((resolve) => subscription.once('caughtUp', resolve));
  const times: number[] = [];
  const started = performance.now();
  for (let n = 0; n < 120; n += 1) {
    const event = one();
    const before = performance.now();
    const arrived = new Promise<number>((resolve) => waiting.set(event.id, resolve));
    await client.appendToStream(`live-${n % 10}`, event);
    times.push((await arrived) - before);
    waiting.delete(event.id);
  }
  await subscription.unsubscribe();
  return summarise(times, performance.now() - started);
};

export interface Goal {
  readonly says: string;
  readonly met: (ratio: number) => boolean;
}
const atLeast = (share: number): Goal => ({ says: `≥ ${share}`, met: (ratio) => ratio >= share });
const under = (share: number): Goal => ({ says: `< ${share}`, met: (ratio) => ratio < share });

export const workloads: Readonly<Record<string, { goal?: Goal; ratio: 'rate' | 'p99'; run: Workload }>> = {
  'append, 1 writer': { ratio: 'rate', run: appends(1, 120) },
  'append, 16 writers': { goal: atLeast(0.7), ratio: 'rate', run: appends(16, 150) },
  'append, 64 writers': { goal: atLeast(0.85), ratio: 'rate', run: appends(64, 50) },
  'read a stream': {
    goal: atLeast(0.9),
    ratio: 'rate',
    run: async (client) => {
      const stream = await filled(client, READ);
      return timedRead(client.readStream(stream));
    },
  },
  'catch up on $all': {
    goal: atLeast(0.9),
    ratio: 'rate',
    run: async (client) => {
      await filled(client, READ);
      return timedCatchUp(client.subscribeToAll({ fromPosition: START }));
    },
  },
  'append to subscriber': { goal: under(2), ratio: 'p99', run: appendToSubscriber },
};
