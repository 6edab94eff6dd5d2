import { FleetContract, FleetLedger, FleetPolicy, MaintenancePlan, TripLog, Vehicle } from '@cargoro/domain';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, readingWorld } from './testing/reading.ts';

const [orgId, otherOrgId, vehicleId, contractId, policyId, memberId, managerId, driverId] = [
  1, 2, 3, 4, 5, 6, 7, 8,
].map(uuid) as [string, string, string, string, string, string, string, string];
const manager = as(managerId, 'FLEET_MANAGER', orgId);
const member = as(memberId, 'FLEET_MEMBER', orgId);
const analyst = as(uuid(9), 'ANALYST', orgId);
const stranger = as(managerId, 'FLEET_MANAGER', otherOrgId);
const platform = as(uuid(10), 'PLATFORM_ADMIN');
const month = '202506';
const fleet = [{ kind: 'org', id: orgId, as: 'fleet' }];

let reading: Awaited<ReturnType<typeof readingWorld>>;
const cost = (n: number, supplyKrw: number, category = 'repair') => ({
  type: 'CostBooked',
  data: {
    ...{ contractId, costId: uuid(n), vehicleId, category, supplyKrw, vatKrw: supplyKrw / 10 },
    ...{ occurredOn: '2025-06-10', source: { kind: 'receipt', id: `R-${n}` } },
  },
});
const content = {
  ...{ autoApproveUnderKrw: 300_000, limits: [{ role: 'FLEET_MANAGER', maxKrw: 1_000_000 }], hardStop: false },
  ...{
    allowedWorkshops: [uuid(50)],
    gradesAllowed: ['oem'],
    planTemplateId: 'T',
    slaHours: { firstReply: 2, repair: 8 },
  },
  pickupRule: { needed: true, payer: 'fleet' },
  tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 5 },
};
const published = (version: number, effectiveFrom: string) => ({
  type: 'PolicyPublished',
  data: { policyId, version, effectiveFrom, content, sha256: 'a'.repeat(64) },
});

