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

export const createAsyncQueue = <T>({
  limit = 2048,
  onFull,
  onRoom,
}: {
  limit?: number;
  onFull?: () => void;
  onRoom?: () => void;
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
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const batch = items;
        items = [];
        if (stopped && batch.length <= limit / 4) {
          stopped = false;
          onRoom?.();
        }
        yield* batch;
        if (items.length > 0) continue;
        if (stopped) {
          stopped = false;
          onRoom?.();
        }
        if (items.length > 0) continue;
        if (failure) throw failure;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    },
  };
};
