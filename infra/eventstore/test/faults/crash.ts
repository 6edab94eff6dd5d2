import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { spawnEventStore } from '../../src/index.ts';

/** What one writer knows of its stream: what was acknowledged, and what was under way when the node died. */
interface Writer {
  readonly stream: string;
  acknowledged: number;
  underWay: number;
}

export interface CrashReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Appends under way at a kill that turned out to be there, and not to be there. */
  readonly survived: number;
  readonly vanished: number;
}

const batch = (from: number, size: number) =>
  Array.from({ length: size }, (_, i) =>
    jsonEvent({ type: 'Written', data: { n: from + i, padding: 'x'.repeat(randomInt(700)) } }),
  );

const write = async (
  client: EventStoreDBClient,
  writer: Writer,
  running: () => boolean,
  acknowledged: () => void,
): Promise<void> => {
  while (running()) {
    const size = randomInt(1, 6);
    const from = writer.acknowledged;
    writer.underWay = size;
    try {
      await client.appendToStream(writer.stream, batch(from, size), {
        expectedRevision: from === 0 ? NO_STREAM : BigInt(from - 1),
      });
    } catch (error) {
      if (running()) throw error;
      return;
    }
    writer.acknowledged += size;
    writer.underWay = 0;
    acknowledged();
  }
};

const contents = async (client: EventStoreDBClient, stream: string): Promise<number[]> => {
  const found: number[] = [];
  try {
    for await (const { event } of client.readStream(stream)) {
      assert.equal(Number(event?.revision), found.length, `${stream}: revisions have no gap`);
      found.push((event as unknown as { data: { n: number } }).data.n);
    }
  } catch (error) {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  }
  return found;
};

/** After a crash: everything acknowledged is there once and in order; what was under way is there whole or not at all. */
const check = async (client: EventStoreDBClient, writer: Writer): Promise<'survived' | 'vanished' | 'none'> => {
  const found = await contents(client, writer.stream);
  const { acknowledged, underWay } = writer;
  assert.deepEqual(
    found,
    Array.from({ length: found.length }, (_, n) => n),
    `${writer.stream}: in order, without doubles`,
  );
  assert.ok(
    found.length === acknowledged || found.length === acknowledged + underWay,
    `${writer.stream}: ${acknowledged} acknowledged, ${underWay} under way, ${found.length} found`,
  );
  writer.acknowledged = found.length;
  writer.underWay = 0;
  if (underWay === 0) return 'none';
  return found.length > acknowledged ? 'survived' : 'vanished';
};

const checkAll = async (client: EventStoreDBClient, expected: number): Promise<void> => {
  let last = -1n;
  const seen = new Set<string>();
  for await (const { event } of client.readAll()) {
    if (!event) continue;
    assert.ok(event.position.commit > last, 'positions rise');
    last = event.position.commit;
    if (event.streamId.startsWith('crash-')) seen.add(`${event.revision}@${event.streamId}`);
  }
  assert.equal(seen.size, expected, '$all has every event once');
};

/** Kills the node in the middle of `writers` writing at once, again and again, and looks at what is left each time. */
export const crashAgainAndAgain = async (dataDir: string, kills: number, writers: number): Promise<CrashReport> => {
  const all: Writer[] = Array.from({ length: writers }, (_, n) => ({
    stream: `crash-${n}`,
    acknowledged: 0,
    underWay: 0,
  }));
  const tally = { survived: 0, vanished: 0, none: 0 };
  for (let round = 0; round <= kills; round += 1) {
    const node = await spawnEventStore({ dataDir });
    const client = EventStoreDBClient.connectionString(node.url);
    for (const writer of all) tally[await check(client, writer)] += 1;
    if (round === kills) {
      await checkAll(
        client,
        all.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
      );
      await client.dispose();
      await node.stop();
      break;
    }
    let alive = true;
    let left = randomInt(1, 120);
    let killed: Promise<void> = Promise.resolve();
    const acknowledged = (): void => {
      left -= 1;
      if (left > 0 || !alive) return;
      alive = false;
      killed = node.kill();
    };
    await Promise.all(all.map((writer) => write(client, writer, () => alive, acknowledged)));
    await killed;
    await client.dispose();
  }
  return {
    kills,
    acknowledged: all.reduce((sum, writer) => sum + writer.acknowledged, 0),
    survived: tally.survived,
    vanished: tally.vanished,
  };
};
