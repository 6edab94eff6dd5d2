import { createHash } from 'node:crypto';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Namespace for names that are not UUIDs themselves; fixed for ever, since event ids hang on it. */
const cargoro = '3f1c6b0e-8a52-5d0b-9f6e-2c41d7a7c0de';

const format = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

/**
 * UUID version 5 (RFC 9562): the same namespace and name always give the same id. A namespace that is no UUID is first
 * turned into one, so that any command id can name its events.
 */
export const uuidv5 = (namespace: string, name: string): string => {
  const space = uuid.test(namespace) ? namespace : uuidv5(cargoro, namespace);
  const digest = createHash('sha1').update(space.replaceAll('-', ''), 'hex').update(name).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return format(digest.toString('hex', 0, 16));
};
