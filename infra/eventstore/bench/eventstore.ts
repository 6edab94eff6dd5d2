import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';
import { type SpawnedEventStore, spawnEventStore } from '../src/index.ts';
import { measureMemory } from './memory.ts';
import { findPostgres, fsyncRate, type Postgres, postgresInserts } from './peers.ts';
import { median, type Timed } from './statistics.ts';
import { type Goal, workloads } from './workloads.ts';

/**
 * npm run bench -- eventstore [--rounds 4] [--json] [--only TEXT] [--gate]
 * npm run bench -- eventstore --memory [events, 5000000]
 * The durable node next to its in-memory mode, both in processes of their own behind the official client. The two
 * take turns in short slices, and the ratio is the median over the rounds, so that a noisy neighbour hits both.
 */
interface Row {
  readonly workload: string;
  readonly memory: Timed;
  readonly durable: Timed;
  readonly ratio: number;
  readonly goal: Goal | undefined;
}
interface SpeedOptions {
  readonly rounds: number;
  readonly json: boolean;
  readonly only: string | undefined;
}

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

const middle = (runs: readonly Timed[]): Timed => ({
  perSecond: median(runs.map((run) => run.perSecond)),
  p50: median(runs.map((run) => run.p50)),
  p99: median(runs.map((run) => run.p99)),
});

const compare = async (rounds: number, folder: string, only: string | undefined): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const [workload, { run, prepare, ratio, goal }] of Object.entries(workloads)) {
    if (only && !workload.includes(only)) continue;
    progress(`${workload} …`);
    const pairs: { memory: Timed; durable: Timed }[] = [];
    const nodes: SpawnedEventStore[] = [
      await spawnEventStore({ memory: true }),
      await spawnEventStore({ dataDir: join(folder, workload.replaceAll(/\W/g, '')) }),
    ];
    const [memory, durable] = nodes.map(({ url }) => EventStoreDBClient.connectionString(url));
    if (!memory || !durable) throw new Error('unreachable');
    for (const client of [memory, durable]) {
      await prepare?.(client);
      await run(client);
    }
    for (let round = 0; round < rounds; round += 1) {
      // Alternate who goes first.
      if (round % 2 === 0) pairs.push({ memory: await run(memory), durable: await run(durable) });
      else {
        const second = await run(durable);
        pairs.push({ durable: second, memory: await run(memory) });
      }
    }
    await Promise.all([memory.dispose(), durable.dispose()]);
    await Promise.all(nodes.map((node) => node.stop()));
    const share =
      ratio === 'rate'
        ? pairs.map((pair) => pair.durable.perSecond / pair.memory.perSecond)
        : pairs.map((pair) => pair.durable.p99 / pair.memory.p99);
    progress(`  durable / memory: ${share.map((value) => value.toFixed(2)).join(' ')}`);
    rows.push({
      workload,
      memory: middle(pairs.map((pair) => pair.memory)),
      durable: middle(pairs.map((pair) => pair.durable)),
      ratio: median(share),
      goal,
    });
  }
  return rows;
};

const shown = ({ perSecond, p50, p99 }: Timed): string =>
  `${Math.round(perSecond).toString().padStart(6)}/s${Number.isNaN(p50) ? '' : `  p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`}`;

const verdict = ({ goal, ratio }: Row): string => (goal ? `${goal.says}  ${goal.met(ratio) ? 'held' : 'MISSED'}` : '');

/** Postgres is a process of its own and would outlive an interrupted run. */
const stopOnSignal = (postgres: Postgres | undefined): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      postgres?.stop();
      process.exit(1);
    });
  }
};

/** True when every goal is met. */
const measureSpeed = async (folder: string, { rounds, json, only }: SpeedOptions): Promise<boolean> => {
  const postgres = await findPostgres();
  stopOnSignal(postgres);
  try {
    const rows = await compare(rounds, folder, only);
    const fsync = fsyncRate(folder);
    const inserts = postgres
      ? {
          '1 writer': await postgresInserts(postgres.url, 1, 250),
          '16 writers': await postgresInserts(postgres.url, 16, 90),
          '64 writers': await postgresInserts(postgres.url, 64, 30),
        }
      : undefined;
    const isMet = rows.every(({ goal, ratio }) => !goal || goal.met(ratio));
    if (json) {
      console.log(JSON.stringify({ load: loadavg()[0], isMet, rows, fsync, postgres: inserts }));
      return isMet;
    }
    console.log(
      `${'official client, 487-byte events'.padEnd(34)}${'in memory'.padEnd(38)}${'durable'.padEnd(38)}ratio  goal`,
    );
    for (const row of rows)
      console.log(
        `${row.workload.padEnd(34)}${shown(row.memory).padEnd(38)}${shown(row.durable).padEnd(38)}${row.ratio.toFixed(2).padEnd(7)}${verdict(row)}`,
      );
    console.log(`${'write + fdatasync of 600 bytes'.padEnd(72)}${shown(fsync)}`);
    for (const [name, timed] of Object.entries(inserts ?? {}))
      console.log(`${`Postgres INSERT … COMMIT, ${name}`.padEnd(72)}${shown(timed)}`);
    if (!inserts) console.log('Postgres: neither DATABASE_URL nor local binaries, left out');
    console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
    return isMet;
  } finally {
    postgres?.stop();
  }
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: {
      rounds: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      memory: { type: 'boolean' },
      gate: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const folder = mkdtempSync(join(tmpdir(), 'eventstore-bench-'));
  try {
    const isMet = values.memory
      ? await measureMemory(folder, Number(positionals[0] ?? 5_000_000))
      : await measureSpeed(folder, { rounds: Number(values.rounds), json: values.json, only: values.only });
    if (values.gate && !isMet) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

await main();
