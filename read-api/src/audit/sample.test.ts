import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn, type SampleAsked, type SampledStream, SampleMethod } from './sample.ts';

const population: SampledStream[] = Array.from({ length: 100 }, (_, n) => ({
  streamId: `stock-${n}`,
  amountKrw: (n % 10) * 1_000,
}));
const asked = (method: SampleAsked['method'], size = 10, seed = '2025'): SampleAsked => ({ method, size, seed });
const ids = (one: SampleAsked, of = population) => drawn(of, one).map(({ streamId }) => streamId);

describe('a sample', () => {
  it('is the same for the same seed, in whatever order the streams are told, and another for another', () => {
    for (const method of SampleMethod.options) {
      expect(ids(asked(method), population.toReversed())).toEqual(ids(asked(method)));
      expect(ids(asked(method, 10, '2026'))).not.toEqual(ids(asked(method)));
    }
  });

  it('holds different streams, as many as were asked for or as there are', () => {
    const methods = fc.constantFrom(...SampleMethod.options);
    fc.assert(
      fc.property(methods, fc.integer({ min: 1, max: 150 }), fc.string({ minLength: 1 }), (method, size, seed) => {
        const sample = ids({ method, size, seed });
        expect(new Set(sample).size).toBe(sample.length);
        if (method === 'monetaryUnit') expect(sample.length).toBeLessThanOrEqual(Math.min(size, 90));
        else expect(sample.length).toBe(Math.min(size, 100));
      }),
    );
  });

  it('takes every n-th from a place the seed decides', () => {
    const at = ids(asked('everyNth')).map((id) =>
      population
        .map(({ streamId }) => streamId)
        .toSorted()
        .indexOf(id),
    );
    expect(at.slice(1).map((place, n) => place - (at[n] ?? 0))).toEqual(Array.from({ length: 9 }, () => 10));
  });

  it('by monetary unit holds for certain what is worth a step, and never what is worth nothing', () => {
    const few: SampledStream[] = [
      { streamId: 'stock-a', amountKrw: 1_000_000 },
      { streamId: 'stock-b', amountKrw: 10 },
      { streamId: 'stock-c', amountKrw: 0 },
      { streamId: 'stock-d', amountKrw: null },
    ];
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (seed) => {
        const sample = ids(asked('monetaryUnit', 3, seed), few);
        expect(sample).toContain('stock-a');
        expect(sample).not.toContain('stock-c');
        expect(sample).not.toContain('stock-d');
      }),
    );
    expect(ids(asked('monetaryUnit'), [])).toEqual([]);
  });
});
