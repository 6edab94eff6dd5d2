import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Business, foundWorkshop, licence, startBusiness } from '../../test/business.ts';

let business: Business;
beforeEach(async () => {
  business = await startBusiness();
});
afterEach(async () => await business.stop());

const photo = (slot: string) => ({ ...licence, slot });
const photos = ['front', 'rear', 'left', 'right', 'dash'].map(photo);
const hq = { addressRef: 'hq', geo: { lat: 37.55, lon: 127.0 }, contactRef: 'front' };

/** A fleet with a contract, a policy and the place where its cars stand. */
const foundFleet = async ({ say, id }: Business, workshopId: string, vehicleId: string) => {
  const [fleetOrgId, policyId, contractId] = [id('fleet'), id('policy'), id('contract')];
  await say('DraftPolicy', { policyId, fleetOrgId, appliesTo: { scope: 'all' } });
  const content = {
    ...{ autoApproveUnderKrw: 200_000, limits: [{ role: 'FLEET_APPROVER', maxKrw: 1_000_000 }], hardStop: false },
    ...{ allowedWorkshops: [workshopId], gradesAllowed: ['oem'], planTemplateId: 'standard' },
    pickupRule: { needed: true, payer: 'fleet' },
    slaHours: { firstReply: 4, repair: 48 },
    tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 0 },
  };
  await say('PublishPolicy', { policyId, version: 1, effectiveFrom: '2025-06-30', content });
  await say('DraftContract', {
    ...{ contractId, fleetOrgId, kind: 'maintenance', counterparty: '온누리정비', vehicleIds: [vehicleId], policyId },
    ...{ startsOn: '2025-01-01', endsOn: '2025-12-31', monthlyFeeKrw: 0, depositKrw: 0, includes: [] },
  });
  await say('SignContract', {
    ...{ contractId, signedOn: '2024-12-20', documentSha256: 'd'.repeat(64), exclusiveInsurance: true },
  });
  await say('DefineSetting', {
    ...{ scope: `org:${fleetOrgId}`, key: 'fleet.pickupPlace', type: 'text', value: JSON.stringify(hq), secret: false },
  });
  return { fleetOrgId, contractId };
};
/** A driver of a transport company, on shift. */
const foundDriver = async ({ say, id }: Business) => {
  const [driverId, orgId, inviteId] = [id('driver'), id('transport'), id('invite')];
  await say('RegisterOrganization', {
    ...{
      orgId,
      kind: 'transport',
      name: '빠른탁송',
      businessNo: '220-81-62517',
      address: '서울',
      ownerUserId: id('dispatcher'),
    },
  });
  await say('VerifyOrganization', { orgId, evidence: [licence] });
  const emailHash = 'e'.repeat(64);
  await say('RegisterUser', {
    userId: driverId,
    emailHash,
    personRef: 'driver',
    locale: 'ko',
    person: { name: '기사' },
  });
  await say('VerifyUser', { userId: driverId, method: 'email' });
  await say('InviteMember', { orgId, inviteId, emailHash, roles: ['DRIVER'], expiresAt: '2025-07-06T01:00:00.000Z' });
  await say('AcceptInvite', { orgId, inviteId, userId: driverId });
  const numberHash = 'b'.repeat(64);
  await say('RecordLicence', { userId: driverId, licenceClass: 'class1Ordinary', numberHash, validTo: '2025-12-31' });
  await say('RecordTransportInsurance', {
    userId: driverId,
    insurer: '한빛',
    policyHash: numberHash,
    validTo: '2025-12-31',
  });
  await say('RecordConsent', { userId: driverId, kind: 'location', version: '2025-01', granted: true });
  return { driverId, orgId };
};

