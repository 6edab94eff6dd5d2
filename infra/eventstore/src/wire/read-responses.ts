import { type LogRecord, recordBody, recordId, recordPosition } from '../log/record.ts';
import { original, type ResolvedEvent } from '../streams/links.ts';
import { ProtoBuilder } from './proto-builder.ts';
import { fieldSize, varintSize, writeBytes, writeHead, writeVarint } from './proto-writer.ts';

/** Hand-written encoders of ReadResp. The stored body of an event is the message itself, so this is mostly copying. */

const STRING_ID_FIELD = 40;

/** Bodies carry the id as text, which is what nearly every client asks for. */
const withStructuredId = (record: LogRecord): Buffer => {
  const hex = recordId(record).replaceAll('-', '');
  const int64 = (digits: string): Buffer => bigVarint(BigInt(`0x${digits}`));
  const bits = Buffer.concat([Buffer.from([0x08]), int64(hex.slice(0, 16)), Buffer.from([0x10]), int64(hex.slice(16))]);
  const id = new ProtoBuilder().bytes(0x0a, new ProtoBuilder().bytes(0x0a, bits).build()).build();
  return Buffer.concat([id, recordBody(record).subarray(STRING_ID_FIELD)]);
};

const bigVarint = (value: bigint): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
};

export type UuidForm = 'string' | 'structured';

const body = (record: LogRecord, form: UuidForm): Buffer =>
  form === 'string' ? recordBody(record) : withStructuredId(record);

/** `retryCount` is given by persistent subscriptions only, whose ReadEvent is the same up to that field. */
export const encodeReadEvent = (resolved: ResolvedEvent, form: UuidForm, retryCount?: number): Buffer => {
  const event = resolved.event && body(resolved.event, form);
  const link = resolved.link && body(resolved.link, form);
  const position = recordPosition(original(resolved));
  const inner =
    (event ? fieldSize(event.length) : 0) +
    (link ? fieldSize(link.length) : 0) +
    1 +
    varintSize(position) +
    (retryCount === undefined ? 0 : 1 + varintSize(retryCount));
  const target = Buffer.allocUnsafe(fieldSize(inner));
  let at = writeHead(target, 0, 0x0a, inner);
  if (event) at = writeBytes(target, at, 0x0a, event);
  if (link) at = writeBytes(target, at, 0x12, link);
  target[at] = 0x18;
  at = writeVarint(target, at + 1, position);
  if (retryCount !== undefined) {
    target[at] = 0x28;
    writeVarint(target, at + 1, retryCount);
  }
  return target;
};

export const encodeConfirmation = (subscriptionId: string): Buffer =>
  new ProtoBuilder().bytes(0x12, new ProtoBuilder().text(0x0a, subscriptionId).build()).build();

export const encodeCheckpoint = (position: number): Buffer => {
  const at = new ProtoBuilder();
  if (position > 0) at.varint(0x08, position).varint(0x10, position);
  return new ProtoBuilder().bytes(0x1a, at.build()).build();
};

export const encodeStreamNotFound = (stream: string): Buffer => {
  const identifier = new ProtoBuilder().bytes(0x1a, Buffer.from(stream)).build();
  return new ProtoBuilder().bytes(0x22, new ProtoBuilder().bytes(0x0a, identifier).build()).build();
};

export const encodeFirstPosition = (revision: number): Buffer => new ProtoBuilder().varint(0x28, revision).build();
export const encodeLastPosition = (revision: number): Buffer => new ProtoBuilder().varint(0x30, revision).build();

export const CAUGHT_UP = new ProtoBuilder().empty(0x42).build();

/** The text of a UUID sent as two signed 64-bit halves. */
export const uuidText = (high: string, low: string): string => {
  const hex = [high, low].map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
