import { BayDay, Invoice, RepairOrder, type Role, Vehicle, Workshop } from '@cargoro/domain';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { BayTimeline, type Projections, startProjections, verify } from '@cargoro/projections';
import { invoiceHistory, type ProjectionWorld, projectionWorld, uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queries, viewerOf } from './index.ts';
import { lookups } from './lookups.ts';
import { createReadApi } from './read-api.ts';
import type { QueryDef, Viewer } from './types.ts';

const [workshopId, orgId, bayId, vehicleId, ownerId, orderId] = [1, 2, 3, 4, 5, 6].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const day = '2025-06-30';
const lessorId = uuid(10);
const hold = { bayId, day, workshopId, holdId: uuid(7), forKind: 'reservation', forId: uuid(8) };
const slot = { start: '2025-06-30T00:00:00.000Z', end: '2025-06-30T01:00:00.000Z' };
const groups = ['core', 'repair', 'money', 'admin'];

let world: ProjectionWorld;
let readers: Postgres;
let projections: Projections;
let api: ReturnType<typeof createReadApi>;
beforeAll(async () => {
  world = await projectionWorld();
  readers = createPostgres({ url: world.url, pipeline: true });
  projections = startProjections(world.deps);
  api = createReadApi({ readers: readers.pool, pool: world.pool, log: world.log, vault: world.vault });
  await world.append(Workshop, workshopId, [
    {
      type: 'WorkshopRegistered',
      data: {
        ...{ workshopId, orgId, name: '가온', class: 'specialist', repairRegNo: 'R-1', address: '서울', phone: '02' },
        ...{ geo: { lat: 37.5, lon: 127 }, parties: [{ kind: 'org', id: orgId, as: 'workshop' }] },
      },
    },
    {
      type: 'HoursSet',
      data: {
        ...{ workshopId, holidays: [], effectiveFrom: '2025-01-01' },
        weekly: [1, 2].map((weekday) => ({ weekday, opens: '09:00', closes: '11:00' })),
      },
    },
    { type: 'BayAdded', data: { workshopId, bayId, name: '1번', kind: 'lift' } },
    {
      type: 'ServiceMenuPublished',
      data: {
        ...{ workshopId, menuVersion: 1, effectiveFrom: '2025-01-01' },
        items: [{ serviceCode: 'BRAKE', name: '브레이크', standardHours: 1.5, partsHint: [], estimateExempt: false }],
      },
    },
    { type: 'WorkshopOpened', data: { workshopId } },
  ]);
  const held = await world.append(BayDay, `${bayId}.20250630`, [
    {
      type: 'SlotHeld',
      data: { ...hold, ...slot, expiresAt: slot.end, parties: [{ kind: 'org', id: orgId, as: 'workshop' }] },
    },
    { type: 'SlotConfirmed', data: { bayId, day, holdId: hold.holdId } },
  ]);
  await world.reached(held, groups);
});
afterAll(async () => {
  await api.close();
  await projections.stop();
  await readers.close();
  await world.stop();
});

const as = (id: string, role: Role, org?: string): Viewer =>
  viewerOf({ kind: 'user', id, role, ...(org ? { orgId: org } : {}) });
const owner = as(ownerId, 'OWNER');
const advisor = as(uuid(9), 'SERVICE_ADVISOR', orgId);
const named = (name: string): QueryDef => queries.find((def) => def.name === name)!;
const list = async (name: string, args: Record<string, unknown>, viewer: Viewer) =>
  (await api.page(named(name), args, { first: 50, after: null }, viewer)).rows;
const freeOn = async (args: Record<string, unknown>) => {
  const rows = await list('freeSlots', { workshopId, ...args }, owner);
  return Object.fromEntries(
    rows.map((row) => [
      row.day,
      (row.cells as { start: string; free: number }[]).map(({ start, free }) => `${start.slice(11, 16)} ${free}`),
    ]),
  );
};

