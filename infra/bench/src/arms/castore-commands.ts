import { EventStore, EventType } from '@castore/core';
import { PostgresEventStorageAdapter } from '@castore/event-storage-adapter-postgres';
import { serveArm } from '../arm.ts';
import { drive, emptyOrder, type Folded, foldItem, type Item, itemOf, verifyStreams } from '../workload.ts';

const itemAdded = new EventType<'ITEM_ADDED', Item>({ type: 'ITEM_ADDED' });
type Order = { aggregateId: string; version: number } & Folded;
const orders = new EventStore({
  eventStoreId: 'ORDERS',
  eventTypes: [itemAdded],
  reducer: (order: Order | undefined, event): Order => ({
    aggregateId: event.aggregateId,
    version: event.version,
    ...foldItem(order ?? emptyOrder, event.payload),
  }),
});

serveArm({
  setup: async ({ databaseUrl }) => {
    const connectionString = String(databaseUrl);
    await PostgresEventStorageAdapter.createEventTable({ connectionString });
    orders.eventStorageAdapter = new PostgresEventStorageAdapter({ connectionString });
  },
  run: async (round) => {
    const latenciesMs = await drive(round, async (id, n) => {
      const { aggregate } = await orders.getAggregate(id);
      const version = (aggregate?.version ?? 0) + 1;
      await orders.pushEvent({ aggregateId: id, version, type: 'ITEM_ADDED', payload: itemOf(id, n) });
    });
    const verified = await verifyStreams(round, async (id) =>
      (await orders.getEvents(id)).events.map((event) => event.payload),
    );
    return { ops: latenciesMs.length, latenciesMs, verified };
  },
  teardown: async () => undefined,
});
