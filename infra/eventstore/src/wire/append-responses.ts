import { ANY, NO_STREAM, STREAM_EXISTS } from '../streams/names.ts';
import { ProtoBuilder } from './proto-builder.ts';

/** Hand-written encoders of AppendResp and BatchAppendResp. */

export interface AppendSuccess {
  /** -1 when nothing stands in the stream. */
  readonly revision: number;
  readonly position: number;
}

const success = ({ revision, position }: AppendSuccess): Buffer => {
  const at = new ProtoBuilder();
  if (position > 0) at.varint(0x08, position).varint(0x10, position);
  const builder = new ProtoBuilder();
  if (revision < 0) builder.empty(0x12);
  else builder.revision(0x08, revision);
  return builder.bytes(0x1a, at.build()).build();
};

export const encodeAppended = (result: AppendSuccess): Buffer =>
  new ProtoBuilder().bytes(0x0a, success(result)).build();

/** Classic appends answer a version conflict with a message, not with a status. */
export const encodeWrongExpectedVersion = (expected: number, current: number): Buffer => {
  const builder = new ProtoBuilder();
  if (current < 0) builder.empty(0x12);
  else builder.revision(0x08, current);
  if (expected === ANY) builder.empty(0x22);
  else if (expected === STREAM_EXISTS) builder.empty(0x2a);
  else if (expected >= 0) builder.varint(0x18, expected);
  if (current < 0) builder.empty(0x3a);
  else builder.revision(0x30, current);
  if (expected === ANY) builder.empty(0x4a);
  else if (expected === STREAM_EXISTS) builder.empty(0x52);
  else if (expected === NO_STREAM) builder.empty(0x5a);
  else builder.varint(0x40, expected);
  return new ProtoBuilder().bytes(0x12, builder.build()).build();
};

const identifier = (stream: string): Buffer => new ProtoBuilder().bytes(0x1a, Buffer.from(stream)).build();

/** The client looks into the stream identifier of every refusal, so it is always there. */
export const encodeBatchAppended = (correlationId: Buffer, stream: string, result: AppendSuccess): Buffer =>
  new ProtoBuilder().bytes(0x0a, correlationId).bytes(0x1a, success(result)).bytes(0x22, identifier(stream)).build();

export interface BatchError {
  readonly code: number;
  readonly type:
    | 'WrongExpectedVersion'
    | 'StreamDeleted'
    | 'AccessDenied'
    | 'Timeout'
    | 'Unknown'
    | 'MaximumAppendSizeExceeded'
    | 'BadRequest';
  readonly detail: Buffer;
  readonly message?: string;
}

export const encodeBatchRefused = (correlationId: Buffer, stream: string, error: BatchError): Buffer => {
  const detail = new ProtoBuilder().text(0x0a, `type.googleapis.com/event_store.client.${error.type}`);
  if (error.detail.length > 0) detail.bytes(0x12, error.detail);
  const status = new ProtoBuilder()
    .varint(0x08, error.code)
    .text(0x12, error.message ?? error.type)
    .bytes(0x1a, detail.build())
    .build();
  return new ProtoBuilder().bytes(0x0a, correlationId).bytes(0x12, status).bytes(0x22, identifier(stream)).build();
};

export const wrongExpectedVersionDetail = (expected: number, current: number): Buffer => {
  const builder = new ProtoBuilder();
  if (current < 0) builder.empty(0x12);
  else builder.revision(0x08, current);
  if (expected === ANY) builder.empty(0x22);
  else if (expected === STREAM_EXISTS) builder.empty(0x2a);
  else if (expected === NO_STREAM) builder.empty(0x32);
  else builder.varint(0x18, expected);
  return builder.build();
};

export const streamDeletedDetail = (stream: string): Buffer =>
  new ProtoBuilder().bytes(0x0a, identifier(stream)).build();
export const maximumSizeDetail = (bytes: number): Buffer => new ProtoBuilder().varint(0x08, bytes).build();
export const badRequestDetail = (message: string): Buffer => new ProtoBuilder().text(0x0a, message).build();
