interface Step {
  readonly cursor: number;
  done: boolean;
}

/** How far a group has got without a gap: the checkpoint never passes a message that is not finished. */
export class Progress {
  private readonly open: Step[] = [];
  private readonly byCursor = new Map<number, Step>();
  /** Everything up to here is finished; undefined before the first message is. */
  finished: number | undefined;
  /** Finished since the last checkpoint was taken. */
  sinceCheckpoint = 0;

  constructor(finished: number | undefined) {
    this.finished = finished;
  }

  begin(cursor: number): void {
    const step = { cursor, done: false };
    this.open.push(step);
    this.byCursor.set(cursor, step);
  }

  /** Passes over an event that is not for this group. */
  pass(cursor: number): void {
    const last = this.open.at(-1);
    if (!last) this.advance(cursor);
    else if (last.done) this.open[this.open.length - 1] = { cursor, done: true };
    else this.open.push({ cursor, done: true });
  }

  finish(cursor: number): void {
    const step = this.byCursor.get(cursor);
    if (!step) return;
    this.byCursor.delete(cursor);
    step.done = true;
    while (this.open[0]?.done) this.advance((this.open.shift() as Step).cursor);
  }

  private advance(cursor: number): void {
    this.finished = cursor;
    this.sinceCheckpoint += 1;
  }
}
