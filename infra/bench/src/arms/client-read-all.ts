import { EventStoreDBClient } from '@eventstore/db-client';
import { serveArm } from '../arm.ts';

// What the official client alone can read: every event of the log decoded by it, nothing done with them.
let client: EventStoreDBClient;

serveArm({
  setup: async ({ eventStoreUrl }) => {
    client = EventStoreDBClient.connectionString(String(eventStoreUrl));
  },
  run: async () => {
    let ops = 0;
    await new Promise((resolve, reject) =>
      client
        .readAll()
        .on('data', ({ event }) => {
          if (event?.type === 'ItemAdded') ops++;
        })
        .on('error', reject)
        .on('end', resolve),
    );
    if (ops < 100_000) throw new Error(`${ops} events read`);
    return { ops, verified: `${ops} events read` };
  },
  teardown: () => client.dispose(),
});
