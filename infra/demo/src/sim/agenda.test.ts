import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newAgenda } from './agenda.ts';

const moments = fc.integer({ min: 0, max: 5 }).map((hour) => `2025-06-30T0${hour}:00:00.000Z`);
const orders = fc.array(
  fc.oneof(
    moments.map((at) => ({ at })),
    fc.constant({ at: undefined }),
  ),
  { maxLength: 60 },
);

describe('an agenda', () => {
  it('gives what is due first, and at the same moment what was added first', () => {
    fc.assert(
      fc.property(orders, (steps) => {
        const agenda = newAgenda<number>();
        let waiting: { readonly at: string; readonly item: number }[] = [];
        for (const [item, { at }] of steps.entries()) {
          if (at) {
            agenda.add(at, item);
            waiting.push({ at, item });
          } else {
            // Stable: what stands at the same moment keeps its order.
            const [first] = [...waiting].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
            expect(agenda.take()).toEqual(first && expect.objectContaining(first));
            waiting = waiting.filter((one) => one !== first);
          }
          expect(agenda.size()).toBe(waiting.length);
        }
      }),
    );
  });
});
