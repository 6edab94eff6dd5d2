import type { Histogram } from './metrics.ts';

type Buckets = ReadonlyMap<number, number>;

/** Sums of all labels by upper bound, in the histogram's own unit; counts are cumulative over the bounds. */
const bucketsOf = async (histogram: Histogram): Promise<Buckets> => {
  const { values } = await histogram.get();
  const sums = new Map<number, number>();
  for (const { metricName, labels, value } of values) {
    if (!metricName?.endsWith('_bucket')) continue;
    const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
    sums.set(bound, (sums.get(bound) ?? 0) + value);
  }
  return sums;
};

/** The value below which `share` of the measurements between two readings lie, interpolated within its bucket; null without any. */
export const quantileBetween = (before: Buckets, after: Buckets, share: number): number | null => {
  const bounds = [...after.keys()].sort((a, b) => a - b);
  const counts = bounds.map((bound) => (after.get(bound) ?? 0) - (before.get(bound) ?? 0));
  const total = counts.at(-1) ?? 0;
  if (total === 0) return null;
  const at = counts.findIndex((count) => count >= share * total);
  const [lower, below] = at === 0 ? [0, 0] : [bounds[at - 1] ?? 0, counts[at - 1] ?? 0];
  const upper = bounds[at] ?? 0;
  // Beyond the last bound nothing is known but that it was passed.
  if (upper === Number.POSITIVE_INFINITY) return lower;
  return lower + ((upper - lower) * (share * total - below)) / ((counts[at] ?? 0) - below);
};

/** The 95th percentile since `readings` calls ago, in milliseconds, of a histogram in seconds. */
export const recentP95 = (histogram: Histogram, readings = 12): (() => Promise<number | null>) => {
  const kept: Buckets[] = [new Map()];
  return async () => {
    const now = await bucketsOf(histogram);
    const seconds = quantileBetween(kept[0] ?? new Map(), now, 0.95);
    kept.push(now);
    if (kept.length > readings) kept.shift();
    return seconds === null ? null : Math.round(seconds * 10_000) / 10;
  };
};
