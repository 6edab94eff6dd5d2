import pg from 'pg';
import { serveArm } from '../arm.ts';
import { paced } from '../paced.ts';
import { itemOf, uuidOf } from '../workload.ts';

// The yardstick of B5: what a command costs with nothing but Postgres, SELECT and INSERT, at the same pace.
let pool: pg.Pool;
let perSecond = 100;
let count = 500;

const command = async (round: number, n: number): Promise<number> => {
  const stream = uuidOf(`paced/${round}/${n % 16}`);
  const started = performance.now();
  await pool.query({
    name: 'read',
    text: 'SELECT data FROM bench_event WHERE stream = $1 ORDER BY revision',
    values: [stream],
  });
  await pool.query({
    name: 'append',
    text: 'INSERT INTO bench_event (stream, revision, data) VALUES ($1, $2, $3)',
    values: [stream, n, JSON.stringify(itemOf(stream, n % 8))],
  });
  return performance.now() - started;
};

serveArm({
  setup: async (options) => {
    perSecond = Number(options.perSecond);
    count = Number(options.count);
    pool = new pg.Pool({ connectionString: String(options.databaseUrl), max: 16 });
    await pool.query(`CREATE TABLE bench_event (position bigserial, stream uuid, revision int, data jsonb,
      recorded_at timestamptz DEFAULT now(), PRIMARY KEY (stream, revision))`);
  },
  run: async (round) => {
    const latenciesMs = await paced(perSecond, count, (n) => command(round, n));
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM bench_event WHERE stream = ANY($1)',
      [Array.from({ length: 16 }, (_, n) => uuidOf(`paced/${round}/${n}`))],
    );
    if (rows[0]?.n !== count) throw new Error(`${rows[0]?.n} of ${count} events stored`);
    return { ops: count, latenciesMs, verified: `${count} events stored` };
  },
  teardown: () => pool.end(),
});