describe('the maintenance of a fleet’s car, over the wire', () => {
  it('goes from a reading of the odometer to the booked cost in one journey, though the runner dies on the way', async () => {
    const { say, until, crash, id, count, dead, world, pass } = business;
    const fleetOrgId = id('fleet');
    await say('RegisterOrganization', {
      ...{ orgId: fleetOrgId, kind: 'fleet', name: '한결물산', businessNo: '101-81-00016', address: '서울' },
      ownerUserId: id('manager'),
    });
    const owner = { kind: 'org', id: fleetOrgId };
    const { workshopId, bayId, lead, vehicleId } = await foundWorkshop(business, owner);
    const { contractId } = await foundFleet(business, workshopId, vehicleId);
    const { driverId, orgId } = await foundDriver(business);
    const oil = { itemCode: 'OIL', everyKm: 10_000, warnKm: 500, warnDays: 30, mandatory: false };
    const items = [{ ...oil, lastDoneKm: 33_000, lastDoneOn: '2024-12-01' }];
    await say('StartPlan', { vehicleId, templateId: 'standard', items });
    await until('PlanEvaluationAdvanced');
    const reading = { vehicleId, km: 43_100, source: 'owner', at: world.clock() };
    await say('RecordOdometer', { ...reading, confirm: true });

    const due = await until('MaintenanceDue');
    const { correlationId } = due.meta;
    await crash();
    const proposed = await until('SlotProposed');
    await until('MaintenanceBooked');
    const { reservationId, bayId: bay, start, end } = proposed.data as Record<string, string>;
    await crash();
    await say('ConfirmReservation', { reservationId, bayId: bay, start, end });
    const fare = await until('FareAgreed');
    const { deliveryId } = fare.data;
    await crash();
    // Before the alarm for a car nobody fetches.
    pass(18 * 60);
    const driver = { actor: { kind: 'user', id: driverId, orgId, role: 'DRIVER' } };
    const day = '2025-07-01';
    await say('StartShift', { driverId, day, n: 1, at: world.clock(), geo: hq.geo, consentVersion: '2025-01' }, driver);
    const drive = async (delivery: unknown, from: object, to: object, km: number) => {
      const job = { deliveryId: delivery };
      await say('AssignDriver', { ...job, driverId, dispatcherId: id('dispatcher'), reason: '직접 배정' });
      await say('StartToPickup', job, driver);
      await say('ArriveAtPickup', { ...job, geo: from }, driver);
      const proof = { photos, signature: licence };
      await say('InspectAtPickup', { ...job, odometerKm: km, fuelPct: 60, giver: 'front', ...proof }, driver);
      await say('Depart', job, driver);
      await say('ArriveAtDropoff', { ...job, geo: to }, driver);
      await say('CompleteHandover', { ...job, receiver: 'desk', odometerKm: km + 10, ...proof }, driver);
    };
    const garage = { lat: 37.498, lon: 127.028 };
    await drive(deliveryId, hq.geo, garage, 43_105);
    const opened = await until('RepairOrderOpened');
    const { repairOrderId } = opened.data;
    await crash();
    await say('RecordDiagnosis', {
      repairOrderId,
      findings: [{ findingId: id('f'), system: '엔진', severity: 'soon' }],
    });
    const line = {
      lineId: id('line'),
      kind: 'labour',
      serviceCode: 'OIL',
      hours: 0.5,
      rateKrw: 50_000,
      payer: 'fleet',
    };
    await say('DraftEstimate', { repairOrderId, version: 1, lines: [line], menuVersion: 1, validUntil: '2025-07-14' });
    await say('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
    const approved = await until('LinesApproved');
    expect(approved.data).toMatchObject({ method: 'policyAuto' });
    await crash();
    await say('StartWork', { repairOrderId, technicianId: lead, bayId, lineIds: [line.lineId] });
    await say('FinishLine', { repairOrderId, lineId: line.lineId, minutes: 30 });
    await say('FinishWork', { repairOrderId });
    const checks = [{ item: '오일', pass: true }];
    await say('PassInspection', { repairOrderId, inspectorId: lead, checks, roadTestKm: 1 });
    await say('CompleteOrder', {
      ...{ repairOrderId, odometerOutKm: 43_120, responsibleMechanicId: lead, statementNo: 'ST-1' },
      statementSha256: 'b'.repeat(64),
    });
    await until('MaintenanceDone');
    const back = await until('DeliveryRequested', ({ kind }) => kind === 'fromWorkshop');
    await until('FareAgreed', (data) => data.deliveryId === back.data.deliveryId);
    await crash();
    await drive(back.data.deliveryId, garage, hq.geo, 43_121);
    const source = { kind: 'repairOrder', id: repairOrderId };
    const cost = { costId: id('cost'), vehicleId, category: 'maintenance', supplyKrw: 25_000, vatKrw: 2_500 };
    await say('BookCost', { ...cost, contractId, occurredOn: day, source }, { correlationId });
    const last = await until('FleetMaintenanceAdvanced', ({ reactions }) =>
      (reactions as { kind: string }[]).some(({ kind }) => kind === 'complete'),
    );
    expect(last.meta.correlationId).toBe(correlationId);
    for (const { meta } of [proposed, fare, opened, approved, back]) expect(meta.correlationId).toBe(correlationId);
    for (const type of ['MaintenanceDue', 'ReservationRequested', 'RepairOrderOpened', 'MaintenanceDone'])
      expect([type, await count(type)]).toEqual([type, 1]);
    expect(await count('DeliveryRequested')).toBe(2);
    expect(await dead()).toEqual([]);
  }, 90_000);
});
