import assert from 'node:assert/strict';
import {
  type AppendToStreamOptions,
  binaryEvent,
  type EventData,
  type EventStoreDBClient,
  jsonEvent,
} from '@eventstore/db-client';
import { group } from '../suite.ts';
import { collect, event, events, failure, numbers, revisions } from '../tools.ts';

/** The client batches unless a call carries credentials of its own: both ways into the server must behave alike. */
const PATHS: readonly { name: string; options: AppendToStreamOptions }[] = [
  { name: 'batch append', options: {} },
  { name: 'classic append', options: { credentials: { username: 'admin', password: 'changeit' } } },
];

export const appendCases = PATHS.flatMap(({ name, options }) =>
  group(`append (${name})`, (it) => {
    const expecting = (
      expectedRevision: NonNullable<AppendToStreamOptions['expectedRevision']>,
    ): AppendToStreamOptions => ({ ...options, expectedRevision });

    it('numbers the first event of a stream 0', async ({ client, stream }) => {
      const result = await client.appendToStream(stream(), event(), options);
      assert.equal(result.success, true);
      assert.equal(result.nextExpectedRevision, 0n);
    });
    for (const count of [1, 2, 10, 500]) {
      it(`appends ${count} events as one, in order`, async ({ client, stream }) => {
        const name = stream();
        const result = await client.appendToStream(name, events(count), options);
        assert.equal(result.nextExpectedRevision, BigInt(count - 1));
        const read = await collect(client.readStream(name));
        assert.deepEqual(
          numbers(read),
          Array.from({ length: count }, (_, n) => n),
        );
        assert.deepEqual(
          revisions(read),
          Array.from({ length: count }, (_, n) => n),
        );
      });
    }
    it('returns the position that the last event has when read', async ({ client, stream }) => {
      const name = stream();
      const { position } = await client.appendToStream(name, events(3), options);
      const [last] = await collect(
        client.readStream(name, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
      );
      assert.deepEqual(last?.event?.position, position);
    });
    it('gives later appends later positions', async ({ client, stream }) => {
      const first = await client.appendToStream(stream(), event(), options);
      const second = await client.appendToStream(stream(), event(), options);
      assert.ok((second.position?.commit ?? 0n) > (first.position?.commit ?? 0n));
    });
    it('gives back type, id, data, metadata and content type as they were written', async ({ client, stream }) => {
      const name = stream();
      const written = jsonEvent({
        type: 'Ünïcode 한국어',
        data: { deep: [1, { two: '둘' }], none: null },
        metadata: { $correlationId: 'c', who: 'me' },
      });
      await client.appendToStream(name, written, options);
      const [read] = await collect(client.readStream(name));
      assert.equal(read?.event?.id, written.id);
      assert.equal(read?.event?.type, written.type);
      assert.deepEqual(read?.event?.data, written.data);
      assert.deepEqual(read?.event?.metadata, written.metadata);
      assert.equal(read?.event?.isJson, true);
      assert.equal(read?.event?.streamId, name);
      assert.ok(Math.abs(Date.now() - (read?.event?.created.getTime() ?? 0)) < 60_000);
    });
    it('gives back binary data and binary metadata', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(
        name,
        binaryEvent({ type: 'Blob', data: Uint8Array.from([0, 255, 1, 254]), metadata: Uint8Array.from([9, 8]) }),
        options,
      );
      const [read] = await collect(client.readStream(name));
      assert.equal(read?.event?.isJson, false);
      assert.deepEqual([...((read?.event?.data ?? []) as unknown as Uint8Array)], [0, 255, 1, 254]);
      assert.deepEqual([...((read?.event?.metadata ?? []) as unknown as Uint8Array)], [9, 8]);
    });
    for (const name of [
      'with spaces',
      'with/slash',
      'ünïcode',
      '한국어-1',
      'a'.repeat(300),
      'dots.and:colons@and$signs',
      '%25',
    ]) {
      it(`takes the stream name '${name.slice(0, 30)}'`, async ({ client, stream }) => {
        const full = `${stream()}${name}`;
        await client.appendToStream(full, event(7), options);
        const [read] = await collect(client.readStream(full));
        assert.equal(read?.event?.streamId, full);
      });
    }
    it('accepts an event without metadata', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, jsonEvent({ type: 'Bare', data: {} }), options);
      const [read] = await collect(client.readStream(name));
      assert.equal(read?.event?.metadata, undefined);
    });

    it('no_stream: accepts the first append', async ({ client, stream }) => {
      assert.equal((await client.appendToStream(stream(), event(), expecting('no_stream'))).nextExpectedRevision, 0n);
    });
    it('no_stream: refuses another event, naming expected and actual', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(2), options);
      const error = await failure(client.appendToStream(name, event(), expecting('no_stream')));
      assert.equal(error.type, 'wrong-expected-version');
      assert.equal(error.streamName, name);
      assert.equal(error.expectedVersion, 'no_stream');
      assert.equal(error.actualVersion, 1n);
    });
    it('exact revision: accepts the current one', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(3), options);
      assert.equal((await client.appendToStream(name, event(3), expecting(2n))).nextExpectedRevision, 3n);
    });
    for (const expected of [0n, 1n, 3n, 100n]) {
      it(`exact revision: refuses ${expected} when the stream is at 2`, async ({ client, stream }) => {
        const name = stream();
        await client.appendToStream(name, events(3), options);
        const error = await failure(client.appendToStream(name, event(9), expecting(expected)));
        assert.equal(error.type, 'wrong-expected-version');
        assert.equal(error.expectedVersion, expected);
        assert.equal(error.actualVersion, 2n);
        assert.equal((await collect(client.readStream(name))).length, 3);
      });
    }
    it('exact revision: refuses on a stream that does not exist', async ({ client, stream }) => {
      const error = await failure(client.appendToStream(stream(), event(), expecting(0n)));
      assert.equal(error.type, 'wrong-expected-version');
      assert.equal(error.actualVersion, 'no_stream');
    });
    it('stream_exists: refuses a stream that does not exist', async ({ client, stream }) => {
      const error = await failure(client.appendToStream(stream(), event(), expecting('stream_exists')));
      assert.equal(error.type, 'wrong-expected-version');
      assert.equal(error.expectedVersion, 'stream_exists');
      assert.equal(error.actualVersion, 'no_stream');
    });
    it('stream_exists: accepts a stream with events', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, event(), options);
      assert.equal((await client.appendToStream(name, event(), expecting('stream_exists'))).nextExpectedRevision, 1n);
    });
    it('stream_exists: accepts a stream that has only metadata', async ({ client, stream }) => {
      const name = stream();
      await client.setStreamMetadata(name, { maxCount: 10 });
      assert.equal((await client.appendToStream(name, event(), expecting('stream_exists'))).nextExpectedRevision, 0n);
    });
    it('does not throw on a conflict when the client asks for results', async ({ url, connect, stream }) => {
      const client = connect(`${url}&throwOnAppendFailure=false`);
      const name = stream();
      await client.appendToStream(name, events(2), options);
      const result = await client.appendToStream(name, event(), expecting('no_stream'));
      assert.equal(result.success, false);
    });

    const repeat = async (client: EventStoreDBClient, name: string, list: EventData[], o: AppendToStreamOptions) =>
      [await client.appendToStream(name, list, o), await client.appendToStream(name, list, o)] as {
        nextExpectedRevision: bigint;
        position?: { commit: bigint };
      }[];
    for (const expected of ['any', 'no_stream'] as const) {
      it(`${expected}: the same events again succeed with the first result and write nothing`, async ({
        client,
        stream,
      }) => {
        const name = stream();
        const [first, second] = await repeat(client, name, events(3), expecting(expected));
        assert.deepEqual(second, first);
        assert.equal((await collect(client.readStream(name))).length, 3);
      });
    }
    it('stream_exists: the same events again succeed', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, event(), options);
      const [first, second] = await repeat(client, name, events(2), expecting('stream_exists'));
      assert.deepEqual(second, first);
      assert.equal((await collect(client.readStream(name))).length, 3);
    });
    it('exact revision: the same events again succeed', async ({ client, stream }) => {
      const name = stream();
      await client.appendToStream(name, events(2), options);
      const [first, second] = await repeat(client, name, events(3), expecting(1n));
      assert.deepEqual(second, first);
      assert.equal((await collect(client.readStream(name))).length, 5);
    });
    it('exact revision: a repeat is recognised however much was written since', async ({ client, stream }) => {
      const name = stream();
      const list = events(2);
      await client.appendToStream(name, list, expecting('no_stream'));
      await client.appendToStream(name, events(50), options);
      assert.equal((await client.appendToStream(name, list, expecting('no_stream'))).nextExpectedRevision, 1n);
    });
    it('exact revision: the first of several written before, alone, is a repeat', async ({ client, stream }) => {
      const name = stream();
      const list = events(3);
      await client.appendToStream(name, list, expecting('no_stream'));
      assert.equal(
        (await client.appendToStream(name, list.slice(0, 1), expecting('no_stream'))).nextExpectedRevision,
        0n,
      );
    });
    it('exact revision: a prefix that repeats followed by something new is a conflict', async ({ client, stream }) => {
      const name = stream();
      const list = events(2);
      await client.appendToStream(name, list, expecting('no_stream'));
      const error = await failure(client.appendToStream(name, [...list, event(2)], expecting('no_stream')));
      assert.equal(error.type, 'wrong-expected-version');
    });
    it('any: known events followed by something new are a conflict', async ({ client, stream }) => {
      const name = stream();
      const list = events(2);
      await client.appendToStream(name, list, expecting('any'));
      const error = await failure(client.appendToStream(name, [...list, event(2)], expecting('any')));
      assert.equal(error.type, 'wrong-expected-version');
    });
    it('any: an id known from another stream is new here', async ({ client, stream }) => {
      const shared = event();
      await client.appendToStream(stream(), shared, options);
      assert.equal((await client.appendToStream(stream(), shared, options)).nextExpectedRevision, 0n);
    });
    it('writes the same id twice within one append', async ({ client, stream }) => {
      const name = stream();
      const twin = event();
      assert.equal((await client.appendToStream(name, [twin, twin], expecting('no_stream'))).nextExpectedRevision, 1n);
    });

    it('lets exactly one of many concurrent writers win a revision', async ({ client, stream }) => {
      const name = stream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) => client.appendToStream(name, event(n), expecting('no_stream'))),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal((await collect(client.readStream(name))).length, 1);
    });
    it('takes the same append sent twice at once for one', async ({ client, stream }) => {
      const name = stream();
      const list = events(2);
      const [first, second] = await Promise.all([
        client.appendToStream(name, list, expecting('no_stream')),
        client.appendToStream(name, list, expecting('no_stream')),
      ]);
      assert.deepEqual(second.nextExpectedRevision, first.nextExpectedRevision);
      assert.equal((await collect(client.readStream(name))).length, 2);
    });
    it('keeps interleaved appends to one stream whole', async ({ client, stream }) => {
      const name = stream();
      await Promise.all(
        Array.from({ length: 8 }, (_, writer) => client.appendToStream(name, events(5, `Writer${writer}`), options)),
      );
      const read = await collect(client.readStream(name));
      for (let i = 0; i < read.length; i += 5) {
        const types = new Set(read.slice(i, i + 5).map(({ event: found }) => found?.type));
        assert.equal(types.size, 1);
        assert.deepEqual(numbers(read.slice(i, i + 5)), [0, 1, 2, 3, 4]);
      }
    });
    it('can be read at once after the acknowledgement', async ({ client, stream }) => {
      const name = stream();
      for (let n = 0; n < 20; n += 1) {
        await client.appendToStream(name, event(n), options);
        const [last] = await collect(
          client.readStream(name, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
        );
        assert.deepEqual(numbers(last ? [last] : []), [n]);
      }
    });

    it('accepts just under a mebibyte', async ({ client, stream }) => {
      const data = Buffer.alloc(1024 * 1024 - 1024, 7);
      assert.equal(
        (await client.appendToStream(stream(), binaryEvent({ type: 'Large', data }), options)).success,
        true,
      );
    });
    it('refuses an append of more than a mebibyte, naming the limit', async ({ client, stream }) => {
      const name = stream();
      const error = await failure(
        client.appendToStream(name, binaryEvent({ type: 'Large', data: Buffer.alloc(1024 * 1024 + 1) }), options),
      );
      assert.equal(error.type, 'maximum-append-size-exceeded');
      assert.equal(error.maxAppendSize, 1024 * 1024);
      assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
    });
    it('refuses many events that together are too large, and goes on working', async ({ client, stream }) => {
      const name = stream();
      const large = Array.from({ length: 5 }, () => binaryEvent({ type: 'Large', data: Buffer.alloc(300 * 1024) }));
      assert.equal((await failure(client.appendToStream(name, large, options))).type, 'maximum-append-size-exceeded');
      assert.equal((await client.appendToStream(name, event(), options)).nextExpectedRevision, 0n);
    });
    it('does not let anybody write $all', async ({ client }) => {
      assert.equal((await failure(client.appendToStream('$all', event(), options))).type, 'access-denied');
    });
  }),
);
