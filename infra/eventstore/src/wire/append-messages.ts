import { ANY, NO_STREAM, STREAM_EXISTS } from '../streams/names.ts';
import { ProtoReader } from './proto-reader.ts';

/** Hand-written decoders of AppendReq and BatchAppendReq; payloads are slices of the request, not copies. */

export interface ProposedMessage {
  readonly id: string;
  readonly type: string | undefined;
  readonly contentType: string | undefined;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

export interface AppendOptions {
  readonly stream: string;
  readonly expected: number;
  /** Milliseconds since the epoch. */
  readonly deadlineMs?: number;
  readonly timeoutMs?: number;
}

export interface AppendMessage {
  readonly options?: AppendOptions;
  readonly proposed?: ProposedMessage;
}

export interface BatchAppendMessage {
  /** The UUID message as it came: it is only ever sent back. */
  readonly correlationId: Buffer;
  readonly options?: AppendOptions;
  readonly proposed: readonly ProposedMessage[];
  readonly isFinal: boolean;
}

const EMPTY = Buffer.alloc(0);
const HEX = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/;

const hyphenated = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

const normalUuid = (text: string): string => {
  const lower = text.toLowerCase();
  if (!HEX.test(lower)) throw new RangeError(`'${text}' is not a UUID`);
  return lower.length === 36 ? lower : hyphenated(lower.replaceAll('-', ''));
};

const int64 = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0');

const structuredUuid = (reader: ProtoReader): string => {
  let high = 0n;
  let low = 0n;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x08) high = reader.bigVarint();
    else if (tag === 0x10) low = reader.bigVarint();
    else reader.skip(tag);
  }
  return hyphenated(int64(high) + int64(low));
};

const NO_ID = '00000000-0000-0000-0000-000000000000';

export const decodeUuid = (reader: ProtoReader): string => {
  let id = NO_ID;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) id = structuredUuid(reader.message());
    else if (tag === 0x12) id = normalUuid(reader.string());
    else reader.skip(tag);
  }
  return id;
};

export const decodeStreamIdentifier = (reader: ProtoReader): string => {
  let name = '';
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x1a) name = reader.string();
    else reader.skip(tag);
  }
  return name;
};

const decodeProposed = (reader: ProtoReader): ProposedMessage => {
  let id = NO_ID;
  let type: string | undefined;
  let contentType: string | undefined;
  let metadata: Buffer = EMPTY;
  let data: Buffer = EMPTY;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) id = decodeUuid(reader.message());
    else if (tag === 0x12) {
      const [key, value] = decodeMapEntry(reader.message());
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (tag === 0x1a) metadata = reader.bytes();
    else if (tag === 0x22) data = reader.bytes();
    else reader.skip(tag);
  }
  return { id, type, contentType, metadata, data };
};

const decodeMapEntry = (reader: ProtoReader): [string, string] => {
  let key = '';
  let value = '';
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) key = reader.string();
    else if (tag === 0x12) value = reader.string();
    else reader.skip(tag);
  }
  return [key, value];
};

/** Timestamp and Duration have the same shape: seconds and nanoseconds. */
const decodeMillis = (reader: ProtoReader): number => {
  let millis = 0;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x08) millis += Number(BigInt.asIntN(64, reader.bigVarint())) * 1000;
    else if (tag === 0x10) millis += Number(BigInt.asIntN(32, reader.bigVarint())) / 1e6;
    else reader.skip(tag);
  }
  return millis;
};

const decodeOptions = (reader: ProtoReader): AppendOptions => {
  let stream = '';
  let expected = ANY;
  let limits: { deadlineMs?: number; timeoutMs?: number } = {};
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) stream = decodeStreamIdentifier(reader.message());
    else if (tag === 0x10) expected = reader.varint();
    else if (tag === 0x32) limits = { deadlineMs: decodeMillis(reader.message()) };
    else if (tag === 0x3a) limits = { timeoutMs: decodeMillis(reader.message()) };
    else {
      if (tag === 0x1a) expected = NO_STREAM;
      else if (tag === 0x22) expected = ANY;
      else if (tag === 0x2a) expected = STREAM_EXISTS;
      reader.skip(tag);
    }
  }
  return { stream, expected, ...limits };
};

export const decodeAppend = (bytes: Buffer): AppendMessage => {
  const reader = new ProtoReader(bytes);
  let message: AppendMessage = {};
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) message = { options: decodeOptions(reader.message()) };
    else if (tag === 0x12) message = { proposed: decodeProposed(reader.message()) };
    else reader.skip(tag);
  }
  return message;
};

export const decodeBatchAppend = (bytes: Buffer): BatchAppendMessage => {
  const reader = new ProtoReader(bytes);
  let correlationId: Buffer = EMPTY;
  let options: AppendOptions | undefined;
  let isFinal = false;
  const proposed: ProposedMessage[] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 0x0a) correlationId = reader.bytes();
    else if (tag === 0x12) options = decodeOptions(reader.message());
    else if (tag === 0x1a) proposed.push(decodeProposed(reader.message()));
    else if (tag === 0x20) isFinal = reader.varint() !== 0;
    else reader.skip(tag);
  }
  return { correlationId, proposed, isFinal, ...(options && { options }) };
};
