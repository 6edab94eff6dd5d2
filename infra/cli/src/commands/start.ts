import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '@cargoro/infra/config';
import { freePort } from '@cargoro/infra/embedded/free-port';
import type { Command } from '../../main.ts';
import { type Role, rolePorts } from '../roles/index.ts';
import { startDatabase } from '../start/database.ts';
import { root, secretsIn, writeWhole } from '../start/folder.ts';
import { prepare } from '../start/prepare.ts';
import { claimRun, whenOrphaned } from '../start/processes.ts';
import { type Orders, type SupervisedChild, supervise } from '../start/supervisor.ts';
import { buildWeb, webServer } from '../start/web-build.ts';
import { tellReady } from '../start/welcome.ts';

const webPort = 3000;
const childMain = join(root, 'infra', 'cli', 'src', 'child.ts');
const webChild = join(root, 'infra', 'cli', 'src', 'web-child.mjs');

/** Everything on this machine: what is not configured is brought along. Runs until Ctrl-C. */
export const run: Command = async () => {
  const began = performance.now();
  const config = loadConfig();
  const dataDir = resolve(root, config.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const claimed = await claimRun(dataDir);
  const runtimeFile = join(dataDir, 'runtime.json');
  const secrets = secretsIn(dataDir);
  const say = (line: string) => console.log(`cargoro: ${line}`);

  const children: SupervisedChild[] = [];
  const stops: (() => Promise<void>)[] = [];
  const record = () => claimed.record(children.flatMap((child) => child.pid() ?? []));
  const add = (name: string, args: readonly string[]): SupervisedChild => {
    const child = supervise(
      { name, args, cwd: root },
      { logs: join(dataDir, 'logs'), say, onPids: () => queueMicrotask(record) },
    );
    children.push(child);
    return child;
  };
  const role = (name: Role) => add(name, ['--import', import.meta.resolve('tsx'), childMain, name]);

  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) process.exit(130);
    stopping = true;
    say(`stopping (${reason})`);
    const [store, ...others] = children.toSorted((a) => (a.name === 'eventstore' ? -1 : 1));
    const last = store?.name === 'eventstore' ? [store] : [];
    await Promise.all(children.filter((child) => !last.includes(child)).map((child) => child.stop()));
    void others;
    for (const child of last) await child.stop();
    for (const end of stops.reverse()) await end();
    rmSync(runtimeFile, { force: true });
    claimed.release();
  };
  const end = (reason: string, code = 0) => void stop(reason).finally(() => process.exit(code));
  process.on('SIGINT', () => end('Ctrl-C'));
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGHUP', () => end('the terminal was closed'));
  whenOrphaned(() => end('whoever started this is gone'));

  try {
    // Children load their code from the first moment; they are told to serve when what they need is there.
    const embeddedStore = config.eventStoreUrl ? undefined : role('eventstore');
    const roles = (['commands', 'projections', 'read-api', 'gateway'] as const).map(role);
    const built = buildWeb(dataDir, say);
    built.catch(() => undefined);

    const ports = await takePorts(embeddedStore !== undefined);
    const database =
      config.databaseUrl ??
      (await startDatabase({
        dataDir,
        password: secrets.databasePassword,
        say,
        onStarted: (server) => stops.push(server),
      }));
    const base = {
      ...(config.masterKey ? {} : { MASTER_KEY: secrets.masterKey }),
      DATABASE_URL: database,
      EVENTSTORE_URL: config.eventStoreUrl ?? `esdb://127.0.0.1:${ports.eventstore}?tls=false`,
      CARGORO_DATA_DIR: dataDir,
    };
    const orders = (port: number): Orders => ({ environment: base, port, host: config.host });
    if (embeddedStore) await embeddedStore.run(orders(ports.eventstore));
    await prepare({ environment: base, databaseUrl: database, logs: join(dataDir, 'logs'), say });
    const serving = roles.map((child) => child.run(orders(ports[child.name as Role])));

    await built;
    const web = add('web', [webChild, webServer]).run({
      environment: {
        CARGORO_GATEWAY_URL: `http://127.0.0.1:${ports.gateway}`,
        CARGORO_FILES_DIR: join(dataDir, 'files'),
      },
      port: ports.web,
      host: config.host,
    });
    await Promise.all([...serving, web]);
    writeWhole(runtimeFile, `${JSON.stringify(ports)}\n`);
    await tellReady({ ports, say, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    if (stopping) return;
    await stop('it could not start');
    throw error;
  }
};

type Ports = Record<Role | 'web', number>;

/** The ports of C2, each or the next free one. */
const takePorts = async (embeddedStore: boolean): Promise<Ports> => {
  const wanted: Record<string, number> = { web: webPort, ...rolePorts };
  if (!embeddedStore) delete wanted.eventstore;
  const entries = await Promise.all(
    Object.entries(wanted).map(async ([name, port]) => [name, await freePort(port)] as const),
  );
  return Object.fromEntries(entries) as Ports;
};