beforeAll(async () => {
  reading = await readingWorld(['fleet', 'admin']);
  const { append } = reading;
  await append(Vehicle, vehicleId, [
    {
      type: 'VehicleRegistered',
      data: {
        ...{ vehicleId, plate: '12가3456', plateColour: 'lightGreen', vin: 'KMHXX00XXXX900001', make: '현대' },
        ...{
          model: '그랜저',
          modelYear: 2024,
          fuel: 'gasoline',
          usage: 'private',
          bodyKind: 'car',
          odometerKm: 10_000,
        },
        ...{ firstRegisteredOn: '2024-01-01', acquisitionKrw: 81_000_000, owner: { kind: 'org', id: orgId } },
        parties: [{ kind: 'org', id: orgId, as: 'owner' }],
      },
    },
    {
      type: 'VehicleAssigned',
      data: {
        vehicleId,
        assignmentId: uuid(20),
        userId: memberId,
        department: '영업',
        from: '2025-06-01',
        purpose: '업무',
      },
    },
    { type: 'PartyAdded', data: { party: { kind: 'user', id: memberId, as: 'assignee' } } },
    {
      type: 'OdometerRecorded',
      data: { vehicleId, km: 10_300, source: 'trip', at: '2025-06-30T02:00:00.000Z', deltaKm: 300 },
    },
    {
      type: 'CustodyTransferred',
      data: {
        ...{ vehicleId, to: { kind: 'workshop', id: uuid(50) }, from: { kind: 'assignee', id: memberId } },
        ...{ cause: { kind: 'repairOrder', id: uuid(51) }, odometerKm: 10_300, evidence: [] },
      },
    },
  ]);
  await append(FleetContract, contractId, [
    {
      type: 'ContractDrafted',
      data: {
        ...{ contractId, fleetOrgId: orgId, kind: 'insurance', vehicleIds: [vehicleId], startsOn: '2025-01-01' },
        ...{
          endsOn: '2025-12-31',
          counterparty: '보험',
          monthlyFeeKrw: 100_000,
          depositKrw: 0,
          includes: [],
          policyId,
        },
        parties: fleet,
      },
    },
    {
      type: 'ContractSigned',
      data: { contractId, signedOn: '2025-01-01', documentSha256: 'b'.repeat(64), exclusiveInsurance: true },
    },
    { type: 'BudgetSet', data: { contractId, year: 2025, category: 'repair', amountKrw: 20_000_000 } },
    { type: 'BudgetSet', data: { contractId, year: 2025, category: 'fuel', amountKrw: 1_000_000 } },
  ]);
  await append(FleetLedger, `${contractId}.2025`, [
    { type: 'LedgerYearOpened', data: { contractId, year: 2025, fleetOrgId: orgId, parties: fleet } },
    cost(30, 15_000_000),
    {
      type: 'BudgetThresholdCrossed',
      data: { contractId, year: 2025, category: 'repair', percent: 80, bookedKrw: 16_500_000, budgetKrw: 20_000_000 },
    },
    cost(31, 1_000_000),
    cost(32, 500_000),
    {
      type: 'CostReversed',
      data: {
        ...{ contractId, year: 2025, costId: uuid(32), reason: '중복', category: 'repair', vehicleId },
        ...{ supplyKrw: 500_000, vatKrw: 50_000, occurredOn: '2025-06-10' },
      },
    },
  ]);
  await append(FleetPolicy, policyId, [
    {
      type: 'PolicyDrafted',
      data: { policyId, fleetOrgId: orgId, appliesTo: { scope: 'all' }, parties: fleet },
    },
    published(1, '2025-01-01'),
    published(2, '2025-07-01'),
  ]);
  await append(MaintenancePlan, vehicleId, [
    {
      type: 'PlanStarted',
      data: {
        ...{ vehicleId, templateId: 'T', parties: [{ kind: 'org', id: orgId, as: 'owner' }] },
        items: [
          {
            ...{ itemCode: 'OIL', everyKm: 300, warnKm: 50, warnDays: 7, mandatory: false },
            ...{ lastDoneKm: 10_000, lastDoneOn: '2025-01-01' },
          },
        ],
      },
    },
    {
      type: 'MaintenanceDue',
      data: { vehicleId, itemCode: 'OIL', dueKm: 10_300, asOf: '2025-06-20', odometerKm: 10_300 },
    },
  ]);
  const trip = (n: number, userId: string, startKm: number, endKm: number, purpose: string) => ({
    type: 'TripLogged',
    data: {
      ...{ vehicleId, month, tripId: uuid(n), userId, department: '영업', startKm, endKm, purpose },
      ...{ startedAt: '2025-06-02T00:00:00.000Z', endedAt: '2025-06-02T01:00:00.000Z', distanceKm: endKm - startKm },
      ...{ purposeText: `비밀 ${purpose}`, from: '회사', to: `어딘가 ${n}` },
    },
  });
  const end = await append(TripLog, `${vehicleId}.${month}`, [
    { type: 'TripLogOpened', data: { vehicleId, month, openingKm: 10_000, parties: fleet } },
    trip(41, driverId, 10_200, 10_300, 'private'),
    trip(40, memberId, 10_000, 10_190, 'business'),
    {
      type: 'TripLogSubmitted',
      data: { vehicleId, month, totalKm: 300, commuteKm: 0, businessKm: 190, privateKm: 110 },
    },
    {
      type: 'TripLogClosed',
      data: {
        ...{ vehicleId, month, approverId: managerId, closingKm: 10_300, totalKm: 300, commuteKm: 0 },
        ...{ businessKm: 190, privateKm: 110, ratio: 0.6333 },
      },
    },
  ]);
  await reading.reached(end);
});
afterAll(() => reading.stop());

