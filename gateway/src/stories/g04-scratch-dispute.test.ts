import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOf, orgs, people } from './kit/cast.ts';
import type { Client } from './kit/client.ts';
import { home, offerTo, requestMove, take } from './kit/delivering.ts';
import { found, garagePlace, goOnline, registerCar, signUp } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g04');
});
afterAll(() => world?.stop());

const slots = ['front', 'rear', 'left', 'right', 'dash'] as const;
type Photo = { slot: string; sha256: string; objectId: string };
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
/** What a camera would make of a side of the car: the start of a JPEG, then something only this photo holds. */
const pictureOf = (what: string) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new TextEncoder().encode(what)]);
/** Photographs all sides of the car and brings the files. */
const photograph = (driver: Client, when: string) =>
  Promise.all(slots.map(async (slot) => ({ ...(await driver.bring(pictureOf(`${when} ${slot}`))), slot })));

describe('G4, the dispute over a scratch', () => {
  it('is settled by the photos of both ends, which are what their hashes say', async () => {
    const { as } = world;
    const [kim, driver, dispatcher] = [as(people.kim), as(people.driver), as(people.dispatcher)];
    await signUp(world, people.kim);
    await found(world, orgs.transport, [people.dispatcher, people.driver]);
    await goOnline(world, people.driver);
    const vehicleId = await registerCar(world, people.kim, 'avante');
    const deliveryId = await requestMove(world, people.kim, vehicleId);
    await offerTo(world, deliveryId, people.driver);
    await take(world, deliveryId, people.driver);

    // The driver sees the scratch before the car moves, and writes it down with a photo of it.
    await driver.command('StartToPickup', { deliveryId });
    const far = { deliveryId, geo: { lat: home.lat + 0.02, lon: home.lon } };
    expect(await driver.refusal('ArriveAtPickup', far)).toBe('GEOFENCE_MISMATCH');
    await driver.command('ArriveAtPickup', { deliveryId, geo: home });
    const before = await photograph(driver, 'before');
    const scratch = { zone: '뒷범퍼 왼쪽', kind: 'scratch', photo: await driver.bring(pictureOf('the scratch')) };
    const inspection = {
      deliveryId,
      odometerKm: 42_000,
      fuelPct: 70,
      giver: 'kim',
      photos: before,
      damages: [scratch],
    };
    const signature = fileOf('kim.png');
    const without = { ...inspection, signature, photos: before.slice(1) };
    expect(await driver.refusal('InspectAtPickup', without)).toBe('PHOTOS_MISSING');
    expect(await driver.refusal('InspectAtPickup', inspection)).toBe('SIGNATURE_REQUIRED');
    await driver.command('InspectAtPickup', { ...inspection, signature });
    await driver.command('Depart', { deliveryId });
    type Custody = { custody: { kind: string; id: string }; odometerKm: number };
    const isWith = (kind: string, id: string) =>
      kim.until<Custody>(
        'myVehicleChanged',
        { id: vehicleId },
        'custody { kind id } odometerKm',
        ({ custody }) => custody.kind === kind && custody.id === id,
      );
    await isWith('driver', driver.id);
    expect(await dispatcher.refusal('CancelDelivery', { deliveryId, by: 'kim', reasonCode: 'CHANGED_MIND' })).toBe(
      'AFTER_PICKUP',
    );

    // At the other end the receiver takes the scratch for a new one and refuses the car.
    await driver.command('ArriveAtDropoff', { deliveryId, geo: garagePlace });
    await driver.command('RejectHandover', { deliveryId, reason: '뒷범퍼에 새 흠집', photos: [] });
    await isWith('driver', driver.id);
    const status = 'status reason';
    expect(await kim.one('delivery', { id: deliveryId }, status)).toEqual({
      ...{ status: 'disputed', reason: '뒷범퍼에 새 흠집' },
    });
    const after = await photograph(driver, 'after');
    const given = { deliveryId, odometerKm: 42_016, receiver: 'receiver', photos: after, newDamages: [] };
    await driver.command('CompleteHandover', { ...given, signature: fileOf('receiver.png') });
    await isWith('owner', kim.id);

    // Both ends side by side, to each who takes part: the scratch was there before, and no new one came.
    const ends = `pickupInspection { odometerKm damages { zone kind photo { sha256 } } photos { slot sha256 } }
      handover { odometerKm damages { zone } photos { slot sha256 } } distanceKm status`;
    type Ends = { pickupInspection: { photos: Photo[] }; handover: { photos: Photo[] } };
    for (const party of [kim, driver, dispatcher]) {
      const seen = await party.one<Ends>('delivery', { id: deliveryId }, ends);
      expect(seen).toMatchObject({
        ...{ status: 'completed', distanceKm: 16 },
        pickupInspection: {
          damages: [{ zone: '뒷범퍼 왼쪽', kind: 'scratch', photo: { sha256: scratch.photo.sha256 } }],
        },
        handover: { damages: [] },
      });
      const pairs = slots.map((slot) =>
        [seen?.pickupInspection, seen?.handover].map((end) => end?.photos.find((photo) => photo.slot === slot)?.sha256),
      );
      expect(pairs.flat().every((sha256) => sha256 !== undefined)).toBe(true);
      for (const [first, second] of pairs) expect(first).not.toBe(second);
    }

    // The files are what the record says they are; somebody who has no part in it sees neither.
    for (const { sha256 } of [...before, ...after, scratch.photo]) {
      const content = await kim.fetchFile(sha256);
      expect(content && hashOf(content)).toBe(sha256);
      expect(await as(people.manager).fetchFile(sha256)).toBeUndefined();
    }
    expect(await as(people.manager).one('delivery', { id: deliveryId }, status)).toBeNull();

    // The dispute stays in the history, and the shift counts one job and its pay.
    const { history } = (await kim.one<{ history: { edges: { node: { type: string } }[] } }>(
      'delivery',
      { id: deliveryId },
      'history(first: 50) { edges { node { type } } }',
    )) ?? { history: { edges: [] } };
    const types = history.edges.map(({ node }) => node.type);
    expect(types.indexOf('HandoverRejected')).toBeLessThan(types.indexOf('HandoverCompleted'));
    const shift = await driver.until<{ status: string; earningKrw: number; jobs: { outcome: string }[] }>(
      'driverHomeChanged',
      {},
      'status earningKrw jobs { outcome earningKrw }',
      ({ jobs }) => jobs.some(({ outcome }) => outcome === 'completed'),
    );
    expect(shift).toMatchObject({ status: 'available', earningKrw: 16_000, jobs: [{ earningKrw: 16_000 }] });
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
