import { Delivery, DriverShift, UserAccount, Vehicle } from '@cargoro/domain';
import { DeliveryView, DriverShiftView } from '@cargoro/projections';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, readingWorld } from './testing/reading.ts';

const [deliveryId, otherId, driverId, rivalId, transportId, ownerId, workshopOrgId, vehicleId, contractId] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
].map(uuid) as [string, string, string, string, string, string, string, string, string];
const driver = as(driverId, 'DRIVER', transportId);
const rival = as(rivalId, 'DRIVER', uuid(20));
const dispatcher = as(uuid(21), 'DISPATCHER', transportId);
const owner = as(ownerId, 'OWNER');
const workshop = as(uuid(22), 'SERVICE_ADVISOR', workshopOrgId);
const stranger = as(uuid(23), 'DISPATCHER', uuid(24));
const day = '2025-06-30';
const later = '2099-01-01T00:00:00.000Z';
const place = (n: number, lat: number, lon: number) => ({
  ...{ addressRef: `address-${n}`, contactRef: `contact-${n}`, geo: { lat, lon }, codeHash: 'c'.repeat(64) },
  window: { from: '2025-06-30T02:00:00.000Z', to: '2025-06-30T03:00:00.000Z' },
});
const requested = (id: string) => [
  {
    type: 'DeliveryRequested',
    data: {
      ...{ deliveryId: id, number: `DL-${id.slice(-1)}`, vehicleId, kind: 'toWorkshop', mode: 'road', notes: '' },
      ...{ requester: { kind: 'user', id: ownerId }, payer: { kind: 'user', id: ownerId } },
      ...{ pickup: place(1, 37.5, 127), dropoff: place(2, 37.56, 127), links: { contractId } },
      ...{
        transportOrgId: transportId,
        vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
      },
      parties: [
        { kind: 'user', id: ownerId, as: 'requester' },
        { kind: 'user', id: ownerId, as: 'payer' },
        { kind: 'org', id: workshopOrgId, as: 'workshop' },
        { kind: 'org', id: transportId, as: 'transport' },
      ],
    },
  },
  { type: 'FareAgreed', data: { deliveryId: id, distanceKm: 8, baseKrw: 40_000, surcharges: [], totalKrw: 40_000 } },
];
const offered = (id: string, offerId: string, to: string) => [
  { type: 'DriverOffered', data: { deliveryId: id, offerId, driverId: to, round: 1, expiresAt: later } },
  { type: 'PartyAdded', data: { party: { kind: 'user', id: to, as: 'driver' } } },
];

let reading: Awaited<ReturnType<typeof readingWorld>>;
beforeAll(async () => {
  reading = await readingWorld(['delivery', 'repair', 'parts', 'money', 'admin']);
  const { append } = reading;
  const shift = { driverId, day, n: 1 };
  await append(DriverShift, `${driverId}.20250630.1`, [
    {
      type: 'ShiftStarted',
      data: {
        ...{ ...shift, at: '2025-06-30T00:00:00.000Z', geo: { lat: 37.5, lon: 127 }, consentVersion: '1' },
        parties: [
          { kind: 'user', id: driverId, as: 'driver' },
          { kind: 'org', id: transportId, as: 'transport' },
        ],
      },
    },
    { type: 'DeliveryBound', data: { ...shift, deliveryId: uuid(30) } },
    { type: 'DeliveryUnbound', data: { ...shift, deliveryId: uuid(30), outcome: 'completed', earningKrw: 32_000 } },
    { type: 'DeliveryBound', data: { ...shift, deliveryId } },
  ]);
  await append(Delivery, deliveryId, [
    ...requested(deliveryId),
    ...offered(deliveryId, uuid(40), driverId),
    ...offered(deliveryId, uuid(41), rivalId),
    { type: 'OfferAccepted', data: { deliveryId, offerId: uuid(40), driverId, shiftId: `${driverId}.20250630.1` } },
    { type: 'PartyRemoved', data: { party: { kind: 'user', id: rivalId, as: 'driver' } } },
    { type: 'PickupStarted', data: { deliveryId } },
  ]);
  const end = await append(Delivery, otherId, [...requested(otherId), ...offered(otherId, uuid(42), driverId)]);
  await reading.reached(end);
});
afterAll(() => reading.stop());

