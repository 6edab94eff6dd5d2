import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import monitoringPb from '@eventstore/db-client/generated/monitoring_pb.js';
import type featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { empty, identifier, messages, proposed, type RawNode, readRequest, unary } from '../raw.ts';
import { type Conformance, group } from '../suite.ts';
import { collect, event, events, failure, numbers, until } from '../tools.ts';

interface Chunk {
  readonly correlationId: string;
  readonly stream?: string;
  readonly messages: streamsPb.BatchAppendReq.ProposedMessage[];
  readonly final: boolean;
  readonly deadlineMs?: number;
}

const chunk = ({
  correlationId,
  stream,
  messages: list,
  final,
  deadlineMs = 10_000,
}: Chunk): streamsPb.BatchAppendReq => {
  const request = new streamsPb.BatchAppendReq()
    .setCorrelationId(new sharedPb.UUID().setString(correlationId))
    .setProposedMessagesList(list)
    .setIsFinal(final);
  if (stream === undefined) return request;
  const options = new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifier(stream));
  options.setAny(empty() as never);
  options.setDeadline(timestampPb.Timestamp.fromDate(new Date(Date.now() + deadlineMs)));
  return request.setOptions(options);
};

const batchCall = (raw: RawNode) => {
  const call = raw.streams().batchAppend(raw.metadata());
  const answers: streamsPb.BatchAppendResp[] = [];
  let ended = false;
  call.on('data', (answer: streamsPb.BatchAppendResp) => answers.push(answer));
  call.on('error', () => {});
  call.on('end', () => {
    ended = true;
  });
  return { call, answers, isEnded: () => ended };
};

const typeOf = (answer: streamsPb.BatchAppendResp | undefined): string | undefined =>
  answer?.getError()?.getDetails()?.getTypeName();

