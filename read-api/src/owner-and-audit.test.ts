import {
  AuditCase,
  Delivery,
  MaintenancePlan,
  RepairOrder,
  Reservation,
  Setting,
  Vehicle,
  Workshop,
} from '@cargoro/domain';
import { AuditCaseView } from '@cargoro/projections';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, readingWorld } from './testing/reading.ts';

const [vehicleId, ownerId, grantedOrg, basicOrg, caseId, auditedOrg, auditorId, deliveryId, supplierOrg] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
].map(uuid) as [string, string, string, string, string, string, string, string, string];
const owner = as(ownerId, 'OWNER');
const granted = as(uuid(20), 'SERVICE_ADVISOR', grantedOrg);
const basic = as(uuid(21), 'SERVICE_ADVISOR', basicOrg);
const platform = as(uuid(22), 'PLATFORM_ADMIN');
const auditor = as(auditorId, 'AUDITOR');
const audited = as(uuid(23), 'WORKSHOP_OWNER', auditedOrg);
const settingId = 'platform.dispatch.rounds';

let reading: Awaited<ReturnType<typeof readingWorld>>;
beforeAll(async () => {
  reading = await readingWorld(['repair', 'admin']);
  const { append } = reading;
  const grant = (n: number, id: string, scope: string, until: string) => [
    { type: 'AccessGranted', data: { vehicleId, grantId: uuid(n), grantee: { kind: 'org', id }, scope, until } },
    { type: 'PartyAdded', data: { party: { kind: 'org', id, as: 'grantee' } } },
  ];
  await append(Vehicle, vehicleId, [
    {
      type: 'VehicleRegistered',
      data: {
        ...{ vehicleId, plate: '12가3456', plateColour: 'white', vin: 'KMHXX00XXXX900001', make: '현대' },
        ...{
          model: '쏘나타',
          modelYear: 2020,
          fuel: 'gasoline',
          usage: 'private',
          bodyKind: 'car',
          odometerKm: 10_000,
        },
        ...{ firstRegisteredOn: '2020-01-01', owner: { kind: 'user', id: ownerId } },
        parties: [{ kind: 'user', id: ownerId, as: 'owner' }],
      },
    },
    {
      type: 'ExternalServiceRecorded',
      data: {
        ...{
          vehicleId,
          serviceId: uuid(30),
          on: '2025-05-01',
          odometerKm: 9_000,
          costKrw: 50_000,
          place: '동네 카센터',
        },
        items: [{ text: '오일' }],
      },
    },
    ...grant(31, grantedOrg, 'history', '2099-01-01'),
    ...grant(32, basicOrg, 'basic', '2099-01-01'),
    { type: 'ReminderSet', data: { vehicleId, reminderId: uuid(33), kind: 'tyres', dueKm: 10_500 } },
    { type: 'ReminderSet', data: { vehicleId, reminderId: uuid(34), kind: 'tax', dueOn: '2025-12-01' } },
    { type: 'ReminderClosed', data: { vehicleId, reminderId: uuid(34), outcome: 'done' } },
    {
      type: 'OdometerRecorded',
      data: { vehicleId, km: 10_600, source: 'owner', at: '2025-07-20T01:00:00.000Z', deltaKm: 600 },
    },
  ]);
  await append(MaintenancePlan, vehicleId, [
    {
      type: 'PlanStarted',
      data: { vehicleId, templateId: 'T', items: [], parties: [{ kind: 'user', id: ownerId, as: 'owner' }] },
    },
    {
      type: 'MaintenanceDue',
      data: { vehicleId, itemCode: 'OIL', dueKm: 10_300, asOf: '2025-06-20', odometerKm: 10_300 },
    },
    {
      type: 'MaintenanceDone',
      data: { vehicleId, itemCode: 'WIPER', doneOn: '2025-06-01', doneKm: 10_200, evidence: { serviceId: uuid(30) } },
    },
  ]);
  const place = (n: number) => ({
    ...{ addressRef: `a-${n}`, contactRef: `c-${n}`, geo: { lat: 37.5, lon: 127 } },
    window: { from: '2025-06-30T02:00:00.000Z', to: '2025-06-30T03:00:00.000Z' },
  });
  await append(Delivery, deliveryId, [
    {
      type: 'DeliveryRequested',
      data: {
        ...{ deliveryId, number: 'DL-1', vehicleId, kind: 'toWorkshop', mode: 'road', notes: '', links: {} },
        ...{ requester: { kind: 'user', id: ownerId }, payer: { kind: 'user', id: ownerId } },
        ...{ pickup: place(1), dropoff: place(2) },
        vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
        parties: [{ kind: 'user', id: ownerId, as: 'requester' }],
      },
    },
    {
      type: 'IncidentReported',
      data: { deliveryId, kind: 'damage', severity: 'minor', geo: { lat: 37.5, lon: 127 }, photos: [] },
    },
  ]);
  const repairOrderId = uuid(35);
  await append(Workshop, uuid(36), [
    {
      type: 'WorkshopRegistered',
      data: {
        ...{
          workshopId: uuid(36),
          orgId: uuid(37),
          name: '가온',
          class: 'specialist',
          repairRegNo: 'R-1',
          phone: '02',
        },
        ...{ address: '서울', geo: { lat: 37.5, lon: 127 }, parties: [{ kind: 'org', id: uuid(37), as: 'workshop' }] },
      },
    },
  ]);
  await append(RepairOrder, repairOrderId, [
    {
      type: 'RepairOrderOpened',
      data: {
        ...{ repairOrderId, number: 'RO-1', workshopId: uuid(36), workshopOrgId: uuid(37), vehicleId, fuelPct: 50 },
        ...{ customer: { kind: 'owner', id: ownerId }, payer: { kind: 'owner', id: ownerId }, complaint: '' },
        ...{ odometerInKm: 10_500, conditionPhotos: [], firstRegisteredOn: '2020-01-01', highVoltage: false },
        vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
        parties: [{ kind: 'user', id: ownerId, as: 'customer' }],
      },
    },
    {
      type: 'RepairOrderCompleted',
      data: {
        ...{ repairOrderId, statementNo: 'ST-1', statementSha256: 'a'.repeat(64), responsibleMechanicId: uuid(38) },
        ...{ supplyKrw: 100_000, vatKrw: 10_000, totalKrw: 110_000, finalTotalKrw: 110_000, warrantyTerms: [] },
        ...{ odometerOutKm: 10_510, requestIds: [] },
      },
    },
  ]);
  const setting = { scope: 'platform', key: 'dispatch.rounds' };
  await append(Setting, settingId, [
    {
      type: 'SettingDefined',
      data: {
        ...setting,
        type: 'integer',
        value: 5,
        secret: false,
        parties: [{ kind: 'org', id: 'platform', as: 'platform' }],
      },
    },
    {
      type: 'SettingChanged',
      data: { ...setting, value: 7, before: 5, effectiveFrom: '2025-08-01T00:00:00.000Z', reason: '늘림' },
    },
  ]);
  const end = await append(AuditCase, caseId, [
    {
      type: 'AuditOpened',
      data: {
        ...{ caseId, auditorId, orgIds: [auditedOrg], scopes: ['invoice'], until: '2025-12-31T00:00:00.000Z' },
        ...{ approvedBy: uuid(40), period: { from: '2025-01-01', to: '2025-06-30' } },
        parties: [
          { kind: 'user', id: auditorId, as: 'auditor' },
          { kind: 'org', id: auditedOrg, as: 'org' },
        ],
      },
    },
    { type: 'ReplayPerformed', data: { caseId, streamId: 'invoice-비밀', atPosition: '3' } },
    {
      type: 'FindingRaised',
      data: { caseId, findingId: uuid(41), severity: 'high', streamId: 'invoice-1', text: '합계 불일치' },
    },
  ]);
  await reading.reached(end);
});
afterAll(() => reading.stop());

