import { ProtoReader } from './proto-reader.ts';

/**
 * BatchAppendReq and BatchAppendResp (event_store.client.streams) by hand: the client's generated classes cost three
 * times as much per append. The test holds both against those classes.
 */
export type AppendRequest = {
  readonly correlationId: string;
  readonly stream: string;
  /** Revision of the last event seen, -1n for a stream that must not exist. */
  readonly expected: bigint;
  readonly deadlineMs: number;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly data: string;
    readonly meta: string;
  }[];
};
export type AppendResponse = { readonly correlationId: string } & (
  | { readonly ok: true; readonly revision: bigint; readonly position: bigint | undefined }
  | { readonly ok: false; readonly error: string; readonly message: string }
);

const varint = (value: number | bigint): Buffer => {
  const bytes: number[] = [];
  let rest = BigInt(value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
};
/** Lengths of most fields: one or two bytes, without bigint. */
const lengthOf = (length: number): Buffer =>
  length < 128
    ? Buffer.from([length])
    : length < 16_384
      ? Buffer.from([(length & 127) | 128, length >> 7])
      : varint(length);

/** Pieces of a message and their length together; nothing is copied until the end. */
type Pieces = { readonly parts: Uint8Array[]; size: number };
const push = (to: Pieces, ...parts: readonly Uint8Array[]): void => {
  for (const part of parts) {
    to.parts.push(part);
    to.size += part.length;
  }
};
const embed = (to: Pieces, tag: number, message: Pieces): void => {
  push(to, Buffer.from([tag]), lengthOf(message.size));
  to.parts.push(...message.parts);
  to.size += message.size;
};
const bytesField = (to: Pieces, tag: number, bytes: Uint8Array): void =>
  push(to, Buffer.from([tag]), lengthOf(bytes.length), bytes);
const pieces = (): Pieces => ({ parts: [], size: 0 });

const textField = (tag: number, text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([tag]), lengthOf(bytes.length), bytes]);
};
/** An entry of a string map, key = 1, value = 2, as field 2 of a proposed message. */
const mapEntry = (key: string, value: string): Buffer => {
  const entry = Buffer.concat([textField(0x0a, key), textField(0x12, value)]);
  return Buffer.concat([Buffer.from([0x12]), lengthOf(entry.length), entry]);
};
const json = mapEntry('content-type', 'application/json');
const typeEntries = new Map<string, Buffer>();
/** Event types are few; their map entry is always the same. */
const typeEntry = (type: string): Buffer => {
  let entry = typeEntries.get(type);
  if (!entry) {
    entry = mapEntry('type', type);
    if (typeEntries.size < 2_000) typeEntries.set(type, entry);
  }
  return entry;
};

const options = ({ stream, expected, deadlineMs }: AppendRequest): Pieces => {
  const to = pieces();
  const name = textField(0x1a, stream);
  bytesField(to, 0x0a, name);
  if (expected < 0n) push(to, Buffer.from([0x1a, 0]));
  else push(to, Buffer.from([0x10]), varint(expected));
  const seconds = varint(Math.floor(deadlineMs / 1000));
  const nanos = varint((deadlineMs % 1000) * 1_000_000);
  bytesField(to, 0x32, Buffer.concat([Buffer.from([0x08]), seconds, Buffer.from([0x10]), nanos]));
  return to;
};

/** One whole append in one message. */
export const encodeAppend = (request: AppendRequest): Buffer => {
  const to = pieces();
  bytesField(to, 0x0a, textField(0x12, request.correlationId));
  embed(to, 0x12, options(request));
  for (const { id, type, data, meta } of request.events) {
    const proposed = pieces();
    bytesField(proposed, 0x0a, textField(0x12, id));
    push(proposed, typeEntry(type), json);
    bytesField(proposed, 0x1a, Buffer.from(meta));
    bytesField(proposed, 0x22, Buffer.from(data));
    embed(to, 0x1a, proposed);
  }
  push(to, Buffer.from([0x20, 1]));
  return Buffer.concat(to.parts, to.size);
};

const uuidOf = (reader: ProtoReader): string => {
  let id = '';
  const end = reader.enter();
  for (let field = reader.field(end); field; field = reader.field(end))
    if (field === 1) id = structuredUuid(reader);
    else if (field === 2) id = reader.text();
    else reader.skip();
  return id;
};

/** The sixteen bytes as two signed 64-bit halves; servers answer in either form. */
const structuredUuid = (reader: ProtoReader): string => {
  let [high, low] = [0n, 0n];
  const end = reader.enter();
  for (let half = reader.field(end); half; half = reader.field(end))
    if (half === 1) high = reader.bigint();
    else if (half === 2) low = reader.bigint();
    else reader.skip();
  const hex = [high, low].map((half) => BigInt.asUintN(64, half).toString(16).padStart(16, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const errorOf = (reader: ProtoReader): { error: string; message: string } => {
  let [error, message] = ['Unknown', ''];
  const end = reader.enter();
  for (let field = reader.field(end); field; field = reader.field(end))
    if (field === 2) message = reader.text();
    else if (field === 3) error = reader.textIn(1).split('.').at(-1) || error;
    else reader.skip();
  return { error, message };
};

const successOf = (reader: ProtoReader): { revision: bigint; position: bigint | undefined } => {
  let revision = -1n;
  let position: bigint | undefined;
  const end = reader.enter();
  for (let field = reader.field(end); field; field = reader.field(end))
    if (field === 1) revision = reader.bigint();
    else if (field === 3) position = reader.bigintIn(1);
    else reader.skip();
  return { revision, position };
};

/** `error` is the detail's message name: WrongExpectedVersion, StreamDeleted, AccessDenied, Timeout, … */
export const decodeAppendResponse = (buffer: Buffer): AppendResponse => {
  const reader = new ProtoReader(buffer);
  let correlationId = '';
  let failure: { error: string; message: string } | undefined;
  let success: { revision: bigint; position: bigint | undefined } = { revision: -1n, position: undefined };
  for (let field = reader.field(buffer.length); field; field = reader.field(buffer.length))
    if (field === 1) correlationId = uuidOf(reader);
    else if (field === 2) failure = errorOf(reader);
    else if (field === 3) success = successOf(reader);
    else reader.skip();
  return failure ? { correlationId, ok: false, ...failure } : { correlationId, ok: true, ...success };
};
