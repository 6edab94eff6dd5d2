import { CommandHandler, type Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import { serveArm } from '../arm.ts';
import { drive, emptyOrder, type Folded, foldItem, type Item, itemOf, verifyStreams } from '../workload.ts';

type ItemAdded = Event<'ItemAdded', Item>;
let store: PostgresEventStore;
const handle = CommandHandler<Folded, ItemAdded>({
  evolve: (state, { data }) => foldItem(state, data),
  initialState: () => emptyOrder,
});

serveArm({
  setup: async ({ databaseUrl }) => {
    store = getPostgreSQLEventStore(String(databaseUrl));
    await store.schema.migrate();
  },
  run: async (round) => {
    const latenciesMs = await drive(round, async (id, n) => {
      await handle(store, `order-${id}`, () => ({ type: 'ItemAdded', data: itemOf(id, n) }));
    });
    const verified = await verifyStreams(round, async (id) => {
      const { events } = await store.readStream<ItemAdded>(`order-${id}`);
      return events.map((event) => event.data);
    });
    return { ops: latenciesMs.length, latenciesMs, verified };
  },
  teardown: () => store.close(),
});
