import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { concurrently, summarise, type Timed } from './statistics.ts';

/** How often this disk can make 600 bytes durable, one after the other: the ceiling of a single durable writer. */
export const fsyncRate = (folder: string, count = 300): Timed => {
  const file = join(folder, 'fsync-probe');
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(600, 1);
  const times: number[] = [];
  const started = performance.now();
  for (let n = 0; n < count; n += 1) {
    const before = performance.now();
    writeSync(descriptor, block, 0, block.length, n * block.length);
    fdatasyncSync(descriptor);
    times.push(performance.now() - before);
  }
  closeSync(descriptor);
  rmSync(file);
  return summarise(times, performance.now() - started);
};

export interface Postgres {
  readonly url: string;
  stop(): void;
}

const BINARIES = ['/usr/lib/postgresql/17/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/15/bin'];

/** DATABASE_URL, or a throw-away Postgres from the machine's own binaries; undefined if there is neither. */
export const findPostgres = async (): Promise<Postgres | undefined> => {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: () => {} };
  const bin = BINARIES.find((folder) => existsSync(join(folder, 'initdb')));
  if (!bin) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
  // initdb refuses to run as root.
  const asPostgres = userInfo().uid === 0;
  if (asPostgres) {
    chmodSync(folder, 0o777);
    execFileSync('chown', ['postgres', folder]);
  }
  const [command, prefix] = asPostgres
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups']]
    : ['env', [] as string[]];
  execFileSync(command, [...prefix, join(bin, 'initdb'), '-D', join(folder, 'data'), '-A', 'trust', '-U', 'postgres'], {
    stdio: 'ignore',
  });
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn(
    command,
    [
      ...prefix,
      join(bin, 'postgres'),
      '-D',
      join(folder, 'data'),
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    { stdio: 'ignore' },
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let attempt = 0; attempt < 100 && !(await answers(url)); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    url,
    stop: () => {
      server.kill('SIGINT');
      server.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    },
  };
};

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
};

/** The same events as rows, one INSERT and COMMIT each, with the unique index that optimistic concurrency needs. */
export const postgresInserts = async (url: string, writers: number, each: number): Promise<Timed> => {
  // Its idle connections see the server end.
  const pool = new pg.Pool({ connectionString: url, max: writers }).on('error', () => {});
  await pool.query(
    'CREATE TABLE IF NOT EXISTS bench_events (position bigserial PRIMARY KEY, stream text NOT NULL, revision int NOT NULL, data jsonb NOT NULL, UNIQUE (stream, revision))',
  );
  const run = `${process.pid}-${Math.round(performance.now())}`;
  const data = JSON.stringify({ repairOrderId: '00000000-0000-4000-8000-000000000000', note: 'x'.repeat(420) });
  const result = await concurrently(writers, each, (writer, n) =>
    pool.query('INSERT INTO bench_events (stream, revision, data) VALUES ($1, $2, $3)', [`${run}-${writer}`, n, data]),
  );
  await pool.query('DROP TABLE bench_events');
  await pool.end();
  return result;
};
