const HIGH = 4294967296;

/** Reads protobuf fields from a slice of a buffer without copying it; a malformed message throws RangeError. */
export class ProtoReader {
  private readonly buffer: Buffer;
  private at: number;
  private readonly end: number;

  constructor(buffer: Buffer, from = 0, end = buffer.length) {
    this.buffer = buffer;
    this.at = from;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  /** Unsigned varint of up to 64 bits; values above 2^53 lose their low bits, which only ever means "end" here. */
  varint(): number {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return low;
    }
    let value = low;
    for (let scale = 268435456; scale <= HIGH * HIGH; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError('varint longer than ten bytes');
  }

  /** All 64 bits, for the few fields that need them. */
  bigVarint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('varint longer than ten bytes');
  }

  bytes(): Buffer {
    const length = this.varint();
    const from = this.at;
    if (from + length > this.end) throw new RangeError('length runs past the message');
    this.at = from + length;
    return this.buffer.subarray(from, from + length);
  }

  string(): string {
    const length = this.varint();
    const from = this.at;
    if (from + length > this.end) throw new RangeError('length runs past the message');
    this.at = from + length;
    return this.buffer.toString('utf8', from, from + length);
  }

  message(): ProtoReader {
    const length = this.varint();
    const from = this.at;
    if (from + length > this.end) throw new RangeError('length runs past the message');
    this.at = from + length;
    return new ProtoReader(this.buffer, from, from + length);
  }

  /** Skips the value of a field this reader's caller does not know. */
  skip(tag: number): void {
    const wireType = tag & 7;
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.advance(8);
    else if (wireType === 2) this.advance(this.varint());
    else if (wireType === 5) this.advance(4);
    else throw new RangeError(`wire type ${wireType}`);
  }

  private advance(length: number): void {
    if (this.at + length > this.end) throw new RangeError('field runs past the message');
    this.at += length;
  }

  private byte(): number {
    if (this.at >= this.end) throw new RangeError('message ends inside a field');
    return this.buffer[this.at++] as number;
  }
}
