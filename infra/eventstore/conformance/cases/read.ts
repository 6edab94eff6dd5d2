import assert from 'node:assert/strict';
import { type AllStreamResolvedEvent, BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import { group } from '../suite.ts';
import { collect, event, events, failure, numbers, revisions, until } from '../tools.ts';

export const readStreamCases = group('read a stream', (it) => {
  it('a stream that was never written: stream not found', async ({ client, stream }) => {
    const name = stream();
    const error = await failure(collect(client.readStream(name)));
    assert.equal(error.type, 'stream-not-found');
    assert.equal(error.streamName, name);
  });
  it('a stream that has only metadata: stream not found', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxCount: 3 });
    assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
  });
  const forwards: [string, { fromRevision?: bigint | typeof START | typeof END; maxCount?: number }, number[]][] = [
    ['everything by default', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['from the start', { fromRevision: START }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['from a revision, which is included', { fromRevision: 7n }, [7, 8, 9]],
    ['the last event', { fromRevision: 9n }, [9]],
    ['nothing beyond the end', { fromRevision: 10n }, []],
    ['nothing far beyond the end', { fromRevision: 1_000_000n }, []],
    ['no more than asked for', { maxCount: 3 }, [0, 1, 2]],
    ['a page in the middle', { fromRevision: 4n, maxCount: 2 }, [4, 5]],
    ['what is left when more is asked for', { fromRevision: 8n, maxCount: 50 }, [8, 9]],
  ];
  for (const [what, options, expected] of forwards) {
    it(`forwards: ${what}`, async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(10));
      assert.deepEqual(
        revisions(await collect(client.readStream(name, { direction: FORWARDS, ...options }))),
        expected,
      );
    });
  }
  const backwards: [string, { fromRevision?: bigint | typeof START | typeof END; maxCount?: number }, number[]][] = [
    ['from the end', { fromRevision: END }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['from a revision, which is included', { fromRevision: 3n }, [3, 2, 1, 0]],
    ['from the start: the first event', { fromRevision: START }, [0]],
    ['from beyond the end: from the last event', { fromRevision: 500n }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['no more than asked for', { fromRevision: END, maxCount: 2 }, [9, 8]],
    ['a page in the middle', { fromRevision: 5n, maxCount: 3 }, [5, 4, 3]],
  ];
  for (const [what, options, expected] of backwards) {
    it(`backwards: ${what}`, async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(10));
      assert.deepEqual(
        revisions(await collect(client.readStream(name, { direction: BACKWARDS, ...options }))),
        expected,
      );
    });
  }
  it('reads thousands of events in order, in both directions', async ({ client, stream }) => {
    const name = stream();
    for (let i = 0; i < 5; i += 1) await client.appendToStream(name, events(600));
    const forward = revisions(await collect(client.readStream(name)));
    assert.deepEqual(
      forward,
      Array.from({ length: 3000 }, (_, n) => n),
    );
    assert.deepEqual(
      revisions(await collect(client.readStream(name, { direction: BACKWARDS, fromRevision: END }))),
      forward.reverse(),
    );
  });
  it('does not mix streams', async ({ client, stream }) => {
    const [one, two] = [stream(), stream()];
    await Promise.all([client.appendToStream(one, events(5, 'One')), client.appendToStream(two, events(7, 'Two'))]);
    assert.deepEqual(
      new Set((await collect(client.readStream(one))).map(({ event: found }) => found?.type)),
      new Set(['One']),
    );
    assert.equal((await collect(client.readStream(two))).length, 7);
  });
  it('a read that is given up half way leaves the connection usable', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(500));
    assert.equal((await collect(client.readStream(name), 3)).length, 3);
    assert.equal((await collect(client.readStream(name))).length, 500);
  });
  it('carries the log position on events read from a stream', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const read = await collect(client.readStream(name));
    const [first, second] = read.map(({ event: found }) => found?.position?.commit ?? 0n);
    assert.ok((second ?? 0n) > (first ?? 0n));
  });
});

const mine = (found: AllStreamResolvedEvent[], name: string): AllStreamResolvedEvent[] =>
  found.filter(({ event: e }) => e?.streamId === name);

