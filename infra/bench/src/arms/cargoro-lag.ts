import { type Commands, createCommands } from '@cargoro/commands';
import { systemActor } from '@cargoro/domain';
import { createEventLog } from '@cargoro/infra/event-log';
import type { EventLog } from '@cargoro/infra/ports';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { migrate } from '@cargoro/projections';
import { startAll } from '@cargoro/projections/kit';
import pg from 'pg';
import { serveArm } from '../arm.ts';
import { BenchOrder } from '../bench-order.ts';
import { BenchOrderView, createBenchTable } from '../bench-order-view.ts';
import { paced } from '../paced.ts';
import { openVault, quietBus, quietLogger } from '../stand-ins.ts';
import { itemOf, uuidOf } from '../workload.ts';

// From the acknowledgement of a command to its row being visible to others: a trigger on the read model's table tells a
// listening connection when the projector's transaction has committed.
let postgres: Postgres;
let log: EventLog;
let commands: Commands;
let projections: ReturnType<typeof startAll>;
let listener: pg.Client;
let perSecond = 100;
let count = 500;
type Seen = { readonly revision: number; readonly at: number };
type Waiting = { readonly revision: number; readonly resolve: (at: number) => void };
/** By stream: what became visible when, and who waits. A row may skip revisions that were written in one transaction. */
const seen = new Map<string, Seen[]>();
const waiting = new Map<string, Waiting[]>();
const actor = systemActor('bench');

const note = (payload: string): void => {
  const at = performance.now();
  const [id = '', text = ''] = payload.split(' ');
  const revision = Number(text);
  seen.set(id, [...(seen.get(id) ?? []), { revision, at }]);
  const still = (waiting.get(id) ?? []).filter((one) => one.revision > revision);
  for (const one of waiting.get(id) ?? []) if (one.revision <= revision) one.resolve(at);
  waiting.set(id, still);
};

const visibleAt = (id: string, revision: number): number | Promise<number> =>
  seen.get(id)?.find((one) => one.revision >= revision)?.at ??
  new Promise<number>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), { revision, resolve }]));

const command = async (round: number, n: number): Promise<number> => {
  const id = uuidOf(`lag/${round}/${n % 16}`);
  const outcome = await commands.dispatch({
    type: 'AddItem',
    input: itemOf(id, n % 8),
    commandId: uuidOf(`lag/${process.pid}/${round}/${n}`),
    actor,
  });
  const acknowledged = performance.now();
  if (outcome.kind !== 'accepted') throw new Error(outcome.code);
  const at = await visibleAt(id, Number(outcome.revision));
  return Math.max(0, at - acknowledged);
};

serveArm({
  setup: async (options) => {
    perSecond = Number(options.perSecond);
    count = Number(options.count);
    postgres = createPostgres({ url: String(options.databaseUrl) });
    log = createEventLog({ url: String(options.eventStoreUrl) });
    await migrate(postgres.pool);
    await createBenchTable(postgres.pool);
    await postgres.query(`create function bench_seen() returns trigger language plpgsql as $$ begin
      perform pg_notify('bench_seen', new.id || ' ' || new.revision); return null; end $$`);
    await postgres.query(
      'create trigger bench_seen after insert or update on bench_order_view for each row execute function bench_seen()',
    );
    listener = new pg.Client({ connectionString: String(options.databaseUrl) });
    await listener.connect();
    listener.on('notification', ({ payload }) => note(payload ?? ''));
    await listener.query('listen bench_seen');
    commands = createCommands({
      log,
      vault: openVault,
      lookup: async () => 0,
      clock: () => new Date().toISOString(),
      appVersion: 'bench',
      aggregates: [BenchOrder],
    });
    const deps = { pool: postgres.pool, log, bus: quietBus, vault: openVault, logger: quietLogger };
    projections = startAll([BenchOrderView], deps);
  },
  run: async (round) => {
    const latenciesMs = await paced(perSecond, count, (n) => command(round, n));
    const [found] = await postgres.query<{ items: number }>(
      'select sum(item_count)::int as items from bench_order_view where id = any($1)',
      [Array.from({ length: 16 }, (_, n) => uuidOf(`lag/${round}/${n}`))],
    );
    if (found?.items !== count) throw new Error(`${found?.items} of ${count} items visible`);
    return { ops: count, latenciesMs, verified: `${count} rows seen, each once` };
  },
  teardown: async () => {
    await projections.stop();
    await listener.end();
    await log.close();
    await postgres.close();
  },
});
