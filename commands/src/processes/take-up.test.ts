import {
  type AnyProcess,
  aggregates,
  defineProcess,
  type ProcessInput,
  type Reaction,
  schedule,
  send,
  text,
} from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ledger } from '../../test/ledger.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { startProcesses } from './runner.ts';
import { takeUp } from './take-up.ts';

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
/** Adds a won to each ledger it sees opened and whenever its timers say so. */
const adding: AnyProcess = defineProcess<State>()({
  name: 'Adding',
  doc: text('시험', 'Test'),
  starts: ['LedgerOpened'],
  correlate: { LedgerOpened: ({ ledgerId }) => String(ledgerId), AmountAdded: ({ ledgerId }) => String(ledgerId) },
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
    return type === 'TimerFired' ? [add] : [];
  },
});
const everybody = () => [...aggregates, Ledger];

it('lets processes know what was and sends nothing of it; what comes is theirs', async () => {
  const ledgerId = world.newLedger();
  const commands = world.node({ aggregates: [...everybody(), adding.aggregate] });
  await commands.dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org') }));
  const { log, vault } = world;
  const { postgres } = database;
  const take = () =>
    takeUp({ log, vault, postgres, processes: [adding], aggregates: everybody(), appVersion: 'test' }, world.clock());
  await take();
  const told = async () =>
    (await log.read(`process-Adding.${ledgerId}`)).map(({ data }) => (data as { input: ProcessInput }).input.type);
  expect(await told()).toEqual(['LedgerOpened', 'TimerFired']);
  const timers = () => postgres.query('select process, key, timer from process_timer');
  expect(await timers()).toEqual([{ process: 'Adding', key: ledgerId, timer: 'future' }]);
  const end = await log.end();
  await take();
  expect([await log.end(), await timers()]).toEqual([end, [{ process: 'Adding', key: ledgerId, timer: 'future' }]]);

  const runner = startProcesses({
    ...{ log, vault, postgres, commands, processes: [adding], aggregates: everybody() },
    ...{ logger: createLogger({ level: 'silent' }), metrics: createMetrics('test') },
  });
  await runner.passed(end);
  expect((await commands.load(Ledger, ledgerId)).state).toMatchObject({ total: 0 });
  await commands.dispatch(world.request('AddAmount', { ledgerId, amount: 5 }));
  await runner.passed(await log.end());
  expect(await told()).toEqual(['LedgerOpened', 'TimerFired', 'AmountAdded']);
  expect((await commands.load(Ledger, ledgerId)).state).toMatchObject({ total: 5 });
  await runner.stop();
});
