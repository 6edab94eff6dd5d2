import { setTimeout as passed } from 'node:timers/promises';
import { type Measured, type RunningArm, startArm } from './arm.ts';
import type { Environment } from './environment.ts';
import { type Probe, probe } from './probe.ts';

export type ArmSpec = {
  readonly name: string;
  readonly file: string;
  readonly options: (environment: Environment) => Promise<Record<string, unknown>>;
};

/** What must hold in one run: a figure of one arm against a figure of another, as the median of the rounds' ratios. */
export type Goal = {
  readonly text: string;
  readonly arm: string;
  readonly of: string;
  readonly figure: Figure;
  readonly atLeast?: number;
  readonly atMost?: number;
};
/** `opsPerSecond` and `p50`/`p99` in ms come from the arm; `cpuUsPerOp` adds the servers' CPU to the arm's own. */
export type Figure = 'opsPerSecond' | 'p50' | 'p99' | 'nodeCpuUsPerOp' | 'cpuUsPerOp';

export type Suite = {
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  /** Fills what the arms read, once. */
  readonly prepare?: (environment: Environment) => Promise<unknown>;
  readonly arms: readonly ArmSpec[];
  readonly goals: readonly Goal[];
};

export type Round = Measured & { readonly serverCpuUs: number; readonly rssMb: number };
export type SuiteResult = {
  readonly suite: Suite;
  readonly probes: readonly Probe[];
  readonly rounds: Readonly<Record<string, readonly Round[]>>;
  /** Arms that could not run or whose result was wrong: they have no figure. */
  readonly failed: Readonly<Record<string, string>>;
};

export const figureOf = (round: Round, figure: Figure): number => {
  switch (figure) {
    case 'opsPerSecond':
      return round.ops / round.seconds;
    case 'p50':
      return round.p50 ?? Number.NaN;
    case 'p99':
      return round.p99 ?? Number.NaN;
    case 'nodeCpuUsPerOp':
      return round.nodeCpuUs / round.ops;
    case 'cpuUsPerOp':
      return (round.nodeCpuUs + round.serverCpuUs) / round.ops;
  }
};

const lookEveryMs = 500;
const restingUs = lookEveryMs * 1000 * 0.05;
const restWithinMs = 30_000;

/**
 * Until the servers use less than a twentieth of a core: the vacuums, checkpoints and page writes that an arm leaves them
 * are its own cost, and no burden of the next arm.
 */
const serversRest = async (environment: Environment): Promise<void> => {
  const until = performance.now() + restWithinMs;
  for (let used = environment.serverCpuUs(); performance.now() < until; ) {
    await passed(lookEveryMs);
    const now = environment.serverCpuUs();
    if (now - used < restingUs) return;
    used = now;
  }
};

/** Arms take turns round by round (A B C A B C …), so that a drift of the machine meets them all alike. */
export const runSuite = async (
  suite: Suite,
  environment: Environment,
  { rounds = suite.rounds, log }: { rounds?: number; log: (line: string) => void },
): Promise<SuiteResult> => {
  const failed: Record<string, string> = {};
  const running: RunningArm[] = [];
  await suite.prepare?.(environment);
  for (const { name, file, options } of suite.arms) {
    try {
      running.push(await startArm(name, file, await options(environment)));
    } catch (error) {
      failed[name] = error instanceof Error ? error.message : String(error);
      log(`  ${name} could not start: ${failed[name].split('\n')[0]}`);
    }
  }
  const probes: Probe[] = [];
  const results: Record<string, Round[]> = {};
  try {
    // Round 0 warms up: compiles, fills pools and caches; it is verified but not counted.
    for (let round = 0; round <= rounds; round++) {
      if (round > 0) probes.push(probe(environment.dir));
      for (const arm of running.filter(({ name }) => !failed[name])) {
        try {
          const before = environment.serverCpuUs();
          const measured = await arm.run(round);
          await serversRest(environment);
          const serverCpuUs = environment.serverCpuUs() - before;
          log(`  round ${round} ${arm.name}: ${Math.round(measured.ops / measured.seconds)}/s, ${measured.verified}`);
          if (round > 0) {
            const counted = { ...measured, serverCpuUs, rssMb: environment.rssMb(arm.pid) };
            results[arm.name] = [...(results[arm.name] ?? []), counted];
          }
        } catch (error) {
          failed[arm.name] = error instanceof Error ? error.message : String(error);
          log(`  round ${round} ${arm.name} FAILED: ${failed[arm.name]}`);
        }
      }
    }
  } finally {
    await Promise.allSettled(running.map((arm) => arm.stop()));
  }
  return { suite, probes, rounds: results, failed };
};
