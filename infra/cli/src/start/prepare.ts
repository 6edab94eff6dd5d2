import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environmentWith } from '@cargoro/infra/config';
import { createPostgres } from '@cargoro/infra/postgres';
import { Told } from '../told.ts';
import { root } from './folder.ts';

/** Where the parts of a run are. */
export type StartEnvironment = Readonly<
  Record<'CARGORO_DATA_DIR' | 'DATABASE_URL' | 'EVENTSTORE_URL' | 'MASTER_KEY', string>
>;

/** What the tables of a database depend on. */
const schemaSources = ['projections/src', 'projections/drizzle', 'commands/src/migrations', 'infra/src/vault.ts'];

const fingerprint = (): string => {
  const hash = createHash('sha256');
  const add = (path: string) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(path.slice(root.length)).update(readFileSync(path));
  };
  for (const source of schemaSources) add(join(root, source));
  return hash.digest('hex');
};

/**
 * Brings the database up to date and, on the first run, loads the demo world. What was done is noted in the database
 * itself, so the next start asks one question instead of loading all the code that would do it.
 */
export const prepare = async (options: {
  readonly environment: StartEnvironment;
  readonly logs: string;
  readonly say: (line: string) => void;
  /** Profile of the demo world; when none is named, the one that stands or else the smallest. */
  readonly demo?: string | undefined;
}): Promise<void> => {
  const postgres = createPostgres({ url: options.environment.DATABASE_URL, max: 1 });
  try {
    await postgres.query('create table if not exists cargoro_setup (step text primary key, done text not null)');
    const rows = await postgres.query<{ step: string; done: string }>('select step, done from cargoro_setup');
    const done = new Map(rows.map((row) => [row.step, row.done]));
    const step = async (name: string, value: string, about: string, args: readonly string[]) => {
      if (done.get(name) === value) return;
      options.say(about);
      await runCommand(args, options);
      await postgres.query(
        'insert into cargoro_setup values ($1, $2) on conflict (step) do update set done = excluded.done',
        [name, value],
      );
    };
    await step('migrate', fingerprint(), 'bringing the database up to date', ['migrate']);
    const profile = options.demo ?? done.get('demo') ?? 'tiny';
    await step('demo', profile, 'loading the demo world', ['demo', '--profile', profile]);
  } finally {
    await postgres.close();
  }
};

/** A line with a bar in it. */
const isProgress = /^[█░]/;
/** What takes longer tells how far it has come. */
const longMs = 10_000;

const runCommand = async (
  args: readonly string[],
  { environment, logs, say }: Pick<Parameters<typeof prepare>[0], 'environment' | 'logs' | 'say'>,
) => {
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `${args[0]}.log`);
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, [join(root, 'infra', 'cli', 'bootstrap.mjs'), ...args], {
    cwd: root,
    env: environmentWith(environment),
    stdio: ['ignore', output, 'pipe'],
  });
  const began = performance.now();
  const lines = child.stderr && createInterface(child.stderr);
  lines?.on('line', (line) => {
    appendFileSync(output, `${line}\n`);
    if (isProgress.test(line) && performance.now() - began > longMs) say(line);
  });
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  // Not before its last words are in the log.
  const [code] = (await once(child, 'close')) as [number | null];
  process.removeListener('exit', stopWithUs);
  closeSync(output);
  if (code !== 0) {
    const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
    throw new Told(`\`cargoro ${args.join(' ')}\` failed. The end of ${logFile}:\n${last}`);
  }
};