describe('free slots', () => {
  it('tell everybody what is free, on booked days and on days nobody booked', async () => {
    expect(await freeOn({ days: [day, '2025-07-01', '2025-07-02'] })).toEqual({
      [day]: ['00:00 0', '00:30 0', '01:00 1', '01:30 1'],
      '2025-07-01': ['00:00 1', '00:30 1', '01:00 1', '01:30 1'],
      '2025-07-02': [],
    });
  });

  it('offer only starts from which the service fits', async () => {
    expect(await freeOn({ days: ['2025-07-01'], serviceCode: 'BRAKE' })).toEqual({
      '2025-07-01': ['00:00 1', '00:30 1'],
    });
  });

  it('begin again where a car left its bay early', async () => {
    const use = { bayId, day, holdId: hold.holdId };
    const left = await world.append(BayDay, `${bayId}.20250630`, [
      { type: 'BayUseStarted', data: { ...use, at: slot.start } },
      { type: 'BayUseEnded', data: { ...use, at: '2025-06-30T00:30:00.000Z', minutes: 30, workshopId } },
    ]);
    await world.reached(left, groups);
    expect((await freeOn({ days: [day] }))[day]?.slice(0, 2)).toEqual(['00:00 0', '00:30 1']);
  });

  it('follow the workshop’s hours and what is released', async () => {
    await world.append(BayDay, `${bayId}.20250630`, [
      { type: 'SlotReleased', data: { bayId, day, workshopId, holdId: hold.holdId, reason: '변경' } },
    ]);
    const changed = await world.append(Workshop, workshopId, [
      {
        type: 'HoursSet',
        data: {
          workshopId,
          holidays: [],
          effectiveFrom: '2025-06-01',
          weekly: [{ weekday: 1, opens: '09:00', closes: '10:00' }],
        },
      },
    ]);
    await world.reached(changed, groups);
    expect(await freeOn({ days: [day] })).toEqual({ [day]: ['00:00 1', '00:30 1'] });
    const { rows } = await world.pool.query('select cells from rm_ws_slots_public where workshop_id = $1', [
      workshopId,
    ]);
    expect(rows[0].cells).toHaveLength(2);
  });
});

describe('the bays of a day', () => {
  it('show holds by their state to the workshop, with the bay’s name, now and then', async () => {
    expect(await list('bayTimeline', { workshopId, day }, advisor)).toMatchObject([
      { bayName: '1번', bayKind: 'lift', slots: [] },
    ]);
    const then = await api.asOf(BayTimeline, `${bayId}.20250630`, { revision: '1' }, advisor);
    expect(then).toMatchObject({ bayName: '1번', slots: [{ state: 'confirmed', holdId: hold.holdId }] });
    expect(await lookups(world.pool)('futureHoldsOfBay', [bayId])).toBe(0);
  });
});

