import type { StoredEvent } from '@cargoro/domain';
import type { CommandRequest } from '../../src/index.ts';
import { nameOf } from './cast.ts';
import { wrongsOf } from './checks/index.ts';
import { drawCommand } from './choose.ts';
import { choicesOf } from './draw.ts';
import { type Knowledge, startKnowledge } from './knowledge.ts';
import { drawMeetingPoint, themes } from './options.ts';
import { type Act, foundedHistory, type MemoryBusiness, requestOf, startBusinessInMemory } from './storm.ts';
import type { Tally } from './tally.ts';

/** Longer than any stock or slot is kept for anybody. */
const aftermathMinutes = 5 * 24 * 60;

type Moment = {
  readonly now: string;
  readonly knowledge: Knowledge;
  readonly theme: string;
  readonly swarm: number;
  readonly haste: number;
};
const nextAct = (seed: number, number: number, done: readonly Act[], moment: Moment): Act => {
  const whim = choicesOf(seed);
  if (whim.chance(moment.haste))
    return { do: 'follow', steps: whim.int(1, moment.haste > 0.2 ? 3 : 30), choice: whim.int(0, 99) };
  if (whim.chance(0.08)) return { do: 'pass', minutes: whim.int(1, 5) };
  if (whim.chance(0.06)) return { do: 'pass', minutes: whim.one([20, 35, 90, 600, 1_500]) ?? 20 };
  if (whim.chance(0.03)) return { do: 'crash' };
  const again = whim.chance(0.07) ? whim.one(done.filter((act) => act.do === 'command').slice(-15)) : undefined;
  if (again) return again;
  if (whim.chance(0.08)) {
    const on = drawMeetingPoint(seed, moment.knowledge);
    const at = [0, 1, 2].flatMap((n) => drawCommand({ ...moment, on, seed: (seed ^ n) >>> 0 }) ?? []);
    const requests = at.map((one, n) => requestOf(`${number} ${seed} ${n}`, one));
    if (requests.length > 1) return { do: 'together', requests };
  }
  const drawn = drawCommand({ ...moment, seed });
  return drawn
    ? { do: 'command', request: requestOf(`${number} ${seed}`, drawn) }
    : { do: 'follow', steps: 40, choice: 1 };
};

const endOf = async (business: MemoryBusiness): Promise<readonly string[]> => {
  await business.follower.settle();
  const atOnce = wrongsOf(business.events, true);
  await business.act({ do: 'pass', minutes: aftermathMinutes });
  return [
    ...atOnce,
    ...wrongsOf(business.events, true, true),
    ...business.defects().map((defect) => `defect: ${defect}`),
  ];
};
const startRun = async (listener: (event: StoredEvent) => void = () => undefined) => {
  const begun = await foundedHistory();
  return { begun, business: startBusinessInMemory(begun, listener) };
};
const caught = (error: unknown): readonly string[] => [
  `thrown: ${error instanceof Error ? error.stack : String(error)}`,
];

/** Each act again as it was; what is wrong at the end. */
export const retell = async (acts: readonly Act[]): Promise<readonly string[]> => {
  const { business } = await startRun();
  try {
    for (const act of acts) await business.act(act);
    return await endOf(business);
  } catch (error) {
    return caught(error);
  }
};

/** A storm from one number per act. What was done can be told again without the numbers. */
export const runStorm = async (seeds: readonly number[], tally: Tally) => {
  const knowledge = startKnowledge();
  const { begun, business } = await startRun(knowledge.take);
  for (const event of begun) knowledge.take(event);
  const [first = 0, second = 0] = seeds;
  const theme = themes[first % themes.length] ?? '';
  // How closely the processes follow: in some storms people are far ahead of them.
  const haste = [0.02, 0.1, 0.3][second % 3] ?? 0.1;
  const acts: Act[] = [];
  let wrongs: readonly string[];
  try {
    for (const [number, seed] of seeds.entries()) {
      const act = nextAct(seed, number, acts, { now: business.clock(), knowledge, theme, swarm: first, haste });
      acts.push(act);
      const outcome = await business.act(act);
      if (act.do === 'command') tally.sent(act.request, outcome);
    }
    wrongs = await endOf(business);
  } catch (error) {
    wrongs = caught(error);
  }
  for (const one of business.settled) tally.settled(one);
  tally.ended(business.events.length - begun.length);
  return { acts, wrongs, events: business.events };
};

/** The numbers of a storm about the nth theme; past the last one the themes come round again, drawn otherwise. */
export const seedsOf = (n: number, length: number): readonly number[] => {
  const whim = choicesOf(n * 7_919 + 1);
  return [n, ...Array.from({ length: length - 1 }, () => whim.int(0, 0x7fffffff))];
};

const ruleOf = (wrong: string): string => wrong.split(':', 1)[0] ?? '';

/**
 * The fewest of these acts that still break a rule the whole of them breaks: parts are left out as long as it stays
 * wrong, in halves first, one by one at last.
 */
export const shrink = async (acts: readonly Act[], rule: string, mostRuns = 250): Promise<readonly Act[]> => {
  let left = acts;
  let runs = 0;
  for (let size = Math.ceil(left.length / 2); size >= 1; ) {
    let isLess = false;
    for (let from = left.length - size; from > -size && runs < mostRuns; from -= size) {
      const less = left.filter((_, n) => n < from || n >= from + size);
      runs += 1;
      if (!(await retell(less)).some((wrong) => ruleOf(wrong) === rule)) continue;
      left = less;
      isLess = true;
    }
    if (size === 1 && !isLess) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
    if (runs >= mostRuns) break;
  }
  return left;
};

const shownRequest = ({ type, input, actor, commandId }: CommandRequest): string =>
  `${nameOf(actor)} ${type} ${JSON.stringify(input)} (${commandId.slice(0, 8)})`;
const shown = (act: Act): string => {
  if (act.do === 'command') return shownRequest(act.request);
  return act.do === 'together' ? `at once: ${act.requests.map(shownRequest).join(' | ')}` : JSON.stringify(act);
};
/** What to read when a storm broke a rule: the shortest way there, as commands. */
export const reportOf = async ({
  acts,
  wrongs,
}: {
  acts: readonly Act[];
  wrongs: readonly string[];
}): Promise<string> => {
  const least = await shrink(acts, ruleOf(wrongs[0] ?? ''));
  const after = await retell(least);
  return [...after, `after ${least.length} of ${acts.length} acts:`, ...least.map(shown)].join('\n');
};
