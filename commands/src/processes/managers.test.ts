import { aggregates, processActor, reactionsTo } from '@cargoro/domain';
import { testContext } from '@cargoro/domain/testing';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseAfterOpening, closing } from '../../test/closing.ts';
import { Ledger } from '../../test/ledger.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import type { TimerClock } from './clock.ts';
import { type Processes, startProcesses } from './runner.ts';

let world: TestWorld;
let database: TestPostgres;
let waiting: { at: string | undefined; wake: () => void }[];
let started: Processes[];
const all = [...aggregates, Ledger, CloseAfterOpening.aggregate];

beforeEach(async () => {
  world = await startWorld();
  database = await testPostgres();
  await migrateCommands(database.postgres);
  waiting = [];
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((processes) => processes.stop()));
  await database.stop();
  await world.stop();
});

/** The clock of the world: it wakes whom its time has come for. */
const clock: TimerClock = {
  now: () => world.clock(),
  until: (at, signal) =>
    new Promise((resolve) => {
      const wake = () => resolve();
      waiting.push({ at, wake });
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
    }),
};
const pass = (hours: number) => {
  world.pass(hours * 60);
  for (const { at, wake } of waiting) if (at !== undefined && at <= world.clock()) wake();
};
const node = () => world.node({ aggregates: all });
const start = () => {
  const processes = startProcesses({
    log: world.log,
    commands: node(),
    vault: world.vault,
    postgres: database.postgres,
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics('test'),
    processes: [CloseAfterOpening],
    aggregates: all,
    clock,
  });
  started.push(processes);
  return processes;
};
const opened = async () => {
  const ledgerId = world.newLedger();
  await node().dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org') }));
  return ledgerId;
};
const timers = () => database.postgres.query('select timer, due_at from process_timer');
const kept = async (ledgerId: string) =>
  (await world.log.read(`process-CloseAfterOpening.${ledgerId}`)).map(({ data }) => data);
/** Until a record has an event of this type. */
const happened = async (ledgerId: string, type: string) => {
  for await (const message of world.log.subscribe({ signal: AbortSignal.timeout(20_000) }))
    if (message.kind === 'event' && message.event.type === type && message.event.stream.endsWith(ledgerId))
      return message.event;
  throw new Error(`${type} did not happen`);
};

describe('a process manager', () => {
  it('reacts purely', () => {
    const at = '2025-06-30T01:00:00.000Z';
    const input = (type: string, data = {}) => ({ id: type, type, data, at });
    expect(
      reactionsTo(
        closing,
        testContext(),
        input('LedgerOpened', { ledgerId: 'a' }),
        input('AmountAdded'),
        input('TimerFired'),
      ),
    ).toEqual([
      [{ kind: 'schedule', timer: 'close', at: '2025-07-02T01:00:00.000Z' }],
      [{ kind: 'ignore', reason: 'an amount changes nothing' }],
      [{ kind: 'send', aggregate: 'Ledger', type: 'CloseLedger', data: { ledgerId: 'a' } }],
    ]);
  });

  it('acts when its timer fires, once, also when everything is told again after a restart', async () => {
    const ledgerId = await opened();
    const first = start();
    await first.passed(await world.log.end());
    expect(await timers()).toEqual([{ timer: 'close', due_at: '2025-07-02T01:00:00.000Z' }]);
    pass(47);
    expect(await world.events(ledgerId)).toEqual(['LedgerOpened']);
    pass(2);
    await happened(ledgerId, 'LedgerClosed');
    await first.passed(await world.log.end());
    await first.stop();
    await database.postgres.query('delete from process_checkpoint');
    const before = await world.log.end();
    await start().passed(before);
    expect(await world.events(ledgerId)).toEqual(['LedgerOpened', 'LedgerClosed']);
    expect(await world.log.end()).toBe(before);
    expect(await kept(ledgerId)).toHaveLength(3);
    expect(await timers()).toEqual([]);
  });

  it('keeps nothing of what was never begun', async () => {
    const running = start();
    const ledgerId = world.newLedger();
    const input = { id: idOf('x'), type: 'AmountAdded', data: {}, at: world.clock() };
    await node().dispatch({
      ...world.request('TellCloseAfterOpening', { key: ledgerId, input }),
      actor: processActor('CloseAfterOpening'),
    });
    await running.passed(await world.log.end());
    expect(await kept(ledgerId)).toEqual([]);
  });

  it('is told of a refusal of what it sent, and keeps the trace', async () => {
    const [one, two] = [await opened(), await opened()];
    await node().dispatch(world.request('AddAmount', { ledgerId: two, amount: 500_000 }));
    await node().dispatch({
      ...world.request('TellOther', { ledgerId: one, otherId: two, amount: 1 }),
      correlationId: 'case-5',
    });
    start();
    const closed = await happened(one, 'LedgerClosed');
    expect(closed.meta.correlationId).toBe('case-5');
    expect(await kept(one)).toContainEqual(
      expect.objectContaining({
        input: expect.objectContaining({
          type: 'AddAmountRejected',
          data: expect.objectContaining({ code: 'OVER_LIMIT' }),
        }),
      }),
    );
  });
});