export const batchCases = group('batch append on the wire', (it) => {
  it('an append in several chunks is one append', async ({ raw, client, stream }) => {
    const name = stream();
    const { call, answers } = batchCall(raw);
    const correlationId = randomUUID();
    call.write(chunk({ correlationId, stream: name, messages: [proposed(randomUUID(), '{"n":0}')], final: false }));
    call.write(chunk({ correlationId, messages: [proposed(randomUUID(), '{"n":1}')], final: false }));
    call.write(chunk({ correlationId, messages: [proposed(randomUUID(), '{"n":2}')], final: true }));
    await until(() => answers.length === 1, 'one answer');
    assert.equal(answers[0]?.getSuccess()?.getCurrentRevision(), '2');
    assert.equal(answers[0]?.getCorrelationId()?.getString(), correlationId);
    assert.deepEqual(numbers(await collect(client.readStream(name))), [0, 1, 2]);
    call.end();
  });
  it('chunks of several appends may be interleaved', async ({ raw, client, stream }) => {
    const [one, two] = [stream(), stream()];
    const { call, answers } = batchCall(raw);
    const [a, b] = [randomUUID(), randomUUID()];
    call.write(chunk({ correlationId: a, stream: one, messages: [proposed(randomUUID(), '{"n":0}')], final: false }));
    call.write(chunk({ correlationId: b, stream: two, messages: [proposed(randomUUID(), '{"n":5}')], final: false }));
    call.write(chunk({ correlationId: b, messages: [], final: true }));
    call.write(chunk({ correlationId: a, messages: [proposed(randomUUID(), '{"n":1}')], final: true }));
    await until(() => answers.length === 2, 'two answers');
    assert.deepEqual(numbers(await collect(client.readStream(one))), [0, 1]);
    assert.deepEqual(numbers(await collect(client.readStream(two))), [5]);
    call.end();
  });
  it('nothing of an append is visible before its last chunk', async ({ raw, client, stream }) => {
    const name = stream();
    const { call, answers } = batchCall(raw);
    const correlationId = randomUUID();
    call.write(chunk({ correlationId, stream: name, messages: [proposed(randomUUID(), '{}')], final: false }));
    await client.appendToStream(stream(), event());
    assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
    call.write(chunk({ correlationId, messages: [], final: true }));
    await until(() => answers.length === 1, 'the answer');
    call.end();
  });
  it('answers what is pending after the client has half-closed, then ends', async ({ raw, stream }) => {
    const { call, answers, isEnded } = batchCall(raw);
    for (let i = 0; i < 20; i += 1)
      call.write(
        chunk({ correlationId: randomUUID(), stream: stream(), messages: [proposed(randomUUID(), '{}')], final: true }),
      );
    call.end();
    await until(isEnded, 'the end');
    assert.equal(answers.length, 20);
  });
  it('a deadline that has passed: Timeout, once', async ({ raw, client, stream }) => {
    const name = stream();
    const { call, answers } = batchCall(raw);
    const correlationId = randomUUID();
    call.write(
      chunk({ correlationId, stream: name, messages: [proposed(randomUUID(), '{}')], final: false, deadlineMs: -1000 }),
    );
    call.write(chunk({ correlationId, messages: [proposed(randomUUID(), '{}')], final: true }));
    call.write(
      chunk({ correlationId: randomUUID(), stream: stream(), messages: [proposed(randomUUID(), '{}')], final: true }),
    );
    await until(() => answers.length === 2, 'two answers');
    assert.equal(typeOf(answers[0]), 'event_store.client.Timeout');
    assert.equal(answers[0]?.getError()?.getCode(), status.DEADLINE_EXCEEDED);
    assert.equal((await failure(collect(client.readStream(name)))).type, 'stream-not-found');
    call.end();
  });
  it('an append whose last chunk does not come in time: Timeout', async ({ raw, stream }) => {
    const { call, answers } = batchCall(raw);
    const correlationId = randomUUID();
    call.write(
      chunk({
        correlationId,
        stream: stream(),
        messages: [proposed(randomUUID(), '{}')],
        final: false,
        deadlineMs: 150,
      }),
    );
    await until(() => answers.length === 1, 'the timeout');
    assert.equal(typeOf(answers[0]), 'event_store.client.Timeout');
    call.write(chunk({ correlationId, messages: [], final: true }));
    call.write(chunk({ correlationId: randomUUID(), stream: stream(), messages: [], final: true }));
    await until(() => answers.length === 2, 'only the other append is answered');
    call.end();
  });
  it('a conflict carries expected and current in its details, and names the stream', async ({
    raw,
    client,
    stream,
  }) => {
    const name = stream();
    await client.appendToStream(name, events(3));
    const { call, answers } = batchCall(raw);
    const request = chunk({
      correlationId: randomUUID(),
      stream: name,
      messages: [proposed(randomUUID(), '{}')],
      final: true,
    });
    request.getOptions()?.setNoStream(empty() as never);
    call.write(request);
    await until(() => answers.length === 1, 'the conflict');
    const details = answers[0]
      ?.getError()
      ?.getDetails()
      ?.unpack(sharedPb.WrongExpectedVersion.deserializeBinary, 'event_store.client.WrongExpectedVersion');
    assert.equal(answers[0]?.getError()?.getCode(), status.ALREADY_EXISTS);
    assert.equal(details?.getCurrentStreamRevision(), '2');
    assert.ok(details?.hasExpectedNoStream());
    assert.equal(Buffer.from(answers[0]?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(), name);
    call.end();
  });
  it('an append without any event succeeds without writing', async ({ raw, client, stream }) => {
    const [fresh, written] = [stream(), stream()];
    await client.appendToStream(written, events(2));
    const { call, answers } = batchCall(raw);
    call.write(chunk({ correlationId: randomUUID(), stream: fresh, messages: [], final: true }));
    call.write(chunk({ correlationId: randomUUID(), stream: written, messages: [], final: true }));
    await until(() => answers.length === 2, 'both');
    const revisions = answers.map((answer) =>
      answer.getSuccess()?.hasNoStream() ? 'none' : answer.getSuccess()?.getCurrentRevision(),
    );
    assert.deepEqual(revisions.sort(), ['1', 'none']);
    call.end();
  });
  it('an event without a type is refused without breaking the call', async ({ raw, stream }) => {
    const { call, answers } = batchCall(raw);
    call.write(
      chunk({
        correlationId: randomUUID(),
        stream: stream(),
        messages: [proposed(randomUUID(), '{}', { 'content-type': 'application/json' })],
        final: true,
      }),
    );
    call.write(
      chunk({ correlationId: randomUUID(), stream: stream(), messages: [proposed(randomUUID(), '{}')], final: true }),
    );
    await until(() => answers.length === 2, 'two answers');
    assert.deepEqual(answers.map((answer) => answer.hasSuccess()).sort(), [false, true]);
    call.end();
  });
  it('several hundred appends in flight are each answered exactly once', async ({ raw, stream }) => {
    const { call, answers } = batchCall(raw);
    const ids = Array.from({ length: 300 }, () => randomUUID());
    const name = stream();
    for (const correlationId of ids)
      call.write(chunk({ correlationId, stream: name, messages: [proposed(randomUUID(), '{}')], final: true }));
    await until(() => answers.length >= 300, 'all answers');
    assert.deepEqual(new Set(answers.map((answer) => answer.getCorrelationId()?.getString())), new Set(ids));
    assert.equal(answers.length, 300);
    call.end();
  });
});

const classic = ({ raw }: Conformance, name: string, fields?: Record<string, string>) =>
  unary<streamsPb.AppendResp>((callback) => {
    const call = raw.streams().append(raw.metadata(), callback);
    call.on('error', () => {});
    call.write(
      new streamsPb.AppendReq().setOptions(
        new streamsPb.AppendReq.Options().setStreamIdentifier(identifier(name)).setAny(empty()),
      ),
    );
    const message = new streamsPb.AppendReq.ProposedMessage()
      .setId(new sharedPb.UUID().setString(randomUUID()))
      .setData(Buffer.from('{}'));
    for (const [key, value] of Object.entries(fields ?? { type: 'Raw', 'content-type': 'application/json' }))
      message.getMetadataMap().set(key, value);
    call.write(new streamsPb.AppendReq().setProposedMessage(message));
    call.end();
  });

export const wireCases = group('on the wire', (it) => {
  for (const [missing, fields] of [
    ['type', { 'content-type': 'application/json' }],
    ['content-type', { type: 'Raw' }],
  ] as const) {
    it(`classic append without ${missing}: invalid argument, naming what is required`, async (server) => {
      const error = await failure(classic(server, server.stream(), { ...fields }));
      assert.equal(error.code, status.INVALID_ARGUMENT);
      const metadata = error.metadata as unknown as { get(name: string): unknown[] };
      assert.deepEqual(metadata.get('exception'), ['missing-required-metadata-property']);
      assert.deepEqual(metadata.get('required-metadata-properties'), ['type,content-type']);
    });
  }
  it('a content type other than JSON comes back as octet-stream', async (server) => {
    const name = server.stream();
    await classic(server, name, { type: 'Raw', 'content-type': 'application/json; charset=utf-8' });
    const [answer] = await messages<streamsPb.ReadResp>(
      server.raw.streams().read(
        readRequest((o) =>
          o.setStream(
            new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name)).setStart(empty()),
          ),
        ),
        server.raw.metadata(),
      ),
    );
    const metadata = answer?.getEvent()?.getEvent()?.getMetadataMap();
    assert.equal(metadata?.get('content-type'), 'application/octet-stream');
    assert.deepEqual([...(metadata?.keys() ?? [])].sort(), ['content-type', 'created', 'type']);
    const created = metadata?.get('created') ?? '';
    assert.ok(Math.abs(Number(created) / 10_000 - Date.now()) < 60_000, created);
  });
  it('ids are sent as two halves when asked for', async ({ raw, client, stream }) => {
    const name = stream();
    const written = event();
    await client.appendToStream(name, written);
    const request = readRequest((o) => {
      o.setStream(
        new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name)).setStart(empty()),
      );
      o.setUuidOption(new streamsPb.ReadReq.Options.UUIDOption().setStructured(empty()));
    });
    const [answer] = await messages<streamsPb.ReadResp>(raw.streams().read(request, raw.metadata()));
    const half = (value: string | undefined): string =>
      BigInt.asUintN(64, BigInt(value ?? '0'))
        .toString(16)
        .padStart(16, '0');
    const id = answer?.getEvent()?.getEvent()?.getId()?.getStructured();
    assert.equal(
      half(id?.getMostSignificantBits()) + half(id?.getLeastSignificantBits()),
      written.id.replaceAll('-', ''),
    );
  });
  it('a read without a UUID option: invalid argument', async ({ raw, stream }) => {
    const request = readRequest((o) => {
      o.setStream(
        new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream())).setStart(empty()),
      );
      o.clearUuidOption();
    });
    assert.equal((await failure(messages(raw.streams().read(request, raw.metadata())))).code, status.INVALID_ARGUMENT);
  });
  it('commit and prepare position of an event are the same', async ({ raw, client, stream }) => {
    const name = stream();
    await client.appendToStream(name, event());
    const [answer] = await messages<streamsPb.ReadResp>(
      raw.streams().read(
        readRequest((o) =>
          o.setStream(
            new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name)).setStart(empty()),
          ),
        ),
        raw.metadata(),
      ),
    );
    const read = answer?.getEvent();
    assert.equal(read?.getEvent()?.getCommitPosition(), read?.getEvent()?.getPreparePosition());
    assert.equal(read?.getCommitPosition(), read?.getEvent()?.getCommitPosition());
  });
  it('a missing stream is a normal answer with one message', async ({ raw, stream }) => {
    const name = stream();
    const answers = await messages<streamsPb.ReadResp>(
      raw.streams().read(
        readRequest((o) =>
          o.setStream(
            new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name)).setStart(empty()),
          ),
        ),
        raw.metadata(),
      ),
    );
    assert.equal(answers.length, 1);
    assert.ok(answers[0]?.hasStreamNotFound());
  });
  const filtered = (
    name: string,
    expression: streamsPb.ReadReq.Options.FilterOptions.Expression,
    on: 'type' | 'stream',
    count = '1000',
  ) =>
    readRequest((o) => {
      o.setAll(new streamsPb.ReadReq.Options.AllOptions().setStart(empty())).setCount(count);
      const filter = new streamsPb.ReadReq.Options.FilterOptions().setMax(32).setCheckpointintervalmultiplier(1);
      if (on === 'type') filter.setEventType(expression);
      else filter.setStreamIdentifier(expression);
      o.setFilter(filter);
      void name;
    });
  const Expression = streamsPb.ReadReq.Options.FilterOptions.Expression;
  it('$all can be read through a prefix filter on stream names', async ({ raw, client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(5));
    const answers = await messages<streamsPb.ReadResp>(
      raw.streams().read(filtered(name, new Expression().setPrefixList([name]), 'stream'), raw.metadata()),
    );
    assert.equal(answers.filter((answer) => answer.hasEvent()).length, 5);
  });
  it('$all can be read through an expression on event types, with a count of matches', async ({
    raw,
    client,
    stream,
  }) => {
    const type = `T${randomUUID().replaceAll('-', '')}`;
    await client.appendToStream(stream(), [event(0), event(1, type), event(2), event(3, type), event(4, type)]);
    const answers = await messages<streamsPb.ReadResp>(
      raw.streams().read(filtered('', new Expression().setRegex(`^${type}$`), 'type', '2'), raw.metadata()),
    );
    assert.equal(answers.filter((answer) => answer.hasEvent()).length, 2);
  });
  it('a commit position before its prepare position: invalid argument', async ({ raw }) => {
    const request = readRequest((o) =>
      o.setAll(
        new streamsPb.ReadReq.Options.AllOptions().setPosition(
          new streamsPb.ReadReq.Options.Position().setCommitPosition('5').setPreparePosition('9'),
        ),
      ),
    );
    assert.equal((await failure(messages(raw.streams().read(request, raw.metadata())))).code, status.INVALID_ARGUMENT);
  });
  it('a wrong expected revision on delete: trailers carry the numbers', async ({ raw, client, stream }) => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const options = new streamsPb.DeleteReq.Options().setStreamIdentifier(identifier(name)).setRevision('9');
    const error = await failure(
      unary((callback) =>
        raw.streams().delete(new streamsPb.DeleteReq().setOptions(options), raw.metadata(), callback),
      ),
    );
    const trailer = (key: string) => (error.metadata as unknown as { get(name: string): unknown[] }).get(key)[0];
    assert.equal(error.code, status.FAILED_PRECONDITION);
    assert.deepEqual(
      [trailer('exception'), trailer('stream-name'), trailer('expected-version'), trailer('actual-version')],
      ['wrong-expected-version', name, '9', '1'],
    );
  });
  it('server features: methods in lower case, with a version', async ({ raw }) => {
    const answer = await unary<featuresPb.SupportedMethods>((callback) =>
      raw.features().getSupportedMethods(empty(), callback),
    );
    const names = answer.getMethodsList().map((method) => `${method.getServiceName()}/${method.getMethodName()}`);
    for (const wanted of [
      'event_store.client.streams.streams/batchappend',
      'event_store.client.persistent_subscriptions.persistentsubscriptions/read',
    ])
      assert.ok(names.includes(wanted), wanted);
    assert.match(answer.getEventStoreServerVersion(), /^\d+\.\d+\.\d+/);
  });
  it('gossip: one of the members is alive and leads', async ({ raw }) => {
    const answer = await unary<gossipPb.ClusterInfo>((callback) => raw.gossip().read(empty(), callback));
    const leader = answer
      .getMembersList()
      .find((member) => member.getState() === gossipPb.MemberInfo.VNodeState.LEADER);
    assert.ok(leader?.getIsAlive());
    assert.ok((leader?.getHttpEndPoint()?.getPort() ?? 0) > 0);
  });
  it('statistics come at once and again', async ({ raw }) => {
    const call = raw.monitoring().stats(new monitoringPb.StatsReq().setRefreshTimePeriodInMs('100'), raw.metadata());
    let seen = 0;
    call.on('error', () => {});
    call.on('data', (answer: monitoringPb.StatsResp) => {
      seen += answer.getStatsMap().getLength() > 0 ? 1 : 0;
    });
    await until(() => seen >= 2, 'two snapshots');
    call.cancel();
  });
});

