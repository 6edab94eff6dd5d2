import { ConfigError } from '@cargoro/infra/config';

/** Every command of `cargoro`, each a file that is loaded only when asked for. */
const commands: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<{ run: Command }> }>> = {
  start: { about: 'everything on this machine, with a demo world', load: () => import('./src/commands/start.ts') },
  serve: { about: 'one or more roles: --roles gateway,commands', load: () => import('./src/commands/serve.ts') },
  migrate: { about: 'bring the database up to date', load: () => import('./src/commands/migrate.ts') },
  eventstore: {
    about: 'the embedded event store: --data DIR --port 2113',
    load: () => import('./src/commands/eventstore.ts'),
  },
  demo: { about: 'a demo world: --profile tiny|demo|load', load: () => import('./src/commands/demo.ts') },
  verify: {
    about: 'prove that read models equal their replay, and that no event was changed',
    load: () => import('./src/commands/verify.ts'),
  },
  rebuild: {
    about: 'rebuild a read model beside the live one: rebuild NAME',
    load: () => import('./src/commands/rebuild.ts'),
  },
  due: {
    about: 'what waits for its moment, is late or was given up: --json',
    load: () => import('./src/commands/due.ts'),
  },
  bench: {
    about: 'the workloads beside their limits and peers: bench B1 --json',
    load: () => import('./src/commands/bench.ts'),
  },
  conformance: {
    about: 'hold the embedded event store to its protocol',
    load: () => import('./src/commands/conformance.ts'),
  },
  book: { about: 'write the book of the domain from the code', load: () => import('./src/commands/book.ts') },
  test: { about: 'everything that proves the project', load: () => import('./src/commands/test.ts') },
};
export type Command = (args: readonly string[]) => Promise<void>;

const usage = `cargoro COMMAND\n\n${Object.entries(commands)
  .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}\n`;

/** Runs one command; its failure is told in words and ends the process with status 1. */
export const main = async ([name = '', ...args]: readonly string[]): Promise<void> => {
  const command = commands[name];
  if (!command) {
    process.stdout.write(usage);
    process.exitCode = ['', 'help', '--help', '-h'].includes(name) ? 0 : 2;
    return;
  }
  try {
    const { run } = await command.load();
    await run(args);
  } catch (error) {
    const told = error instanceof ConfigError || (error instanceof Error && error.name === 'Told');
    console.error(told ? `cargoro: ${(error as Error).message}` : error);
    process.exitCode = 1;
    // Something started may still hold the process open.
    setTimeout(() => process.exit(1), 500).unref();
  }
};
