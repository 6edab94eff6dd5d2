import { parseArgs } from 'node:util';
import { startEnvironment } from './environment.ts';
import { jsonOf, judge, printSuite } from './report.ts';
import { runSuite } from './suite.ts';
import { suites } from './suites/index.ts';

/**
 * `npm run bench [-- B1 B3 …] [--rounds N] [--json] [--gate]`: the workloads of performance.md, every arm beside its
 * limit and its peers in one run. `--gate` exits with 1 when a goal is missed.
 */
const usage = `npm run bench -- [workload …] [--rounds N] [--json] [--gate]

${suites.map(({ name, title }) => `  ${name.padEnd(10)} ${title}`).join('\n')}
  MEMORY     the whole product over 100,000 events, each process flat
  eventstore the embedded event store by itself

--gate exits with 1 when a goal is missed.`;

const refuse = (reason: string): never => {
  console.error(`${reason}\n\n${usage}`);
  process.exit(2);
};
const asked = () => {
  try {
    const options = { rounds: { type: 'string' }, json: { type: 'boolean' }, gate: { type: 'boolean' } } as const;
    return parseArgs({ allowPositionals: true, options: { ...options, help: { type: 'boolean' } } });
  } catch (error) {
    return refuse((error as Error).message);
  }
};
const { values, positionals } = asked();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  refuse(`--rounds takes a whole number from 1, not ${values.rounds}.`);
const wanted = positionals.map((name) => name.toUpperCase());
const unknown = wanted.find((name) => !suites.some((suite) => suite.name === name));
if (unknown) refuse(`There is no workload ${unknown}.`);
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const log = (line: string) => console.error(line);
let missed = 0;
for (const suite of chosen) {
  log(`${suite.name}: ${suite.title}`);
  const environment = await startEnvironment();
  try {
    const result = await runSuite(suite, environment, { ...(rounds ? { rounds } : {}), log });
    console.log(values.json ? JSON.stringify(jsonOf(result)) : printSuite(result));
    missed += suite.goals.filter((goal) => !judge(goal, result.rounds).met).length;
  } finally {
    await environment.stop();
  }
}
process.exit(values.gate && missed > 0 ? 1 : 0);