describe('a car’s history', () => {
  it('shows its owner everything, with what it cost', async () => {
    const seen = await reading.list('vehicleHistory', { id: vehicleId }, owner);
    expect(seen).toHaveLength(4);
    expect(seen).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ kind: 'repair', costKrw: 110_000, statementNumber: 'ST-1', odometerKm: 10_510, workshopName: '가온' },
        }),
        expect.objectContaining({ kind: 'incident', note: 'damage minor' }),
        expect.objectContaining({ kind: 'maintenance', items: ['WIPER'], odometerKm: 10_200 }),
        expect.objectContaining({ kind: 'externalService', items: ['오일'], place: '동네 카센터', costKrw: 50_000 }),
      ]),
    );
  });

  it('is found by kind and by what was done', async () => {
    const found = async (filter: object) =>
      (await reading.list('vehicleHistory', { id: vehicleId, filter }, owner)).map(({ kind }) => kind);
    expect(await found({ status: ['maintenance', 'incident'], text: 'WIPER' })).toEqual(['maintenance']);
    expect(await found({ text: '오일' })).toContain('externalService');
    expect(await found({ text: '가온' })).toEqual(['repair']);
  });

  it('is open, without prices, to whom the owner opened it, and to nobody else', async () => {
    const seen = await reading.list('vehicleHistory', { id: vehicleId }, granted);
    expect(seen.map(({ kind, costKrw }) => [kind, costKrw])).toContainEqual(['externalService', null]);
    expect(await reading.list('vehicleHistory', { id: vehicleId }, basic)).toEqual([]);
  });
});

