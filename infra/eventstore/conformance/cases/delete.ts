import assert from 'node:assert/strict';
import { jsonEvent } from '@eventstore/db-client';
import { group } from '../suite.ts';
import { collect, event, events, failure, numbers, revisions } from '../tools.ts';

export const deleteCases = group('delete a stream', (it) => {
  it('hides all events: stream not found', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.deleteStream(name);
    assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
  });
  it('returns the position of the deletion', async ({ client, stream }) => {
    const name = stream();
    const { position: written } = await client.appendToStream(name, event());
    const { position } = await client.deleteStream(name);
    assert.ok((position?.commit ?? 0n) > (written?.commit ?? 0n));
  });
  it('a stream that does not exist: wrong expected version', async ({ client, stream }) => {
    assert.equal((await failure(client.deleteStream(stream()))).type, 'wrong-expected-version');
  });
  for (const expectedRevision of [0n, 5n, 'no_stream'] as const) {
    it(`with the wrong expected revision (${expectedRevision}): refused, with expected and actual`, async ({
      client,
      stream,
    }) => {
      const name = stream();
      await client.appendToStream(name, events(3));
      const error = await failure(client.deleteStream(name, { expectedRevision }));
      assert.equal(error.type, 'wrong-expected-version');
      assert.equal(error.actualVersion, 2n);
      assert.equal((await collect(client.readStream(name))).length, 3);
    });
  }
  for (const expectedRevision of [2n, 'any'] as const) {
    it(`with the right expected revision (${expectedRevision}): done`, async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(3));
      await client.deleteStream(name, { expectedRevision });
      assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
    });
  }
  it('can be written again: numbering goes on, the old events stay hidden', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.deleteStream(name);
    assert.equal((await client.appendToStream(name, event(3))).nextExpectedRevision, 3n);
    assert.deepEqual(revisions(await collect(client.readStream(name))), [3]);
    assert.equal((await client.getStreamMetadata(name)).metadata?.truncateBefore, 3);
  });
  it('can be written again as a new stream', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    await client.deleteStream(name);
    assert.equal(
      (await client.appendToStream(name, events(2), { expectedRevision: 'no_stream' })).nextExpectedRevision,
      3n,
    );
    assert.deepEqual(revisions(await collect(client.readStream(name))), [2, 3]);
  });
  it('stream_exists on a deleted stream: stream deleted', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event());
    await client.deleteStream(name);
    assert.equal(
      (await failure(client.appendToStream(name, event(), { expectedRevision: 'stream_exists' }))).type,
      'stream-deleted',
    );
  });
  it('can be deleted, written and deleted again', async ({ client, stream }) => {
    const name = stream();
    for (let round = 0; round < 3; round += 1) {
      await client.appendToStream(name, event(round));
      assert.deepEqual(numbers(await collect(client.readStream(name))), [round]);
      await client.deleteStream(name);
      assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
    }
  });
  it('new metadata for a deleted stream do not bring its old events back', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.deleteStream(name);
    await client.setStreamMetadata(name, { maxCount: 100 });
    assert.equal((await client.getStreamMetadata(name)).metadata?.truncateBefore, 3);
    await client.appendToStream(name, event(3));
    assert.deepEqual(revisions(await collect(client.readStream(name))), [3]);
  });
});

