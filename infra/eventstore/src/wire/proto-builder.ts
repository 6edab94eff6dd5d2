import { fieldSize, revisionSize, varintSize, writeBytes, writeRevision, writeVarint } from './proto-writer.ts';

/** Collects the fields of a small message and writes them in one go. Tags are single bytes. */
export class ProtoBuilder {
  private readonly parts: { tag: number; bytes?: Uint8Array; value?: number; revision?: boolean }[] = [];
  private size = 0;

  varint(tag: number, value: number): this {
    this.parts.push({ tag, value });
    this.size += 1 + varintSize(value);
    return this;
  }

  revision(tag: number, value: number): this {
    this.parts.push({ tag, value, revision: true });
    this.size += 1 + revisionSize(value);
    return this;
  }

  bytes(tag: number, bytes: Uint8Array): this {
    this.parts.push({ tag, bytes });
    this.size += fieldSize(bytes.length);
    return this;
  }

  text(tag: number, text: string): this {
    return this.bytes(tag, Buffer.from(text));
  }

  empty(tag: number): this {
    return this.bytes(tag, NOTHING);
  }

  build(): Buffer {
    const target = Buffer.allocUnsafe(this.size);
    let at = 0;
    for (const { tag, bytes, value = 0, revision } of this.parts) {
      if (bytes) at = writeBytes(target, at, tag, bytes);
      else {
        target[at] = tag;
        at = revision ? writeRevision(target, at + 1, value) : writeVarint(target, at + 1, value);
      }
    }
    return target;
  }
}

const NOTHING = new Uint8Array(0);
