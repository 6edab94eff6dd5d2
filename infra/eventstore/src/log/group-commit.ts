import type { Commit, LogStore, Mark, NewStream } from './log-store.ts';
import type { LogRecord } from './record.ts';

interface Group extends Commit {
  readonly records: LogRecord[];
  readonly newStreams: NewStream[];
  readonly marks: Mark[];
  readonly durable: Promise<void>;
  readonly settle: { resolve(): void; reject(reason: unknown): void };
}

const newGroup = (): Group => {
  let settle: Group['settle'] | undefined;
  const durable = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Nobody may be waiting for a group that fails; those who are have their own handlers.
  durable.catch(() => {});
  return { records: [], newStreams: [], marks: [], durable, settle: settle as Group['settle'] };
};

export interface GroupCommitListener {
  /** In commit order, after the records are durable and before their writers hear of it. */
  committed(records: readonly LogRecord[]): void;
  /** Everything staged and not yet committed is gone. */
  failed(reason: unknown): void;
}

/**
 * One transaction per group: while a group is being flushed the next one fills up, so the number of flushes adapts to
 * the disk and no timer is needed. A failed flush fails all that was staged behind it too, since its expected
 * versions were checked against the lost records.
 */
export class GroupCommit {
  private readonly store: LogStore;
  private readonly listener: GroupCommitListener;
  private pending = newGroup();
  private flushing = false;
  private idle: Promise<void> = Promise.resolve();
  commits = 0;
  failures = 0;
  seconds = 0;
  /** Test switch: how long every commit is held back. */
  delayMs = 0;

  constructor(store: LogStore, listener: GroupCommitListener) {
    this.store = store;
    this.listener = listener;
  }

  /** Resolves when the records are durable. */
  stage(records: readonly LogRecord[], newStreams: readonly NewStream[]): Promise<void> {
    const group = this.pending;
    for (const record of records) group.records.push(record);
    for (const stream of newStreams) group.newStreams.push(stream);
    if (!this.flushing) this.start();
    return group.durable;
  }

  /** Joins the group that is filling up: committed with the records staged in this turn. */
  mark(mark: Mark): void {
    this.pending.marks.push(mark);
  }

  /** Resolves when all that is staged now is durable. */
  settled(): Promise<void> {
    return this.pending.records.length > 0 ? this.pending.durable : this.idle;
  }

  private start(): void {
    this.flushing = true;
    setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    while (this.pending.records.length > 0) {
      const group = this.pending;
      this.pending = newGroup();
      this.idle = group.durable;
      await this.flush(group);
    }
    this.flushing = false;
  }

  private async flush(group: Group): Promise<void> {
    const startedAt = performance.now();
    try {
      if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
      await this.store.commit(group);
    } catch (reason) {
      const behind = this.pending;
      this.pending = newGroup();
      this.idle = Promise.resolve();
      this.failures += 1;
      this.listener.failed(reason);
      group.settle.reject(reason);
      behind.settle.reject(reason);
      return;
    }
    this.commits += 1;
    this.seconds += (performance.now() - startedAt) / 1000;
    this.listener.committed(group.records);
    group.settle.resolve();
  }
}
