import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { profiles } from '@cargoro/demo/profiles';
import { SMALL_HEAP } from '@cargoro/eventstore/small-heap';
import { type Config, loadConfig } from '@cargoro/infra/config';
import { freePort } from '@cargoro/infra/embedded/free-port';
import type { Command } from '../../main.ts';
import { type Role, rolePorts } from '../roles/index.ts';
import { startDatabase } from '../start/database.ts';
import { root, secretsIn, writeWhole } from '../start/folder.ts';
import { createLifetime } from '../start/lifetime.ts';
import { prepare, type StartEnvironment } from '../start/prepare.ts';
import { claimRun } from '../start/processes.ts';
import { type Orders, type SupervisedChild, supervise } from '../start/supervisor.ts';
import { buildWeb, webServer } from '../start/web-build.ts';
import { tellReady } from '../start/welcome.ts';
import { Told } from '../told.ts';

const webPort = 3000;
const childMain = join(root, 'infra', 'cli', 'src', 'child.ts');
const webChild = join(root, 'infra', 'cli', 'src', 'web-child.mjs');

/**
 * `start [--no-web] [--demo tiny|demo|load]`: everything on this machine; what is not configured is brought along. Runs
 * until Ctrl-C. Without the web, one can run `pnpm --filter @cargoro/web dev` beside it. `--demo` names the demo world an
 * empty data folder begins with.
 */
export const run: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { 'no-web': { type: 'boolean' }, demo: { type: 'string' } },
  });
  const demo = profiles.find((name) => name === values.demo);
  if (values.demo !== undefined && !demo) throw new Told(`--demo takes ${profiles.join(', ')}`);
  const began = performance.now();
  const say = (line: string) => console.log(`cargoro: ${line}`);
  const config = loadConfig();
  const dataDir = resolve(root, config.dataDir);
  const logs = join(dataDir, 'logs');
  mkdirSync(dataDir, { recursive: true });
  const claimed = await claimRun(dataDir);
  const lifetime = createLifetime(say);
  lifetime.atEnd('notes', claimed.release);

  const children: SupervisedChild[] = [];
  const add = (name: string, childArgs: readonly string[]): SupervisedChild => {
    const onPids = () => queueMicrotask(() => claimed.record(children.flatMap((child) => pidOf(child))));
    const child = supervise({ name, args: childArgs, cwd: root }, { logs, say, onPids });
    children.push(child);
    lifetime.atEnd(name === 'eventstore' ? 'eventstore' : 'roles', child.stop);
    return child;
  };
  const addRole = (name: Role, nodeOptions: readonly string[] = []) =>
    add(name, [...nodeOptions, '--import', import.meta.resolve('tsx'), childMain, name]);

  try {
    // Children load their code from the first moment; they are told to serve when what they need is there.
    const store = config.eventStoreUrl ? undefined : addRole('eventstore', SMALL_HEAP);
    const roles = (['commands', 'projections', 'read-api', 'gateway'] as const).map((name) => addRole(name));
    const built = values['no-web'] ? undefined : buildWeb(dataDir, say);
    built?.catch(() => undefined);

    const wanted = await takePorts(store !== undefined);
    const environment = await environmentOf(config, {
      dataDir,
      storePort: wanted.eventstore ?? 0,
      say,
      atEnd: (stop) => lifetime.atEnd('postgres', stop),
    });
    const ports: Ports = {};
    const serve = async (
      child: SupervisedChild,
      name: keyof Ports,
      environment: Orders['environment'],
      mayMove: boolean,
    ) => {
      ports[name] = await child.run({ environment, port: wanted[name] ?? 0, mayMove, host: config.host });
    };
    // Everybody was told the store's address already, so it does not move any more.
    if (store) await serve(store, 'eventstore', environment, false);
    await prepare({ environment, logs, say, demo });
    const serving = roles.map((child) => serve(child, child.name as Role, environment, true));
    if (built) {
      await built;
      await Promise.all(serving);
      const gateway = `http://127.0.0.1:${ports.gateway}`;
      const web = { CARGORO_GATEWAY_URL: gateway };
      wanted.web = await freePort(webPort);
      await serve(add('web', [webChild, webServer]), 'web', web, false);
    }
    await Promise.all(serving);
    noteRun(dataDir, ports, environment, (stop) => lifetime.atEnd('notes', stop));
    await tellReady({ ports, say, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    if (lifetime.isEnding()) return;
    await lifetime.end('it could not start');
    throw error;
  }
};

/** Where the parts are, as every role is told: what the environment names, else what this run brings along. */
const environmentOf = async (
  config: Config,
  {
    dataDir,
    storePort,
    say,
    atEnd,
  }: { dataDir: string; storePort: number; say: (line: string) => void; atEnd: (stop: () => Promise<void>) => void },
): Promise<StartEnvironment> => {
  const secrets = secretsIn(dataDir);
  const ownDatabase = () => startDatabase({ dataDir, password: secrets.databasePassword, say, onStarted: atEnd });
  return {
    CARGORO_DATA_DIR: dataDir,
    DATABASE_URL: config.databaseUrl ?? (await ownDatabase()),
    EVENTSTORE_URL: config.eventStoreUrl ?? `esdb://127.0.0.1:${storePort}?tls=false`,
    MASTER_KEY: config.masterKey?.toString('base64') ?? secrets.masterKey,
  };
};

/** Tells other programs where everything is: the ports to anybody, connection strings to this user alone. */
const noteRun = (
  dataDir: string,
  ports: Ports,
  environment: StartEnvironment,
  atEnd: (stop: () => void) => void,
): void => {
  const files = [join(dataDir, 'runtime.json'), join(dataDir, 'environment.json')] as const;
  writeWhole(files[1], JSON.stringify(environment), 0o600);
  writeWhole(files[0], `${JSON.stringify(ports)}\n`);
  atEnd(() => files.forEach((file) => void rmSync(file, { force: true })));
};

const pidOf = ({ name, pid }: SupervisedChild) => {
  const number = pid();
  return number === undefined ? [] : [{ name, pid: number }];
};

type Ports = Partial<Record<Role | 'web', number>>;

/** The ports of C2, each or the next free one; the web's is taken once it is built. */
const takePorts = async (ownStore: boolean): Promise<Ports> => {
  const all = Object.entries(rolePorts).filter(([name]) => name !== 'eventstore' || ownStore);
  const taken = await Promise.all(all.map(async ([name, port]) => [name, await freePort(port)] as const));
  return Object.fromEntries(taken) as Ports;
};
