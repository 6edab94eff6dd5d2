import type { EventLog } from './event-log.ts';
import { isMetastream, originalOf } from './names.ts';

type Wake = () => void;

/** Lets subscriptions sleep until something they may be interested in is committed. */
export class CommitSignal {
  private readonly all = new Set<Wake>();
  private readonly byStream = new Map<string, Set<Wake>>();

  constructor(log: EventLog) {
    log.onCommit(({ streams }) => {
      wakeAll(this.all);
      if (this.byStream.size === 0) return;
      for (const stream of streams) {
        this.wakeStream(stream);
        // New metadata may end a subscription: its rights have changed.
        if (isMetastream(stream)) this.wakeStream(originalOf(stream));
      }
    });
  }

  /** Resolves at the next commit (of that stream, if one is named), or when the signal is aborted. */
  next(stream: string | undefined, aborted: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (aborted.aborted) return resolve();
      const waiting = stream === undefined ? this.all : this.ofStream(stream);
      const wake = (): void => {
        aborted.removeEventListener('abort', cancel);
        resolve();
      };
      const cancel = (): void => {
        waiting.delete(wake);
        if (stream !== undefined && waiting.size === 0 && this.byStream.get(stream) === waiting)
          this.byStream.delete(stream);
        resolve();
      };
      waiting.add(wake);
      aborted.addEventListener('abort', cancel, { once: true });
    });
  }

  private wakeStream(stream: string): void {
    const waiting = this.byStream.get(stream);
    if (!waiting) return;
    this.byStream.delete(stream);
    wakeAll(waiting);
  }

  private ofStream(stream: string): Set<Wake> {
    let waiting = this.byStream.get(stream);
    if (!waiting) {
      waiting = new Set();
      this.byStream.set(stream, waiting);
    }
    return waiting;
  }
}

const wakeAll = (waiting: Set<Wake>): void => {
  const now = [...waiting];
  waiting.clear();
  for (const wake of now) wake();
};
