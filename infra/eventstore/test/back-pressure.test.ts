import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { empty, identifier, proposed, RawNode } from '../conformance/raw.ts';
import { event, until } from '../conformance/tools.ts';
import { type SpawnedEventStore, spawnEventStore } from '../src/index.ts';

const cleanups: (() => unknown)[] = [];
let node: SpawnedEventStore;
beforeEach(async () => {
  node = await spawnEventStore({ memory: true });
  cleanups.push(() => node.stop());
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const client = (): EventStoreDBClient => {
  const made = EventStoreDBClient.connectionString(node.url);
  cleanups.push(() => made.dispose());
  return made;
};
const metric = async (name: string): Promise<number> => {
  const text = await fetch(`http://127.0.0.1:${node.port}/metrics`).then((response) => response.text());
  return Number(new RegExp(`\neventstore_${name} (\\d+)`).exec(text)?.[1]);
};
/** Twenty megabytes in one stream. */
const fill = async (to: EventStoreDBClient): Promise<void> => {
  const block = Array.from({ length: 10 }, () => jsonEvent({ type: 'T', data: { text: 'x'.repeat(50_000) } }));
  for (let i = 0; i < 40; i += 1)
    await to.appendToStream(
      's',
      block.map((one) => ({ ...one, id: randomUUID() })),
    );
};
const MB = 1024 * 1024;
const READERS = 40;
/** Forty times twenty megabytes would be 800; what may be in flight is a page of each and the sockets' buffers. */
const BOUND = 250 * MB;

describe('a client that does not read', () => {
  it('costs no memory as a subscriber', async () => {
    const c = client();
    await fill(c);
    const before = await metric('resident_memory_bytes');
    const sleepers = Array.from({ length: READERS }, () => client().subscribeToStream('s'));
    await Promise.all(sleepers.map((sleeper) => once(sleeper, 'confirmation')));
    await c.appendToStream('s', event());
    expect((await metric('resident_memory_bytes')) - before).toBeLessThan(BOUND);
  });

  it('costs no memory as a consumer of a persistent subscription, however large the buffer it asks for', async () => {
    const c = client();
    await fill(c);
    const groups = Array.from({ length: READERS }, (_, n) => `g-${n}`);
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    for (const group of groups) await c.createPersistentSubscriptionToStream('s', group, settings);
    const before = await metric('resident_memory_bytes');
    const sleepers = groups.map((group) =>
      client().subscribeToPersistentSubscriptionToStream('s', group, { bufferSize: 10_000 }),
    );
    await Promise.all(sleepers.map((sleeper) => once(sleeper, 'confirmation')));
    await c.appendToStream('s', event());
    expect(await metric('persistent_in_flight')).toBeLessThan(READERS * 100);
    expect((await metric('resident_memory_bytes')) - before).toBeLessThan(BOUND);
    // Once it reads, it gets everything.
    const [first] = sleepers;
    let seen = 0;
    first?.on('data', (resolved) => {
      seen += 1;
      void first.ack(resolved);
    });
    await until(() => seen === 401, 'all events');
  });

  it('is not read from while it leaves the answers to its appends, and each append is answered once', async () => {
    const raw = new RawNode(node.url);
    cleanups.push(() => raw.close());
    const call = raw.streams().batchAppend(raw.metadata());
    call.on('error', () => {});
    const answers: string[] = [];
    call.on('data', (answer: streamsPb.BatchAppendResp) => answers.push(answer.getCorrelationId()?.getString() ?? ''));
    call.once('data', () => call.pause());
    const ids = Array.from({ length: 10_000 }, () => randomUUID() as string);
    const deadline = timestampPb.Timestamp.fromDate(new Date(Date.now() + 60_000));
    for (const id of ids) {
      const options = new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifier('s')).setDeadline(deadline);
      options.setAny(empty() as never);
      call.write(
        new streamsPb.BatchAppendReq()
          .setCorrelationId(new sharedPb.UUID().setString(id))
          .setOptions(options)
          .setProposedMessagesList([proposed(randomUUID(), '{}')])
          .setIsFinal(true),
      );
    }
    let written = -1;
    await until(async () => {
      const before = written;
      written = await metric('appends_total');
      await new Promise((resolve) => setTimeout(resolve, 100));
      return written > 1000 && written === before;
    }, 'the server has stopped reading');
    expect(written).toBeLessThan(ids.length / 2);
    call.resume();
    await until(() => answers.length === ids.length, 'all answers', 30_000);
    expect(new Set(answers)).toEqual(new Set(ids));
    call.end();
  });
});
