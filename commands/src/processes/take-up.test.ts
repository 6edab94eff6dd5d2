import {
  type AnyProcess,
  aggregates,
  complete,
  defineProcess,
  type ProcessInput,
  type Reaction,
  schedule,
  send,
  text,
} from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { type EventLog, Unavailable } from '@cargoro/infra/ports';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ledger } from '../../test/ledger.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { startProcesses } from './runner.ts';
import { type TakeUpDeps, type TakeUpOptions, takeUp } from './take-up.ts';

let world: TestWorld;
let database: TestPostgres;
beforeEach(async () => {
  world = await startWorld();
  database = await testPostgres();
  await migrateCommands(database.postgres);
});
afterEach(async () => {
  await database.stop();
  await world.stop();
});

type State = { readonly ledgerId: string; readonly told: readonly string[] };
/** Adds a won to each ledger it sees opened and whenever its timers say so; a ledger that is closed is done with. */
const define = (name: string, isPatient = false): AnyProcess =>
  defineProcess<State>()({
    name,
    isPatient,
    doc: text('시험', 'Test'),
    starts: ['LedgerOpened'],
    correlate: Object.fromEntries(
      ['LedgerOpened', 'AmountAdded', 'LedgerClosed'].map((type) => [type, ({ ledgerId }) => String(ledgerId)]),
    ),
    initial: { ledgerId: '', told: [] },
    evolve: (state, { type, data }) => ({
      ledgerId: type === 'LedgerOpened' ? String(data.ledgerId) : state.ledgerId,
      told: [...state.told, type],
    }),
    idle: ({ type }) => `${type} is only counted`,
    react: ({ ledgerId }, { type }: ProcessInput): readonly Reaction[] => {
      const add = send('Ledger', 'AddAmount', { ledgerId, amount: 1 });
      if (type === 'LedgerOpened')
        return [add, schedule('past', '2025-01-01T00:00:00.000Z'), schedule('future', '2099-01-01T00:00:00.000Z')];
      if (type === 'LedgerClosed') return [complete];
      return type === 'TimerFired' ? [add] : [];
    },
  });
const adding = define('Adding');
const waiting = define('Waiting', true);
const everybody = () => [...aggregates, Ledger];

const inputsOf = async (process: string, ledgerId: string) =>
  (await world.log.read(`process-${process}.${ledgerId}`)).map(
    ({ data }) => (data as { input: ProcessInput }).input.type,
  );
const timers = () => database.postgres.query('select process, key, timer from process_timer order by process, key');
const take = (options: Partial<TakeUpOptions> = {}, deps: Partial<TakeUpDeps> = {}) =>
  takeUp(
    {
      ...{ log: world.log, vault: world.vault, postgres: database.postgres, processes: [adding, waiting] },
      ...{ aggregates: everybody(), appVersion: 'test', ...deps },
    },
    { now: world.clock(), ...options },
  );
const tell = (type: string, ledgerId: string, input: Record<string, unknown> = {}) =>
  world.node({ aggregates: everybody() }).dispatch(world.request(type, { ledgerId, ...input }));
const open = async () => {
  const ledgerId = world.newLedger();
  await tell('OpenLedger', ledgerId, { orgId: idOf('org') });
  return ledgerId;
};

it('lets processes know what was and sends nothing of it; what comes is theirs', async () => {
  const ledgerId = await open();
  const commands = world.node({ aggregates: [...everybody(), adding.aggregate] });
  const { log, vault } = world;
  const { postgres } = database;
  await take({}, { processes: [adding] });
  expect(await inputsOf('Adding', ledgerId)).toEqual(['LedgerOpened', 'TimerFired']);
  const future = [{ process: 'Adding', key: ledgerId, timer: 'future' }];
  expect(await timers()).toEqual(future);
  const end = await log.end();
  await take({}, { processes: [adding] });
  expect([await log.end(), await timers()]).toEqual([end, future]);

  const runner = startProcesses({
    ...{ log, vault, postgres, commands, processes: [adding], aggregates: everybody() },
    ...{ logger: createLogger({ level: 'silent' }), metrics: createMetrics('test') },
  });
  await runner.passed(end);
  expect((await commands.load(Ledger, ledgerId)).state).toMatchObject({ total: 0 });
  await commands.dispatch(world.request('AddAmount', { ledgerId, amount: 5 }));
  await runner.passed(await log.end());
  expect(await inputsOf('Adding', ledgerId)).toEqual(['LedgerOpened', 'TimerFired', 'AmountAdded']);
  expect((await commands.load(Ledger, ledgerId)).state).toMatchObject({ total: 5 });
  await runner.stop();
});

it('stores nothing of what is over', async () => {
  const ledgerId = await open();
  await tell('CloseLedger', ledgerId);
  const end = await world.log.end();
  await take();
  expect([await world.log.end(), await timers()]).toEqual([end, []]);
});

it('leaves out what nothing was told to for long, unless it waits for a moment', async () => {
  const old = await open();
  const touched = await open();
  world.pass(20 * 1_440);
  const since = world.clock();
  world.pass(1);
  await tell('AddAmount', touched, { amount: 5 });
  const young = await open();
  await take({ since });
  expect(await inputsOf('Adding', old)).toEqual([]);
  expect(await inputsOf('Waiting', old)).toEqual(['LedgerOpened', 'TimerFired']);
  // A whole life, also of what began before.
  expect(await inputsOf('Adding', touched)).toEqual(['LedgerOpened', 'TimerFired', 'AmountAdded']);
  expect(await inputsOf('Adding', young)).toEqual(['LedgerOpened', 'TimerFired']);
});

it('fires timers when they are due, between what happens', async () => {
  const ledgerId = await open();
  world.pass(75 * 365 * 1_440);
  await tell('AddAmount', ledgerId, { amount: 5 });
  await take();
  expect(await inputsOf('Adding', ledgerId)).toEqual(['LedgerOpened', 'TimerFired', 'TimerFired', 'AmountAdded']);
  expect(await timers()).toEqual([]);
});

it('tells how far it has come', async () => {
  await open();
  await open();
  const shares: number[] = [];
  await take({ since: world.clock(), onProgress: ({ share }) => shares.push(share) });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

it('is done again after it was cut off, wherever that was', async () => {
  const ledgers = [await open(), await open(), await open()];
  for (const most of [0, 1, 2, 4]) {
    let left = most;
    const append: EventLog['append'] = async (...args) => {
      if (left-- <= 0) throw new Unavailable('eventstore', 'cut off');
      return world.log.append(...args);
    };
    await expect(take({}, { log: { ...world.log, append } })).rejects.toThrow('cut off');
  }
  await take();
  for (const ledgerId of ledgers)
    for (const process of ['Adding', 'Waiting'])
      expect(await inputsOf(process, ledgerId)).toEqual(['LedgerOpened', 'TimerFired']);
  expect(await timers()).toHaveLength(6);
});
