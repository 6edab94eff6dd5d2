import { createCommands, followUpsOf } from '@cargoro/commands';
import { aggregates, Invoice, RepairOrder, Reservation, UserAccount } from '@cargoro/domain';
import { Unavailable, type Vault } from '@cargoro/infra/ports';
import { type TestEventStore, testEventStore } from '@cargoro/infra/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorld, fixedAnchor } from './build.ts';
import { digestOf } from './digest.ts';
import { personas } from './personas.ts';

/** Changes whenever the story or the shape of what it makes changes; take the new one once the reason is understood. */
const digest = 'c20d0dbd19b212bc7df4d56eecff2dc557e84539a9d6b467e58a3ae319e938f1';

const vault: Vault = { seal: async (data) => data, open: async (data) => data, destroy: async () => undefined };
const options = { anchor: fixedAnchor };
let store: TestEventStore;
beforeAll(async () => {
  store = await testEventStore();
  await buildWorld('tiny', { log: store.log, vault }, options);
});
afterAll(() => store.stop());

const commandsOn = (clock: string) =>
  createCommands({ log: store.log, vault, lookup: async () => 0, clock: () => clock, appVersion: 'test', aggregates });
const idsOf = async (category: string) => {
  const ids = new Set<string>();
  for await (const { stream } of store.log.readAll({ filter: { categories: [category] } }))
    ids.add(stream.slice(category.length + 1));
  return [...ids];
};
const statuses = async (aggregate: Parameters<ReturnType<typeof commandsOn>['load']>[0]) => {
  const commands = commandsOn(fixedAnchor);
  const all = await Promise.all((await idsOf(aggregate.category)).map((id) => commands.load(aggregate, id)));
  return new Set(all.map(({ state }) => state.status));
};

describe('the tiny world', () => {
  it('is the same every time', async () => {
    expect(await digestOf(store.log, vault)).toBe(digest);
  });

  it('shows cars, appointments and invoices in every state a workshop sees in a day', async () => {
    expect(await statuses(RepairOrder)).toEqual(
      new Set([
        'opened',
        'diagnosed',
        'awaitingApproval',
        'inProgress',
        'onHold',
        'qualityCheck',
        'completed',
        'closed',
      ]),
    );
    expect(await statuses(Reservation)).toEqual(
      new Set([
        'requested',
        'proposed',
        'confirmed',
        'arrived',
        'fulfilled',
        'declined',
        'expired',
        'cancelled',
        'noShow',
      ]),
    );
    expect(await statuses(Invoice)).toEqual(new Set(['draft', 'issued', 'partlyPaid', 'paid', 'overdue']));
  });

  it('gives every demo user an account under the id they sign in with', async () => {
    const commands = commandsOn(fixedAnchor);
    for (const { userId } of personas) expect((await commands.load(UserAccount, userId)).state.status).toBe('active');
  });

  it('leaves nothing for the processes to do', async () => {
    const end = await store.log.end();
    const commands = commandsOn('2025-07-30T00:00:00.000Z');
    for await (const event of store.log.readAll())
      for (const request of followUpsOf(event)) await commands.dispatch(request);
    expect(await store.log.end()).toBe(end);
  });

  it('is left alone when it is built again', async () => {
    const end = await store.log.end();
    expect(await buildWorld('tiny', { log: store.log, vault }, { anchor: '2025-07-01T06:00:00.000Z' })).toMatchObject({
      commands: 1,
      events: 0,
    });
    expect(await store.log.end()).toBe(end);
  });

  it('goes on where it was stopped', async () => {
    const other = await testEventStore();
    for (const most of [40, 200, 155]) {
      let left = most;
      const failing = {
        ...other.log,
        append: async (...args: Parameters<typeof other.log.append>) => {
          if (left-- <= 0) throw new Unavailable('eventstore', 'stopped');
          return other.log.append(...args);
        },
      };
      await expect(buildWorld('tiny', { log: failing, vault }, options)).rejects.toThrow();
    }
    await buildWorld('tiny', { log: other.log, vault }, options);
    expect(await digestOf(other.log, vault)).toBe(digest);
    await other.stop();
  });

  it.each(['2026-11-22T15:00:00.000Z', '2028-02-28T20:30:00.000Z'])(
    'can be built at any hour of any day, such as %s',
    async (anchor) => {
      const other = await testEventStore();
      const world = await buildWorld('tiny', { log: other.log, vault }, { anchor });
      expect(world).toMatchObject({ anchor, events: 809 });
      await other.stop();
    },
  );
});
