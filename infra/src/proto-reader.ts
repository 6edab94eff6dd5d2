/** A cursor over one protobuf message; what ends too early throws a RangeError. */
export class ProtoReader {
  constructor(
    readonly buffer: Buffer,
    public at = 0,
    public end = buffer.length,
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

  text(): string {
    const start = this.pass();
    return this.buffer.toString('utf8', start, this.at);
  }

  /** Calls `field` for each field of the embedded message that starts here; it answers whether it read the field. */
  message(field: (number: number) => boolean): void {
    const length = this.number();
    this.fields(this.at + length, field);
  }

  fields(end: number, field: (number: number) => boolean): void {
    if (end > this.end) throw new RangeError('The message ends inside a field');
    while (this.at < end) {
      const tag = this.number();
      if (!field(tag >>> 3)) this.skip(tag & 7);
    }
  }

  /** Goes behind a field that begins with its length; returns where its content starts. */
  private pass(): number {
    const length = this.number();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new RangeError('The message ends inside a field');
    return start;
  }

  private skip(wire: number): void {
    if (wire === 0) this.bigint();
    else if (wire === 1) this.at += 8;
    else if (wire === 2) this.pass();
    else if (wire === 5) this.at += 4;
    else throw new RangeError(`Wire type ${wire}`);
  }
}
