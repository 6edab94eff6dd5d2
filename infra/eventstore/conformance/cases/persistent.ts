import assert from 'node:assert/strict';
import {
  type EventStoreDBClient,
  PARK,
  type PersistentSubscriptionToStream,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  RETRY,
  SKIP,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { group } from '../suite.ts';
import { collect, event, events, failure, until } from '../tools.ts';

const settings = persistentSubscriptionToStreamSettingsFromDefaults;
const GROUP = 'workers';

interface Consumer {
  readonly ns: number[];
  readonly retries: number[];
  readonly errors: Error[];
  readonly subscription: PersistentSubscriptionToStream;
}

type Answer = (
  subscription: PersistentSubscriptionToStream,
  resolved: Parameters<PersistentSubscriptionToStream['ack']>[0],
  retryCount: number,
) => unknown;
const ackAll: Answer = (subscription, resolved) => subscription.ack(resolved);

const consume = (client: EventStoreDBClient, name: string, answer: Answer = ackAll, bufferSize = 10): Consumer => {
  const subscription = client.subscribeToPersistentSubscriptionToStream(name, GROUP, { bufferSize });
  const consumer: Consumer = { ns: [], retries: [], errors: [], subscription };
  subscription.on('data', (resolved) => {
    consumer.ns.push((resolved.event?.data as { n?: number } | undefined)?.n ?? -1);
    consumer.retries.push(resolved.retryCount);
    answer(subscription, resolved, resolved.retryCount);
  });
  subscription.on('error', (error) => void consumer.errors.push(error));
  return consumer;
};
const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => n + from);
const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const parked = async (client: EventStoreDBClient, name: string): Promise<bigint> =>
  (await client.getPersistentSubscriptionToStreamInfo(name, GROUP)).stats.parkedMessageCount;
const confirmed = (consumer: Consumer): Promise<void> =>
  new Promise((resolve) => consumer.subscription.once('confirmation', () => resolve()));

