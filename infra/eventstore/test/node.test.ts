import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventStoreDBClient,
  jsonEvent,
  PARK,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { empty, identifier, RawNode, readRequest, unary } from '../conformance/raw.ts';
import { collect, event, events, failure, listen, numbers, until } from '../conformance/tools.ts';
import { backup, type EventStoreOptions, restore, spawnEventStore, startEventStore, verifyLog } from '../src/index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'eventstore-node-'));
  cleanups.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const start = async (options: EventStoreOptions) => {
  const node = await startEventStore(options);
  cleanups.push(() => node.stop());
  return node;
};
const client = (url: string): EventStoreDBClient => {
  const made = EventStoreDBClient.connectionString(url);
  cleanups.push(() => made.dispose());
  return made;
};
const settings = persistentSubscriptionToStreamSettingsFromDefaults;

describe('a restart', () => {
  it('keeps events, metadata, deletions and tombstones', async () => {
    const dataDir = folder();
    const first = await start({ dataDir });
    const before = client(first.url);
    await before.appendToStream('kept', events(3));
    await before.setStreamMetadata('kept', { maxCount: 2 });
    await before.appendToStream('deleted', events(2));
    await before.deleteStream('deleted');
    await before.tombstoneStream('gone');
    await first.stop();
    const second = await start({ dataDir });
    const after = client(second.url);
    expect(numbers(await collect(after.readStream('kept')))).toEqual([1, 2]);
    expect((await failure(collect(after.readStream('deleted')))).type).toBe('stream-not-found');
    expect((await failure(collect(after.readStream('gone')))).type).toBe('stream-deleted');
    expect((await after.appendToStream('kept', event(3), { expectedRevision: 2n })).nextExpectedRevision).toBe(3n);
  });
  it('keeps groups of persistent subscriptions with their place and their parked messages', async () => {
    const dataDir = folder();
    const first = await start({ dataDir });
    const before = client(first.url);
    await before.appendToStream('work', events(4));
    await before.createPersistentSubscriptionToStream(
      'work',
      'g',
      settings({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 1 }),
    );
    const subscription = before.subscribeToPersistentSubscriptionToStream('work', 'g');
    subscription.on('error', () => {});
    subscription.on(
      'data',
      (resolved) =>
        void ((resolved.event?.data as { n: number } | undefined)?.n === 1
          ? subscription.nack(PARK, 'later', resolved)
          : subscription.ack(resolved)),
    );
    await until(
      async () => (await before.getPersistentSubscriptionToStreamInfo('work', 'g')).stats.parkedMessageCount === 1n,
      'one parked',
    );
    await until(
      async () => (await before.getPersistentSubscriptionToStreamInfo('work', 'g')).stats.totalInFlightMessages === 0,
      'the rest done',
    );
    await first.stop();
    const second = await start({ dataDir });
    const after = client(second.url);
    expect((await after.getPersistentSubscriptionToStreamInfo('work', 'g')).stats.parkedMessageCount).toBe(1n);
    await after.appendToStream('work', event(4));
    const seen: unknown[] = [];
    const again = after.subscribeToPersistentSubscriptionToStream('work', 'g');
    again.on('error', () => {});
    again.on('data', (resolved) => {
      seen.push((resolved.event?.data as { n: number } | undefined)?.n);
      void again.ack(resolved);
    });
    await until(() => seen.length > 0, 'the new one');
    expect(seen).toEqual([4]);
    await after.replayParkedMessagesToStream('work', 'g');
    await until(() => seen.length === 2, 'the parked one');
    expect(seen).toEqual([4, 1]);
  });
  it('system projections go on where they were, without a double and without a hole', async () => {
    const dataDir = folder();
    const first = await start({ dataDir, systemProjections: true });
    const before = client(first.url);
    const links = async (c: EventStoreDBClient) =>
      numbers(await collect(c.readStream('$ce-car', { resolveLinkTos: true })).catch(() => []));
    await before.appendToStream('car-1', events(5));
    await until(async () => (await links(before)).length === 5, 'five links');
    await before.appendToStream('car-2', [event(5), event(6)]);
    await first.kill();
    const second = await start({ dataDir });
    const after = client(second.url);
    await after.appendToStream('car-3', event(7));
    await until(async () => (await links(after)).length >= 8, 'eight links');
    expect(await links(after)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('a stop', () => {
  it('lets appends in flight finish', async () => {
    const dataDir = folder();
    const node = await start({ dataDir, cluster: { commitDelayMs: 150 } });
    const c = client(node.url);
    await c.appendToStream('warm', event());
    const written = async (): Promise<number> =>
      Number(
        /\neventstore_appends_total (\d+)/.exec(
          await fetch(`http://127.0.0.1:${node.port}/metrics`).then((r) => r.text()),
        )?.[1],
      );
    const before = await written();
    const appends = Array.from({ length: 8 }, (_, n) => c.appendToStream(`s-${n}`, event(n)));
    const classic = c.appendToStream('classic', event(9), { credentials: { username: 'admin', password: 'changeit' } });
    await until(async () => (await written()) === before + 9, 'all appends under way');
    await node.stop();
    expect((await Promise.all([...appends, classic])).every(({ success }) => success)).toBe(true);
  });
  it('ends subscriptions with a status the client reconnects on', async () => {
    const node = await start({ memory: true });
    const noted = listen(client(node.url).subscribeToAll());
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await node.stop();
    await until(() => noted.errors.length > 0, 'the end');
    expect(['cancelled', 'unavailable']).toContain((noted.errors[0] as Error & { type?: string }).type);
  });
  it('ends streams with CANCELLED, and then with UNAVAILABLE what waits for its one answer', async () => {
    const node = await start({ memory: true });
    const raw = new RawNode(node.url);
    cleanups.push(() => raw.close());
    const streams = raw.streams();
    const ended: string[] = [];
    const note = (name: string) => (error: { code?: number } | null) => void ended.push(`${name} ${error?.code}`);
    const request = readRequest((options) => {
      const stream = new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier('s'));
      options.setStream(stream.setStart(empty())).setSubscription(new streamsPb.ReadReq.Options.SubscriptionOptions());
    });
    const subscription = streams.read(request, raw.metadata());
    subscription.on('data', () => {}).on('error', note('subscription'));
    const confirmed = once(subscription, 'data');
    const batch = streams.batchAppend(raw.metadata());
    batch.on('data', () => {}).on('error', note('batch append'));
    const classic = streams.append(raw.metadata(), note('classic append'));
    const options = new streamsPb.AppendReq.Options().setStreamIdentifier(identifier('s'));
    options.setAny(empty());
    classic.write(new streamsPb.AppendReq().setOptions(options));
    await confirmed;
    // An answer on the same connection: the node has seen what was sent before.
    const missing = new streamsPb.DeleteReq.Options().setStreamIdentifier(identifier('none'));
    missing.setAny(empty());
    await failure(
      unary((callback) => streams.delete(new streamsPb.DeleteReq().setOptions(missing), raw.metadata(), callback)),
    );
    await node.stop();
    await until(() => ended.length === 3, 'three ends');
    expect(ended.slice(0, 2).sort()).toEqual([`batch append ${status.CANCELLED}`, `subscription ${status.CANCELLED}`]);
    expect(ended[2]).toBe(`classic append ${status.UNAVAILABLE}`);
  });
  it('on SIGTERM ends the process with 0, and the folder can be used again', async () => {
    const dataDir = folder();
    const node = await spawnEventStore({ dataDir });
    await client(node.url).appendToStream('s', events(2));
    const second = await spawnEventStore({ dataDir }).then(
      () => 'started',
      (reason: Error) => reason.message,
    );
    expect(second).toContain(`held by process ${node.pid}`);
    await node.stop();
    expect(node.process.exitCode).toBe(0);
    const third = await start({ dataDir });
    expect((await collect(client(third.url).readStream('s'))).length).toBe(2);
  });
});

describe('a node started as a child', () => {
  it('stops when its parent is killed, and gives the folder up', async () => {
    const dataDir = folder();
    const script = `import { spawnEventStore } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const node = await spawnEventStore({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(node.pid);`;
    const parent = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    parent.kill('SIGKILL');
    const alive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await until(() => !alive(), 'the node is gone');
    await start({ dataDir });
  });
});

describe('damage', () => {
  const filled = async (): Promise<string> => {
    const dataDir = folder();
    const node = await start({ dataDir });
    const c = client(node.url);
    for (let i = 0; i < 10; i += 1)
      await c.appendToStream('s', jsonEvent({ type: 'T', data: { i, text: `needle-${i}-${'x'.repeat(300)}` } }));
    await node.stop();
    return dataDir;
  };
  const flip = (dataDir: string, needle: string): void => {
    const file = join(dataDir, 'log.mdb');
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1))
      bytes[at + 3] = (bytes[at + 3] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  it('a flipped bit is named by verify and by the read that meets it; the event is not served', async () => {
    const dataDir = await filled();
    flip(dataDir, 'needle-6-');
    const { damage, events: count } = await verifyLog(dataDir);
    expect(damage.length).toBe(1);
    expect(damage[0]).toMatch(/position \d+ does not match its checksum/);
    expect(count).toBeGreaterThanOrEqual(10);
    const node = await start({ dataDir });
    const c = client(node.url);
    const error = await failure(collect(c.readStream('s')));
    expect(error.message).toMatch(/checksum/);
    expect((await failure(collect(c.readAll()))).message).toMatch(/checksum/);
    expect((await collect(c.readStream('s', { maxCount: 5 }))).length).toBe(5);
    expect((await c.appendToStream('s', event())).success).toBe(true);
  });
  it('a truncated file is refused at start, with a reason', async () => {
    const dataDir = await filled();
    truncateSync(join(dataDir, 'log.mdb'), 40_000);
    await expect(startEventStore({ dataDir })).rejects.toThrow(/truncated/);
    await expect(spawnEventStore({ dataDir })).rejects.toThrow(/truncated/);
  });
  it('a file that is something else is refused', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'log.mdb'), Buffer.alloc(20_000, 'not a log'));
    await expect(startEventStore({ dataDir })).rejects.toThrow(/no readable header/);
  });
});

describe('backup and restore', () => {
  it('a copy taken while the node writes is whole and can be started', async () => {
    const [dataDir, copy, restored] = [folder(), folder(), folder()];
    const node = await spawnEventStore({ dataDir });
    cleanups.push(() => node.stop());
    const c = client(node.url);
    await c.appendToStream('before', events(50));
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n += 1) await c.appendToStream('during', event(n));
    })();
    const taken = await backup(dataDir, copy);
    writing = false;
    await writer;
    expect(taken.damage).toEqual([]);
    await restore(copy, restored);
    const second = await start({ dataDir: restored });
    const again = client(second.url);
    expect((await collect(again.readStream('before'))).length).toBe(50);
    const during = numbers(await collect(again.readStream('during')).catch(() => []));
    expect(during).toEqual(during.map((_, n) => n));
  });
  it('a damaged backup is not restored, and nothing is overwritten', async () => {
    const [dataDir, copy] = [folder(), folder()];
    const node = await start({ dataDir });
    await client(node.url).appendToStream('s', jsonEvent({ type: 'T', data: { text: 'needle-in-here' } }));
    await node.stop();
    await backup(dataDir, copy);
    await expect(backup(dataDir, copy)).rejects.toThrow(/not overwritten/);
    const bytes = readFileSync(join(copy, 'log.mdb'));
    bytes[bytes.indexOf('needle-in-here')] = 88;
    const bad = folder();
    copyFileSync(join(copy, 'log.mdb'), join(bad, 'log.mdb'));
    writeFileSync(join(bad, 'log.mdb'), bytes);
    await expect(restore(bad, folder())).rejects.toThrow(/checksum/);
  });
});

