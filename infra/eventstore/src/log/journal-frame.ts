import { crc32 } from 'node:zlib';
import type { Commit, Mark, NewStream } from './log-store.ts';
import type { LogRecord } from './record.ts';

/** One commit as it stands in the journal. */
export interface Frame {
  readonly sequence: number;
  readonly commit: Commit;
}

const MAGIC = 0x4c4e524a;
const at = { magic: 0, length: 4, sequence: 8, payloadCrc: 16, headerCrc: 20 };
const HEADER = 24;
/** id or value, and the length of the name behind it. */
const NAMED = 12;

const sizeOf = ({ records, newStreams, marks }: Commit): number => {
  let size = 12;
  for (const { name } of newStreams) size += NAMED + Buffer.byteLength(name);
  for (const { name } of marks) size += NAMED + Buffer.byteLength(name);
  for (const record of records) size += 4 + record.length;
  return size;
};

const writeNamed = (target: Buffer, offset: number, value: number, name: string): number => {
  target.writeDoubleLE(value, offset);
  const length = target.write(name, offset + NAMED);
  target.writeUInt32LE(length, offset + 8);
  return offset + NAMED + length;
};

/** The bytes of a commit: a header with a checksum of its own, so that a length is never believed unseen. */
export const encodeFrame = (sequence: number, commit: Commit): Buffer => {
  const length = sizeOf(commit);
  const frame = Buffer.allocUnsafe(HEADER + length);
  frame.writeUInt32LE(commit.newStreams.length, HEADER);
  frame.writeUInt32LE(commit.marks.length, HEADER + 4);
  frame.writeUInt32LE(commit.records.length, HEADER + 8);
  let offset = HEADER + 12;
  for (const { id, name } of commit.newStreams) offset = writeNamed(frame, offset, id, name);
  for (const { value, name } of commit.marks) offset = writeNamed(frame, offset, value, name);
  for (const record of commit.records) {
    frame.writeUInt32LE(record.length, offset);
    offset += 4 + record.copy(frame, offset + 4);
  }
  frame.writeUInt32LE(MAGIC, at.magic);
  frame.writeUInt32LE(length, at.length);
  frame.writeDoubleLE(sequence, at.sequence);
  frame.writeUInt32LE(crc32(frame.subarray(HEADER)), at.payloadCrc);
  frame.writeUInt32LE(crc32(frame.subarray(0, at.headerCrc)), at.headerCrc);
  return frame;
};

const readPayload = (bytes: Buffer): Commit => {
  let offset = 12;
  const named = (): { value: number; name: string } => {
    const value = bytes.readDoubleLE(offset);
    const end = offset + NAMED + bytes.readUInt32LE(offset + 8);
    const name = bytes.toString('utf8', offset + NAMED, end);
    offset = end;
    return { value, name };
  };
  const newStreams: NewStream[] = [];
  const marks: Mark[] = [];
  const records: LogRecord[] = [];
  for (let n = bytes.readUInt32LE(0); n > 0; n -= 1) {
    const { value: id, name } = named();
    newStreams.push({ id, name });
  }
  for (let n = bytes.readUInt32LE(4); n > 0; n -= 1) marks.push(named());
  for (let n = bytes.readUInt32LE(8); n > 0; n -= 1) {
    const end = offset + 4 + bytes.readUInt32LE(offset);
    records.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  return { newStreams, marks, records };
};

/** The whole and undamaged frame at this place, if there is one, and where it ends. */
const frameAt = (bytes: Buffer, offset: number): { frame: Frame; end: number } | undefined => {
  const payload = offset + HEADER;
  if (payload > bytes.length || bytes.readUInt32LE(offset + at.magic) !== MAGIC) return undefined;
  if (crc32(bytes.subarray(offset, offset + at.headerCrc)) !== bytes.readUInt32LE(offset + at.headerCrc))
    return undefined;
  const end = payload + bytes.readUInt32LE(offset + at.length);
  if (end > bytes.length || crc32(bytes.subarray(payload, end)) !== bytes.readUInt32LE(offset + at.payloadCrc))
    return undefined;
  const sequence = bytes.readDoubleLE(offset + at.sequence);
  return { frame: { sequence, commit: readPayload(bytes.subarray(payload, end)) }, end };
};

const magicBytes = Buffer.from([0x4a, 0x52, 0x4e, 0x4c]);

/** Whether a frame newer than `sequence` stands anywhere behind this place: then what is before it is damaged. */
const hasNewerBehind = (bytes: Buffer, from: number, sequence: number): boolean => {
  for (let place = bytes.indexOf(magicBytes, from); place >= 0; place = bytes.indexOf(magicBytes, place + 1)) {
    const found = frameAt(bytes, place);
    if (found && found.frame.sequence > sequence) return true;
  }
  return false;
};

/**
 * The frames of one journal file, in order. A file is written over from its beginning, so older frames may follow the
 * newest one; and the last write before a crash may be there in part. Both are no damage; a hole before a newer frame is.
 */
export const readFrames = (bytes: Buffer): { readonly frames: readonly Frame[]; readonly damaged: boolean } => {
  const frames: Frame[] = [];
  let offset = 0;
  for (;;) {
    const last = frames.at(-1)?.sequence;
    const found = frameAt(bytes, offset);
    if (!found || (last !== undefined && found.frame.sequence !== last + 1))
      return { frames, damaged: hasNewerBehind(bytes, offset, last ?? -1) };
    frames.push(found.frame);
    offset = found.end;
  }
};
