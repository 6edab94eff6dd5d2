import { crc32 } from 'node:zlib';
import {
  fieldSize,
  revisionSize,
  TOMBSTONE_REVISION,
  varintSize,
  writeBytes,
  writeHead,
  writeRevision,
  writeText,
  writeVarint,
} from '../wire/proto-writer.ts';

/**
 * One stored event. The body is the RecordedEvent message exactly as clients get it, so a read is a copy; the header
 * before it holds what the server itself needs, and a checksum over everything after the first four bytes.
 */
export type LogRecord = Buffer;

export interface NewRecord {
  readonly position: number;
  readonly streamId: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly createdMs: number;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

const HEADER = 72;
const ID_LENGTH = 36;
const FORMAT = 1;
const at = {
  crc: 0,
  format: 4,
  json: 5,
  position: 8,
  streamId: 16,
  revision: 24,
  created: 32,
  stream: 40,
  streamLength: 44,
  type: 48,
  typeLength: 52,
  data: 56,
  dataLength: 60,
  metadata: 64,
  metadataLength: 68,
};
const ID_AT = HEADER + 4;

const JSON_CONTENT = 'application/json';
const BINARY_CONTENT = 'application/octet-stream';
const mapEntry = (key: string, valueLength: number): number => fieldSize(key.length) + fieldSize(valueLength);

const writeMapEntry = (target: Buffer, offset: number, key: string, value: string, valueLength: number): number => {
  const inner = writeHead(target, offset, 0x32, mapEntry(key, valueLength));
  return writeText(target, writeText(target, inner, 0x0a, key, key.length), 0x12, value, valueLength);
};

export const encodeRecord = (event: NewRecord): LogRecord => {
  const content = event.json ? JSON_CONTENT : BINARY_CONTENT;
  const created = `${event.createdMs}0000`;
  const streamLength = Buffer.byteLength(event.stream);
  const typeLength = Buffer.byteLength(event.type);
  const positionSize = event.position === 0 ? 0 : 1 + varintSize(event.position);
  const size =
    HEADER +
    40 +
    fieldSize(fieldSize(streamLength)) +
    (event.revision === 0 ? 0 : 1 + revisionSize(event.revision)) +
    2 * positionSize +
    fieldSize(mapEntry('content-type', content.length)) +
    fieldSize(mapEntry('created', created.length)) +
    fieldSize(mapEntry('type', typeLength)) +
    (event.metadata.length === 0 ? 0 : fieldSize(event.metadata.length)) +
    (event.data.length === 0 ? 0 : fieldSize(event.data.length));
  const record = Buffer.allocUnsafe(size);

  let offset = writeHead(record, HEADER, 0x0a, ID_LENGTH + 2);
  offset = writeText(record, offset, 0x12, event.id, ID_LENGTH);
  offset = writeHead(record, offset, 0x12, fieldSize(streamLength));
  offset = writeText(record, offset, 0x1a, event.stream, streamLength);
  const streamAt = offset - streamLength;
  if (event.revision !== 0) {
    record[offset] = 0x18;
    offset = writeRevision(record, offset + 1, event.revision);
  }
  if (event.position !== 0) {
    record[offset] = 0x20;
    offset = writeVarint(record, offset + 1, event.position);
    record[offset] = 0x28;
    offset = writeVarint(record, offset + 1, event.position);
  }
  offset = writeMapEntry(record, offset, 'content-type', content, content.length);
  offset = writeMapEntry(record, offset, 'created', created, created.length);
  offset = writeMapEntry(record, offset, 'type', event.type, typeLength);
  const typeAt = offset - typeLength;
  if (event.metadata.length > 0) offset = writeBytes(record, offset, 0x3a, event.metadata);
  const metadataAt = offset - event.metadata.length;
  if (event.data.length > 0) offset = writeBytes(record, offset, 0x42, event.data);

  record.writeUInt32LE(FORMAT | (event.json ? 0x100 : 0), at.format);
  record.writeDoubleLE(event.position, at.position);
  record.writeDoubleLE(event.streamId, at.streamId);
  record.writeDoubleLE(event.revision, at.revision);
  record.writeDoubleLE(event.createdMs, at.created);
  record.writeUInt32LE(streamAt, at.stream);
  record.writeUInt32LE(streamLength, at.streamLength);
  record.writeUInt32LE(typeAt, at.type);
  record.writeUInt32LE(typeLength, at.typeLength);
  record.writeUInt32LE(offset - event.data.length, at.data);
  record.writeUInt32LE(event.data.length, at.dataLength);
  record.writeUInt32LE(metadataAt, at.metadata);
  record.writeUInt32LE(event.metadata.length, at.metadataLength);
  record.writeUInt32LE(crc32(record.subarray(at.format)), at.crc);
  return record;
};

/** A position is the number of bytes written to the log before the record, as in the real server. */
export const positionAfter = (record: LogRecord): number => recordPosition(record) + record.length;

export const isIntact = (record: LogRecord): boolean =>
  record.length >= HEADER + 40 &&
  record[at.format] === FORMAT &&
  crc32(record.subarray(at.format)) === record.readUInt32LE(at.crc);

const slice = (record: LogRecord, field: number): Buffer => {
  const from = record.readUInt32LE(field);
  return record.subarray(from, from + record.readUInt32LE(field + 4));
};
const text = (record: LogRecord, field: number): string => {
  const from = record.readUInt32LE(field);
  return record.toString('utf8', from, from + record.readUInt32LE(field + 4));
};

export const recordPosition = (record: LogRecord): number => record.readDoubleLE(at.position);
export const recordStreamId = (record: LogRecord): number => record.readDoubleLE(at.streamId);
export const recordRevision = (record: LogRecord): number => record.readDoubleLE(at.revision);
export const recordCreatedMs = (record: LogRecord): number => record.readDoubleLE(at.created);
export const recordIsJson = (record: LogRecord): boolean => record[at.json] === 1;
export const recordId = (record: LogRecord): string => record.toString('latin1', ID_AT, ID_AT + ID_LENGTH);
export const recordStream = (record: LogRecord): string => text(record, at.stream);
export const recordType = (record: LogRecord): string => text(record, at.type);
export const recordData = (record: LogRecord): Buffer => slice(record, at.data);
export const recordMetadata = (record: LogRecord): Buffer => slice(record, at.metadata);
/** The RecordedEvent message of the protocol. */
export const recordBody = (record: LogRecord): Buffer => record.subarray(HEADER);
export const isTombstone = (record: LogRecord): boolean => recordRevision(record) === TOMBSTONE_REVISION;
