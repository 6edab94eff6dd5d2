import { aggregates, processes } from '@cargoro/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themes } from '../test/storm/options.ts';
import { reportOf, runStorm, seedsOf } from '../test/storm/run.ts';
import { startTally } from '../test/storm/tally.ts';

/** `STORM_RUNS=500 STORM_SEED=7 npx vitest run commands/src/storm.test.ts` looks further than every run of the tests does. */
const runs = Number(process.env.STORM_RUNS ?? 16);
const seed = Number(process.env.STORM_SEED ?? 20_250_630);
const actsInStorm = 200;
const number = fc.nat({ max: 0x7fffffff });

const tally = startTally();
const storm = async (numbers: readonly number[]): Promise<void> => {
  const run = await runStorm(numbers, tally);
  if (run.wrongs.length > 0) throw new Error(await reportOf(run));
};

const commands = aggregates.flatMap((aggregate) =>
  Object.keys(aggregate.commands).map((type) => ({ type, theme: aggregate.name })),
);
/** Told by its command; each has had its turn once a storm made it move. */
const tells = processes.map(({ command }) => command);
const types = [...commands.map(({ type }) => type), ...tells];

/** A few are possible only after a long way, which no storm went this time; each has tests of its own. */
const mostRefused = 4;
/** Storms about the records whose commands have not gone through yet, each drawn otherwise. */
const mostMore = 70;
const waiting = (): readonly number[] => {
  const left = tally.neverAccepted(types);
  const about = commands.filter(({ type }) => left.includes(type)).map(({ theme }) => themes.indexOf(theme));
  return [...new Set(about.length > 0 ? about : left.length > 0 ? themes.keys() : [])];
};

describe('storms of commands over the whole business, with its processes running', () => {
  it('break no rule: nobody and nothing is in two places, and money and parts add up', async () => {
    const numbers = fc.array(number, { minLength: actsInStorm, maxLength: actsInStorm });
    // Which acts are left out is told by the report itself: numbers say nothing to a reader.
    await fc.assert(fc.asyncProperty(numbers, storm), { numRuns: runs, seed, endOnFailure: true });
  }, 300_000);

  it('send every command there is, and have nearly all of them accepted', async () => {
    let more = 0;
    for (let round = 0; more < mostMore && waiting().length > 0; round++)
      for (const theme of waiting()) {
        if (more >= mostMore) break;
        await storm(seedsOf(theme + themes.length * (round + 1), actsInStorm));
        more += 1;
      }
    expect(tally.neverSent(types)).toEqual([]);
    const refused = tally.neverAccepted(types);
    expect(refused.length, `never accepted: ${refused.join(', ')}`).toBeLessThanOrEqual(mostRefused);
    expect(tally.totals().commands).toBeGreaterThan(3_000);
  }, 300_000);
});
