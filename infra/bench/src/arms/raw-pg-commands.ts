import pg from 'pg';
import { serveArm } from '../arm.ts';
import { drive, emptyOrder, foldItem, type Item, itemOf, verifyStreams } from '../workload.ts';

// The floor of a Postgres event store: one SELECT of the stream, one INSERT, prepared, no library.
let pool: pg.Pool;
const read = async (id: string): Promise<Item[]> => {
  const { rows } = await pool.query<{ data: Item }>({
    name: 'read',
    text: 'SELECT data FROM bench_event WHERE stream = $1 ORDER BY revision',
    values: [id],
  });
  return rows.map((row) => row.data);
};

serveArm({
  setup: async ({ databaseUrl }) => {
    pool = new pg.Pool({ connectionString: String(databaseUrl), max: 16 });
    await pool.query(`CREATE TABLE bench_event (position bigserial, stream uuid, revision int, type text, data jsonb,
      recorded_at timestamptz DEFAULT now(), PRIMARY KEY (stream, revision))`);
  },
  run: async (round) => {
    const latenciesMs = await drive(round, async (id, n) => {
      const { count } = (await read(id)).reduce(foldItem, emptyOrder);
      await pool.query({
        name: 'append',
        text: "INSERT INTO bench_event (stream, revision, type, data) VALUES ($1, $2, 'ItemAdded', $3)",
        values: [id, count, JSON.stringify(itemOf(id, n))],
      });
    });
    return { ops: latenciesMs.length, latenciesMs, verified: await verifyStreams(round, read) };
  },
  teardown: () => pool.end(),
});
