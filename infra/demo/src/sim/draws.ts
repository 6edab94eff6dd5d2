import { idOf } from '../ids.ts';

/** Chance for one path of the world: the same path always draws the same, whatever is drawn elsewhere. */
export type Draws = {
  /** From 0 up to, not including, 1. */
  next(): number;
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** Weights are relative. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** A whole number heaped up around the middle of the range. */
  about(from: number, to: number): number;
};

/** sfc32, seeded with the path's UUID; 32-bit integer arithmetic alone, so that every machine draws the same. */
export const drawsOf = (path: string): Draws => {
  const hex = idOf(path).replaceAll('-', '');
  let [a, b, c, count] = [0, 8, 16, 24].map((at) => Number.parseInt(hex.slice(at, at + 8), 16) | 0) as [
    ...[number, number, number, number],
  ];
  const next = (): number => {
    const t = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 12; warm++) next();
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[int(0, list.length - 1)];
    if (picked === undefined) throw new Error(`There is nothing to pick from for ${path}`);
    return picked;
  };
  return {
    next,
    chance: (share) => next() < share,
    int,
    pick,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of list) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(list)[0];
    },
    about: (from, to) => Math.round((int(from, to) + int(from, to) + int(from, to)) / 3),
  };
};