export const httpCases = group('http', (it) => {
  it('answers a ping', async ({ raw }) => {
    assert.equal(await raw.http('GET', '/ping', { accept: 'application/json' }), 200);
  });
  it('says that it is alive', async ({ raw }) => {
    assert.equal(await raw.http('GET', '/health/live'), 204);
  });
  it('an unknown path: not found', async ({ raw }) => {
    assert.equal(await raw.http('GET', '/no/such/path'), 404);
  });
  it('an event can be posted', async ({ raw, client, stream }) => {
    const name = stream();
    const headers = { 'content-type': 'application/json', 'es-eventtype': 'Posted', 'es-eventid': randomUUID() };
    assert.equal(await raw.http('POST', `/streams/${name}`, headers, '{"n":4}'), 201);
    assert.deepEqual(numbers(await collect(client.readStream(name))), [4]);
  });
});

export const discoveryCases = group('connecting', (it) => {
  it('through gossip', async (server) => {
    const client = server.connect(server.url.replace('esdb://', 'esdb+discover://'));
    await client.appendToStream(server.stream(), event());
  });
  for (const preference of ['leader', 'follower', 'random']) {
    it(`with node preference ${preference}`, async (server) => {
      const client = server.connect(
        `${server.url.replace('esdb://', 'esdb+discover://')}&nodePreference=${preference}`,
      );
      const name = server.stream();
      await client.appendToStream(name, event(3));
      assert.deepEqual(numbers(await collect(client.readStream(name))), [3]);
    });
  }
});
