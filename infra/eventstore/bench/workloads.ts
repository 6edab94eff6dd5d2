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

/** Long enough for a slice of a second: shorter ones measure the noise, and what the fill left to be moved and collected. */
const READ = 20_000;
const FILLED = 'bench-filled';

const fill = async (client: EventStoreDBClient): Promise<void> => {
  for (let i = 0; i < READ; i += 500) await client.appendToStream(FILLED, Array.from({ length: 500 }, one));
};

/** A read ends by itself: left early, the client would wait for it for ever when it is disposed of. */
const timedRead: Workload = async (client) => {
  const started = performance.now();
  let seen = 0;
  for await (const _ of client.readStream(FILLED)) seen += 1;
  if (seen !== READ) throw new Error(`Read ${seen} events instead of ${READ}`);
  return summarise([], performance.now() - started, seen);
};

const timedCatchUp: Workload = async (client) => {
  const started = performance.now();
  let seen = 0;
  for await (const _ of client.subscribeToAll({ fromPosition: START })) {
    seen += 1;
    if (seen === READ) break;
  }
  return summarise([], performance.now() - started, seen);
};

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

export interface Measurement {
  readonly goal?: Goal;
  readonly ratio: 'rate' | 'p99';
  /** What there has to be before, once. */
  readonly prepare?: (client: EventStoreDBClient) => Promise<void>;
  readonly run: Workload;
}

export const workloads: Readonly<Record<string, Measurement>> = {
  'append, 1 writer': { ratio: 'rate', run: appends(1, 120) },
  'append, 16 writers': { goal: atLeast(0.7), ratio: 'rate', run: appends(16, 150) },
  'append, 64 writers': { goal: atLeast(0.85), ratio: 'rate', run: appends(64, 50) },
  'read a stream': { goal: atLeast(0.9), ratio: 'rate', prepare: fill, run: timedRead },
  'catch up on $all': { goal: atLeast(0.9), ratio: 'rate', prepare: fill, run: timedCatchUp },
  'append to subscriber': { goal: under(2), ratio: 'p99', run: appendToSubscriber },
};