export const tombstoneCases = group('tombstone a stream', (it) => {
  const tombstoned = async (client: Parameters<Parameters<typeof it>[1]>[0]['client'], name: string) => {
    await client.appendToStream(name, events(2));
    return client.tombstoneStream(name);
  };
  it('reading it: stream deleted, naming the stream', async ({ client, stream }) => {
    const name = stream();
    await tombstoned(client, name);
    const error = await failure(collect(client.readStream(name)));
    assert.equal(error.type, 'stream-deleted');
    assert.equal(error.streamName, name);
  });
  for (const expectedRevision of ['any', 'no_stream', 'stream_exists', 1n] as const) {
    it(`writing to it (${expectedRevision}): stream deleted`, async ({ client, stream }) => {
      const name = stream();
      await tombstoned(client, name);
      assert.equal((await failure(client.appendToStream(name, event(), { expectedRevision }))).type, 'stream-deleted');
    });
  }
  it('classic append to it: stream deleted', async ({ client, stream }) => {
    const name = stream();
    await tombstoned(client, name);
    assert.equal(
      (
        await failure(
          client.appendToStream(name, event(), { credentials: { username: 'admin', password: 'changeit' } }),
        )
      ).type,
      'stream-deleted',
    );
  });
  it('deleting or tombstoning it again: stream deleted', async ({ client, stream }) => {
    const name = stream();
    await tombstoned(client, name);
    assert.equal((await failure(client.deleteStream(name))).type, 'stream-deleted');
    assert.equal((await failure(client.tombstoneStream(name))).type, 'stream-deleted');
  });
  it('writing its metadata: stream deleted', async ({ client, stream }) => {
    const name = stream();
    await tombstoned(client, name);
    assert.equal((await failure(client.setStreamMetadata(name, { maxCount: 1 }))).type, 'stream-deleted');
  });
  it('a stream that was never written can be tombstoned', async ({ client, stream }) => {
    const name = stream();
    await client.tombstoneStream(name, { expectedRevision: 'no_stream' });
    assert.equal((await failure(client.appendToStream(name, event()))).type, 'stream-deleted');
  });
  it('with the wrong expected revision: refused', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const error = await failure(client.tombstoneStream(name, { expectedRevision: 0n }));
    assert.equal(error.type, 'wrong-expected-version');
    assert.equal((await collect(client.readStream(name))).length, 2);
  });
  it('works on a deleted stream', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event());
    await client.deleteStream(name);
    await client.tombstoneStream(name);
    assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-deleted');
  });
});

export const metadataCases = group('stream metadata', (it) => {
  it('of a stream without any: empty', async ({ client, stream }) => {
    const name = stream();
    assert.deepEqual(await client.getStreamMetadata(name), { streamName: name });
  });
  it('come back as they were set', async ({ client, stream }) => {
    const name = stream();
    const metadata = {
      maxCount: 17,
      maxAge: 3600,
      cacheControl: 60,
      truncateBefore: 2,
      acl: { readRoles: ['$all'], writeRoles: ['$admins', 'me'] },
      custom: { any: 'thing' },
    };
    await client.setStreamMetadata(name, metadata);
    const { metadata: read } = await client.getStreamMetadata(name);
    assert.equal(read?.maxCount, 17);
    assert.equal(read?.maxAge, 3600);
    assert.equal(read?.truncateBefore, 2);
    assert.deepEqual((read as unknown as { custom: unknown }).custom, { any: 'thing' });
  });
  it('set twice: the last counts', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxCount: 1 });
    await client.setStreamMetadata(name, { maxCount: 2 });
    assert.equal((await client.getStreamMetadata(name)).metadata?.maxCount, 2);
    assert.equal((await collect(client.readStream(`$$${name}`))).length, 1);
  });
  it('expected revision of the metadata stream is checked', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxCount: 1 }, { expectedRevision: 'no_stream' });
    assert.equal(
      (await failure(client.setStreamMetadata(name, { maxCount: 2 }, { expectedRevision: 'no_stream' }))).type,
      'wrong-expected-version',
    );
    await client.setStreamMetadata(name, { maxCount: 2 }, { expectedRevision: 0n });
  });
  it('$maxCount leaves the last ones, with their revisions', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxCount: 3 });
    await client.appendToStream(name, events(10));
    assert.deepEqual(revisions(await collect(client.readStream(name))), [7, 8, 9]);
    assert.deepEqual(
      revisions(await collect(client.readStream(name, { direction: 'backwards', fromRevision: 'end' }))),
      [9, 8, 7],
    );
    await client.appendToStream(name, event(10));
    assert.deepEqual(revisions(await collect(client.readStream(name))), [8, 9, 10]);
  });
  it('$maxCount can be widened again', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.setStreamMetadata(name, { maxCount: 1 });
    assert.deepEqual(revisions(await collect(client.readStream(name))), [4]);
    await client.setStreamMetadata(name, { maxCount: 4 });
    assert.deepEqual(revisions(await collect(client.readStream(name))), [1, 2, 3, 4]);
  });
  it('$tb hides what is before it', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(6));
    await client.setStreamMetadata(name, { truncateBefore: 4 });
    assert.deepEqual(revisions(await collect(client.readStream(name))), [4, 5]);
    assert.deepEqual(revisions(await collect(client.readStream(name, { fromRevision: 1n, maxCount: 1 }))), [4]);
  });
  it('$tb beyond the end hides everything, but the stream is there', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    await client.setStreamMetadata(name, { truncateBefore: 100 });
    assert.deepEqual(await collect(client.readStream(name)), []);
    assert.equal((await client.appendToStream(name, event(), { expectedRevision: 1n })).nextExpectedRevision, 2n);
  });
  it('$maxAge keeps young events', async ({ client, stream }) => {
    const name = stream();
    await client.setStreamMetadata(name, { maxAge: 3600 });
    await client.appendToStream(name, events(3));
    assert.equal((await collect(client.readStream(name))).length, 3);
  });
  it('ill-typed metadata are ignored', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    await client.appendToStream(`$$${name}`, jsonEvent({ type: '$metadata', data: { $maxCount: 'one', $tb: 2 } }));
    assert.equal((await collect(client.readStream(name))).length, 3);
  });
  it('expected revisions are not affected by hidden events', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    await client.setStreamMetadata(name, { maxCount: 1 });
    assert.equal((await client.appendToStream(name, event(5), { expectedRevision: 4n })).nextExpectedRevision, 5n);
  });
});

