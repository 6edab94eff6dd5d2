import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsOf } from '../../sim/draws.ts';
import { halfOfLastDigit, meanInterval, shareInterval } from './interval.ts';

const tries = fc.integer({ min: 1, max: 100_000 }).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)));

describe('what a found share speaks for', () => {
  it('is Wilson’s interval', () => {
    const [low, high] = shareInterval(10, 50, 1.96);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.1124', '0.3304']);
  });

  it('holds the share that was found, lies between none and all, and is wider for fewer tries', () => {
    fc.assert(
      fc.property(tries, ([hits, of]) => {
        const [low, high] = shareInterval(hits, of);
        expect(low).toBeLessThanOrEqual(hits / of + 1e-9);
        expect(high).toBeGreaterThanOrEqual(hits / of - 1e-9);
        expect(low).toBeGreaterThanOrEqual(-1e-9);
        expect(high).toBeLessThanOrEqual(1 + 1e-9);
        const [lower, higher] = shareInterval(hits * 10, of * 10);
        expect(higher - lower).toBeLessThan(high - low);
      }),
    );
  });

  it('misses the true share as often as it is said to', () => {
    const draws = drawsOf('interval');
    const isMissed = () => {
      let hits = 0;
      for (let n = 0; n < 400; n++) if (draws.chance(0.09)) hits += 1;
      const [low, high] = shareInterval(hits, 400, 1.96);
      return low > 0.09 || high < 0.09;
    };
    const missed = Array.from({ length: 2_000 }, isMissed).filter(Boolean).length;
    expect(missed / 2_000).toBeGreaterThan(0.03);
    expect(missed / 2_000).toBeLessThan(0.07);
  });

  it('is anything when nothing was tried', () => {
    expect(shareInterval(0, 0)).toEqual([0, 1]);
  });
});

describe('what a found mean speaks for', () => {
  it('lies around the mean, as wide as its values are apart', () => {
    const values = [1, 2, 2, 3];
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    const [low, high] = meanInterval(4, 8, squares, 2);
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['1.184', '2.816']);
    expect(meanInterval(4, 8, 16)).toEqual([2, 2]);
  });

  it('is anything for a single value', () => {
    expect(meanInterval(1, 5, 25)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

it('is said to its last digit', () => {
  expect([91, 0.7, 2.5].map(halfOfLastDigit)).toEqual([0.5, 0.05, 0.05]);
});
