import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { spawnEventStore } from '../src/index.ts';
import { one } from './workloads.ts';

const READ_AT = [10_000, 100_000, 1_000_000, 5_000_000];
const PER_STREAM = 50;
const WRITERS = 8;

/** MB that a process holds for itself. The mapped pages of the data file belong to the system's cache and are not counted. */
const ownMb = (pid: number): number => {
  const line = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line ? Number(line[1]) / 1024 : Number.NaN;
};

/** The least over two seconds: nearer to what a collection left than to what the next one takes. */
const settledMb = async (pid: number): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 8; look += 1) {
    least = Math.min(least, ownMb(pid));
    await sleep(250);
  }
  return least;
};

/** Streams of fifty events, each in one append, until the node has this many more. */
const write = async (client: EventStoreDBClient, from: number, to: number): Promise<void> => {
  let next = from;
  const writer = async (): Promise<void> => {
    while (next < to) {
      const stream = `memory-${next}`;
      next += PER_STREAM;
      await client.appendToStream(stream, Array.from({ length: PER_STREAM }, one), { expectedRevision: NO_STREAM });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
};

/** The largest reading may be so many times the first, and so many MB more that a collector may still have to collect. */
const AT_MOST = 1.1;
const SLACK_MB = 16;

/** A durable node's memory while it fills. True when it does not grow with the number of events and streams. */
export const measureMemory = async (folder: string, events: number): Promise<boolean> => {
  const node = await spawnEventStore({ dataDir: join(folder, 'memory') });
  const client = EventStoreDBClient.connectionString(node.url);
  const readings: number[] = [];
  try {
    let written = 0;
    for (const count of [...READ_AT.filter((at) => at < events), events]) {
      const started = performance.now();
      await write(client, written, count);
      const perSecond = ((count - written) / (performance.now() - started)) * 1000;
      written = count;
      const own = await settledMb(node.pid);
      readings.push(own);
      console.log(
        `${count.toLocaleString('en').padStart(10)} events in ${(count / PER_STREAM).toLocaleString('en').padStart(7)} streams: ${own.toFixed(0).padStart(5)} MB of its own  (${Math.round(perSecond)} events/s)`,
      );
    }
  } finally {
    await client.dispose();
    await node.stop();
  }
  const [first = Number.NaN] = readings;
  const most = Math.max(...readings);
  const allowed = first * AT_MOST + SLACK_MB;
  const isFlat = most <= allowed;
  console.log(
    `${isFlat ? 'held' : 'MISSED'}: flat memory, ${first.toFixed(0)} MB at first and ${most.toFixed(0)} MB at most (allowed: ${allowed.toFixed(0)} MB)`,
  );
  return isFlat;
};
