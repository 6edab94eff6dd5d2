import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import type { Client } from './kit/client.ts';
import { dayOf, found, registerCar, signUp } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g12');
});
afterAll(() => world?.stop());

const history = 'kind place items costKrw odometerKm';
/** A screen that stays open on a car: what it shows, and how it ended when it did. */
const openScreen = (client: Client, vehicleId: string) => {
  const shown: unknown[] = [];
  const ended = (async () => {
    for await (const car of client.changes('myVehicleChanged', { id: vehicleId }, 'odometerKm')) shown.push(car);
    return 'closed by the client';
  })().catch((error: unknown) => (error as { code?: number }).code ?? error);
  return { shown, ended };
};

describe('G12, the access that is taken back', () => {
  it('closes the workshop’s open screen on the car and takes its history away, while the owner’s goes on', async () => {
    const { as, now } = world;
    const [kim, advisor, owner] = [as(people.kim), as(people.advisor), as(people.owner)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.advisor]);
    const vehicleId = await registerCar(world, people.kim, 'avante');
    await kim.command('RecordExternalService', {
      ...{ vehicleId, serviceId: idOf('service'), on: dayOf(world), odometerKm: 42_050, costKrw: 89_000 },
      ...{ items: [{ text: '엔진오일 교환' }], place: '동네 카센터' },
    });
    const seen = (client: Client) => client.list('vehicleHistory', { id: vehicleId }, history);
    const service = { kind: 'externalService', place: '동네 카센터', items: ['엔진오일 교환'], odometerKm: 42_050 };

    // Without the owner’s consent a workshop sees neither the car nor its past.
    expect(await advisor.one('vehicle', { id: vehicleId }, 'plate')).toBeNull();
    expect(await seen(advisor)).toEqual([]);
    const grant = { vehicleId, grantId: idOf('grant'), grantee: { kind: 'org', id: orgs.garage.id }, scope: 'history' };
    const tooLong = { ...grant, until: dayOf(world, 400) };
    expect(await kim.refusal('GrantAccess', tooLong)).toBe('UNTIL_TOO_FAR');
    expect(await advisor.denied('GrantAccess', { ...grant, until: dayOf(world, 30) })).toBe('FORBIDDEN');

    // With it, it sees both, but not what others charged.
    await kim.command('GrantAccess', { ...grant, until: dayOf(world, 180) });
    expect(await advisor.one('vehicle', { id: vehicleId }, 'plate grants { grantId }')).toEqual({
      ...{ plate: '219가7791', grants: [] },
    });
    expect(await seen(advisor)).toEqual([{ ...service, costKrw: null }]);
    expect(await seen(kim)).toEqual([{ ...service, costKrw: 89_000 }]);

    // Both have the car on screen, and a reading shows on both.
    const screens = { workshop: openScreen(advisor, vehicleId), owner: openScreen(kim, vehicleId) };
    const reading = { vehicleId, source: 'workshop', at: now() };
    await advisor.command('RecordOdometer', { ...reading, km: 42_060 });
    const reach = (client: Client, km: number) =>
      client.until<{ odometerKm: number }>(
        'myVehicleChanged',
        { id: vehicleId },
        'odometerKm',
        ({ odometerKm }) => odometerKm === km,
      );
    await Promise.all([reach(advisor, 42_060), reach(kim, 42_060)]);

    // The owner takes the access back: the workshop’s socket is closed with 4403 and nothing is left to see.
    await kim.command('RevokeAccess', { vehicleId, grantId: grant.grantId });
    expect(await screens.workshop.ended).toBe(4403);
    expect(await seen(advisor)).toEqual([]);
    expect(await advisor.one('vehicle', { id: vehicleId }, 'plate')).toBeNull();
    expect(await advisor.list('vehicles', {}, 'plate')).toEqual([]);
    for (const client of [advisor, owner]) {
      expect(await client.denied('RecordOdometer', { ...reading, km: 42_070 })).toBe('FORBIDDEN');
      await expect(reach(client, 42_070)).rejects.toThrow('FORBIDDEN');
    }
    expect(await kim.refusal('RevokeAccess', { vehicleId, grantId: idOf('another') })).toBe('GRANT_UNKNOWN');

    // The owner’s own screen never flickered; what the workshop wrote down stays, with who wrote it.
    await kim.command('RecordOdometer', { ...reading, source: 'owner', km: 42_080 });
    await reach(kim, 42_080);
    expect(screens.owner.shown).toContainEqual({ odometerKm: 42_060 });
    expect(screens.workshop.shown).not.toContainEqual({ odometerKm: 42_080 });
    type Events = { history: { edges: { node: { type: string; actor: { orgId: string | null } } }[] } };
    const past = await kim.one<Events>(
      'vehicle',
      { id: vehicleId },
      'history(first: 50) { edges { node { type actor { orgId } } } }',
    );
    const readings = past?.history.edges.map(({ node }) => node).filter(({ type }) => type === 'OdometerRecorded');
    expect(readings?.map(({ actor }) => actor.orgId)).toContain(orgs.garage.id);
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