describe('a driver', () => {
  it('sees the shift, the job in hand and what was earned', async () => {
    expect(await reading.one('driverHome', {}, driver)).toMatchObject({
      ...{ status: 'busy', earningKrw: 32_000, jobs: [{ deliveryId: uuid(30), outcome: 'completed' }] },
      delivery: { deliveryId, status: 'enRouteToPickup', plate: '12가3456', pickup: { contactRef: 'contact-1' } },
    });
    expect(await reading.one('driverHome', {}, rival)).toBeNull();
  });

  it('has every shift with its past; the company does not read where it began', async () => {
    const id = `${driverId}.20250630.1`;
    const [shift] = await reading.list('driverShifts', { filter: { status: ['busy'] } }, driver);
    expect(shift).toMatchObject({ id, day, jobs: 1, earningKrw: 32_000, deliveryId, transportOrgId: transportId });
    expect(await reading.one('driverShift', { id }, rival)).toBeNull();
    expect(await reading.api.asOf(DriverShiftView, id, { revision: '0' }, driver)).toMatchObject({
      status: 'available',
    });
    const begun = async (viewer: typeof driver) =>
      (await reading.api.history(DriverShiftView, id, { first: 1, after: null }, viewer)).entries[0]?.data;
    expect(await begun(driver)).toMatchObject({ geo: { lat: 37.5 } });
    expect(await begun(dispatcher)).toBeNull();
  });

  it('is offered what nobody took yet, with what there is to earn and no address', async () => {
    const offers = await reading.list('openOffers', {}, driver);
    expect(offers).toMatchObject([{ deliveryId: otherId, earningKrw: 32_000, distanceKm: 8, model: '쏘나타' }]);
    expect(JSON.stringify(offers)).not.toMatch(/address-|contact-/);
    expect(await reading.list('openOffers', {}, rival)).toEqual([]);
  });

  it('knows neither who pays nor by which contract', async () => {
    expect(await reading.one('delivery', { id: deliveryId }, driver)).toMatchObject({
      ...{ payer: null, links: { contractId: null } },
    });
    expect(await reading.one('delivery', { id: deliveryId }, owner)).toMatchObject({
      ...{ payer: { id: ownerId }, links: { contractId } },
    });
    expect(await reading.one('delivery', { id: deliveryId }, workshop)).toMatchObject({ links: { contractId: null } });
  });

  it('loses sight of a job somebody else took', async () => {
    expect(await reading.one('delivery', { id: deliveryId }, rival)).toBeNull();
  });
});