describe('a vehicle of a fleet', () => {
  it('shows its manager who drives it, what it costs and what is due', async () => {
    expect(await reading.list('fleetVehicles', {}, manager)).toMatchObject([
      {
        ...{
          assigneeId: memberId,
          department: '영업',
          kmYear: 300,
          costYearKrw: 17_600_000,
          acquisitionKrw: 81_000_000,
        },
        offRoadSince: expect.any(String),
        contracts: [{ contractId, kind: 'insurance', status: 'active', exclusiveInsurance: true }],
        due: [{ itemCode: 'OIL', state: 'due', dueKm: 10_300 }],
      },
    ]);
  });

  it('hides money and contracts from the employee who drives it', async () => {
    expect(await reading.list('fleetVehicles', {}, member)).toMatchObject([
      { assigneeId: memberId, costYearKrw: null, acquisitionKrw: null, contracts: [], contractIds: [] },
    ]);
  });

  it.each(['fleetVehicles', 'fleetContracts', 'policies'])('%s shows nothing to another fleet', async (name) => {
    expect(await reading.list(name, {}, stranger)).toEqual([]);
    expect(await reading.list(name, {}, manager)).toHaveLength(1);
  });

  it.each(['fleetContracts', 'policies', 'costs'])('%s is not open to employees and the platform', async (name) => {
    await expect(reading.list(name, {}, member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(reading.list(name, {}, platform)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('costs', () => {
  it('stand by month and kind, without what was reversed', async () => {
    expect(await reading.list('costs', { year: 2025 }, manager)).toMatchObject([
      {
        ...{ vehicleId, month, category: 'repair', supplyKrw: 16_000_000, vatKrw: 1_600_000, count: 2 },
        ...{ budgetKrw: 20_000_000, burnPct: 88 },
      },
    ]);
    expect(await reading.list('costs', { year: 2025 }, stranger)).toEqual([]);
  });

  it('are found by their kind, their car and their month in Seoul', async () => {
    const found = async (filter: object) => (await reading.list('costs', { filter }, manager)).length;
    expect(await found({ status: ['repair'], text: '12가3456', partyOrgId: orgId })).toBe(1);
    expect(await found({ status: ['fuel'] })).toBe(0);
    expect(await found({ text: '99나9999' })).toBe(0);
    // The tenth of June has begun in Seoul, though not in Greenwich.
    expect(await found({ from: '2025-06-09T15:00:00Z', to: '2025-06-10T15:00:00Z' })).toBe(1);
    expect(await found({ from: '2025-06-10T15:00:00Z' })).toBe(0);
    expect(await found({ to: '2025-06-09T15:00:00Z' })).toBe(0);
  });

  it('burn the budgets of the year', async () => {
    expect(await reading.list('budgetBurn', { year: 2025 }, manager)).toMatchObject([
      { category: 'fuel', budgetKrw: 1_000_000, bookedKrw: 0, burnPct: 0 },
      { category: 'repair', budgetKrw: 20_000_000, bookedKrw: 17_600_000, burnPct: 88 },
    ]);
    expect(await reading.list('budgetBurn', { year: 2025 }, stranger)).toEqual([]);
  });

  it('are deductible as far as the log proves business use', async () => {
    expect(await reading.list('businessUse', { year: 2025 }, manager)).toMatchObject([
      { ratio: 0.6333, costKrw: 17_600_000, insured: true, over15M: true, deductibleKrw: 15_000_000 },
    ]);
    expect(await reading.list('businessUse', { year: 2025 }, stranger)).toEqual([]);
    const status = async (one: string) =>
      (await reading.list('businessUse', { year: 2025, filter: { status: [one] } }, manager)).length;
    expect([await status('over15M'), await status('within15M'), await status('uninsured')]).toEqual([1, 0, 0]);
  });
});

describe('the index of events', () => {
  it('is searched by kind, by stream and by who is party to it', async () => {
    const found = async (filter: object) =>
      (await reading.list('events', { filter }, manager)).map(({ type }) => String(type));
    const ofVehicle = { text: `vehicle-${vehicleId}`, partyOrgId: orgId };
    expect(await found({ ...ofVehicle, status: ['VehicleAssigned'] })).toEqual(['VehicleAssigned']);
    expect(await found({ ...ofVehicle, partyOrgId: otherOrgId })).toEqual([]);
  });
});

describe('a trip log', () => {
  const trips = async (viewer: typeof manager) =>
    ((await reading.one('tripLog', { vehicleId, month }, viewer))?.trips ?? []) as Record<string, unknown>[];

  it('shows the manager business trips in full and private ones as kilometres', async () => {
    expect(await trips(manager)).toMatchObject([
      { userId: memberId, purpose: 'business', to: '어딘가 40' },
      {
        userId: null,
        purpose: 'private',
        startKm: 10_200,
        endKm: 10_300,
        to: null,
        startedAt: null,
        purposeText: null,
      },
    ]);
    expect(await reading.one('tripLog', { vehicleId, month }, manager)).toMatchObject({
      gaps: [{ fromKm: 10_190, toKm: 10_200 }],
    });
  });

  it('shows a driver only the own trips, an analyst only kilometres, a stranger nothing', async () => {
    expect((await trips(member)).map(({ userId }) => userId)).toEqual([memberId]);
    expect((await trips(analyst)).map(({ userId, to }) => [userId, to])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await reading.one('tripLog', { vehicleId, month }, stranger)).toBeNull();
  });

  it('keeps private trips out of the history a manager reads', async () => {
    const { entries } = await reading.api.history(
      (await import('@cargoro/projections')).TripMonth,
      `${vehicleId}.${month}`,
      { first: 10, after: null },
      manager,
    );
    expect(JSON.stringify(entries)).not.toContain('비밀 private');
    expect(JSON.stringify(entries)).toContain('비밀 business');
  });
});

describe('a policy', () => {
  it.each([
    ['2025-06-30T14:00:00Z', 1],
    ['2025-06-30T15:00:00Z', 2],
  ])('in force at %s is version %i', async (time, version) => {
    expect(await reading.one('policyAt', { orgId, time }, manager)).toMatchObject({ version });
    expect(await reading.one('policyAt', { orgId, time }, stranger)).toBeNull();
  });
});

describe('the past of a vehicle', () => {
  it('holds when it could not be driven, and what was done about maintenance in time', async () => {
    await reading.append(Vehicle, vehicleId, [
      {
        type: 'CustodyTransferred',
        data: {
          ...{ vehicleId, from: { kind: 'workshop', id: uuid(50) }, to: { kind: 'assignee', id: memberId } },
          ...{ cause: { kind: 'repairOrder', id: uuid(51) }, odometerKm: 10_300, evidence: [] },
        },
      },
    ]);
    const done = { vehicleId, itemCode: 'OIL', evidence: { repairOrderId: uuid(51) }, nextDueKm: 10_900 };
    const end = await reading.append(MaintenancePlan, vehicleId, [
      { type: 'MaintenanceDone', data: { ...done, doneOn: '2025-06-30', doneKm: 10_310 } },
      { type: 'MaintenanceDone', data: { ...done, doneOn: '2025-07-30', doneKm: 10_500 } },
    ]);
    await reading.reached(end);
    expect(await reading.one('fleetVehicle', { id: vehicleId }, manager)).toMatchObject({
      ...{ offRoadSince: null, offRoad: [{ from: expect.any(String), to: expect.any(String) }] },
    });
    expect((await reading.one('maintenancePlan', { vehicleId }, manager))?.done).toMatchObject([
      { itemCode: 'OIL', doneKm: 10_310, dueKm: 10_300, onTime: false },
      { itemCode: 'OIL', doneKm: 10_500, dueKm: 10_900, onTime: true },
    ]);
  });
});

describe('what decisions ask', () => {
  it('is counted from the fleet’s read models', async () => {
    expect(await reading.lookup('publishedPoliciesOfGroup', [orgId, 'all'])).toBe(1);
    expect(await reading.lookup('openTripLogsOfContract', [contractId, '2025'])).toBe(0);
    expect(await reading.lookup('closedLedgersOfVehicle', [vehicleId, '2025'])).toBe(0);
    await reading.append(TripLog, `${vehicleId}.202507`, [
      { type: 'TripLogOpened', data: { vehicleId, month: '202507', openingKm: 10_300, parties: fleet } },
    ]);
    const closed = await reading.append(FleetLedger, `${contractId}.2025`, [
      { type: 'LedgerYearClosed', data: { contractId, year: 2025, totals: [] } },
    ]);
    await reading.reached(closed);
    expect(await reading.lookup('openTripLogsOfContract', [contractId, '2025'])).toBe(1);
    expect(await reading.lookup('closedLedgersOfVehicle', [vehicleId, '2025'])).toBe(1);
  });

  it('stands as a replay of the log makes it', async () => {
    expect(await reading.differing()).toEqual([]);
  });
});
