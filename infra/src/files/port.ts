import type { Readable } from 'node:stream';

/** A file kept under the hash of its content: `objectId` is the SHA-256, 64 lower-case hexadecimal digits. */
export type StoredObject = { readonly objectId: string; readonly bytes: number };

export type PutOptions = {
  /** Beyond this the file is refused with TOO_LARGE, however much of it is still to come. */
  readonly maxBytes: number;
  /** What the content must be; HASH_MISMATCH when it is something else. */
  readonly objectId?: string;
  /** Throws when the content is not of a kind that is taken; given its first bytes, at most `headBytes`. */
  readonly check?: (head: Buffer) => void;
};
/** How much of a file `check` is shown. */
export const headBytes = 256 * 1024;

/** Files by the hash of their content. The same content is one object, however often it is put. */
export type Files = {
  /** Keeps it whole or not at all. Throws FileRefused, or Unavailable when the store does not answer. */
  put(content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredObject>;
  /**
   * Its content, checked against its name while it is read: of a damaged object the stream fails before the last bytes
   * are given out. Undefined when there is none.
   */
  get(objectId: string): Promise<{ readonly bytes: number; readonly content: Readable } | undefined>;
  exists(objectId: string): Promise<boolean>;
  /** For good; nothing when there is none. Whoever puts the same content again has it again. */
  remove(objectId: string): Promise<void>;
};

/** A file that is not taken; nothing of it is kept. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  constructor(
    readonly code: 'TOO_LARGE' | 'HASH_MISMATCH' | 'TYPE_NOT_ALLOWED' | 'EMPTY',
    message: string,
  ) {
    super(message);
  }
}

/** What lies under a name is not what the name says. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(readonly objectId: string) {
    super(`The file ${objectId} is not what was kept: its content has another hash`);
  }
}

export const isObjectId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
