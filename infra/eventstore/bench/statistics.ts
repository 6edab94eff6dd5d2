export interface Timed {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

export const summarise = (times: number[], elapsedMs: number, units = times.length): Timed => {
  const sorted = [...times].sort((a, b) => a - b);
  return { perSecond: units / (elapsedMs / 1000), p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
};

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** `writers` at once, each doing `each` operations one after the other. */
export const concurrently = async (
  writers: number,
  each: number,
  operation: (writer: number, n: number) => Promise<unknown>,
): Promise<Timed> => {
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let n = 0; n < each; n += 1) {
        const before = performance.now();
        await operation(writer, n);
        times.push(performance.now() - before);
      }
    }),
  );
  return summarise(times, performance.now() - started);
};
