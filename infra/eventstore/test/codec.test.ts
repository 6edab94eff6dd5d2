import { randomUUID } from 'node:crypto';
import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { describe, expect, it } from 'vitest';
import {
  encodeRecord,
  isIntact,
  type NewRecord,
  recordBody,
  recordCreatedMs,
  recordData,
  recordId,
  recordIsJson,
  recordMetadata,
  recordPosition,
  recordRevision,
  recordStream,
  recordType,
} from '../src/log/record.ts';
import { ANY, NO_STREAM, STREAM_EXISTS } from '../src/streams/names.ts';
import { decodeAppend, decodeBatchAppend } from '../src/wire/append-messages.ts';
import * as responses from '../src/wire/append-responses.ts';
import { TOMBSTONE_REVISION } from '../src/wire/proto-writer.ts';
import * as reads from '../src/wire/read-responses.ts';

/** The generated classes of the official client are the reference: same bytes out, same fields in. */
const bytes = (message: { serializeBinary(): Uint8Array }): string =>
  Buffer.from(message.serializeBinary()).toString('hex');
const empty = () => new sharedPb.Empty();
const identifier = (name: string) => new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name));
const int64 = (value: number): string => (value === TOMBSTONE_REVISION ? '9223372036854775807' : String(value));

const name = fc
  .oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }))
  .filter((text) => Buffer.from(text).toString() === text);
const size = fc.oneof(
  fc.nat(300),
  fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40 + 3),
  fc.maxSafeNat().filter((n) => n < TOMBSTONE_REVISION),
);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(127, 128, 16_383, 16_384, 70_000).map((length) => new Uint8Array(length).fill(7)),
);
const record = fc.record<NewRecord>({
  position: size,
  streamId: fc.nat(),
  stream: name,
  revision: fc.oneof(size, fc.constant(TOMBSTONE_REVISION)),
  id: fc.uuid(),
  type: name,
  json: fc.boolean(),
  createdMs: fc.integer({ min: 1, max: 4e12 }),
  data: payload,
  metadata: payload,
});

