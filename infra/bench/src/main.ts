import { startEnvironment } from './environment.ts';
import { jsonOf, judge, printSuite } from './report.ts';
import { runSuite } from './suite.ts';
import { suites } from './suites/index.ts';

/**
 * `npm run bench [-- B1 B3 …] [--rounds N] [--json] [--gate]`: the workloads of performance.md, every arm beside its
 * limit and its peers in one run. `--gate` exits with 1 when a goal is missed.
 */
const args = process.argv.slice(2);
const flag = (name: string) => args.includes(`--${name}`);
const roundsAt = args.indexOf('--rounds');
const rounds = roundsAt >= 0 ? Number(args[roundsAt + 1]) : undefined;
const wanted = args.filter((arg, i) => !arg.startsWith('--') && i !== roundsAt + 1 - (roundsAt < 0 ? Number.NaN : 0));
const chosen = suites.filter(
  (suite) => wanted.length === 0 || wanted.some((name) => suite.name === name.toUpperCase()),
);
if (chosen.length === 0) {
  console.error(`No such workload: ${wanted.join(', ')}. There are ${suites.map((s) => s.name).join(', ')}.`);
  process.exit(2);
}

const log = (line: string) => console.error(line);
let missed = 0;
for (const suite of chosen) {
  log(`${suite.name}: ${suite.title}`);
  const environment = await startEnvironment();
  try {
    const result = await runSuite(suite, environment, { ...(rounds ? { rounds } : {}), log });
    console.log(flag('json') ? JSON.stringify(jsonOf(result)) : printSuite(result));
    missed += suite.goals.filter((goal) => !judge(goal, result.rounds).met).length;
  } finally {
    await environment.stop();
  }
}
process.exit(flag('gate') && missed > 0 ? 1 : 0);