export const persistentCases = group('persistent subscriptions', (it) => {
  it('from the start: delivers what is there and what comes, in order', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(10));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name);
    await until(() => consumer.ns.length === 10, 'the past');
    await client.appendToStream(name, [event(10), event(11)]);
    await until(() => consumer.ns.length === 12, 'the live ones');
    assert.deepEqual(consumer.ns, range(12));
    assert.ok(consumer.retries.every((count) => count === 0));
  });
  it('from the end: only what is written after creation', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings());
    await client.appendToStream(name, event(5));
    const consumer = consume(client, name);
    await until(() => consumer.ns.length === 1, 'the new one');
    assert.deepEqual(consumer.ns, [5]);
  });
  it('from a revision: that one is the first', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(6));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: 4n }));
    const consumer = consume(client, name);
    await until(() => consumer.ns.length === 2, 'the rest');
    assert.deepEqual(consumer.ns, [4, 5]);
  });
  it('on a stream that does not exist yet', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name);
    await client.appendToStream(name, events(3));
    await until(() => consumer.ns.length === 3, 'all');
  });
  it('creating a group twice: exists', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, GROUP, settings());
    const error = await failure(client.createPersistentSubscriptionToStream(name, GROUP, settings()));
    assert.equal(error.type, 'persistent-subscription-exists');
    assert.deepEqual([error.streamName, error.groupName], [name, GROUP]);
  });
  it('connecting to a group that does not exist: said in the known words', async ({ client, stream }) => {
    const name = stream();
    const consumer = consume(client, name);
    await until(() => consumer.errors.length > 0, 'the refusal');
    const [error] = consumer.errors as (Error & { type?: string })[];
    assert.equal(error?.type, 'persistent-subscription-does-not-exist');
    assert.ok(error?.message.includes(`Subscription group ${GROUP} on stream ${name} does not exist.`));
  });
  for (const operation of [
    'deletePersistentSubscriptionToStream',
    'getPersistentSubscriptionToStreamInfo',
    'replayParkedMessagesToStream',
  ] as const) {
    it(`${operation} of a group that does not exist: does not exist`, async ({ client, stream }) => {
      assert.equal(
        (await failure(client[operation](stream(), GROUP) as Promise<unknown>)).type,
        'persistent-subscription-does-not-exist',
      );
    });
  }
  it('update of a group that does not exist: does not exist', async ({ client, stream }) => {
    assert.equal(
      (await failure(client.updatePersistentSubscriptionToStream(stream(), GROUP, settings()))).type,
      'persistent-subscription-does-not-exist',
    );
  });
  it('a read batch that does not fit the history buffer: failed, with the reason', async ({ client, stream }) => {
    const error = await failure(
      client.createPersistentSubscriptionToStream(
        stream(),
        GROUP,
        settings({ readBatchSize: 50, historyBufferSize: 50 }),
      ),
    );
    assert.equal(error.type, 'persistent-subscription-failed');
  });
  it('holds back when a consumer has its buffer full of unanswered events', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(20));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const held: Parameters<PersistentSubscriptionToStream['ack']>[0][] = [];
    const consumer = consume(client, name, (_, resolved) => held.push(resolved), 4);
    await until(() => consumer.ns.length === 4, 'four');
    const info = await client.getPersistentSubscriptionToStreamInfo(name, GROUP);
    assert.deepEqual([info.stats.totalInFlightMessages, info.connections[0]?.availableSlots], [4, 0]);
    assert.equal(consumer.ns.length, 4);
    const first = held[0];
    assert.ok(first);
    await consumer.subscription.ack(first);
    await until(() => consumer.ns.length === 5, 'the fifth');
  });
  it('shares the events among its consumers, each once', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumers = [consume(client, name), consume(client, name), consume(client, name)];
    await Promise.all(consumers.map(confirmed));
    await client.appendToStream(name, events(60));
    await until(() => consumers.reduce((sum, { ns }) => sum + ns.length, 0) === 60, 'all');
    assert.deepEqual(sorted(consumers.flatMap(({ ns }) => ns)), range(60));
    assert.ok(
      consumers.every(({ ns }) => ns.length >= 10),
      'everybody gets a share',
    );
  });
  it('DispatchToSingle: one consumer gets all while it has room', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, consumerStrategyName: 'DispatchToSingle' }),
    );
    const consumers = [consume(client, name, ackAll, 100), consume(client, name, ackAll, 100)];
    await Promise.all(consumers.map(confirmed));
    await client.appendToStream(name, events(30));
    await until(() => consumers.some(({ ns }) => ns.length === 30), 'all at one');
  });
  it('Pinned: events of one stream go to one consumer', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, consumerStrategyName: 'Pinned' }),
    );
    const consumers = [consume(client, name), consume(client, name)];
    await Promise.all(consumers.map(confirmed));
    await client.appendToStream(name, events(40));
    await until(() => consumers.reduce((sum, { ns }) => sum + ns.length, 0) === 40, 'all');
    assert.deepEqual(sorted(consumers.map(({ ns }) => ns.length)), [0, 40]);
  });
  it('nack retry: comes again, counted', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name, (s, resolved, retry) =>
      retry < 2 ? s.nack(RETRY, 'again', resolved) : s.ack(resolved),
    );
    await until(() => consumer.ns.length === 9, 'three times three');
    assert.deepEqual(sorted(consumer.retries), [0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });
  it('nack retry too often: parked', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(1));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START, maxRetryCount: 2 }));
    const consumer = consume(client, name, (s, resolved) => s.nack(RETRY, 'no', resolved));
    await until(async () => (await parked(client, name)) === 1n, 'the parked message');
    assert.deepEqual(consumer.retries, [0, 1, 2]);
  });
  it('nack skip: not seen again', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(4));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name, (s, resolved) => s.nack(SKIP, 'not mine', resolved));
    await until(() => consumer.ns.length === 4, 'all');
    assert.equal(await parked(client, name), 0n);
    assert.deepEqual(consumer.ns, range(4));
  });
  it('nack park: parked with its reason as a link to the event', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    consume(client, name, (s, resolved) => s.nack(PARK, 'broken', resolved));
    await until(async () => (await parked(client, name)) === 2n, 'two parked');
    const read = await collect(
      client.readStream(`$persistentsubscription-${name}::${GROUP}-parked`, { resolveLinkTos: true }),
    );
    assert.deepEqual(
      read.map(({ event: e }) => (e?.data as { n?: number } | undefined)?.n),
      [0, 1],
    );
    assert.equal((read[0]?.link?.metadata as { reason?: string } | undefined)?.reason, 'broken');
  });
  it('replay: parked messages are delivered again and no longer parked', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    let parking = true;
    const consumer = consume(client, name, (s, resolved) =>
      parking ? s.nack(PARK, 'later', resolved) : s.ack(resolved),
    );
    await until(async () => (await parked(client, name)) === 3n, 'three parked');
    parking = false;
    await client.replayParkedMessagesToStream(name, GROUP);
    await until(() => consumer.ns.length === 6, 'again');
    await until(async () => (await parked(client, name)) === 0n, 'nothing parked');
    assert.deepEqual(consumer.ns.slice(3), [0, 1, 2]);
  });
  it('replay of many: each again, none twice', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(250));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    let parking = true;
    const consumer = consume(client, name, (s, resolved) =>
      parking ? s.nack(PARK, 'later', resolved) : s.ack(resolved),
    );
    await until(async () => (await parked(client, name)) === 250n, 'all parked');
    const order = consumer.ns.slice(0, 250);
    parking = false;
    await client.replayParkedMessagesToStream(name, GROUP);
    await until(async () => (await parked(client, name)) === 0n, 'nothing parked');
    await until(() => consumer.ns.length >= 500, 'again');
    assert.deepEqual(sorted(consumer.ns.slice(250)), sorted(order));
  });
  it('replay, refused once more: parked again, and replayed again', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    let parkings = 6;
    const consumer = consume(client, name, (s, resolved) => {
      parkings -= 1;
      return parkings >= 0 ? s.nack(PARK, 'later', resolved) : s.ack(resolved);
    });
    await until(async () => (await parked(client, name)) === 3n, 'three parked');
    await client.replayParkedMessagesToStream(name, GROUP);
    // There are three before and after; the ones parked anew have later revisions.
    const revisions = async () => {
      const read = client.readStream(`$persistentsubscription-${name}::${GROUP}-parked`);
      return (await collect(read)).map(({ event: each, link }) => Number((link ?? each)?.revision));
    };
    await until(async () => (await revisions()).join() === '3,4,5', 'parked again');
    await client.replayParkedMessagesToStream(name, GROUP);
    await until(async () => consumer.ns.length === 9 && (await parked(client, name)) === 0n, 'nothing parked');
  });
  it('replay with a limit: only the first ones', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    let parking = true;
    const consumer = consume(client, name, (s, resolved) =>
      parking ? s.nack(PARK, 'later', resolved) : s.ack(resolved),
    );
    await until(async () => (await parked(client, name)) === 5n, 'five parked');
    parking = false;
    await client.replayParkedMessagesToStream(name, GROUP, { stopAt: 2 });
    await until(() => consumer.ns.length === 7, 'two again');
    await until(async () => (await parked(client, name)) === 3n, 'three still parked');
  });
  it('a message that is not answered in time comes again', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(1));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START, messageTimeout: 200 }));
    const consumer = consume(client, name, (s, resolved, retry) => (retry > 0 ? s.ack(resolved) : undefined));
    await until(() => consumer.ns.length === 2, 'the second delivery');
    assert.deepEqual(consumer.retries, [0, 1]);
  });
  it('what a consumer leaves unanswered goes to the next one, in order', async ({ client, stream, connect }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const leaving = consume(connect(), name, () => undefined);
    await until(() => leaving.ns.length === 5, 'five unanswered');
    await leaving.subscription.unsubscribe();
    const next = consume(client, name);
    await until(() => next.ns.length === 5, 'all five');
    assert.deepEqual(next.ns, range(5));
  });
  it('goes on after the checkpoint when all consumers were away', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(10));
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 5, checkPointAfter: 100 }),
    );
    const first = consume(client, name);
    await until(() => first.ns.length === 10, 'ten');
    await until(
      async () =>
        (await client.getPersistentSubscriptionToStreamInfo(name, GROUP)).stats.lastCheckpointedEventRevision === 9n,
      'the checkpoint',
    );
    await first.subscription.unsubscribe();
    await client.appendToStream(name, event(10));
    const second = consume(client, name);
    await until(() => second.ns.length === 1, 'the new one');
    assert.deepEqual(second.ns, [10]);
  });
  it('the checkpoint does not pass an unanswered event', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(6));
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 2, checkPointAfter: 100 }),
    );
    const consumer = consume(client, name, (s, resolved) =>
      (resolved.event?.data as { n?: number } | undefined)?.n === 3 ? undefined : s.ack(resolved),
    );
    await until(() => consumer.ns.length === 6, 'all delivered');
    await until(
      async () =>
        (await client.getPersistentSubscriptionToStreamInfo(name, GROUP)).stats.lastCheckpointedEventRevision === 2n,
      'the checkpoint before it',
    );
  });
  it('settings come back in the info exactly as given', async ({ client, stream }) => {
    const name = stream();
    const given = settings({
      startFrom: 7n,
      resolveLinkTos: true,
      extraStatistics: true,
      messageTimeout: 12_345,
      maxRetryCount: 3,
      checkPointAfter: 4_321,
      checkPointLowerBound: 11,
      checkPointUpperBound: 111,
      maxSubscriberCount: 9,
      liveBufferSize: 300,
      readBatchSize: 33,
      historyBufferSize: 333,
      consumerStrategyName: 'Pinned',
    });
    await client.createPersistentSubscriptionToStream(name, GROUP, given);
    const info = await client.getPersistentSubscriptionToStreamInfo(name, GROUP);
    assert.deepEqual(info.settings, given);
    assert.deepEqual([info.eventSource, info.groupName, info.connections.length], [name, GROUP, 0]);
  });
  it('update replaces the settings and drops consumers', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name);
    await confirmed(consumer);
    await client.updatePersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START, maxRetryCount: 77 }));
    await until(() => consumer.errors.length > 0, 'the drop');
    assert.equal((consumer.errors[0] as { type?: string }).type, 'persistent-subscription-dropped');
    assert.equal((await client.getPersistentSubscriptionToStreamInfo(name, GROUP)).settings.maxRetryCount, 77);
  });
  it('delete drops consumers, and the group is gone', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, GROUP, settings({ startFrom: START }));
    const consumer = consume(client, name);
    await confirmed(consumer);
    await client.deletePersistentSubscriptionToStream(name, GROUP);
    await until(() => consumer.errors.length > 0, 'the drop');
    assert.equal((consumer.errors[0] as { type?: string }).type, 'persistent-subscription-dropped');
    assert.equal(
      (await failure(client.getPersistentSubscriptionToStreamInfo(name, GROUP))).type,
      'persistent-subscription-does-not-exist',
    );
  });
  it('no more consumers than allowed', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, maxSubscriberCount: 1 }),
    );
    await confirmed(consume(client, name));
    const second = consume(client, name);
    await until(() => second.errors.length > 0, 'the refusal');
    assert.equal((second.errors[0] as { type?: string }).type, 'maximum-subscribers-reached');
  });
  it('resolves links when asked to, and acknowledges by the link', async ({ client, stream }) => {
    const [target, links] = [stream(), stream()];
    await client.appendToStream(target, events(2));
    const link = (revision: number) => ({
      id: event().id,
      type: '$>',
      contentType: 'application/octet-stream' as const,
      data: Buffer.from(`${revision}@${target}`),
    });
    await client.appendToStream(links, [link(1), link(0)] as never);
    await client.createPersistentSubscriptionToStream(
      links,
      GROUP,
      settings({ startFrom: START, resolveLinkTos: true, messageTimeout: 500 }),
    );
    const consumer = consume(client, links);
    await until(() => consumer.ns.length === 2, 'both');
    assert.deepEqual(consumer.ns, [1, 0]);
    await until(
      async () => (await client.getPersistentSubscriptionToStreamInfo(links, GROUP)).stats.totalInFlightMessages === 0,
      'both acknowledged',
    );
  });
  it('groups of a stream are listed; a stream without any: does not exist', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, 'one', settings());
    await client.createPersistentSubscriptionToStream(name, 'two', settings());
    const listed = await client.listPersistentSubscriptionsToStream(name);
    assert.deepEqual(listed.map(({ groupName }) => groupName).sort(), ['one', 'two']);
    assert.ok((await client.listAllPersistentSubscriptions()).length >= 2);
    assert.equal(
      (await failure(client.listPersistentSubscriptionsToStream(stream()))).type,
      'persistent-subscription-does-not-exist',
    );
  });
  it('extra statistics are measured when asked for', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(20));
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, extraStatistics: true }),
    );
    const consumer = consume(client, name);
    await until(() => consumer.ns.length === 20, 'all');
    const info = await client.getPersistentSubscriptionToStreamInfo(name, GROUP);
    assert.deepEqual(
      [...(info.connections[0]?.extraStatistics?.keys() ?? [])].sort(),
      [
        '90%',
        '95%',
        '99%',
        '99.5%',
        '99.9%',
        'fastest',
        'highest',
        'mean',
        'median',
        'quintile 1',
        'quintile 2',
        'quintile 3',
        'quintile 4',
        'quintile 5',
      ].sort(),
    );
  });
  it('a group name in Korean', async ({ client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(name, '정비팀', settings({ startFrom: START }));
    assert.equal((await client.getPersistentSubscriptionToStreamInfo(name, '정비팀')).groupName, '정비팀');
    assert.equal(
      (await failure(client.createPersistentSubscriptionToStream(name, '정비팀', settings()))).type,
      'persistent-subscription-exists',
    );
  });
  it('restarting the subsystem keeps groups and their place', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.createPersistentSubscriptionToStream(
      name,
      GROUP,
      settings({ startFrom: START, checkPointUpperBound: 1, checkPointLowerBound: 1 }),
    );
    const before = consume(client, name);
    await until(() => before.ns.length === 5, 'five');
    await until(
      async () => (await client.getPersistentSubscriptionToStreamInfo(name, GROUP)).stats.totalInFlightMessages === 0,
      'all acknowledged',
    );
    await client.restartPersistentSubscriptionSubsystem();
    await client.appendToStream(name, event(5));
    await until(
      async () => (await client.listAllPersistentSubscriptions()).some(({ eventSource }) => eventSource === name),
      'the group is back',
    );
    const after = consume(client, name);
    await until(() => after.ns.includes(5), 'the new one');
    assert.deepEqual(after.ns, [5]);
  });
});

