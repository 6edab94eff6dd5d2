import assert from 'node:assert/strict';
import { END, eventTypeFilter, type Filter, START, streamNameFilter } from '@eventstore/db-client';
import { group } from '../suite.ts';
import { event, events, listen, numbers, until } from '../tools.ts';

export const subscribeStreamCases = group('subscribe to a stream', (it) => {
  it('confirmation, then the past, then caught up, then what comes', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    const subscription = client.subscribeToStream(name);
    const noted = listen(subscription);
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, event(3));
    await until(() => noted.received.length === 4, 'the live event');
    assert.deepEqual(noted.seen, ['confirmation', 'event 0', 'event 1', 'event 2', 'caughtUp', 'event 3']);
    await subscription.unsubscribe();
  });
  it('from the start of a stream that does not exist yet: waits for it', async ({ client, stream }) => {
    const name = stream();
    const noted = listen(client.subscribeToStream(name, { fromRevision: START }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, events(2));
    await until(() => noted.received.length === 2, 'two events');
    assert.deepEqual(noted.seen, ['confirmation', 'caughtUp', 'event 0', 'event 1']);
  });
  it('from a revision: starts after it', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    const noted = listen(client.subscribeToStream(name, { fromRevision: 2n }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    assert.deepEqual(numbers(noted.received), [3, 4]);
  });
  it('from the end: only what comes', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    const noted = listen(client.subscribeToStream(name, { fromRevision: END }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, event(5));
    await until(() => noted.received.length === 1, 'the live event');
    assert.deepEqual(noted.seen, ['confirmation', 'caughtUp', 'event 5']);
  });
  it('from a revision beyond the end: skips up to it', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const noted = listen(client.subscribeToStream(name, { fromRevision: 4n }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, [event(2), event(3), event(4), event(5), event(6)]);
    await until(() => noted.received.length >= 2, 'events after 4');
    assert.deepEqual(numbers(noted.received), [5, 6]);
  });
  it('does not deliver events of other streams', async ({ client, stream }) => {
    const name = stream();
    const noted = listen(client.subscribeToStream(name));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(stream(), events(5));
    await client.appendToStream(name, event(1));
    await until(() => noted.received.length > 0, 'its own event');
    assert.deepEqual(numbers(noted.received), [1]);
  });
  it('catches up over thousands of events while more are written, without hole or double', async ({
    client,
    stream,
  }) => {
    const name = stream();
    for (let i = 0; i < 4; i += 1) await client.appendToStream(name, events(500));
    const noted = listen(client.subscribeToStream(name));
    for (let i = 0; i < 40; i += 1) await client.appendToStream(name, events(5));
    await until(() => noted.received.length >= 2200, 'all events');
    assert.deepEqual(
      noted.received.map(({ event: e }) => Number(e?.revision)),
      Array.from({ length: 2200 }, (_, n) => n),
    );
    assert.equal(noted.seen.filter((what) => what === 'caughtUp').length >= 1, true);
  });
  it('a subscriber that keeps up is told so once', async ({ client, stream }) => {
    const name = stream();
    const noted = listen(client.subscribeToStream(name));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    for (let i = 0; i < 10; i += 1) await client.appendToStream(name, event(i));
    await until(() => noted.received.length === 10, 'ten events');
    assert.equal(noted.seen.filter((what) => what === 'caughtUp').length, 1);
  });
  it('many subscribers of one stream all get everything', async ({ client, stream }) => {
    const name = stream();
    const all = Array.from({ length: 10 }, () => listen(client.subscribeToStream(name)));
    await client.appendToStream(name, events(20));
    await until(() => all.every(({ received }) => received.length === 20), 'all subscribers');
  });
  it('is over after unsubscribe, without an error', async ({ client, stream }) => {
    const name = stream();
    const subscription = client.subscribeToStream(name);
    const noted = listen(subscription);
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await subscription.unsubscribe();
    await client.appendToStream(name, event(1));
    const later = listen(client.subscribeToStream(name));
    await until(() => later.received.length === 1, 'a new subscriber');
    assert.deepEqual([noted.received.length, noted.errors.length], [0, 0]);
  });
  it('a tombstone is delivered, then ends the subscription: stream deleted', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event(0));
    const noted = listen(client.subscribeToStream(name));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.tombstoneStream(name);
    await until(() => noted.errors.length > 0, 'the end');
    assert.equal((noted.errors[0] as { type?: string } | undefined)?.type, 'stream-deleted');
    assert.equal(noted.received.at(-1)?.event?.type, '$streamDeleted');
  });
  it('to a tombstoned stream: fails at once', async ({ client, stream }) => {
    const name = stream();
    await client.tombstoneStream(name);
    const noted = listen(client.subscribeToStream(name));
    await until(() => noted.errors.length > 0, 'the refusal');
    assert.equal((noted.errors[0] as { type?: string } | undefined)?.type, 'stream-deleted');
  });
  it('a soft delete does not end the subscription', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const noted = listen(client.subscribeToStream(name));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.deleteStream(name);
    await client.appendToStream(name, event(2));
    await until(() => noted.received.length === 3, 'the event after the deletion');
    assert.deepEqual(numbers(noted.received), [0, 1, 2]);
  });
});

