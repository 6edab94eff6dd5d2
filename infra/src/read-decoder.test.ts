import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReadResp } from './read-decoder.ts';

const { StreamIdentifier, UUID } = shared;
const { ReadResp } = streams;

const encode = (event: {
  id: string;
  stream: string;
  revision: bigint;
  position: bigint;
  type: string;
  ms: number;
  data: Uint8Array;
  metadata: Uint8Array;
  json: boolean;
}): Buffer => {
  const stream = new StreamIdentifier();
  stream.setStreamName(Buffer.from(event.stream).toString('base64'));
  const uuid = new UUID();
  uuid.setString(event.id);
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid);
  recorded.setStreamIdentifier(stream);
  recorded.setStreamRevision(event.revision.toString());
  recorded.setPreparePosition(event.position.toString());
  recorded.setCommitPosition(event.position.toString());
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('content-type', event.json ? 'application/json' : 'application/octet-stream');
  recorded.getMetadataMap().set('created', `${BigInt(event.ms) * 10_000n + 7n}`);
  recorded.setCustomMetadata(event.metadata);
  recorded.setData(event.data);
  const read = new ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(event.position.toString());
  const response = new ReadResp();
  response.setEvent(read);
  return Buffer.from(response.serializeBinary());
};

const u64 = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 100_000n }));

describe('the decoder of read responses', () => {
  it('reads every event as the generated classes write it', () => {
    const anyEvent = fc.record({
      id: fc.uuid(),
      stream: fc.string({ unit: 'grapheme', maxLength: 40 }),
      revision: u64,
      position: u64,
      type: fc.string({ unit: 'grapheme', maxLength: 40 }),
      ms: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      data: fc.uint8Array({ maxLength: 300 }),
      metadata: fc.uint8Array({ maxLength: 300 }),
      json: fc.boolean(),
    });
    fc.assert(
      fc.property(anyEvent, (event) => {
        const decoded = decodeReadResp(encode(event));
        expect(decoded).toEqual({
          kind: 'event',
          event: {
            id: event.id,
            stream: event.stream,
            revision: event.revision,
            position: event.position,
            type: event.type,
            createdMs: event.ms,
            json: event.json,
            data: Buffer.from(event.data).toString(),
            metadata: Buffer.from(event.metadata).toString(),
          },
        });
      }),
    );
  });

  it('tells checkpoints, caught-up, missing streams and the rest apart', () => {
    const checkpoint = new ReadResp.Checkpoint();
    checkpoint.setCommitPosition('12345678901234');
    const of = (fill: (response: InstanceType<typeof ReadResp>) => void) => {
      const response = new ReadResp();
      fill(response);
      return decodeReadResp(Buffer.from(response.serializeBinary()));
    };
    expect(of((r) => r.setCheckpoint(checkpoint))).toEqual({ kind: 'checkpoint', position: 12_345_678_901_234n });
    expect(of((r) => r.setStreamNotFound(new ReadResp.StreamNotFound()))).toEqual({ kind: 'notFound' });
    expect(of((r) => r.setCaughtUp(new ReadResp.CaughtUp()))).toEqual({ kind: 'caughtUp' });
    expect(of((r) => r.setConfirmation(new ReadResp.SubscriptionConfirmation()))).toEqual({ kind: 'other' });
  });

  it('refuses a message that was cut off', () => {
    const whole = encode({
      id: 'a',
      stream: 's',
      revision: 1n,
      position: 2n,
      type: 't',
      ms: 3,
      data: Buffer.from('{"a":1}'),
      metadata: Buffer.from('{}'),
      json: true,
    });
    expect(() => decodeReadResp(whole.subarray(0, whole.length - 4))).toThrow(RangeError);
  });
});
