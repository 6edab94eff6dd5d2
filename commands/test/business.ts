import { aggregates, processes, type StoredEvent, systemActor } from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { testPostgres } from '@cargoro/infra/testing';
import { migrateCommands } from '../src/migrate.ts';
import type { TimerClock } from '../src/processes/clock.ts';
import { type Processes, startProcesses } from '../src/processes/runner.ts';
import type { Commands } from '../src/types.ts';
import { idOf, startWorld } from './world.ts';

type Data = Record<string, unknown>;
const all = [...aggregates, ...processes.map(({ aggregate }) => aggregate)];

/** The whole business on a real event store and Postgres, with all process managers and a clock that the test moves. */
export const startBusiness = async () => {
  const world = await startWorld();
  const database = await testPostgres();
  await migrateCommands(database.postgres);
  const waiting: { at: string | undefined; wake: () => void }[] = [];
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
  let node: Commands;
  let running: Processes;
  const start = () => {
    node = world.node({ aggregates: all });
    running = startProcesses({
      ...{
        log: world.log,
        commands: node,
        vault: world.vault,
        postgres: database.postgres,
        processes,
        aggregates,
        clock,
      },
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics('test'),
    });
  };
  start();

  /** Until an event of a type (that satisfies a test) has happened; fails after twenty seconds. */
  const until = async (
    type: string,
    is: (data: Data) => boolean = () => true,
  ): Promise<StoredEvent & { data: Data }> => {
    for await (const message of world.log.subscribe({ signal: AbortSignal.timeout(20_000) }))
      if (message.kind === 'event' && message.event.type === type && is(message.event.data as Data))
        return message.event as StoredEvent & { data: Data };
    throw new Error(`${type} did not happen`);
  };
  return {
    world,
    id: idOf,
    until,
    /** Sends a command as the system; a refusal fails the test. */
    say: async (type: string, input: Data, more: Data = {}): Promise<void> => {
      const outcome = await node.dispatch(world.request(type, input, { actor: systemActor('test'), ...more }));
      if (outcome.kind === 'rejected') throw new Error(`${type} was refused: ${outcome.code}`);
    },
    /** The runner dies and another takes over, on what is stored alone. */
    crash: async () => {
      await running.stop();
      start();
    },
    pass: (minutes: number) => {
      world.pass(minutes);
      for (const { at, wake } of waiting) if (at !== undefined && at <= world.clock()) wake();
    },
    count: async (type: string): Promise<number> => {
      let found = 0;
      const end = await world.log.end();
      for await (const message of world.log.subscribe({ signal: AbortSignal.timeout(20_000) })) {
        if (message.kind === 'event' && message.event.type === type) found += 1;
        const position =
          message.kind === 'event' ? message.event.position : message.kind === 'checkpoint' ? message.position : 0n;
        if (position >= end) return found;
      }
      return found;
    },
    /** Commands that could never succeed; messages to people are kept elsewhere. */
    dead: () => database.postgres.query(`select type, message from process_dead_letter where type <> 'RequestNotice'`),
    stop: async () => {
      await running.stop();
      await database.stop();
      await world.stop();
    },
  };
};
export type Business = Awaited<ReturnType<typeof startBusiness>>;

export const licence = { objectId: 'licence', sha256: 'a'.repeat(64), bytes: 1_000 };

/** A verified workshop that is open, with a technician, and a car of this owner. */
export const foundWorkshop = async ({ say, id }: Business, owner: { kind: string; id: string }) => {
  const [workshopId, orgId, bayId, lead] = [id('workshop'), id('garage'), id('bay'), id('lead')];
  await say('RegisterOrganization', {
    ...{
      orgId,
      kind: 'workshop',
      name: '가온오토케어',
      businessNo: '124-81-00998',
      address: '서울',
      ownerUserId: lead,
    },
  });
  await say('VerifyOrganization', { orgId, evidence: [licence] });
  const place = { address: '서울 강남구', geo: { lat: 37.498, lon: 127.028 }, phone: '02-000-0001' };
  await say('RegisterWorkshop', {
    ...{
      workshopId,
      orgId,
      name: '가온오토케어 강남',
      class: 'specialist',
      repairRegNo: '제2018-강남-0123호',
      ...place,
    },
  });
  const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '18:00' }));
  await say('SetHours', { workshopId, weekly, effectiveFrom: '2025-06-01' });
  await say('AddBay', { workshopId, bayId, name: '1번', kind: 'lift' });
  await say('PostLaborRate', { workshopId, category: 'general', ratePerHourKrw: 50_000, effectiveFrom: '2025-06-30' });
  const items = ['OIL', 'PADF'].map((serviceCode) => ({ serviceCode, name: serviceCode, standardHours: 0.5 }));
  await say('PublishServiceMenu', { workshopId, menuVersion: 1, items, effectiveFrom: '2025-06-01' });
  await say('EnrolTechnician', { workshopId, userId: lead, grade: '기능장', skills: [], evCertified: true });
  await say('OpenWorkshop', { workshopId });
  const vehicleId = id('car');
  await say('RegisterVehicle', {
    ...{ vehicleId, plate: '123가4567', plateColour: 'white', vin: 'KMHL14JA5PA900001', make: '현대', model: '아반떼' },
    ...{ modelYear: 2023, fuel: 'gasoline', usage: 'private', bodyKind: 'car', firstRegisteredOn: '2023-03-02' },
    ...{ owner, odometerKm: 42_000 },
  });
  return { workshopId, orgId, bayId, lead, vehicleId };
};
