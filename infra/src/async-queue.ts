/**
 * A bounded hand-over from pushed to pulled: the producer is told to stop at `limit` waiting items and to go on once a
 * quarter of them is left. Nothing is dropped.
 */
export type AsyncQueue<T> = AsyncIterable<T> & {
  push(item: T): void;
  /** No more items; those waiting are still handed over. */
  end(): void;
  /** The iteration throws after the items waiting. */
  fail(error: Error): void;
};
const ended = { done: true, value: undefined } as const;

export const createAsyncQueue = <T>({
  limit = 2048,
  onFull,
  onRoom,
  onLeft,
}: {
  limit?: number;
  onFull?: () => void;
  onRoom?: () => void;
  /** The reader broke off the iteration. */
  onLeft?: () => void;
} = {}): AsyncQueue<T> => {
  let items: T[] = [];
  let closed = false;
  let failure: Error | undefined;
  let stopped = false;
  let wake: (() => void) | undefined;

  const close = (error?: Error) => {
    if (closed) return;
    closed = true;
    failure = error;
    wake?.();
  };

  const goOn = () => {
    if (!stopped) return;
    stopped = false;
    onRoom?.();
  };

  let batch: T[] = [];
  let at = 0;
  const next = async (): Promise<IteratorResult<T, undefined>> => {
    for (;;) {
      batch = items;
      at = 0;
      items = [];
      if (batch.length <= limit / 4) goOn();
      if (batch.length > 0) return { done: false, value: batch[at++]! };
      if (items.length > 0) continue;
      if (failure) throw failure;
      if (closed) return ended;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
  };

  return {
    push: (item) => {
      if (closed) return;
      items.push(item);
      wake?.();
      if (!stopped && items.length >= limit) {
        stopped = true;
        onFull?.();
      }
    },
    end: () => close(),
    fail: close,
    // By hand: an async generator would settle three promises for every item, and every event of the log passes here.
    [Symbol.asyncIterator]: () => ({
      next: () => (at < batch.length ? Promise.resolve({ done: false, value: batch[at++]! }) : next()),
      return: async () => {
        onLeft?.();
        return ended;
      },
    }),
  };
};
