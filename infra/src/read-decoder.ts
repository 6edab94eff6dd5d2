/**
 * Reads the store's `ReadResp` messages (event_store.client.streams) straight into what the log needs. The generated
 * classes of the client spend twenty times as long on each event, and a catch-up of the whole log is nothing else; the
 * test holds this decoder against those very classes.
 */
export type ReadMessage =
  | { readonly kind: 'event'; readonly event: RawEvent }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caughtUp' | 'notFound' | 'other' };

export type RawEvent = {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: bigint;
  /** Commit position. */
  readonly position: bigint;
  /** Milliseconds since 1970, UTC. */
  readonly createdMs: number;
  readonly json: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
};

/** A cursor over one protobuf message; lengths are checked by Buffer itself, which throws beyond the end. */
class Reader {
  constructor(
    readonly buffer: Buffer,
    public at: number,
    public end: number,
  ) {}

  /** A varint below 2^53. */
  number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new RangeError('The message ends inside a number');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }

  /** A varint of up to 64 bits; short ones, which all positions of real logs are, avoid bigint arithmetic. */
  bigint(): bigint {
    const start = this.at;
    let length = 1;
    while ((this.buffer[this.at + length - 1] ?? 0) >= 0x80) length++;
    if (length <= 7) return BigInt(this.number());
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 7n) | BigInt((this.buffer[start + i] ?? 0) & 0x7f);
    this.at = start + length;
    return value;
  }

  bytes(): Buffer {
    const length = this.number();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new RangeError('The message ends inside a field');
    return this.buffer.subarray(start, this.at);
  }

  text(): string {
    const length = this.number();
    const start = this.at;
    this.at += length;
    return this.buffer.toString('utf8', start, this.at);
  }

  /** Calls `field` for each field of the embedded message that starts here. */
  message(field: (number: number) => boolean): void {
    const length = this.number();
    const end = this.at + length;
    this.fields(end, field);
  }

  fields(end: number, field: (number: number) => boolean): void {
    while (this.at < end) {
      const tag = this.number();
      if (!field(tag >>> 3)) this.skip(tag & 7);
    }
  }

  skip(wire: number): void {
    if (wire === 0) this.bigint();
    else if (wire === 1) this.at += 8;
    else if (wire === 2) this.bytes();
    else if (wire === 5) this.at += 4;
    else throw new RangeError(`Wire type ${wire}`);
  }
}

const empty: Buffer = Buffer.alloc(0);

const recordedEvent = (reader: Reader): RawEvent => {
  let id = '';
  let stream = '';
  let revision = 0n;
  let position = 0n;
  let type = '';
  let json = false;
  let createdMs = 0;
  let data: Buffer = empty;
  let metadata: Buffer = empty;
  reader.message((field) => {
    switch (field) {
      case 1:
        reader.message((part) => {
          if (part !== 2) return false;
          id = reader.text();
          return true;
        });
        return true;
      case 2:
        reader.message((part) => {
          if (part !== 3) return false;
          stream = reader.text();
          return true;
        });
        return true;
      case 3:
        revision = reader.bigint();
        return true;
      case 5:
        position = reader.bigint();
        return true;
      case 6: {
        let key = '';
        let value = '';
        reader.message((part) => {
          if (part === 1) key = reader.text();
          else if (part === 2) value = reader.text();
          return part < 3;
        });
        if (key === 'type') type = value;
        else if (key === 'content-type') json = value === 'application/json';
        // 100-nanosecond ticks since 1970: beyond 2^53, and a division by 10,000 in floating point is exact to the ms.
        else if (key === 'created') createdMs = Math.floor(Number(value) / 10_000);
        return true;
      }
      case 7:
        metadata = reader.bytes();
        return true;
      case 8:
        data = reader.bytes();
        return true;
      default:
        return false;
    }
  });
  return { id, type, stream, revision, position, createdMs, json, data, metadata };
};

/** Decodes one message; what the log has no use for (confirmations, stream positions) is `other`. */
export const decodeReadResp = (buffer: Buffer): ReadMessage => {
  let message: ReadMessage = { kind: 'other' };
  const reader = new Reader(buffer, 0, buffer.length);
  reader.fields(buffer.length, (field) => {
    switch (field) {
      case 1: {
        reader.message((part) => {
          if (part !== 1) return false;
          message = { kind: 'event', event: recordedEvent(reader) };
          return true;
        });
        return true;
      }
      case 3: {
        let position = 0n;
        reader.message((part) => {
          if (part !== 1) return false;
          position = reader.bigint();
          return true;
        });
        message = { kind: 'checkpoint', position };
        return true;
      }
      case 4:
        message = { kind: 'notFound' };
        return false;
      case 8:
        message = { kind: 'caughtUp' };
        return false;
      default:
        return false;
    }
  });
  return message;
};
