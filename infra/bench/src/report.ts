import { type Spread, spread } from './stats.ts';
import { type Figure, figureOf, type Goal, type Round, type SuiteResult } from './suite.ts';

const figures: readonly { readonly figure: Figure; readonly head: string }[] = [
  { figure: 'opsPerSecond', head: 'ops/s' },
  { figure: 'p50', head: 'p50 ms' },
  { figure: 'p99', head: 'p99 ms' },
  { figure: 'nodeCpuUsPerOp', head: 'node µs/op' },
  { figure: 'cpuUsPerOp', head: 'all µs/op' },
];

const digits = (value: number): string =>
  Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
const shown = ({ median, min, max }: Spread): string =>
  Number.isNaN(median) ? '–' : `${digits(median)} [${digits(min)}..${digits(max)}]`;

export type GoalResult = { readonly goal: Goal; readonly ratio: Spread; readonly met: boolean };

/** The median of the per-round ratios: a ratio of medians would mix rounds of a fast and a slow machine. */
export const judge = (goal: Goal, rounds: SuiteResult['rounds']): GoalResult => {
  const [mine, theirs] = [rounds[goal.arm] ?? [], rounds[goal.of] ?? []];
  const ratios = mine.flatMap((round, i) => {
    const other = theirs[i];
    return other ? [figureOf(round, goal.figure) / figureOf(other, goal.figure)] : [];
  });
  const ratio = spread(ratios);
  const met =
    ratios.length > 0 &&
    (goal.atLeast === undefined || ratio.median >= goal.atLeast) &&
    (goal.atMost === undefined || ratio.median <= goal.atMost);
  return { goal, ratio, met };
};

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
};

const rowOf = (name: string, rounds: readonly Round[]): string[] => [
  name,
  ...figures.map(({ figure }) => shown(spread(rounds.map((round) => figureOf(round, figure))))),
  digits(rounds.at(-1)?.rssMb ?? Number.NaN),
];

export const printSuite = ({ suite, probes, rounds, failed }: SuiteResult): string => {
  const disk = spread(probes.map((p) => p.fdatasyncPerSecond));
  const load = spread(probes.map((p) => p.load));
  const goals = suite.goals.map((goal) => judge(goal, rounds));
  return [
    `\n${suite.name}: ${suite.title}`,
    `machine: fdatasync/s ${shown(disk)}, load ${shown(load)}; median [min..max] of ${probes.length} rounds`,
    table([
      ['arm', ...figures.map((f) => f.head), 'RSS MB'],
      ...Object.entries(rounds).map(([name, measured]) => rowOf(name, measured)),
    ]),
    ...Object.entries(failed).map(([name, reason]) => `${name}: no figure: ${reason.split('\n')[0]}`),
    ...goals.map(({ goal, ratio, met }) => `${met ? 'held  ' : 'MISSED'} ${goal.text}: ${shown(ratio)}`),
  ].join('\n');
};

export const jsonOf = (result: SuiteResult) => ({
  suite: result.suite.name,
  title: result.suite.title,
  probes: result.probes,
  arms: result.rounds,
  failed: result.failed,
  goals: result.suite.goals.map((goal) => judge(goal, result.rounds)),
});