describe('a delivery', () => {
  it.each([
    ['the driver', () => driver],
    ['the workshop', () => workshop],
  ])('shows %s no one-time code and no offer to others in its history', async (_who, viewer) => {
    const { entries } = await reading.api.history(DeliveryView, deliveryId, { first: 20, after: null }, viewer());
    expect(entries.length).toBeGreaterThan(5);
    expect(JSON.stringify(entries)).not.toContain('cccc');
    expect(JSON.stringify(entries.filter(({ type }) => type === 'DriverOffered'))).not.toContain(rivalId);
    expect(JSON.stringify(await reading.one('delivery', { id: deliveryId }, viewer()))).not.toContain('cccc');
  });

  it('stands on the board of its dispatchers by region, and on nobody else’s', async () => {
    expect(await reading.list('dispatchBoard', { region: 'seoul' }, dispatcher)).toMatchObject([
      { id: deliveryId, column: 'assigned', dueAt: '2025-06-30T03:00:00.000Z' },
      { id: otherId, column: 'searching' },
    ]);
    expect(await reading.list('dispatchBoard', { region: 'busan' }, dispatcher)).toEqual([]);
    expect(await reading.list('dispatchBoard', {}, stranger)).toEqual([]);
    await expect(reading.list('dispatchBoard', {}, driver)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('forgets whom to call once it is over, and blocks the car until then', async () => {
    expect(await reading.lookup('openWorkOfVehicle', [vehicleId])).toBe(2);
    expect(await reading.lookup('openDocumentsOfOrg', [transportId])).toBe(2);
    expect(await reading.lookup('openDocumentsOfOrg', [transportId, workshopOrgId])).toBe(2);
    expect(await reading.lookup('openDocumentsOfOrg', [transportId, uuid(99)])).toBe(0);
    const end = await reading.append(Delivery, otherId, [
      { type: 'DeliveryCancelled', data: { deliveryId: otherId, by: 'owner', reasonCode: 'CHANGED', feeKrw: 0 } },
    ]);
    await reading.reached(end);
    expect(await reading.one('delivery', { id: otherId }, owner)).toMatchObject({
      ...{ status: 'cancelled', pickup: { contactRef: null }, dropoff: { contactRef: null } },
    });
    expect(await reading.list('openOffers', {}, driver)).toEqual([]);
    expect(await reading.lookup('openWorkOfVehicle', [vehicleId])).toBe(1);
  });
});

describe('the board’s candidates', () => {
  const fresh = uuid(50);
  /** Who is free, how far north of the car, and until when. */
  const colleagues = [
    { id: uuid(51), km: 2, until: '2025-06-30T12:00:00.000Z', licence: 'class1Ordinary', name: '가까운' },
    { id: uuid(52), km: 1, until: '2025-06-30T02:30:00.000Z', licence: 'class1Ordinary', name: '곧 퇴근' },
    { id: uuid(53), km: 5, until: '2025-06-30T12:00:00.000Z', licence: 'class2Ordinary', name: '먼' },
    { id: uuid(54), km: 0, until: '2025-06-30T12:00:00.000Z', licence: 'class2Automatic', name: '다른 면허' },
    { id: uuid(55), km: 0, until: '2025-06-30T12:00:00.000Z', licence: 'class1Ordinary', name: '거절한' },
  ];
  const cards = async (viewer: typeof driver, id = fresh) =>
    (await reading.list('dispatchBoard', {}, viewer)).find((card) => card.id === id)?.candidates;

  beforeAll(async () => {
    const { append } = reading;
    await append(Vehicle, vehicleId, [
      {
        type: 'VehicleRegistered',
        data: {
          ...{ vehicleId, plate: '12가3456', plateColour: 'white', vin: 'KMHXX00XXXX900001', make: '현대' },
          ...{ model: '쏘나타', modelYear: 2020, fuel: 'gasoline', usage: 'private', bodyKind: 'car' },
          ...{ odometerKm: 10_000, firstRegisteredOn: '2020-01-01', owner: { kind: 'user', id: ownerId } },
          parties: [{ kind: 'user', id: ownerId, as: 'owner' }],
        },
      },
    ]);
    for (const { id, km, until, licence, name } of colleagues) {
      await append(UserAccount, id, [
        {
          type: 'UserRegistered',
          data: {
            ...{ userId: id, emailHash: 'e'.repeat(64), personRef: `person-${id}`, locale: 'ko', person: { name } },
            parties: [{ kind: 'user', id, as: 'self' }],
          },
        },
        {
          type: 'LicenceRecorded',
          data: { userId: id, licenceClass: licence, numberHash: 'd'.repeat(64), validTo: '2099-01-01' },
        },
        {
          type: 'TransportInsuranceRecorded',
          data: { userId: id, insurer: '보험', policyHash: 'd'.repeat(64), validTo: '2099-01-01' },
        },
      ]);
      const shift = { driverId: id, day, n: 1 };
      const parties = [
        { kind: 'user', id, as: 'driver' },
        { kind: 'org', id: transportId, as: 'transport' },
      ];
      await append(DriverShift, `${id}.20250630.1`, [
        {
          type: 'ShiftPlanned',
          data: { ...shift, from: '2025-06-30T00:00:00.000Z', to: until, area: '서울', parties },
        },
        {
          type: 'ShiftStarted',
          data: {
            ...{ ...shift, at: '2025-06-30T00:00:00.000Z', geo: { lat: 37.5 + km / 111.2, lon: 127 } },
            ...{ consentVersion: '1', parties },
          },
        },
      ]);
    }
    const end = await append(Delivery, fresh, [
      ...requested(fresh),
      ...offered(fresh, uuid(56), uuid(55)),
      { type: 'OfferDeclined', data: { deliveryId: fresh, offerId: uuid(56), driverId: uuid(55), reason: '휴식' } },
    ]);
    await reading.reached(end);
  });

  it('stand as the search ranks them, with the way they have and the end of their shift', async () => {
    expect(await cards(dispatcher)).toMatchObject([
      { driverName: '가까운', metres: expect.closeTo(2_000, -2), shiftEndsAt: colleagues[0]?.until, isOvertime: false },
      { driverName: '먼', metres: expect.closeTo(5_000, -2), isOvertime: false },
      { driverName: '곧 퇴근', metres: expect.closeTo(1_000, -2), isOvertime: true },
    ]);
    expect(await cards(dispatcher, deliveryId)).toEqual([]);
  });

  it('start from where a driver’s last job ended', async () => {
    const shift = { driverId: uuid(53), day, n: 1 };
    const done = await reading.append(DriverShift, `${uuid(53)}.20250630.1`, [
      { type: 'DeliveryBound', data: { ...shift, deliveryId } },
      { type: 'DeliveryUnbound', data: { ...shift, deliveryId, outcome: 'completed', earningKrw: 0 } },
    ]);
    await reading.reached(done);
    expect(await cards(dispatcher)).toContainEqual(
      expect.objectContaining({ driverName: '먼', metres: expect.closeTo(6_700, -2), doneJobs: 1 }),
    );
  });

  it('are nobody’s but the transport company’s, and where they are is their own', async () => {
    const client = uuid(57);
    await reading.reached(
      await reading.append(Delivery, fresh, [
        { type: 'PartyAdded', data: { party: { kind: 'org', id: client, as: 'requester' } } },
      ]),
    );
    expect(await cards(as(uuid(58), 'FLEET_MANAGER', client))).toEqual([]);
    const drivers = await reading.list('drivers', { filter: { status: ['available'] } }, dispatcher);
    expect(drivers).toContainEqual(expect.objectContaining({ driverName: '가까운', place: null, startGeo: null }));
    expect(await reading.one('driverHome', {}, as(uuid(51), 'DRIVER', transportId))).toMatchObject({
      ...{ place: { lon: 127 }, plannedTo: colleagues[0]?.until },
    });
  });

  it('stand, with everything else, as a replay of the log makes it', async () => {
    expect(await reading.differing()).toEqual([]);
  });
});
