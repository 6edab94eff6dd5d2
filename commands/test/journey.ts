import { type Actor, Claim, Delivery, DriverShift, shiftId, systemActor, UserAccount } from '@cargoro/domain';
import { recording } from './recording.ts';
import { idOf, type TestWorld } from './world.ts';

/** What the test's photographer and clerk would have brought. */
const file = { objectId: 'o', sha256: 'a'.repeat(64), bytes: 1 };
const photos = ['front', 'rear', 'left', 'right', 'dash'].map((slot) => ({ ...file, slot }));
const person = { odometerKm: 42_100, photos, proof: 'code' };
const ended = {
  HandoverCompleted: { ...person, receiver: 'r', newDamages: [], distanceKm: 10, minutes: 20 },
  DeliveryFailed: { reason: '견인', vehicleLeftAt: { addressRef: 'b', geo: { lat: 37.5, lon: 127 } } },
};
const geo = { lat: 37.498, lon: 127.028 };
const place = {
  addressRef: 'a',
  geo,
  contactRef: 'c',
  window: { from: '2025-06-30T00:00:00Z', to: '2025-06-30T02:00:00Z' },
};

/** A driver with consent on an open shift, and a car on its way with them; each step is told by a test. */
export const startJourney = async (world: TestWorld, name: string) => {
  const [driverId, deliveryId, orgId] = [idOf(`driver ${name}`), idOf(`delivery ${name}`), idOf(`transport ${name}`)];
  const shift = { driverId, day: '2025-06-30', n: 1 };
  const shiftKey = shiftId(driverId, shift.day, shift.n);
  const system = systemActor('test');
  const append = recording(world);
  const delivery = (type: string, data: Record<string, unknown> = {}) =>
    append(Delivery, deliveryId, [type, { deliveryId, ...data }]);
  const send = async (type: string, input: Record<string, unknown>): Promise<void> => {
    const outcome = await world.node().dispatch(world.request(type, input, { actor: system }));
    if (outcome.kind === 'rejected') throw new Error(`${type} was refused: ${outcome.code}`);
  };

  await send('RegisterUser', {
    ...{ userId: driverId, emailHash: driverId.replaceAll('-', '').padEnd(64, '0'), personRef: driverId, locale: 'ko' },
    person: { name: '기사', phone: '010-0000-0001', email: 'driver@example.com' },
  });
  const consent = (granted: boolean) =>
    append(UserAccount, driverId, [
      'ConsentRecorded',
      { userId: driverId, kind: 'location', version: '2025-01', granted },
    ]);
  await consent(true);
  await append(Claim, `driverShift.${driverId}`, [
    'ClaimConfirmed',
    { kind: 'driverShift', value: driverId, holder: shiftKey },
  ]);
  await append(
    DriverShift,
    shiftKey,
    ['ShiftStarted', { ...shift, at: world.clock(), geo, consentVersion: '2025-01', parties: [] }],
    ['DeliveryBound', { ...shift, deliveryId }],
  );
  await delivery('DeliveryRequested', {
    ...{
      vehicleId: idOf(`car ${name}`),
      requester: { kind: 'user', id: idOf('owner') },
      pickup: place,
      dropoff: place,
    },
    ...{
      number: `DL-${name}`,
      vehicle: { plate: '12가3456', make: '현대', model: '아반떼', modelYear: 2022 },
      kind: 'relocation',
      mode: 'road',
    },
    ...{ payer: { kind: 'user', id: idOf('owner') }, links: {}, notes: '', parties: [] },
  });
  await delivery('DriverAssigned', { driverId, dispatcherId: idOf('dispatcher'), reason: '배차', shiftId: shiftKey });
  return {
    ...{ driverId, deliveryId, consent, delivery },
    driver: { kind: 'user', id: driverId, orgId, role: 'DRIVER' } satisfies Actor,
    depart: async (): Promise<void> => {
      await delivery('PickupStarted');
      await delivery('ArrivedAtPickup', { geo, distanceFromTargetM: 1 });
      await delivery('PickupInspected', { ...person, fuelPct: 50, damages: [], giver: 'g' });
      await delivery('Departed');
    },
    /** Ends the delivery as it ends in life: first there, then at the driver's shift. Returns where the first stands. */
    end: async (type: 'HandoverCompleted' | 'DeliveryFailed' = 'HandoverCompleted'): Promise<bigint> => {
      const position = await delivery(type, ended[type]);
      await append(DriverShift, shiftKey, [
        'DeliveryUnbound',
        { ...shift, deliveryId, outcome: 'completed', earningKrw: 0 },
      ]);
      return position;
    },
    events: async (): Promise<readonly string[]> =>
      (await world.log.read(`delivery-${deliveryId}`)).map(({ type }) => type),
    sealed: async () =>
      (await world.log.read(`delivery-${deliveryId}`))
        .filter(({ type }) => type === 'TrackSealed')
        .map(({ data }) => data),
  };
};
export type TestJourney = Awaited<ReturnType<typeof startJourney>>;
