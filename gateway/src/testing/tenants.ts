import { createHash } from 'node:crypto';
import type { Role } from '@cargoro/domain';
import type { DevUser } from '../auth/local-issuer.ts';
import type { Stack } from './stack.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** The tenth digit of a business number is a checksum of the others. */
const businessNo = (first9: string): string => {
  const digits = [...first9].map(Number);
  const sum = [1, 3, 7, 1, 3, 7, 1, 3, 5].reduce((total, weight, n) => total + weight * (digits[n] ?? 0), 0);
  const last = (10 - ((sum + Math.floor(((digits[8] ?? 0) * 5) / 10)) % 10)) % 10;
  return `${first9.slice(0, 3)}-${first9.slice(3, 5)}-${first9.slice(5)}${last}`;
};

/** Ids of a tenant: `n` tells tenants apart. */
export const tenant = (n: number) => {
  const id = (part: number): string => `0000000${n}-0000-4000-8000-${String(part).padStart(12, '0')}`;
  const ids = {
    ...{ org: id(1), workshop: id(2), bay: id(3), owner: id(4), mechanic: id(5), customer: id(6), vehicle: id(7) },
    ...{ order: id(8), invoice: id(9), apiKey: id(10), line: id(11), reservation: id(12) },
  };
  const user = (role: Role, orgId?: string, userId = id(100 + role.length)): DevUser => ({
    ...{ user: `${n}.${role}`, userId, name: { ko: role, en: role }, role },
    ...(orgId && { orgId }),
  });
  return {
    n,
    id,
    ids,
    user,
    owner: user('WORKSHOP_OWNER', ids.org, ids.owner),
    customer: user('OWNER', undefined, ids.customer),
  };
};
export type Tenant = ReturnType<typeof tenant>;

const tomorrow = (hours: number): string => new Date(Date.now() + (24 + hours) * 3_600_000).toISOString();
/** A business day in Seoul, so many days from today. */
const day = (offset: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

/** The day something stands in the bay's timeline. */
export const bookedDay = day(1);

/** A workshop with an order waiting for approval, an invoice and a key: something of every kind that could leak. */
export const furnish = async ({ tell }: Stack, { n, ids, id }: Tenant): Promise<void> => {
  const { workshop: workshopId, org: orgId, vehicle: vehicleId, order: repairOrderId } = ids;
  for (const userId of [ids.owner, ids.customer])
    await tell('RegisterUser', {
      ...{ userId, emailHash: sha256(userId), personRef: userId, locale: 'ko' },
      person: { name: `비밀 ${n}`, phone: `010-0000-000${n}`, email: `secret${n}@example.com` },
    });
  await tell('RegisterOrganization', {
    ...{ orgId, kind: 'workshop', name: `비밀정비 ${n}`, businessNo: businessNo(`99911111${n}`), address: '서울' },
    ownerUserId: ids.owner,
  });
  await tell('VerifyOrganization', { orgId, evidence: [{ objectId: 'x', sha256: sha256('x'), bytes: 1 }] });
  await tell('RegisterWorkshop', {
    ...{
      workshopId,
      orgId,
      name: `비밀정비 ${n}`,
      class: 'specialist',
      repairRegNo: `제2018-강남-012${n}호`,
      address: '서울',
    },
    ...{ geo: { lat: 37.498, lon: 127.028 }, phone: '02-000-0001' },
  });
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '00:00', closes: '23:30' }));
  await tell('SetHours', { workshopId, weekly, effectiveFrom: day(0) });
  await tell('AddBay', { workshopId, bayId: ids.bay, name: `비밀 리프트 ${n}`, kind: 'lift' });
  await tell('PostLaborRate', { workshopId, category: 'general', ratePerHourKrw: 50_000, effectiveFrom: day(0) });
  const items = [{ serviceCode: 'PADF', name: 'PADF', standardHours: 0.9 }];
  await tell('PublishServiceMenu', { workshopId, menuVersion: 1, items, effectiveFrom: day(0) });
  await tell('EnrolTechnician', { workshopId, userId: ids.owner, grade: '기능장' });
  await tell('OpenWorkshop', { workshopId });
  await tell('RegisterVehicle', {
    ...{
      vehicleId,
      plate: `12가345${n}`,
      plateColour: 'white',
      vin: `KMHXX00XXXX90000${n}`,
      make: '현대',
      model: '아반떼',
    },
    ...{
      modelYear: 2022,
      fuel: 'gasoline',
      usage: 'private',
      bodyKind: 'car',
      firstRegisteredOn: '2021-12-01',
      odometerKm: 42_000,
    },
    owner: { kind: 'user', id: ids.customer },
  });
  await tell('RequestReservation', {
    ...{ reservationId: ids.reservation, workshopId, vehicleId, complaint: `비밀 증상 ${n}` },
    ...{ services: [{ code: 'PADF' }], wanted: [{ from: tomorrow(0), to: tomorrow(2) }] },
    requester: { kind: 'owner', id: ids.customer },
  });
  await tell('OpenRepairOrder', {
    ...{ repairOrderId, number: `RO-25-00000${n}`, workshopId, vehicleId, complaint: `비밀 소음 ${n}`, fuelPct: 50 },
    ...{
      odometerInKm: 42_100,
      customer: { kind: 'owner', id: ids.customer },
      payer: { kind: 'owner', id: ids.customer },
    },
  });
  await tell('AssignTechnician', { repairOrderId, technicianId: ids.owner, plannedHours: 1, bayId: ids.bay });
  const finding = { findingId: id(60), system: '제동', severity: 'urgent', measured: '3.1 mm' };
  await tell('RecordDiagnosis', { repairOrderId, findings: [finding] });
  const line = {
    lineId: ids.line,
    kind: 'labour',
    serviceCode: 'PADF',
    name: `비밀 작업 ${n}`,
    hours: 0.9,
    rateKrw: 50_000,
    payer: 'owner',
  };
  await tell('DraftEstimate', { repairOrderId, version: 1, menuVersion: 1, validUntil: day(7), lines: [line] });
  await tell('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
  const reason = `비밀 점검 ${n}`;
  const block = { bayId: ids.bay, day: bookedDay, blockId: id(61), workshopId, reason };
  await tell('BlockTime', { ...block, start: `${bookedDay}T01:00:00.000Z`, end: `${bookedDay}T02:00:00.000Z` });
  await tell('DraftInvoice', {
    ...{ invoiceId: ids.invoice, sellerOrgId: orgId, payer: { kind: 'owner', id: ids.customer } },
    source: { kind: 'repairOrder', id: repairOrderId },
    lines: [{ lineId: id(51), text: `비밀 품목 ${n}`, supplyKrw: 45_000 }],
    ...{ supplyKrw: 45_000, vatKrw: 4_500, totalKrw: 49_500 },
  });
  await tell('IssueApiKey', {
    ...{
      orgId,
      keyId: ids.apiKey,
      label: `비밀 키 ${n}`,
      scopes: ['repair:order.read'],
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    ...{ secretHash: sha256(`secret ${n}`), last4: 'abcd' },
  });
};