describe('an owner’s car', () => {
  it('shows its open order while there is one, live', async () => {
    await world.append(Vehicle, vehicleId, [
      {
        type: 'VehicleRegistered',
        data: {
          ...{
            vehicleId,
            plate: '12가3456',
            plateColour: 'white',
            vin: 'KMHXX00XXXX000001',
            make: '현대',
            model: '쏘나타',
            modelYear: 2020,
          },
          ...{
            fuel: 'gasoline',
            usage: 'private',
            bodyKind: 'car',
            firstRegisteredOn: '2020-01-01',
            odometerKm: 10_000,
          },
          ...{ owner: { kind: 'user', id: ownerId }, parties: [{ kind: 'user', id: ownerId, as: 'owner' }] },
        },
      },
    ]);
    const opened = await world.append(RepairOrder, orderId, [
      {
        type: 'RepairOrderOpened',
        data: {
          ...{
            repairOrderId: orderId,
            number: 'RO-1',
            workshopId,
            workshopOrgId: orgId,
            vehicleId,
            odometerInKm: 10_000,
            fuelPct: 50,
          },
          ...{
            customer: { kind: 'owner', id: ownerId },
            payer: { kind: 'owner', id: ownerId },
            complaint: '',
            conditionPhotos: [],
          },
          ...{ firstRegisteredOn: '2020-01-01', highVoltage: false },
          vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
          parties: [
            { kind: 'org', id: orgId, as: 'workshop' },
            { kind: 'user', id: ownerId, as: 'customer' },
          ],
        },
      },
    ]);
    await world.reached(opened, groups);
    expect(await list('myVehicles', {}, owner)).toMatchObject([
      { openOrder: { repairOrderId: orderId, status: 'opened' } },
    ]);
    expect(await lookups(world.pool)('openWorkOfVehicle', [vehicleId])).toBe(1);
    const noted = await world.append(RepairOrder, orderId, [
      { type: 'RepairOrderCancelled', data: { repairOrderId: orderId, reasonCode: 'CUSTOMER' } },
    ]);
    await world.reached(noted, groups);
    const [car] = await list('myVehicles', {}, owner);
    expect(car).toMatchObject({ openOrder: { status: 'cancelled' }, position: String(noted), revision: '0' });
    expect((await list('workshopBoard', { workshopId }, advisor)).map(({ column }) => column)).toEqual(['ready']);
  });

  it('leads from an order to its invoices, live, for the workshop and whoever pays', async () => {
    const order = async (viewer: Viewer) => (await list('repairOrders', {}, viewer)).find(({ id }) => id === orderId);
    expect((await order(advisor))?.invoices).toEqual([]);
    const invoiceId = uuid(20);
    const parties = [
      { kind: 'org', id: orgId, as: 'seller' },
      { kind: 'org', id: lessorId, as: 'payer' },
    ];
    const [drafted, issued] = invoiceHistory(invoiceId);
    const data = { ...drafted!.data, source: { kind: 'repairOrder', id: orderId }, parties };
    const payer = { kind: 'lessor', id: lessorId };
    await world.append(RepairOrder, orderId, [
      { type: 'PartyAdded', data: { party: { kind: 'org', id: lessorId, as: 'payer' } } },
    ]);
    const billed = await world.append(Invoice, invoiceId, [
      { type: 'InvoiceDrafted', data: { ...data, payer } },
      issued!,
    ]);
    await world.reached(billed, groups);
    const link = { invoiceId, number: 'INV-1', status: 'issued', payerId: lessorId };
    expect(await order(advisor)).toMatchObject({ invoices: [link], position: String(billed) });
    expect((await order(as(uuid(21), 'FLEET_ACCOUNTANT', lessorId)))?.invoices).toEqual([link]);
    expect((await order(owner))?.invoices).toEqual([]);
    const paid = { invoiceId, paymentId: uuid(22), amountKrw: 110_000, balanceKrw: 0, method: 'card', at: slot.start };
    await world.reached(await world.append(Invoice, invoiceId, [{ type: 'PaymentRecorded', data: paid }]), groups);
    expect((await order(advisor))?.invoices).toEqual([{ ...link, status: 'paid' }]);
  });

  it('tells with the others how many a workshop completed, and how many of them were not right at once', async () => {
    const [tried, fine, back, failed, again] = [50, 51, 52, 53, 54].map(uuid) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const opened = (repairOrderId: string, more: object = {}) => ({
      type: 'RepairOrderOpened',
      data: {
        ...{ repairOrderId, number: `RO-${repairOrderId}`, workshopId: tried, workshopOrgId: orgId, vehicleId },
        ...{ customer: { kind: 'owner', id: ownerId }, payer: { kind: 'owner', id: ownerId }, complaint: '' },
        ...{ odometerInKm: 10_000, fuelPct: 50, conditionPhotos: [], firstRegisteredOn: '2020-01-01' },
        ...{ highVoltage: false, vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 } },
        ...{ parties: [{ kind: 'org', id: orgId, as: 'workshop' }], ...more },
      },
    });
    const completed = (repairOrderId: string) => ({
      type: 'RepairOrderCompleted',
      data: {
        ...{ repairOrderId, odometerOutKm: 10_001, responsibleMechanicId: uuid(60), statementNo: 'ST-1' },
        ...{ statementSha256: 'b'.repeat(64), supplyKrw: 0, vatKrw: 0, totalKrw: 0, finalTotalKrw: 0 },
        ...{ requestIds: [], warrantyTerms: [] },
      },
    });
    for (const id of [fine, back]) await world.append(RepairOrder, id, [opened(id), completed(id)]);
    const first = { type: 'InspectionFailed', data: { repairOrderId: failed, lineIds: [uuid(61)], reason: '소음' } };
    await world.append(RepairOrder, failed, [opened(failed), first, completed(failed)]);
    await world.reached(await world.append(RepairOrder, again, [opened(again, { warrantyOf: back })]), groups);
    expect(await lookups(world.pool)('completedOrdersOfWorkshop', [tried])).toBe(3);
    expect(await lookups(world.pool)('flawedOrdersOfWorkshop', [tried])).toBe(2);
  });

  it('verifies, with everything else of the day', async () => {
    expect((await verify(world.deps)).filter(({ differing }) => differing > 0)).toEqual([]);
  });
});