describe('the owner', () => {
  it('is reminded of what is due by mileage and by the plan, and of nothing closed', async () => {
    const due = await reading.list('myReminders', {}, owner);
    expect(due.map(({ kind, urgency }) => [kind, urgency]).sort()).toEqual([
      ['OIL', 'due'],
      ['tyres', 'due'],
    ]);
    expect(await reading.list('myReminders', {}, granted)).toEqual([]);
  });

  it('sees with the car its open delivery and what is due; a workshop does not', async () => {
    expect(await reading.one('myVehicle', { id: vehicleId }, owner)).toMatchObject({
      ...{ openDelivery: { deliveryId, status: 'interrupted' }, dueItems: [{ itemCode: 'OIL', state: 'due' }] },
    });
    expect(await reading.one('vehicle', { id: vehicleId }, granted)).toMatchObject({
      openDelivery: null,
      dueItems: [],
    });
  });
});

describe('a setting', () => {
  it.each([
    ['2025-07-31T23:59:59Z', 5],
    ['2025-08-01T00:00:00Z', 7],
  ])('in force at %s is %i', async (time, value) => {
    expect(await reading.one('settingAt', { key: 'dispatch.rounds', time }, platform)).toMatchObject({ value });
    expect(await reading.one('settingAt', { key: 'dispatch.rounds', time }, audited)).toBeNull();
  });
});

describe('a process', () => {
  it('shows the platform what it waits for, and nobody else', async () => {
    const { append } = reading;
    const advanced = (type: string, reactions: object[]) => ({
      type: 'CareAdvanced',
      data: { key: 'k', input: { id: type, type, data: {}, at: '2025-06-30T01:00:00.000Z' }, reactions },
    });
    const process = { ...Reservation, category: 'process', events: {} };
    const at = '2025-06-30T05:00:00.000Z';
    const end = await append(process, 'Care.k', [
      advanced('EstimateSent', [
        { kind: 'schedule', timer: 'late', at },
        { kind: 'send', aggregate: 'X', type: 'Do', data: {} },
      ]),
      advanced('DoRejected', []),
    ]);
    await reading.reached(end);
    expect(await reading.list('processes', {}, platform)).toMatchObject([
      { process: 'Care', key: 'k', step: 'DoRejected', timers: [{ timer: 'late', at }], refusals: 1, inputs: 2 },
    ]);
    await expect(reading.list('processes', {}, owner)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('an audit', () => {
  it('shows its findings to the audited, what the auditor did to the auditor, and neither to the platform', async () => {
    expect(await reading.one('auditCase', { id: caseId }, auditor)).toMatchObject({
      ...{ actions: [{ kind: 'replay', what: 'invoice-비밀' }], findings: [{ text: '합계 불일치' }] },
    });
    expect(await reading.one('auditCase', { id: caseId }, audited)).toMatchObject({
      ...{ actions: [], disclosed: [], openFindings: 1, findings: [{ text: '합계 불일치', status: 'open' }] },
    });
    expect(await reading.one('auditCase', { id: caseId }, platform)).toMatchObject({ actions: [], findings: [] });
    const { entries } = await reading.api.history(AuditCaseView, caseId, { first: 10, after: null }, audited);
    expect(JSON.stringify(entries)).not.toContain('비밀');
  });

  it('discloses to the audited what the auditor did, once it is closed', async () => {
    const end = await reading.append(AuditCase, caseId, [
      { type: 'FindingClosed', data: { caseId, findingId: uuid(41), resolution: '정정' } },
      { type: 'AuditClosed', data: { caseId, reportSha256: 'a'.repeat(64) } },
    ]);
    await reading.reached(end);
    expect(await reading.one('auditCase', { id: caseId }, audited)).toMatchObject({
      ...{ status: 'closed', actions: [], disclosed: [{ what: 'invoice-비밀' }], openFindings: 0 },
    });
  });
});

describe('a journey', () => {
  it('shows each party the steps of its own records alone', async () => {
    const rows = await reading.list('journeys', { vehicleId }, owner);
    const steps = rows.flatMap((row) => (row.steps as { type: string }[]).map(({ type }) => type));
    expect(steps).toEqual(expect.arrayContaining(['MaintenanceDue', 'DeliveryRequested']));
    expect(await reading.list('journeys', {}, as(uuid(50), 'SUPPLIER_SALES', supplierOrg))).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain('seenBy');
    expect(await reading.list('journeys', { filter: { text: `delivery-${deliveryId}` } }, owner)).toHaveLength(1);
  });

  it('stands, with everything else, as a replay of the log makes it', async () => {
    expect(await reading.differing()).toEqual([]);
  });
});
