import { execFile } from 'node:child_process';
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { environmentWith } from '../config.ts';
import { sha256 } from '../ids.ts';
import { freePort } from './free-port.ts';
import { type KeptProcess, startKept } from './kept-process.ts';
import { postgresBinaries, reachable, type ServerUser, serverUser, sharedFolder } from './postgres-binaries.ts';

export type PostgresServer = {
  readonly port: number;
  /** Connection string of a database on this server, by default `postgres`. */
  readonly url: (database?: string) => string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends open connections and shuts down cleanly. */
  stop(): Promise<void>;
};

export type PostgresServerOptions = {
  readonly dataDir: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Without one every local connection is trusted; for throw-away servers. */
  readonly password?: string;
  /** Server settings, `fsync: 'off'`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string) => void;
};

/**
 * Starts a PostgreSQL server of our own on loopback, creating its data folder when there is none. It dies with this
 * process, however this process dies (see `startKept`); one that is still busy ending from a run before is waited for.
 */
export const startPostgresServer = async (options: PostgresServerOptions): Promise<PostgresServer> => {
  const user = serverUser();
  const binaries = await postgresBinaries(user);
  const dataDir = placeFor(options.dataDir, user);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries.initdb, dataDir, options.password, user);
  await stopLeftover(dataDir);

  const port = options.port || (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await new Promise<KeptProcess>((resolve, reject) => {
    const starting = startKept(binaries.postgres, ['-D', dataDir, '-p', String(port), ...flags], {
      user,
      cwd: dataDir,
      env: environmentWith({ LC_MESSAGES: 'C', TZ: 'UTC' }),
      // Fast shutdown: sessions are ended, transactions rolled back, nothing to recover at the next start.
      stopSignal: 'INT',
      onOutput: (text) => {
        options.onLog?.(text.trimEnd());
        if (text.includes('ready to accept connections')) resolve(starting);
      },
    });
    void starting.exited.then(() => reject(new Error(`Postgres did not start in ${dataDir}:\n${starting.errors()}`)));
  });

  const login = options.password ? `postgres:${encodeURIComponent(options.password)}` : 'postgres';
  return {
    port,
    url: (database = 'postgres') => `postgres://${login}@127.0.0.1:${port}/${database}`,
    stop: server.stop,
    exited: server.exited,
  };
};

/** The data folder, or a link to one elsewhere when the server's user cannot walk down to it. */
const placeFor = (dataDir: string, user: ServerUser | undefined): string => {
  mkdirSync(dirname(dataDir), { recursive: true });
  let place = dataDir;
  if (!reachable(dirname(dataDir), user)) {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    place = join(sharedFolder, `data-${sha256(dataDir).slice(0, 12)}`);
    if (!lstatSync(dataDir, { throwIfNoEntry: false })) {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      symlinkSync(place, dataDir);
    }
  }
  mkdirSync(place, { recursive: true, mode: 0o700 });
  if (user) chownSync(place, user.uid, user.gid);
  return place;
};

const initialise = async (
  initdb: string,
  dataDir: string,
  password: string | undefined,
  user: ServerUser | undefined,
) => {
  const secret = `${dataDir}.password`;
  if (password) {
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    if (user) chownSync(secret, user.uid, user.gid);
  }
  try {
    await promisify(execFile)(
      initdb,
      [
        '-D',
        dataDir,
        '-U',
        'postgres',
        '-E',
        'UTF8',
        '--no-locale',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(password ? ['-A', 'scram-sha-256', `--pwfile=${secret}`] : ['-A', 'trust']),
      ],
      { ...user, cwd: dataDir, env: environmentWith({ LC_MESSAGES: 'C' }) },
    );
  } catch (error) {
    // A half-made folder would be taken for a whole one by the next start.
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secret, { force: true });
  }
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A server that outlived its parent still holds the data folder: its first line of postmaster.pid names it. */
const stopLeftover = async (dataDir: string): Promise<void> => {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [first, folder] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(first);
  // The number may have been given to another process since; Linux can tell.
  const command = `/proc/${pid}/cmdline`;
  const ours =
    folder === dataDir &&
    (!existsSync('/proc') || (existsSync(command) && readFileSync(command, 'utf8').includes('postgres')));
  if (!ours || !alive(pid)) {
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 15_000;
  while (alive(pid)) {
    if (Date.now() > deadline)
      throw new Error(`Postgres (process ${pid}) of an earlier run does not stop: end it by hand`);
    await sleep(50);
  }
};
