import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Commands, createCommands } from '@cargoro/commands';
import { systemActor, text } from '@cargoro/domain';
import { startGateway } from '@cargoro/gateway';
import { openLocalIssuer } from '@cargoro/gateway/auth';
import { createBus } from '@cargoro/infra/bus';
import { createEventLog } from '@cargoro/infra/event-log';
import { createPostgres } from '@cargoro/infra/postgres';
import { migrate } from '@cargoro/projections';
import { secure, startAll } from '@cargoro/projections/kit';
import { createReadApi, type QueryDef, type SubscriptionDef } from '@cargoro/read-api';
import { z } from 'zod';
import { serveArm } from '../arm.ts';
import { BenchOrder } from '../bench-order.ts';
import { BenchOrderView, createBenchTable } from '../bench-order-view.ts';
import { paced } from '../paced.ts';
import { openVault, quietLogger } from '../stand-ins.ts';
import { itemOf, uuidOf } from '../workload.ts';

// The whole chain: command → event store → projector → row → RabbitMQ → gateway → every subscriber, each over its own
// socket, all of them in another process. The time of a command is until the last subscriber has its row.
let commands: Commands;
let subscribers: ChildProcess;
let count = 0;
let perSecond = 50;
let wanted = 1;
let stop: () => Promise<void>;
/** As many records change in turn as in B5. */
const liveRecords = 16;
const itemsOf = new Map<string, number>();
const actor = systemActor('bench');
const orgId = uuidOf('technician/0');
const now = () => performance.timeOrigin + performance.now();

const changed: SubscriptionDef = {
  name: 'benchOrderChanged',
  doc: text('측정용 주문이 바뀔 때', 'When an order changes'),
  readModel: BenchOrderView,
  args: z.object({}),
  match: () => ({}),
};
const one: QueryDef = {
  ...{ name: 'benchOrder', doc: text('측정용 주문', 'An order'), readModel: BenchOrderView, shape: 'one', orderBy: [] },
  args: z.object({}),
  where: () => undefined,
};
const query = `subscription { benchOrderChanged { position node { id status itemCount totalKrw lastPartNo lastName note } } }`;

type Seen = ReadonlyMap<string, { readonly count: number; readonly at: number }>;

/** When the last subscriber had a change, or a later one of the same record told in its place. */
const lastHad = (seen: Seen, id: string, items: number, latest: number): number | undefined => {
  for (let n = items; n <= latest; n++) {
    const one = seen.get(`${id} ${n}`);
    if (one && one.count > wanted) throw new Error(`${id} ${n} was told ${one.count} times to ${wanted}`);
    if (one?.count === wanted) return one.at;
  }
  return undefined;
};

/** What the subscribers saw, once `complete` says that all of them had all. */
const everything = async (complete: (seen: Seen) => boolean): Promise<Seen> => {
  for (let tries = 0; tries < 100; tries++) {
    const answered = once(subscribers, 'message');
    subscribers.send('seen');
    const seen = new Map((await answered)[0] as [string, { count: number; at: number }][]);
    if (complete(seen)) return seen;
    await sleep(50);
  }
  throw new Error('Some changes never reached a subscriber');
};

serveArm({
  setup: async (options) => {
    perSecond = Number(options.perSecond);
    count = Number(options.count);
    wanted = Number(options.subscribers);
    const url = String(options.databaseUrl);
    const postgres = createPostgres({ url });
    const projecting = createPostgres({ url });
    const readers = createPostgres({ url, pipeline: true });
    const log = createEventLog({ url: String(options.eventStoreUrl) });
    await migrate(postgres.pool);
    await createBenchTable(postgres.pool);
    await postgres.transaction((client) => secure(client, BenchOrderView));
    const busOf = () =>
      createBus({ rabbitmqUrls: [String(options.rabbitUrl)], mayFallBack: false, exchange: `bench.${process.pid}` });
    const [published, heard] = [await busOf(), await busOf()];
    commands = createCommands({
      ...{ log, vault: openVault, lookup: async () => 0, appVersion: 'bench', aggregates: [BenchOrder] },
      clock: () => new Date().toISOString(),
    });
    const projections = startAll([BenchOrderView], {
      ...{ pool: projecting.pool, log, bus: published, vault: openVault, logger: quietLogger },
    });
    const localIssuer = await openLocalIssuer(mkdtempSync(join(String(options.dir), 'issuer-')));
    const readApi = createReadApi({ readers: readers.pool, pool: postgres.pool, log, vault: openVault });
    const gateway = await startGateway(
      {
        ...{ aggregates: [BenchOrder], queries: [one], subscriptions: [changed], commands, readApi, bus: heard },
        ...{ localIssuer, webOrigins: [], production: false },
        session: { jwtKey: localIssuer.jwtKey, issuer: localIssuer.issuer },
      },
      { port: 0, host: '127.0.0.1' },
    );
    const name = { ko: '정비사', en: 'Technician' };
    const user = { user: 'bench', name, userId: uuidOf('user'), orgId, role: 'TECHNICIAN' } as const;
    const { token } = localIssuer.mint(user, { lifeSeconds: 3_600 });
    subscribers = fork(fileURLToPath(new URL('../subscriber-client.ts', import.meta.url)), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const listening = once(subscribers, 'message');
    const listen = { url: `ws://127.0.0.1:${gateway.port}/graphql`, token, query, subscribers: wanted };
    subscribers.send({ listen });
    await listening;
    stop = async () => {
      subscribers.disconnect();
      await gateway.stop();
      await projections.stop();
      await readApi.close();
      await Promise.all([published.close(), heard.close(), log.close()]);
      await Promise.all([postgres.close(), projecting.close(), readers.close()]);
    };
  },
  run: async (round) => {
    const started: { readonly id: string; readonly items: number; readonly at: number }[] = [];
    await paced(perSecond, count, async (n) => {
      const id = uuidOf(`live/${n % liveRecords}`);
      const items = (itemsOf.get(id) ?? 0) + 1;
      itemsOf.set(id, items);
      started.push({ id, items, at: now() });
      const commandId = uuidOf(`live/${process.pid}/${round}/${n}`);
      const outcome = await commands.dispatch({ type: 'AddItem', input: itemOf(id, 0), commandId, actor });
      if (outcome.kind !== 'accepted') throw new Error(outcome.code);
      return 0;
    });
    const had = (seen: Seen) => started.map(({ id, items }) => lastHad(seen, id, items, itemsOf.get(id) ?? 0));
    const seen = await everything((now) => !had(now).includes(undefined));
    subscribers.send('forget');
    const latenciesMs = had(seen).map((at, n) => (at ?? Number.NaN) - (started[n]?.at ?? Number.NaN));
    return { ops: count, latenciesMs, verified: `${count} changes, each once to each of ${wanted}` };
  },
  teardown: () => stop(),
});
