import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '@cargoro/domain';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventLog } from './event-log.ts';
import { type LogMessage, type NewEvent, RevisionConflict, Unavailable } from './ports.ts';
import { type TestEventStore, testEventStore } from './testing.ts';

const event = (type = 'OrderPlaced', data: unknown = { text: '정비 🚗' }): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  meta: {
    schemaVersion: 1,
    command: 'PlaceOrder',
    commandId: randomUUID(),
    correlationId: 'c',
    causationId: 'c',
    actor: systemActor(),
    occurredAt: '2026-01-02T03:04:05.678Z',
  },
});
const stream = (category = 'order') => `${category}-${randomUUID()}`;
const take = async <T>(items: AsyncIterable<T>, enough: (taken: T[]) => boolean): Promise<T[]> => {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (enough(taken)) break;
  }
  return taken;
};

describe('the event log', () => {
  let store: TestEventStore;
  beforeAll(async () => {
    store = await testEventStore();
  });
  afterAll(() => store.stop());

  it('returns what was appended, with its metadata, revision and position', async () => {
    const name = stream();
    const sent = [event(), event('OrderPaid')];
    const appended = await store.log.append(name, sent, -1n);
    const read = await store.log.read(name);
    expect(read.map(({ id, type, data, meta }) => ({ id, type, data, meta }))).toEqual(sent);
    expect(read.map((e) => e.revision)).toEqual([0n, 1n]);
    expect(appended).toEqual({ revision: 1n, position: read[1]?.position });
    expect(read[0]?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('reads a stream from a revision on, and nothing of a stream that does not exist', async () => {
    const name = stream();
    await store.log.append(name, [event(), event(), event()], -1n);
    expect((await store.log.read(name, 2n)).map((e) => e.revision)).toEqual([2n]);
    expect(await store.log.read(name, 3n)).toEqual([]);
    expect(await store.log.read(stream())).toEqual([]);
  });

  it('refuses an append to a stream that moved on', async () => {
    const name = stream();
    await store.log.append(name, [event()], -1n);
    await expect(store.log.append(name, [event()], -1n)).rejects.toBeInstanceOf(RevisionConflict);
    await expect(store.log.append(name, [event()], 5n)).rejects.toBeInstanceOf(RevisionConflict);
  });

  it('answers a repeated append with its first result and stores nothing', async () => {
    const name = stream();
    const events = [event(), event()];
    const first = await store.log.append(name, events, -1n);
    expect(await store.log.append(name, events, -1n)).toEqual(first);
    expect(await store.log.read(name)).toHaveLength(2);
  });

  it('leaves out events that CarGoro did not write', async () => {
    const foreign = EventStoreDBClient.connectionString(store.url);
    await store.log.append(stream(), [event()], -1n);
    for (const metadata of [undefined, 'null', '{"half', '[1]', '{"schemaVersion":"1"}'])
      await foreign.appendToStream(
        'foreign-1',
        jsonEvent({
          type: 'SomethingElse',
          data: {},
          ...(metadata && { metadata: new TextEncoder().encode(metadata) }),
        }),
      );
    const all = [];
    for await (const stored of store.log.readAll()) all.push(stored);
    expect(all.filter((e) => e.type === 'SomethingElse' || e.type.startsWith('$'))).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
    expect(await store.log.end()).toBe(all.at(-1)?.position);
    await foreign.dispose();
  });

  it('reads the whole log after a position, filtered by type or category', async () => {
    const after = await store.log.end();
    const [order, car] = [stream('order'), stream('car')];
    await store.log.append(order, [event('OrderPlaced'), event('OrderPlacedAgain')], -1n);
    await store.log.append(car, [event('CarSeen'), event('OrderPlaced')], -1n);
    const types = async (filter: Parameters<typeof store.log.readAll>[0]) => {
      const found = [];
      for await (const stored of store.log.readAll({ after, ...filter })) found.push(stored.type);
      return found;
    };
    expect(await types({})).toEqual(['OrderPlaced', 'OrderPlacedAgain', 'CarSeen', 'OrderPlaced']);
    expect(await types({ filter: { eventTypes: ['OrderPlaced'] } })).toEqual(['OrderPlaced', 'OrderPlaced']);
    expect(await types({ filter: { categories: ['car'] } })).toEqual(['CarSeen', 'OrderPlaced']);
    expect(await types({ filter: { categories: ['car'], eventTypes: ['OrderPlaced'] } })).toEqual(['OrderPlaced']);
  });

  it('hands over everything in order, however slow its reader', async () => {
    const after = await store.log.end();
    const name = stream();
    let revision = -1n;
    for (let batch = 0; batch < 10; batch++)
      ({ revision } = await store.log.append(
        name,
        Array.from({ length: 500 }, () => event()),
        revision,
      ));
    const seen: bigint[] = [];
    const abort = new AbortController();
    for await (const message of store.log.subscribe({ after, signal: abort.signal })) {
      if (message.kind === 'event') seen.push(message.event.revision);
      if (seen.length % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      if (message.kind === 'caughtUp') abort.abort();
    }
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, index) => BigInt(index)));
  });

  it('tells a filtered subscriber how far the log was considered, never past an event not handed over yet', async () => {
    const after = await store.log.end();
    const name = stream();
    const written = Array.from({ length: 400 }, (_, n) => event(n % 100 === 99 ? 'Wanted' : 'Other'));
    const { position } = await store.log.append(name, written, -1n);
    const messages: LogMessage[] = await take(
      store.log.subscribe({ after, filter: { eventTypes: ['Wanted'] }, signal: new AbortController().signal }),
      (taken) => taken.at(-1)?.kind === 'caughtUp',
    );
    const marks = messages.flatMap((m) =>
      m.kind === 'event' ? m.event.position : m.kind === 'checkpoint' ? m.position : [],
    );
    expect(messages.filter((m) => m.kind === 'event')).toHaveLength(4);
    expect(marks).toEqual([...marks].sort((a, b) => (a < b ? -1 : 1)));
    expect(marks.at(-1)).toBe(position);
  });
});

describe('when the event store is away', () => {
  it('says so, and a subscription goes on by itself, without a gap or a repeat, once it is back', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cargoro-log-'));
    const first = await testEventStore({ dataDir });
    const interrupted: Error[] = [];
    const log = createEventLog({
      url: first.url,
      timeoutMs: 3_000,
      onInterruption: (error) => interrupted.push(error),
    });
    const name = stream();
    await log.append(name, [event()], -1n);
    const abort = new AbortController();
    const seen: bigint[] = [];
    let wake = () => {};
    const arrived = async (count: number) => {
      while (seen.length < count) await new Promise<void>((resolve) => (wake = resolve));
    };
    const reading = (async () => {
      for await (const message of log.subscribe({ signal: abort.signal })) {
        if (message.kind === 'event') seen.push(message.event.revision);
        wake();
      }
    })();
    await arrived(1);

    await first.kill();
    await first.log.close();
    await expect(log.append(name, [event()], 0n)).rejects.toBeInstanceOf(Unavailable);
    await expect(log.read(name)).rejects.toBeInstanceOf(Unavailable);
    await expect(log.ping()).rejects.toBeInstanceOf(Unavailable);

    const second = await testEventStore({ dataDir, port: first.port });
    let revision = -1n;
    while (revision < 0n)
      revision = await log.append(name, [event()], 0n).then(
        (r) => r.revision,
        () => -1n,
      );
    await arrived(2);
    expect(seen).toEqual([0n, 1n]);
    expect(interrupted[0]).toBeInstanceOf(Unavailable);
    abort.abort();
    await reading;
    await log.close();
    await second.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
