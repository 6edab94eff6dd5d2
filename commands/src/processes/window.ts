/**
 * Events being worked on, in log order. Work on one stream keeps its order, different streams go side by side, and the
 * position to remember is always the last one before the first event that is not done.
 */
export const workWindow = (size: number, onPassed: (position: bigint) => void) => {
  const open: { readonly position: bigint; done: boolean }[] = [];
  const chains = new Map<string, Promise<void>>();
  let failure: unknown;
  let wake: (() => void) | undefined;

  const advance = () => {
    let passed: bigint | undefined;
    while (open[0]?.done) passed = open.shift()?.position;
    if (passed !== undefined) onPassed(passed);
    wake?.();
  };

  const settled = async (): Promise<void> => {
    await Promise.all(chains.values());
  };

  return {
    /** Resolves when there is room for more; rejects once any work failed. */
    add: async (position: bigint, stream: string, work?: () => Promise<unknown>): Promise<void> => {
      if (failure !== undefined) throw failure;
      const entry = { position, done: work === undefined };
      open.push(entry);
      if (work) {
        const chain = (chains.get(stream) ?? Promise.resolve()).then(work).then(
          () => {
            entry.done = true;
          },
          (error: unknown) => {
            failure ??= error;
          },
        );
        chains.set(stream, chain);
        void chain.then(() => {
          if (chains.get(stream) === chain) chains.delete(stream);
          advance();
        });
      } else advance();
      while (open.length >= size && failure === undefined)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failure !== undefined) throw failure;
    },
    /** Resolves when nothing is being worked on any more, however it ended. */
    settled,
    /** Resolves when all of it is done; rejects once any work failed. */
    done: async (): Promise<void> => {
      await settled();
      if (failure !== undefined) throw failure;
    },
  };
};
