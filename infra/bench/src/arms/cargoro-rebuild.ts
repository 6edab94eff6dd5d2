import { createEventLog } from '@cargoro/infra/event-log';
import type { EventLog } from '@cargoro/infra/ports';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { migrate } from '@cargoro/projections';
import { rebuildModel } from '@cargoro/projections/kit';
import { serveArm } from '../arm.ts';
import { BenchOrderView, createBenchTable } from '../bench-order-view.ts';
import { checkTotals } from '../fill.ts';
import { openVault, quietBus, quietLogger } from '../stand-ins.ts';

// The product's rebuild: a shadow table filled from the log, indexed, caught up and swapped in.
let postgres: Postgres;
let log: EventLog;

serveArm({
  setup: async ({ databaseUrl, eventStoreUrl }) => {
    postgres = createPostgres({ url: String(databaseUrl) });
    log = createEventLog({ url: String(eventStoreUrl) });
    await migrate(postgres.pool);
    await createBenchTable(postgres.pool);
    await postgres.query(
      `insert into projection_checkpoint (name, position, published_position, generation) values ('repair', $1, $1, 1)
       on conflict (name) do update set position = excluded.position`,
      [String(await log.end())],
    );
  },
  run: async () => {
    const deps = { pool: postgres.pool, log, bus: quietBus, vault: openVault, logger: quietLogger };
    const { events } = await rebuildModel('bench_order_view', [BenchOrderView], deps);
    const [found] = await postgres.query<{ rows: number; items: number; krw: number }>(
      'select count(*)::int as rows, sum(item_count)::int as items, sum(total_krw)::float8 as krw from bench_order_view',
    );
    return { ops: events, verified: checkTotals(found ?? { rows: 0, items: 0, krw: 0 }) };
  },
  teardown: async () => {
    await log.close();
    await postgres.close();
  },
});
