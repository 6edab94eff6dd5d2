import { SQL } from '@event-driven-io/dumbo';
import type { Event } from '@event-driven-io/emmett';
import {
  getPostgreSQLEventStore,
  postgreSQLRawSQLProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { serveArm } from '../arm.ts';
import { checkTotals } from '../fill.ts';
import { eventsPerStream, type Item, itemOf, uuidOf } from '../workload.ts';

// emmett's own rebuild, tuned: 1,000 events a batch, no waiting between pulls.
type ItemAdded = Event<'ItemAdded', Item>;
let connectionString: string;
let pool: pg.Pool;
const streams = 12_500;

/** A new version each round: one that has run keeps its checkpoint and would find nothing to do. */
const projectionOf = (version: number) =>
  postgreSQLRawSQLProjection<ItemAdded>({
    name: `bench_order_${version}`,

    canHandle: ['ItemAdded'],
    evolve: ({
      data,
    }) => SQL`INSERT INTO bench_order (id, item_count, total_krw, last_part_no, last_name, last_quantity,
      last_unit_price_krw, technician, bay, note, changed_at)
    VALUES (${data.benchOrderId}, 1, ${data.quantity * data.unitPriceKrw}, ${data.partNo}, ${data.name},
      ${data.quantity}, ${data.unitPriceKrw}, ${data.technician}, ${data.bay}, ${data.note}, now())
    ON CONFLICT (id) DO UPDATE SET item_count = bench_order.item_count + 1,
      total_krw = bench_order.total_krw + excluded.total_krw, last_part_no = excluded.last_part_no,
      last_name = excluded.last_name, last_quantity = excluded.last_quantity,
      last_unit_price_krw = excluded.last_unit_price_krw, technician = excluded.technician, bay = excluded.bay,
      note = excluded.note, changed_at = excluded.changed_at`,
  });

serveArm({
  setup: async ({ databaseUrl }) => {
    connectionString = String(databaseUrl);
    pool = new pg.Pool({ connectionString, max: 4 });
    await pool.query(`CREATE TABLE bench_order (id uuid PRIMARY KEY, item_count int, total_krw int, last_part_no text,
      last_name text, last_quantity int, last_unit_price_krw int, technician uuid, bay uuid, note text, changed_at timestamptz)`);
    const store = getPostgreSQLEventStore(connectionString);
    await store.schema.migrate();
    // One writer: its rebuild skips events that concurrent writers stored out of order, and a wrong result has no figure.
    for (let n = 0; n < streams; n++) {
      const id = uuidOf(`fill/${n}`);
      const events = Array.from(
        { length: eventsPerStream },
        (_, i): ItemAdded => ({ type: 'ItemAdded', data: itemOf(id, i) }),
      );
      await store.appendToStream(`order-${id}`, events);
    }
    await store.close();
  },
  run: async (round) => {
    await pool.query('TRUNCATE bench_order');
    const consumer = rebuildPostgreSQLProjections<ItemAdded>({
      connectionString,
      projections: [projectionOf(round + 1)],
      pulling: { batchSize: 1_000, pullingFrequencyInMs: 0 },
    });
    await consumer.start();
    await consumer.close();
    const { rows } = await pool.query<{ rows: number; items: number; krw: number }>(
      'SELECT count(*)::int AS rows, sum(item_count)::int AS items, sum(total_krw)::float8 AS krw FROM bench_order',
    );
    return { ops: streams * eventsPerStream, verified: checkTotals(rows[0] ?? { rows: 0, items: 0, krw: 0 }) };
  },
  teardown: () => pool.end(),
});
