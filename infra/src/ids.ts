import * as crypto from 'node:crypto';

const { createHash, randomBytes } = crypto;

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (value: string): boolean => uuidShape.test(value);

/** CarGoro's own namespace: names that are not UUIDs themselves become one through it. */
const root = Buffer.from('5e6d1f0c3d5b4a0e9a54c6a7f6b0c1d2', 'hex');

/** UUIDv5 (RFC 9562): the same namespace and name always give the same id. The namespace may be any string. */
export const uuidv5 = (namespace: string, name: string | number): string => {
  const space = isUuid(namespace) ? Buffer.from(namespace.replaceAll('-', ''), 'hex') : named(root, namespace);
  return format(named(space, String(name)));
};

/** One call where Node has it (from 20.12 on): every event's id is made here, and a Hash object costs five times as much. */
const sha1: (bytes: Buffer) => Buffer =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha1', bytes, 'buffer')
    : (bytes) => createHash('sha1').update(bytes).digest();

const named = (space: Buffer, name: string): Buffer =>
  stamp(sha1(Buffer.concat([space, Buffer.from(name, 'utf8')])).subarray(0, 16), 5);

let lastMs = 0;
let sequence = 0;
/** UUIDv7 (RFC 9562): ordered by time, and within one process strictly. */
export const uuidv7 = (): string => {
  const bytes = randomBytes(16);
  lastMs = Math.max(lastMs, Date.now());
  if (sequence === 0xfff) {
    sequence = 0;
    lastMs += 1;
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(sequence, 6);
  sequence += 1;
  return format(stamp(bytes, 7));
};

/** Version and variant bits of the RFC. */
const stamp = (bytes: Buffer, version: number): Buffer => {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
};
const format = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** JSON with sorted keys and without undefined fields: equal values give equal text. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
};

/** sha256 in lower-case hex of the canonical JSON; what `ctx.hash` of a decision is. */
export const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