export const persistentAllCases = group('persistent subscriptions to $all', (it) => {
  const all = persistentSubscriptionToAllSettingsFromDefaults;
  const watch = (
    client: EventStoreDBClient,
    groupName: string,
  ): { ns: unknown[]; streams: Set<string | undefined> } => {
    const found = { ns: [] as unknown[], streams: new Set<string | undefined>() };
    const subscription = client.subscribeToPersistentSubscriptionToAll(groupName);
    subscription.on('error', () => {});
    subscription.on('data', (resolved) => {
      found.ns.push((resolved.event?.data as { n?: number } | undefined)?.n);
      found.streams.add(resolved.event?.streamId);
      void subscription.ack(resolved);
    });
    return found;
  };
  it('filtered: delivers what matches and nothing else', async ({ client, stream }) => {
    const [name, other, groupName] = [stream(), stream(), stream('group')];
    await client.appendToStream(name, events(3));
    await client.createPersistentSubscriptionToAll(groupName, all({ startFrom: START }), {
      filter: streamNameFilter({ prefixes: [name] }),
    });
    const found = watch(client, groupName);
    await client.appendToStream(other, events(10));
    await client.appendToStream(name, [event(3), event(4)]);
    await until(() => found.ns.length === 5, 'the matches');
    assert.deepEqual(found.ns, [0, 1, 2, 3, 4]);
    assert.deepEqual([...found.streams], [name]);
    await client.deletePersistentSubscriptionToAll(groupName);
  });
  it('from the end: only what is written after creation', async ({ client, stream }) => {
    const [name, groupName] = [stream(), stream('group')];
    await client.appendToStream(name, event(0));
    await client.createPersistentSubscriptionToAll(groupName, all(), {
      filter: streamNameFilter({ prefixes: [name] }),
    });
    await client.appendToStream(name, event(1));
    const found = watch(client, groupName);
    await until(() => found.ns.length === 1, 'the new one');
    assert.deepEqual(found.ns, [1]);
    await client.deletePersistentSubscriptionToAll(groupName);
  });
  it('info, update, list and delete work as for streams', async ({ client, stream }) => {
    const groupName = stream('group');
    await client.createPersistentSubscriptionToAll(groupName, all({ startFrom: START }));
    assert.equal((await client.getPersistentSubscriptionToAllInfo(groupName)).settings.startFrom, 'start');
    await client.updatePersistentSubscriptionToAll(groupName, all({ maxRetryCount: 5 }));
    assert.equal((await client.getPersistentSubscriptionToAllInfo(groupName)).settings.maxRetryCount, 5);
    assert.ok((await client.listPersistentSubscriptionsToAll()).some((info) => info.groupName === groupName));
    assert.equal(
      (await failure(client.createPersistentSubscriptionToAll(groupName, all()))).type,
      'persistent-subscription-exists',
    );
    await client.deletePersistentSubscriptionToAll(groupName);
    assert.equal(
      (await failure(client.deletePersistentSubscriptionToAll(groupName))).type,
      'persistent-subscription-does-not-exist',
    );
  });
  it('$all under the name of a stream: failed', async ({ client }) => {
    assert.equal(
      (await failure(client.createPersistentSubscriptionToStream('$all', GROUP, settings()))).type,
      'persistent-subscription-failed',
    );
  });
});