export const subscribeAllCases = group('subscribe to $all', (it) => {
  it('delivers the past in order, then caught up, then what comes', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    const noted = listen(client.subscribeToAll({ fromPosition: START }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, event(3));
    await until(
      () => numbers(noted.received.filter(({ event: e }) => e?.streamId === name)).length === 4,
      'the live event',
    );
    assert.equal(noted.seen[0], 'confirmation');
    assert.deepEqual(numbers(noted.received.filter(({ event: e }) => e?.streamId === name)), [0, 1, 2, 3]);
  });
  it('from a position: starts after it', async ({ client, stream }) => {
    const name = stream();
    const { position } = await client.appendToStream(name, event(0));
    await client.appendToStream(name, event(1));
    assert.ok(position);
    const noted = listen(client.subscribeToAll({ fromPosition: position }));
    await until(() => noted.received.some(({ event: e }) => e?.streamId === name), 'the second event');
    assert.deepEqual(numbers(noted.received.filter(({ event: e }) => e?.streamId === name)), [1]);
  });
  it('from the end: only what comes', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event(0));
    const noted = listen(client.subscribeToAll({ fromPosition: END }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(name, event(1));
    await until(() => noted.received.some(({ event: e }) => e?.streamId === name), 'the live event');
    assert.deepEqual(numbers(noted.received.filter(({ event: e }) => e?.streamId === name)), [1]);
  });
  it('no event is lost or doubled where catching up ends and live begins', async ({ client, stream }) => {
    const name = stream();
    const writing = (async () => {
      for (let i = 0; i < 100; i += 1) await client.appendToStream(name, event(i));
    })();
    const all = Array.from({ length: 4 }, () =>
      listen(client.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ prefixes: [name] }) })),
    );
    await writing;
    await until(() => all.every(({ received }) => received.length >= 100), 'all events');
    for (const { received } of all)
      assert.deepEqual(
        numbers(received),
        Array.from({ length: 100 }, (_, n) => n),
      );
  });

  const types = ['Alpha', 'AlphaBeta', 'Beta', 'gamma'];
  const filters: [string, (name: string) => Filter, string[]][] = [
    ['event type prefixes', () => eventTypeFilter({ prefixes: ['Alpha'] }), ['Alpha', 'AlphaBeta']],
    ['several event type prefixes', () => eventTypeFilter({ prefixes: ['Beta', 'gam'] }), ['Beta', 'gamma']],
    ['an event type expression', () => eventTypeFilter({ regex: '^.*Beta$' }), ['AlphaBeta', 'Beta']],
    ['an unanchored expression', () => eventTypeFilter({ regex: 'amm' }), ['gamma']],
    ['a case-insensitive expression', () => eventTypeFilter({ regex: '(?i)^BETA' }), ['Beta']],
    ['an expression that leaves system events out', () => eventTypeFilter({ regex: '^[^\\$].*' }), types],
    ['stream name prefixes', (name) => streamNameFilter({ prefixes: [name] }), types],
    ['a stream name expression', (name) => streamNameFilter({ regex: `^${name}$` }), types],
  ];
  for (const [what, filter, expected] of filters) {
    it(`filters by ${what}, in the past and live`, async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(
        name,
        types.map((type, n) => event(n, type)),
      );
      const noted = listen(client.subscribeToAll({ fromPosition: START, filter: filter(name) }));
      const own = () => noted.received.filter(({ event: e }) => e?.streamId === name).map(({ event: e }) => e?.type);
      await until(() => noted.seen.includes('caughtUp'), 'caught up');
      assert.deepEqual(own(), expected);
      await client.appendToStream(
        name,
        types.map((type, n) => event(n, type)),
      );
      await until(() => own().length === expected.length * 2, 'the live ones');
      assert.deepEqual(own(), [...expected, ...expected]);
    });
  }
  it('a filtered subscription gets nothing that does not match', async ({ client, stream }) => {
    const [name, other] = [stream(), stream()];
    const noted = listen(client.subscribeToAll({ fromPosition: END, filter: streamNameFilter({ prefixes: [name] }) }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await client.appendToStream(other, events(50));
    await client.appendToStream(name, event(1));
    await until(() => noted.received.length > 0, 'the match');
    assert.ok(noted.received.every(({ event: e }) => e?.streamId === name));
  });
  it('checkpoints come at the asked interval, rise, and can be started from', async ({ client, stream }) => {
    const name = stream();
    const { position: before } = await client.appendToStream(stream(), event());
    assert.ok(before);
    for (let i = 0; i < 12; i += 1) await client.appendToStream(name, events(32));
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: [name],
      maxSearchWindow: 32,
      checkpointInterval: 2,
      checkpointReached: async (_, { commit }) => void checkpoints.push(commit),
    });
    const noted = listen(client.subscribeToAll({ fromPosition: before, filter }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    await until(() => noted.received.length === 384 && checkpoints.length >= 6, 'six checkpoints');
    assert.ok(checkpoints.length <= 7, `${checkpoints.length} checkpoints`);
    assert.ok(checkpoints.every((commit, i) => i === 0 || commit > (checkpoints[i - 1] ?? 0n)));
    const middle = checkpoints[2] ?? 0n;
    const seenBefore = noted.received.filter(({ event: e }) => (e?.position?.commit ?? 0n) <= middle).length;
    const resumed = listen(
      client.subscribeToAll({
        fromPosition: { commit: middle, prepare: middle },
        filter: streamNameFilter({ prefixes: [name] }),
      }),
    );
    await until(() => resumed.received.length + seenBefore >= 384, 'the rest');
    assert.equal(resumed.received.length + seenBefore, 384);
  });
  it('checkpoints also move on when nothing matches', async ({ client, stream }) => {
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: [stream('nobody')],
      maxSearchWindow: 1,
      checkpointInterval: 1,
      checkpointReached: async (_, { commit }) => void checkpoints.push(commit),
    });
    const noted = listen(client.subscribeToAll({ fromPosition: END, filter }));
    await until(() => noted.seen.includes('caughtUp'), 'caught up');
    const { position } = await client.appendToStream(stream(), events(3));
    await until(() => checkpoints.at(-1) === position?.commit, 'the checkpoint of the last event');
    assert.equal(noted.received.length, 0);
  });
  it('waits for a slow reader instead of running ahead of it', async ({ client, stream }) => {
    const name = stream();
    for (let i = 0; i < 4; i += 1) await client.appendToStream(name, events(500));
    const subscription = client.subscribeToStream(name);
    let read = 0;
    for await (const _ of subscription) {
      read += 1;
      if (read % 200 === 0) await new Promise(setImmediate);
      if (read === 2000) break;
    }
    assert.equal(read, 2000);
  });
});
