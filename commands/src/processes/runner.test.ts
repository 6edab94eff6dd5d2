import {
  type AnyProcess,
  aggregates,
  Claim,
  complete,
  type ProcessInput,
  processActor,
  schedule,
} from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../test/ledger.ts';
import { statelessProcess } from '../../test/stateless.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import type { Commands } from '../types.ts';
import { CommandError } from '../types.ts';
import { type Processes, startProcesses } from './runner.ts';

let world: TestWorld;
let database: TestPostgres;
let started: Processes[] = [];
beforeEach(async () => {
  world = await startWorld();
  database = await testPostgres();
  await migrateCommands(database.postgres);
});
afterEach(async () => {
  await Promise.all(started.map((processes) => processes.stop()));
  started = [];
  await database.stop();
  await world.stop();
});

const start = (commands: Commands = world.node(), managers: readonly AnyProcess[] = []) => {
  const processes = startProcesses({
    processes: managers,
    log: world.log,
    commands,
    vault: world.vault,
    postgres: database.postgres,
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics('test'),
  });
  started.push(processes);
  return processes;
};
const opened = async () => {
  const ledgerId = world.newLedger();
  await world.node().dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org') }));
  return ledgerId;
};
const tell = (ledgerId: string, otherId: string, amount = 5) =>
  world.request('TellOther', { ledgerId, otherId, amount });
const everything = async (processes: Processes) => {
  // A follow-up may append, and so move the end.
  for (let end = await world.log.end(); processes.state().position < end; end = await world.log.end())
    await processes.passed(end);
};
const total = async (ledgerId: string) => (await world.node().load(Ledger, ledgerId)).state;

describe('follow-ups', () => {
  it('are sent as events come, with the trace of their event', async () => {
    const [one, two] = [await opened(), await opened()];
    const processes = start();
    await world.node().dispatch({ ...tell(one, two), correlationId: 'case-3' });
    await everything(processes);
    expect(await total(two)).toMatchObject({ total: 5 });
    const [, told] = await world.log.read(`ledger-${one}`);
    expect((await world.log.read(`ledger-${two}`)).at(-1)?.meta).toMatchObject({
      correlationId: 'case-3',
      causationId: told?.id,
      actor: { kind: 'process', id: 'followUps' },
    });
  });

  it('confirm what a step held, and release what is given up', async () => {
    const ledgerId = await opened();
    const processes = start();
    await world.node().dispatch(world.request('NameLedger', { ledgerId, names: ['teal'] }));
    await everything(processes);
    expect((await world.node().load(Claim, 'ledgerName.teal')).state).toMatchObject({
      status: 'confirmed',
      holder: ledgerId,
    });
  });

  it('happen once, though every one is sent again', async () => {
    const [one, two] = [await opened(), await opened()];
    for (let i = 0; i < 20; i++) await world.node().dispatch(tell(one, two, 1));
    await everything(start());
    await started[0]?.stop();
    await database.postgres.query('delete from process_checkpoint');
    await everything(start());
    expect(await total(two)).toMatchObject({ total: 20 });
    expect(await world.events(two)).toHaveLength(21);
  });

  it('wait for a part that is away, and go on after a crash where they were', async () => {
    const [one, two] = [await opened(), await opened()];
    const real = world.node();
    let away = 3;
    const seen: string[] = [];
    const shaky: Commands = {
      ...real,
      dispatch: async (request) => {
        if (away-- > 0) throw new CommandError('UNAVAILABLE', 'away');
        seen.push(request.type);
        return real.dispatch(request);
      },
    };
    await world.node().dispatch(tell(one, two));
    const first = start(shaky);
    await everything(first);
    expect(await total(two)).toMatchObject({ total: 5 });
    await first.stop();
    await world.node().dispatch(tell(one, two));
    seen.length = 0;
    await everything(start(shaky));
    // What was followed up before the stop is not sent again.
    expect(seen).toEqual(['AddAmount']);
    expect(await total(two)).toMatchObject({ total: 10 });
  });

  it('that are refused are an answer, and those that fail by a defect are kept for somebody to look at', async () => {
    const [one, two, three] = [await opened(), await opened(), await opened()];
    const real = world.node();
    const broken: Commands = {
      ...real,
      dispatch: async (request) => {
        if ((request.input as { ledgerId: string }).ledgerId === two) throw new CommandError('INTERNAL', 'a defect');
        return real.dispatch(request);
      },
    };
    await world.node().dispatch(tell(one, two));
    await world.node().dispatch(tell(one, three, 2_000_000));
    await world.node().dispatch(tell(one, three, 7));
    await everything(start(broken));
    expect(await total(three)).toMatchObject({ total: 7 });
    expect(await database.postgres.query('select type, code, stream from process_dead_letter')).toEqual([
      { type: 'AddAmount', code: 'INTERNAL', stream: `ledger-${one}` },
    ]);
  });

  it('are sent by one process at a time; another takes over when it stops', async () => {
    const [one, two] = [await opened(), await opened()];
    const active = start();
    await everything(active);
    const standby = start();
    await world.node().dispatch(tell(one, two));
    await everything(active);
    expect(standby.state().status).toBe('standby');
    await active.stop();
    await world.node().dispatch(tell(one, two));
    await everything(standby);
    expect(await total(two)).toMatchObject({ total: 10 });
  });
});

describe('a timer', () => {
  /** Trips over its own timer, which is due at once, unless told not to. */
  const tripping = statelessProcess('Tripping', ({ type, data }) => {
    if (type === 'Begun') return [schedule(String(data.timer), String(data.at))];
    if (data.timer === 'trip') throw new Error('a defect');
    return [complete];
  });

  it('that meets a defect is kept for somebody to look at, and holds up no other', async () => {
    const commands = world.node({ aggregates: [...aggregates, tripping.aggregate] });
    const begin = (key: string, timer: string, at: string) => {
      const input = { id: idOf(`begun ${key}`), type: 'Begun', data: { timer, at }, at: world.clock() };
      return commands.dispatch({
        ...world.request('TellTripping', { key, input }),
        actor: processActor('Tripping'),
      });
    };
    start(commands, [tripping]);
    await begin('bad', 'trip', '2025-01-01T00:00:00.000Z');
    await begin('good', 'walk', '2025-01-02T00:00:00.000Z');
    const told = async () => {
      for await (const message of world.log.subscribe({ signal: AbortSignal.timeout(20_000) }))
        if (
          message.kind === 'event' &&
          message.event.stream.endsWith('good') &&
          (message.event.data as { input: ProcessInput }).input.type === 'TimerFired'
        )
          return true;
      return false;
    };
    expect(await told()).toBe(true);
    const { postgres } = database;
    const dead = () => postgres.query('select type, code, stream from process_dead_letter');
    const kept = { type: 'TellTripping', code: 'INTERNAL', stream: 'process-Tripping.bad' };
    await expect.poll(dead, { timeout: 20_000 }).toEqual([kept]);
    const open = () => postgres.query(`select key from process_timer where key = 'bad'`);
    await expect.poll(open, { timeout: 20_000 }).toEqual([]);
  });
});
