/** A cursor over one protobuf message; what ends too early throws a RangeError. */
export class ProtoReader {
  private wire = 0;

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

  /** Is the text that starts here this one (ASCII)? Goes behind it; spares making a string of it. */
  is(text: string): boolean {
    const start = this.pass();
    if (this.at - start !== text.length) return false;
    for (let at = 0; at < text.length; at++) if (this.buffer[start + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  /** Reads the text that starts here if it is one of these, ASCII all; otherwise goes behind it. */
  oneOf<T extends string>(texts: readonly T[]): T | undefined {
    const start = this.at;
    for (const text of texts) {
      this.at = start;
      if (this.is(text)) return text;
    }
    return undefined;
  }

  /** Goes into the embedded message that starts here; returns where it ends. */
  enter(): number {
    const length = this.number();
    const end = this.at + length;
    if (end > this.end) throw new RangeError('The message ends inside a field');
    return end;
  }

  /** Number of the next field before `end`, 0 when there is none. Its content must be read or skipped. */
  field(end: number): number {
    if (this.at >= end) return 0;
    const tag = this.number();
    this.wire = tag & 7;
    return tag >>> 3;
  }

  /** The one field that matters of the embedded message that starts here, as text; empty when it has none. */
  textIn(wanted: number): string {
    let text = '';
    const end = this.enter();
    for (let field = this.field(end); field; field = this.field(end))
      if (field === wanted) text = this.text();
      else this.skip();
    return text;
  }

  /** The same as a varint of up to 64 bits; zero when it has none. */
  bigintIn(wanted: number): bigint {
    let value = 0n;
    const end = this.enter();
    for (let field = this.field(end); field; field = this.field(end))
      if (field === wanted) value = this.bigint();
      else this.skip();
    return value;
  }

  /** Goes behind a field that begins with its length; returns where its content starts. */
  private pass(): number {
    const length = this.number();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new RangeError('The message ends inside a field');
    return start;
  }

  /** Goes behind the content of the field just begun. */
  skip(): void {
    if (this.wire === 0) this.bigint();
    else if (this.wire === 1) this.at += 8;
    else if (this.wire === 2) this.pass();
    else if (this.wire === 5) this.at += 4;
    else throw new RangeError(`Wire type ${this.wire}`);
  }
}