const recordedEvent = (event: NewRecord): streamsPb.ReadResp.ReadEvent.RecordedEvent => {
  const message = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedPb.UUID().setString(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(int64(event.revision))
    .setPreparePosition(String(event.position))
    .setCommitPosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  message.getMetadataMap().set('type', event.type);
  message.getMetadataMap().set('content-type', event.json ? 'application/json' : 'application/octet-stream');
  message.getMetadataMap().set('created', `${event.createdMs}0000`);
  return message;
};

describe('the codec of the hot messages', () => {
  it('RecordedEvent: the stored body is the generated class, byte for byte', () => {
    fc.assert(
      fc.property(record, (event) => {
        expect(recordBody(encodeRecord(event)).toString('hex')).toBe(bytes(recordedEvent(event)));
      }),
    );
  });
  it('a record gives back what went into it', () => {
    fc.assert(
      fc.property(record, (event) => {
        const stored = encodeRecord(event);
        expect(isIntact(stored)).toBe(true);
        expect([
          recordPosition(stored),
          recordRevision(stored),
          recordId(stored),
          recordStream(stored),
          recordType(stored),
          recordIsJson(stored),
          recordCreatedMs(stored),
        ]).toEqual([event.position, event.revision, event.id, event.stream, event.type, event.json, event.createdMs]);
        expect([recordData(stored).equals(event.data), recordMetadata(stored).equals(event.metadata)]).toEqual([
          true,
          true,
        ]);
      }),
    );
  });
  it('any single flipped bit of a record is noticed', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(7), (event, at, bit) => {
        const stored = encodeRecord({ ...event, data: event.data.subarray(0, 300) });
        const where = at % stored.length;
        stored[where] = (stored[where] ?? 0) ^ (1 << bit);
        expect(isIntact(stored)).toBe(false);
      }),
    );
  });
  it('ReadResp with an event, with a link, with both', () => {
    fc.assert(
      fc.property(record, record, (event, link) => {
        for (const [first, second] of [
          [event, undefined],
          [undefined, link],
          [event, link],
        ] as const) {
          const message = new streamsPb.ReadResp.ReadEvent().setCommitPosition(String((second ?? first)?.position));
          if (first) message.setEvent(recordedEvent(first));
          if (second) message.setLink(recordedEvent(second));
          const resolved = {
            ...(first && { event: encodeRecord(first) }),
            ...(second && { link: encodeRecord(second) }),
          };
          expect(reads.encodeReadEvent(resolved, 'string').toString('hex')).toBe(
            bytes(new streamsPb.ReadResp().setEvent(message)),
          );
        }
      }),
    );
  });
  it('ReadResp with an id in two halves', () => {
    fc.assert(
      fc.property(record, (event) => {
        const hex = event.id.replaceAll('-', '');
        const half = (digits: string) => BigInt.asIntN(64, BigInt(`0x${digits}`)).toString();
        const structured = new sharedPb.UUID.Structured()
          .setMostSignificantBits(half(hex.slice(0, 16)))
          .setLeastSignificantBits(half(hex.slice(16)));
        fc.pre(half(hex.slice(0, 16)) !== '0' && half(hex.slice(16)) !== '0');
        const expected = new streamsPb.ReadResp().setEvent(
          new streamsPb.ReadResp.ReadEvent()
            .setCommitPosition(String(event.position))
            .setEvent(recordedEvent(event).setId(new sharedPb.UUID().setStructured(structured))),
        );
        expect(reads.encodeReadEvent({ event: encodeRecord(event) }, 'structured').toString('hex')).toBe(
          bytes(expected),
        );
        expect(reads.uuidText(structured.getMostSignificantBits(), structured.getLeastSignificantBits())).toBe(
          event.id,
        );
      }),
    );
  });
  it('ReadResp of a persistent subscription, with its retry count', () => {
    fc.assert(
      fc.property(record, fc.nat(1000), (event, retries) => {
        const body = persistentPb.ReadResp.ReadEvent.RecordedEvent.deserializeBinary(
          recordedEvent(event).serializeBinary(),
        );
        const expected = new persistentPb.ReadResp().setEvent(
          new persistentPb.ReadResp.ReadEvent()
            .setEvent(body)
            .setCommitPosition(String(event.position))
            .setRetryCount(retries),
        );
        expect(reads.encodeReadEvent({ event: encodeRecord(event) }, 'string', retries).toString('hex')).toBe(
          bytes(expected),
        );
      }),
    );
  });
  it('the small ReadResp messages', () => {
    fc.assert(
      fc.property(name, size, (text, number) => {
        expect(reads.encodeConfirmation(text).toString('hex')).toBe(
          bytes(
            new streamsPb.ReadResp().setConfirmation(
              new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(text),
            ),
          ),
        );
        expect(reads.encodeStreamNotFound(text).toString('hex')).toBe(
          bytes(
            new streamsPb.ReadResp().setStreamNotFound(
              new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(identifier(text)),
            ),
          ),
        );
        const at = String(number);
        expect(reads.encodeCheckpoint(number).toString('hex')).toBe(
          bytes(
            new streamsPb.ReadResp().setCheckpoint(
              new streamsPb.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at),
            ),
          ),
        );
        expect(reads.encodeFirstPosition(number).toString('hex')).toBe(
          bytes(new streamsPb.ReadResp().setFirstStreamPosition(at)),
        );
        expect(reads.encodeLastPosition(number).toString('hex')).toBe(
          bytes(new streamsPb.ReadResp().setLastStreamPosition(at)),
        );
      }),
    );
    expect(reads.CAUGHT_UP.toString('hex')).toBe(
      bytes(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp())),
    );
  });
  it('AppendResp and BatchAppendResp of a success', () => {
    fc.assert(
      fc.property(name, fc.oneof(size, fc.constant(-1)), size, (stream, revision, position) => {
        const at = String(position);
        const classic = new streamsPb.AppendResp.Success().setPosition(
          new streamsPb.AppendResp.Position().setCommitPosition(at).setPreparePosition(at),
        );
        const batch = new streamsPb.BatchAppendResp.Success().setPosition(
          new sharedPb.AllStreamPosition().setCommitPosition(at).setPreparePosition(at),
        );
        if (revision < 0) {
          classic.setNoStream(empty());
          batch.setNoStream(empty() as never);
        } else {
          classic.setCurrentRevision(String(revision));
          batch.setCurrentRevision(String(revision));
        }
        const id = new sharedPb.UUID().setString(randomUUID());
        expect(responses.encodeAppended({ revision, position }).toString('hex')).toBe(
          bytes(new streamsPb.AppendResp().setSuccess(classic)),
        );
        expect(
          responses
            .encodeBatchAppended(Buffer.from(id.serializeBinary()), stream, { revision, position })
            .toString('hex'),
        ).toBe(
          bytes(
            new streamsPb.BatchAppendResp()
              .setCorrelationId(id)
              .setSuccess(batch)
              .setStreamIdentifier(identifier(stream)),
          ),
        );
      }),
    );
  });
  it('a refusal in BatchAppendResp', () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(ANY, NO_STREAM, STREAM_EXISTS, 0, 5, 70_000),
        fc.constantFrom(-1, 0, 9),
        (stream, expected, current) => {
          const detail = new sharedPb.WrongExpectedVersion();
          if (current < 0) detail.setCurrentNoStream(empty() as never);
          else detail.setCurrentStreamRevision(String(current));
          if (expected === ANY) detail.setExpectedAny(empty() as never);
          else if (expected === NO_STREAM) detail.setExpectedNoStream(empty() as never);
          else if (expected === STREAM_EXISTS) detail.setExpectedStreamExists(empty() as never);
          else detail.setExpectedStreamPosition(String(expected));
          const any = new anyPb.Any();
          any.pack(detail.serializeBinary(), 'event_store.client.WrongExpectedVersion');
          const id = new sharedPb.UUID().setString(randomUUID());
          const status = new statusPb.Status()
            .setCode(6 as never)
            .setMessage('WrongExpectedVersion')
            .setDetails(any);
          const error = {
            code: 6,
            type: 'WrongExpectedVersion' as const,
            detail: responses.wrongExpectedVersionDetail(expected, current),
          };
          expect(responses.encodeBatchRefused(Buffer.from(id.serializeBinary()), stream, error).toString('hex')).toBe(
            bytes(
              new streamsPb.BatchAppendResp()
                .setCorrelationId(id)
                .setError(status)
                .setStreamIdentifier(identifier(stream)),
            ),
          );
        },
      ),
    );
  });
  it('AppendReq and BatchAppendReq are read as they were written', () => {
    fc.assert(
      fc.property(
        name,
        name,
        fc.uuid(),
        payload,
        payload,
        fc.oneof(size, fc.constantFrom(ANY, NO_STREAM, STREAM_EXISTS)),
        fc.nat(4e9),
        (stream, type, id, data, metadata, expected, seconds) => {
          const fill = <T extends streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage>(
            message: T,
          ): T => {
            message.setId(new sharedPb.UUID().setString(id)).setData(data).setCustomMetadata(metadata);
            message.getMetadataMap().set('type', type);
            message.getMetadataMap().set('content-type', 'application/json');
            return message;
          };
          const expecting = <T extends streamsPb.AppendReq.Options | streamsPb.BatchAppendReq.Options>(
            options: T,
            revision: () => void,
          ): T => {
            options.setStreamIdentifier(identifier(stream));
            if (expected === ANY) options.setAny(empty() as never);
            else if (expected === NO_STREAM) options.setNoStream(empty() as never);
            else if (expected === STREAM_EXISTS) options.setStreamExists(empty() as never);
            else revision();
            return options;
          };
          const classicOptions = new streamsPb.AppendReq.Options();
          expecting(classicOptions, () => classicOptions.setRevision(String(expected)));
          expect(
            decodeAppend(Buffer.from(new streamsPb.AppendReq().setOptions(classicOptions).serializeBinary())).options,
          ).toEqual({ stream, expected });
          const asProposed = decodeAppend(
            Buffer.from(
              new streamsPb.AppendReq()
                .setProposedMessage(fill(new streamsPb.AppendReq.ProposedMessage()))
                .serializeBinary(),
            ),
          ).proposed;
          expect([asProposed?.id, asProposed?.type, asProposed?.contentType]).toEqual([id, type, 'application/json']);
          expect([asProposed?.data.equals(data), asProposed?.metadata.equals(metadata)]).toEqual([true, true]);
          const batchOptions = new streamsPb.BatchAppendReq.Options().setDeadline(
            new timestampPb.Timestamp().setSeconds(seconds).setNanos(500_000_000),
          );
          expecting(batchOptions, () => batchOptions.setStreamPosition(String(expected)));
          const correlation = new sharedPb.UUID().setString(randomUUID());
          const request = new streamsPb.BatchAppendReq()
            .setCorrelationId(correlation)
            .setOptions(batchOptions)
            .setIsFinal(true)
            .setProposedMessagesList([fill(new streamsPb.BatchAppendReq.ProposedMessage())]);
          const decoded = decodeBatchAppend(Buffer.from(request.serializeBinary()));
          expect(decoded.options).toEqual({ stream, expected, deadlineMs: seconds * 1000 + 500 });
          expect([decoded.isFinal, decoded.proposed.length, decoded.proposed[0]?.id]).toEqual([true, 1, id]);
          expect(decoded.correlationId.toString('hex')).toBe(bytes(correlation));
        },
      ),
    );
  });
  it('a message that ends in the middle of a field is refused, never misread', () => {
    const whole = Buffer.from(
      new streamsPb.BatchAppendReq()
        .setCorrelationId(new sharedPb.UUID().setString(randomUUID()))
        .setIsFinal(true)
        .setOptions(new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifier('s')))
        .serializeBinary(),
    );
    for (let length = 1; length < whole.length - 2; length += 1) {
      const cut = whole.subarray(0, length);
      try {
        expect(decodeBatchAppend(cut).isFinal).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });
});
