import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wrongsOf } from '../test/storm/checks/index.ts';
import { runStorm, seedsOf } from '../test/storm/run.ts';
import type { Act } from '../test/storm/storm.ts';
import { startTally } from '../test/storm/tally.ts';
import { startWire } from '../test/storm/wire.ts';

let wire: Awaited<ReturnType<typeof startWire>>;
beforeEach(async () => {
  wire = await startWire();
});
afterEach(async () => await wire.stop());

/** Commands sent at once: whoever is first is first, on two nodes. */
const atOnce = 4;
const requestsIn = (acts: readonly Act[]) =>
  acts.flatMap((act) => (act.do === 'command' ? [act.request] : act.do === 'together' ? act.requests : []));

describe('a storm over the wire', () => {
  it.each([7, 11])(
    'breaks no rule, though people act at once and the runner dies on the way (%i)',
    async (theme) => {
      await wire.settle();
      const begun = await wire.world.log.end();
      const { acts } = await runStorm(seedsOf(theme, 130), startTally());
      const requests = requestsIn(acts);
      for (let from = 0; from < requests.length; from += atOnce) {
        await Promise.all(requests.slice(from, from + atOnce).map((request, n) => wire.send(request, n)));
        if (from % 20 === 0) await wire.pass(from % 40 === 0 ? 3 : 90);
        if (from % 28 === 0) await wire.crash();
      }
      // Sent once more by whoever got no answer.
      for (const [n, request] of requests.slice(0, 20).entries()) await wire.send(request, n + 1);
      await wire.settle();
      expect(wrongsOf(await wire.events(), true)).toEqual([]);
      await wire.pass(5 * 24 * 60);
      expect(wrongsOf(await wire.events(), true, true)).toEqual([]);
      expect(await wire.dead()).toEqual([]);
      expect(await wire.world.log.end()).toBeGreaterThan(begun);
    },
    120_000,
  );
});
