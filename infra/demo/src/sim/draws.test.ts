import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsOf } from './draws.ts';

describe('chance', () => {
  it('is the same for the same path, on every machine', () => {
    const draws = drawsOf('demo/visit/gaon/1');
    expect([draws.int(0, 1_000_000), draws.int(0, 1_000_000), draws.int(0, 1_000_000)]).toEqual([
      594_082, 165_741, 138_828,
    ]);
    expect(drawsOf('demo/visit/gaon/1').next()).toBe(drawsOf('demo/visit/gaon/1').next());
  });

  it('of one path does not hang on what another one draws', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), (path, others) => {
        const alone = drawsOf(path);
        const beside = drawsOf(path);
        const other = drawsOf(`${path}/other`);
        for (let n = 0; n < 5; n++) {
          for (let m = 0; m < others; m++) other.next();
          expect(beside.next()).toBe(alone.next());
        }
      }),
    );
  });

  it('keeps to its range', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(50), (path, from, span) => {
        const draws = drawsOf(path);
        for (const value of [draws.int(from, from + span), draws.about(from, from + span)]) {
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value).toBeLessThanOrEqual(from + span);
        }
      }),
    );
  });

  it('comes out as often as it is weighted', () => {
    const draws = drawsOf('demo/weights');
    const drawn = Array.from({ length: 10_000 }, () =>
      draws.weighted([
        ['often', 9],
        ['seldom', 1],
      ] as const),
    );
    const seldom = drawn.filter((one) => one === 'seldom').length;
    expect(seldom).toBeGreaterThan(850);
    expect(seldom).toBeLessThan(1_150);
  });

  it('picks nothing from nothing', () => {
    expect(() => drawsOf('demo').pick([])).toThrow('nothing to pick from');
  });
});
