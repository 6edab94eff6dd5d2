export type StreamQueue = <T>(stream: string, task: () => Promise<T>) => Promise<T>;

/**
 * One command at a time per stream in this process, in the order they came: writers of a hot stream wait for each other
 * instead of conflicting, re-reading and conflicting again. Other processes are kept apart by the expected revision.
 */
export const streamQueue = (): StreamQueue => {
  const tails = new Map<string, Promise<void>>();
  return (stream, task) => {
    const before = tails.get(stream);
    const result = before ? before.then(task) : task();
    const tail = result.then(
      () => forget(),
      () => forget(),
    );
    const forget = () => {
      if (tails.get(stream) === tail) tails.delete(stream);
    };
    tails.set(stream, tail);
    return result;
  };
};
