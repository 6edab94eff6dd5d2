/** How far a group has got without a gap: the checkpoint never passes a message that is not finished. */
export class Progress {
  /** What is begun and not finished, in order, each with the place just before it: no more than consumers and buffers hold. */
  private readonly open = new Map<number, number | undefined>();
  private seen: number | undefined;
  /** Finished or passed over since the last checkpoint was taken. */
  sinceCheckpoint = 0;

  constructor(finished: number | undefined) {
    this.seen = finished;
  }

  /** Everything up to here is finished; undefined before the first message is. */
  get finished(): number | undefined {
    for (const before of this.open.values()) return before;
    return this.seen;
  }

  begin(cursor: number): void {
    this.open.set(cursor, this.seen);
    this.seen = cursor;
  }

  /** Passes over an event that is not for this group. */
  pass(cursor: number): void {
    this.seen = cursor;
    this.sinceCheckpoint += 1;
  }

  finish(cursor: number): void {
    if (this.open.delete(cursor)) this.sinceCheckpoint += 1;
  }
}