describe('what a cluster does', () => {
  it('a follower sends a client that wants the leader to the leader', async () => {
    const node = await start({ memory: true, cluster: { followers: 2 } });
    expect(node.followerPorts.length).toBe(2);
    const viaFollower = client(`esdb://127.0.0.1:${node.followerPorts[0]}?tls=false`);
    const error = await failure(viaFollower.appendToStream('s', event(), { requiresLeader: true }));
    expect(error.type).toBe('not-leader');
    expect((error.leader as { port: number }).port).toBe(node.port);
    expect((await viaFollower.appendToStream('s', event(1))).success).toBe(true);
  });
  it('a client that discovers the cluster finds leader and followers', async () => {
    const node = await start({ memory: true, cluster: { followers: 2 } });
    for (const preference of ['leader', 'follower']) {
      const c = client(`esdb+discover://127.0.0.1:${node.followerPorts[1]}?tls=false&nodePreference=${preference}`);
      await c.appendToStream(`s-${preference}`, event(4), { requiresLeader: preference === 'leader' });
      expect(numbers(await collect(c.readStream(`s-${preference}`)))).toEqual([4]);
    }
  });
  it('during an election calls are unavailable; afterwards the same client works again', async () => {
    const node = await start({ memory: true });
    const c = client(node.url);
    await c.appendToStream('s', event(0));
    node.faults.refuseCalls(true);
    expect(['unavailable', 'cancelled']).toContain((await failure(c.appendToStream('s', event(1)))).type);
    expect((await failure(collect(c.readStream('s')))).type).toBe('unavailable');
    node.faults.refuseCalls(false);
    await until(
      async () => (await c.appendToStream('s', event(1)).catch(() => undefined))?.success === true,
      'the node is back',
    );
  });
  it('a killed node comes back on its port, and the client with it', async () => {
    const dataDir = folder();
    const first = await start({ dataDir });
    const c = client(first.url);
    await c.appendToStream('s', event(0));
    await first.kill();
    await failure(c.appendToStream('s', event(1)));
    await start({ dataDir, port: first.port });
    await until(
      async () => (await c.appendToStream('s', event(1)).catch(() => undefined))?.success === true,
      'the node is back',
    );
    expect(numbers(await collect(c.readStream('s')))).toEqual([0, 1]);
  });
  it('a commit that takes too long is answered with a timeout', async () => {
    const node = await start({ memory: true, limits: { writeTimeoutMs: 50 } });
    const c = client(node.url);
    node.faults.delayCommits(300);
    expect((await failure(c.appendToStream('s', event(0)))).type).toBe('deadline-exceeded');
    node.faults.delayCommits(0);
    // The late commit must not be answered a second time: that would throw inside the client.
    await until(async () => (await collect(c.readStream('s')).catch(() => [])).length === 1, 'the late commit');
    expect((await c.appendToStream('s', event(1))).nextExpectedRevision).toBe(1n);
  });
  it('projections lag behind when told to', async () => {
    const node = await start({ memory: true, systemProjections: true, cluster: { projectionDelayMs: 200 } });
    const c = client(node.url);
    await c.appendToStream('car-1', event(0));
    expect((await failure(collect(c.readStream('$ce-car')))).type).toBe('stream-not-found');
    await until(async () => (await collect(c.readStream('$ce-car')).catch(() => [])).length === 1, 'the link');
  });
});

