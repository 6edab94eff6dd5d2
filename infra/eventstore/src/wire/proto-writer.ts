/** Sizes and writers for the protobuf primitives that the hot messages use. `write*` return the next offset. */

export const varintSize = (value: number): number => {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
};

export const writeVarint = (target: Buffer, at: number, value: number): number => {
  let offset = at;
  let rest = value;
  while (rest > 0x7fffffff) {
    target[offset++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    target[offset++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  target[offset++] = rest;
  return offset;
};

/** Size of a length-delimited field with a one-byte tag. */
export const fieldSize = (length: number): number => 1 + varintSize(length) + length;

export const writeHead = (target: Buffer, at: number, tag: number, length: number): number => {
  target[at] = tag;
  return writeVarint(target, at + 1, length);
};

export const writeBytes = (target: Buffer, at: number, tag: number, bytes: Uint8Array): number => {
  const offset = writeHead(target, at, tag, bytes.length);
  target.set(bytes, offset);
  return offset + bytes.length;
};

/** A string whose UTF-8 length is known. */
export const writeText = (target: Buffer, at: number, tag: number, text: string, length: number): number => {
  const offset = writeHead(target, at, tag, length);
  target.write(text, offset, length, 'utf8');
  return offset + length;
};

const INT64_MAX_BYTES = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

/** Within the server a tombstone's revision is the largest safe integer; on the wire it is int64.max. */
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;

export const revisionSize = (revision: number): number =>
  revision === TOMBSTONE_REVISION ? INT64_MAX_BYTES.length : varintSize(revision);

export const writeRevision = (target: Buffer, at: number, revision: number): number => {
  if (revision !== TOMBSTONE_REVISION) return writeVarint(target, at, revision);
  target.set(INT64_MAX_BYTES, at);
  return at + INT64_MAX_BYTES.length;
};