export const linkCases = group('links', (it) => {
  const link = (target: string) => ({
    ...jsonEvent({ type: '$>', data: {} }),
    contentType: 'application/octet-stream' as const,
    data: Buffer.from(target),
  });
  const linked = async (client: Parameters<Parameters<typeof it>[1]>[0]['client'], stream: () => string) => {
    const [target, links] = [stream(), stream()];
    await client.appendToStream(target, events(3));
    await client.appendToStream(links, [link(`0@${target}`), link(`2@${target}`)] as never);
    return { target, links };
  };
  it('unresolved: the link itself is the event', async ({ client, stream }) => {
    const { links } = await linked(client, stream);
    const read = await collect(client.readStream(links));
    assert.deepEqual(
      read.map(({ event: e }) => e?.type),
      ['$>', '$>'],
    );
    assert.ok(read.every(({ link: l }) => l === undefined));
  });
  it('resolved: the target is the event, the link comes along', async ({ client, stream }) => {
    const { links, target } = await linked(client, stream);
    const read = await collect(client.readStream(links, { resolveLinkTos: true }));
    assert.deepEqual(
      read.map(({ event: e }) => [e?.streamId, Number(e?.revision)]),
      [
        [target, 0],
        [target, 2],
      ],
    );
    assert.deepEqual(
      read.map(({ link: l }) => [l?.streamId, Number(l?.revision)]),
      [
        [links, 0],
        [links, 1],
      ],
    );
  });
  it('resolved backwards', async ({ client, stream }) => {
    const { links } = await linked(client, stream);
    assert.deepEqual(
      revisions(
        await collect(client.readStream(links, { resolveLinkTos: true, direction: 'backwards', fromRevision: 'end' })),
      ),
      [2, 0],
    );
  });
  it('to a deleted stream: only the link', async ({ client, stream }) => {
    const { links, target } = await linked(client, stream);
    await client.deleteStream(target);
    const read = await collect(client.readStream(links, { resolveLinkTos: true }));
    assert.ok(read.every(({ event: e, link: l }) => e === undefined && l !== undefined));
  });
  it('to an event that is truncated away: only the link', async ({ client, stream }) => {
    const { links, target } = await linked(client, stream);
    await client.setStreamMetadata(target, { truncateBefore: 1 });
    const read = await collect(client.readStream(links, { resolveLinkTos: true }));
    assert.deepEqual(
      read.map(({ event: e }) => e !== undefined),
      [false, true],
    );
  });
  it('with a target that cannot be parsed: returned as they are', async ({ client, stream }) => {
    const name = stream();
    await client.appendToStream(name, [link('nonsense')] as never);
    const [read] = await collect(client.readStream(name, { resolveLinkTos: true }));
    assert.equal(read?.event?.type, '$>');
  });
  it('a stream name may contain an @', async ({ client, stream }) => {
    const [target, links] = [`${stream()}@home`, stream()];
    await client.appendToStream(target, event(5));
    await client.appendToStream(links, [link(`0@${target}`)] as never);
    assert.deepEqual(numbers(await collect(client.readStream(links, { resolveLinkTos: true }))), [5]);
  });
});