describe('operation', () => {
  it('an event beyond the limit for one event is refused on both append paths, naming the limit', async () => {
    const node = await start({ memory: true, limits: { maxEventBytes: 2_000 } });
    const c = client(node.url);
    const large = () => jsonEvent({ type: 'T', data: {}, metadata: { text: 'x'.repeat(2_000) } });
    for (const path of [{}, { credentials: { username: 'admin', password: 'changeit' } }]) {
      const error = await failure(c.appendToStream('s', large(), path));
      expect([error.type, error.maxAppendSize]).toEqual(['maximum-append-size-exceeded', 2_000]);
    }
    expect((await c.appendToStream('s', event())).nextExpectedRevision).toBe(0n);
  });
  it('projections of users are refused in clear words', async () => {
    const node = await start({ memory: true });
    const error = await failure(client(node.url).createProjection('mine', 'fromAll()'));
    expect([error.code, error.message]).toEqual([
      status.UNIMPLEMENTED,
      expect.stringContaining('User-defined projections are not part of this node'),
    ]);
  });
  it('metrics are in the Prometheus format', async () => {
    const node = await start({ memory: true });
    await client(node.url).appendToStream('s', events(3));
    const text = await fetch(`http://127.0.0.1:${node.port}/metrics`).then((response) => response.text());
    expect(text).toMatch(/# TYPE eventstore_events_written_total counter\neventstore_events_written_total \d+/);
    expect(text).toMatch(/eventstore_resident_memory_bytes \d+/);
  });
  it('a connection that says nothing, or nonsense, harms nobody', async () => {
    const node = await start({ memory: true });
    for (const words of ['', 'GARBAGE\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nnonsense', Buffer.from([0, 1, 2, 255])]) {
      const socket = connect(node.port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(words);
      socket.destroy();
    }
    expect((await client(node.url).appendToStream('s', event())).success).toBe(true);
  });
});
