import { type Commands, createCommands } from '@cargoro/commands';
import { systemActor } from '@cargoro/domain';
import { createEventLog } from '@cargoro/infra/event-log';
import type { EventLog } from '@cargoro/infra/ports';
import { serveArm } from '../arm.ts';
import { BenchOrder } from '../bench-order.ts';
import { drive, type Item, itemOf, uuidOf, verifyStreams } from '../workload.ts';

// CarGoro's own dispatch as the gateway calls it: authorise, parse, load, decide, append, over the official client.
let log: EventLog;
let commands: Commands;
const actor = systemActor('bench');

serveArm({
  setup: async ({ eventStoreUrl }) => {
    log = createEventLog({ url: String(eventStoreUrl) });
    commands = createCommands({
      log,
      vault: { seal: async (data) => data, open: async (data) => data, destroy: async () => undefined },
      lookup: async () => 0,
      clock: () => new Date().toISOString(),
      appVersion: 'bench',
      aggregates: [BenchOrder],
    });
  },
  run: async (round) => {
    const latenciesMs = await drive(round, async (id, n) => {
      const outcome = await commands.dispatch({
        type: 'AddItem',
        input: itemOf(id, n),
        commandId: uuidOf(`${process.pid}/${id}/${n}`),
        actor,
      });
      if (outcome.kind !== 'accepted') throw new Error(outcome.code);
    });
    const verified = await verifyStreams(round, async (id) =>
      (await log.read(`benchOrder-${id}`)).map((event) => event.data as Item),
    );
    return { ops: latenciesMs.length, latenciesMs, verified };
  },
  teardown: () => log.close(),
});
