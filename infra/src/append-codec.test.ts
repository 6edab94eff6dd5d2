import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import { describe, expect, it } from 'vitest';
import { decodeAppendResponse, encodeAppend } from './append-codec.ts';

const { AllStreamPosition, UUID } = shared;
const { BatchAppendReq, BatchAppendResp } = streams;
const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const id = '0b5e7c39-8a4b-4c3e-9f00-0123456789ab';

const respond = (fill: (response: InstanceType<typeof BatchAppendResp>) => void) => {
  const uuid = new UUID();
  uuid.setString(id);
  const response = new BatchAppendResp();
  response.setCorrelationId(uuid);
  fill(response);
  return decodeAppendResponse(Buffer.from(response.serializeBinary()));
};

describe('the codec of appends', () => {
  it('writes every append as the generated classes read it', () => {
    const event = fc.record({ id: fc.uuid(), type: text, data: text, meta: text });
    const request = fc.record({
      correlationId: fc.uuid(),
      stream: text,
      expected: fc.bigInt({ min: -1n, max: 2n ** 62n }),
      deadlineMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      events: fc.array(event, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(request, (sent) => {
        const read = BatchAppendReq.deserializeBinary(encodeAppend(sent));
        const options = read.getOptions();
        expect(read.getIsFinal()).toBe(true);
        expect(read.getCorrelationId()?.getString()).toBe(sent.correlationId);
        expect(Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(sent.stream);
        if (sent.expected < 0n) expect(options?.hasNoStream()).toBe(true);
        else expect(options?.getStreamPosition()).toBe(sent.expected.toString());
        expect(options?.getDeadline()?.toDate().getTime()).toBe(sent.deadlineMs);
        const events = read.getProposedMessagesList().map((message) => ({
          id: message.getId()?.getString(),
          type: message.getMetadataMap().get('type'),
          data: Buffer.from(message.getData_asU8()).toString(),
          meta: Buffer.from(message.getCustomMetadata_asU8()).toString(),
        }));
        expect(events).toEqual(sent.events);
        for (const message of read.getProposedMessagesList())
          expect(message.getMetadataMap().get('content-type')).toBe('application/json');
      }),
    );
  });

  it('reads a success, with its position or without', () => {
    const success = new BatchAppendResp.Success();
    success.setCurrentRevision('7');
    expect(respond((r) => r.setSuccess(success))).toEqual({
      correlationId: id,
      ok: true,
      revision: 7n,
      position: undefined,
    });
    const position = new AllStreamPosition();
    position.setCommitPosition('9007199254740993');
    position.setPreparePosition('1');
    success.setPosition(position);
    expect(respond((r) => r.setSuccess(success))).toMatchObject({ revision: 7n, position: 9_007_199_254_740_993n });
  });

  it('names the refusal by its detail', () => {
    const detail = new anyPb.Any();
    detail.setTypeUrl('type.googleapis.com/event_store.client.WrongExpectedVersion');
    const error = new status.Status();
    error.setMessage('WrongExpectedVersion');
    error.setDetails(detail);
    expect(respond((r) => r.setError(error))).toEqual({
      correlationId: id,
      ok: false,
      error: 'WrongExpectedVersion',
      message: 'WrongExpectedVersion',
    });
  });

  it('understands a correlation id in either form', () => {
    const structured = new UUID.Structured();
    structured.setMostSignificantBits(0x0b5e7c398a4b4c3en.toString());
    structured.setLeastSignificantBits(BigInt.asIntN(64, 0x9f000123456789abn).toString());
    const uuid = new UUID();
    uuid.setStructured(structured);
    const response = new BatchAppendResp();
    response.setCorrelationId(uuid);
    expect(decodeAppendResponse(Buffer.from(response.serializeBinary())).correlationId).toBe(id);
  });
});
