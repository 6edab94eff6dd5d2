import { processes } from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { testPostgres } from '@cargoro/infra/testing';
import { vi } from 'vitest';
import { CommandError, type CommandRequest, type Commands, type Processes, startProcesses } from '../../src/index.ts';
import { migrateCommands } from '../../src/migrate.ts';
import type { TimerClock } from '../../src/processes/clock.ts';
import { startWorld } from '../world.ts';
import { all, foundedHistory } from './storm.ts';

/** Two command nodes, a real event store, Postgres and the real runner, on the history every storm begins with. */
export const startWire = async () => {
  const world = await startWorld();
  const database = await testPostgres();
  await migrateCommands(database.postgres);
  for (const { stream, revision, ...event } of await foundedHistory())
    await world.log.append(stream, [event], revision - 1n);

  const waiting = new Set<() => void>();
  const clock: TimerClock = {
    now: world.clock,
    until: (_at, signal) =>
      new Promise((resolve) => {
        waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (signal.aborted) resolve();
      }),
  };
  let numbers = 0;
  const port = async ({ prefix, year }: { prefix: string; year: string }) => `${prefix}-${year}-${++numbers}`;
  const node = (): Commands => world.node({ aggregates: all, numbers: port });
  const nodes = [node(), node()];
  const start = (): Processes =>
    startProcesses({
      ...{ log: world.log, commands: node(), vault: world.vault, postgres: database.postgres, processes, clock },
      ...{ aggregates: all, logger: createLogger({ level: 'silent' }), metrics: createMetrics('test') },
    });
  let running = start();

  const due = async (): Promise<number> => {
    const [row] = await database.postgres.query<{ due: string }>(
      'select count(*) as due from process_timer where due_at <= $1',
      [clock.now()],
    );
    return Number(row?.due);
  };
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  /** Everything that follows has followed, timers too. */
  const settle = async (): Promise<void> => {
    for (let end = -1n; end !== (await world.log.end()); ) {
      end = await world.log.end();
      await running.passed(end);
      wake();
      await vi.waitUntil(async () => (await due()) === 0, { timeout: 20_000, interval: 5 });
    }
  };
  return {
    world,
    settle,
    pass: async (minutes: number): Promise<void> => {
      await settle();
      world.pass(minutes);
      await settle();
    },
    crash: async (): Promise<void> => {
      await running.stop();
      running = start();
    },
    /** Sends to either node; what is no answer of the business is its code. */
    send: async (request: CommandRequest, n: number): Promise<string> => {
      try {
        const outcome = await nodes[n % nodes.length]!.dispatch(request);
        return outcome.kind === 'rejected' ? outcome.code : 'accepted';
      } catch (error) {
        if (!(error instanceof CommandError) || error.code === 'INTERNAL') throw error;
        return error.code;
      }
    },
    events: async () => {
      const events = [];
      for await (const event of world.log.readAll()) events.push(event);
      return events;
    },
    dead: () =>
      database.postgres.query<{ type: string; message: string }>('select type, message from process_dead_letter'),
    stop: async (): Promise<void> => {
      await running.stop();
      await database.stop();
      await world.stop();
    },
  };
};
