/** An iterator that yields nothing and ends when its consumer leaves, or fails: the life of a subscription, not its data. */
export const idle = (
  onLeave: () => void,
): AsyncIterableIterator<never, void, void> & { readonly fail: (error: unknown) => void } => {
  type Step = IteratorResult<never, void>;
  let settle: { resolve: (step: Step) => void; reject: (error: unknown) => void } | undefined;
  const end = new Promise<Step>((resolve, reject) => {
    settle = { resolve, reject };
  });
  end.catch(() => undefined);
  const done: Step = { done: true, value: undefined };
  return {
    next: () => end,
    return: async (): Promise<Step> => {
      settle?.resolve(done);
      onLeave();
      return done;
    },
    throw: async (error: unknown): Promise<Step> => {
      settle?.reject(error);
      onLeave();
      throw error;
    },
    fail: (error) => settle?.reject(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
