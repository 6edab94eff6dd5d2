import { at, type Seen } from '../check.ts';
import { halfOfLastDigit, type Interval, meanInterval, shareInterval } from './interval.ts';

/** A rate as the business spec says it and as it was found in a world. */
export type MeasuredRate = {
  readonly name: string;
  readonly said: number;
  readonly found: number;
  /** Cases it was found in. */
  readonly of: number;
  readonly unit: '%' | '';
  /** What is said may lie between these, or in a world this size it is not what was found. */
  readonly between: Interval;
};
/** One rate, or several that divide one whole up. */
export type Rates = { see(event: Seen): void; measured(): readonly MeasuredRate[] };

/** What is said lies so near to what was found that chance explains the rest. What never happens is nothing like it is said. */
export const holds = ({ said, of, between: [low, high] }: MeasuredRate): boolean =>
  of > 0 && said >= low && said <= high;

const widened = ([low, high]: Interval, said: number): Interval => [
  low - halfOfLastDigit(said),
  high + halfOfLastDigit(said),
];
export const measuredShare = (name: string, said: number, hits: number, of: number): MeasuredRate => {
  const [low, high] = shareInterval(hits, of);
  const found = of === 0 ? 0 : (hits / of) * 100;
  return { name, said, found, of, unit: '%', between: widened([low * 100, high * 100], said) };
};

/** The key of the cases an event speaks of; none when it speaks of none. */
type Keys = (event: Seen) => string | readonly string[] | undefined;
type ByType = Readonly<Record<string, Keys>>;
const keysOf = (by: ByType, event: Seen): readonly string[] => {
  const keys = by[event.type]?.(event) ?? [];
  return typeof keys === 'string' ? [keys] : keys;
};

/**
 * Of all cases, each told by whatever event brings it up, the share in which something happened. `decidedBy`: a case is
 * none before that moment, for it may still happen.
 */
export const share = (
  name: string,
  said: number,
  all: ByType,
  happened: ByType,
  decidedBy: (event: Seen) => string = ({ at: moment }) => moment,
): Rates => {
  const cases = new Map<string, string>();
  const hits = new Set<string>();
  let last = '';
  return {
    see: (event) => {
      last = event.at;
      for (const key of keysOf(all, event)) at(cases, key, () => decidedBy(event));
      for (const key of keysOf(happened, event)) hits.add(key);
    },
    measured: () => {
      const decided = [...cases].filter(([, moment]) => moment <= last);
      const found = decided.filter(([key]) => hits.has(key)).length;
      return [measuredShare(name, said, found, decided.length)];
    },
  };
};

/** How a whole is divided up. `kindOf` names the kinds that an event adds one of each to. */
export const division = (
  what: string,
  said: Readonly<Record<string, number>>,
  kindsOf: (event: Seen) => readonly string[],
): Rates => {
  const counts = new Map<string, number>();
  return {
    see: (event) => {
      for (const kind of kindsOf(event)) counts.set(kind, at(counts, kind, () => 0) + 1);
    },
    measured: () => divided(what, said, counts),
  };
};
export const divided = (
  what: string,
  said: Readonly<Record<string, number>>,
  counts: ReadonlyMap<string, number>,
): readonly MeasuredRate[] => {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return Object.entries(said).map(([kind, percent]) =>
    measuredShare(`${what}: ${kind}`, percent, counts.get(kind) ?? 0, all),
  );
};

/** How many of something there are to one of its kind. */
export const mean = (
  name: string,
  said: number,
  countsOf: (event: Seen) => readonly [string, number] | undefined,
): Rates => {
  const counts = new Map<string, number>();
  return {
    see: (event) => {
      const [key, count] = countsOf(event) ?? [];
      if (key !== undefined && count !== undefined) counts.set(key, at(counts, key, () => 0) + count);
    },
    measured: () => {
      let [sum, squares] = [0, 0];
      for (const count of counts.values()) {
        sum += count;
        squares += count * count;
      }
      const found = counts.size === 0 ? 0 : sum / counts.size;
      const between = widened(meanInterval(counts.size, sum, squares), said);
      return [{ name, said, found, of: counts.size, unit: '', between }];
    },
  };
};

/** Of all pairs of a first event and what came of it, the share in which the second came in time. */
export const inTime = (
  name: string,
  said: number,
  begun: ByType,
  { ended, within }: { readonly ended: ByType; readonly within: (event: Seen, beganAt: string) => boolean },
): Rates => {
  const open = new Map<string, string>();
  let [hits, all] = [0, 0];
  return {
    see: (event) => {
      for (const key of keysOf(ended, event)) {
        const began = open.get(key);
        if (began === undefined) continue;
        open.delete(key);
        all += 1;
        if (within(event, began)) hits += 1;
      }
      for (const key of keysOf(begun, event)) open.set(key, event.at);
    },
    measured: () => [measuredShare(name, said, hits, all)],
  };
};