export const readAllCases = group('read $all', (it) => {
  it('forwards: has every event once, in the order of the log', async ({ client, stream }) => {
    const [one, two] = [stream(), stream()];
    for (let i = 0; i < 5; i += 1) {
      await client.appendToStream(one, event(i));
      await client.appendToStream(two, event(i));
    }
    const all = await collect(client.readAll({ direction: FORWARDS, fromPosition: START }));
    assert.deepEqual(numbers(mine(all, one)), [0, 1, 2, 3, 4]);
    assert.deepEqual(numbers(mine(all, two)), [0, 1, 2, 3, 4]);
    const positions = all.map(({ event: e }) => e?.position.commit ?? 0n);
    assert.ok(positions.every((position, i) => i === 0 || position > (positions[i - 1] ?? 0n)));
  });
  it('forwards: starts at the given position, which is included', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event(0));
    const { position } = await client.appendToStream(name, event(1));
    await client.appendToStream(name, event(2));
    assert.ok(position);
    const read = await collect(client.readAll({ direction: FORWARDS, fromPosition: position }));
    assert.equal(read[0]?.event?.position.commit, position.commit);
    assert.deepEqual(numbers(mine(read, name)), [1, 2]);
  });
  it('backwards: starts before the given position', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event(0));
    const { position } = await client.appendToStream(name, event(1));
    assert.ok(position);
    const read = await collect(client.readAll({ direction: BACKWARDS, fromPosition: position, maxCount: 50 }));
    assert.ok(read.every(({ event: e }) => (e?.position.commit ?? 0n) < position.commit));
    assert.deepEqual(numbers(mine(read, name)), [0]);
  });
  it('backwards from the end: newest first', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    assert.deepEqual(
      numbers(mine(await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 100 })), name)),
      [2, 1, 0],
    );
  });
  it('forwards from the end: nothing', async ({ client }) => {
    assert.equal((await collect(client.readAll({ direction: FORWARDS, fromPosition: END }))).length, 0);
  });
  it('backwards from the start: nothing', async ({ client }) => {
    assert.equal((await collect(client.readAll({ direction: BACKWARDS, fromPosition: START }))).length, 0);
  });
  for (const maxCount of [1, 5, 50]) {
    it(`returns no more than ${maxCount}`, async ({ client, stream }) => {
      await client.appendToStream(stream(), events(60));
      assert.equal((await collect(client.readAll({ maxCount }))).length, maxCount);
      assert.equal(
        (await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount }))).length,
        maxCount,
      );
    });
  }
  it('pages can be chained by position without losing or repeating anything', async ({ client, stream }) => {
    const { position: from } = await client.appendToStream(stream(), event());
    assert.ok(from);
    await client.appendToStream(stream(), events(40));
    const whole = await collect(client.readAll({ fromPosition: from }));
    const chained = await collect(client.readAll({ fromPosition: from, maxCount: 7 }));
    for (let more = true; more; ) {
      const last = chained.at(-1)?.event?.position;
      assert.ok(last);
      const next = (await collect(client.readAll({ fromPosition: last, maxCount: 8 }))).slice(1);
      chained.push(...next);
      more = next.length > 0;
    }
    assert.deepEqual(
      chained.map(({ event: e }) => e?.id),
      whole.map(({ event: e }) => e?.id),
    );
  });
  it('shows metadata events', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxCount: 5 });
    const read = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 50 }));
    assert.equal(mine(read, `$$${name}`)[0]?.event?.type, '$metadata');
  });
  it('still shows events of deleted streams, and the tombstone', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    await client.tombstoneStream(name);
    const read = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 50 }));
    assert.deepEqual(
      mine(read, name).map(({ event: e }) => e?.type),
      ['$streamDeleted', 'Counted', 'Counted'],
    );
    assert.equal(mine(read, name)[0]?.event?.revision, 9223372036854775807n);
  });
  it('has system events in it before anything else', async ({ client }) => {
    const [first] = await collect(client.readAll({ maxCount: 1 }));
    assert.ok(first?.event?.streamId.startsWith('$') || first?.event?.type.startsWith('$'));
  });
  it('catches up with writers that go on writing', async ({ client, stream }) => {
    const name = stream();
    const writing = Promise.all(Array.from({ length: 30 }, (_, n) => client.appendToStream(name, event(n))));
    await collect(client.readAll({ maxCount: 20 }));
    await writing;
    await until(
      async () =>
        mine(await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 200 })), name).length ===
        30,
      'all thirty events',
    );
  });
});
