import { createHash } from 'node:crypto';
import type { Actor, Role } from '@cargoro/domain';
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
    ...{ fleetCar: id(13), contract: id(14), policy: id(15), supplier: id(16), part: id(17), purchaseOrder: id(18) },
    ...{
      auditCase: id(22),
      notice: id(23),
      delivery: id(19),
      driver: id(20),
      transport: id(21),
      warehouse: id(2),
      partsOrder: id(72),
      stock: `${id(2)}.${id(17)}`,
      shift: `${id(20)}.${day(0).replaceAll('-', '')}.1`,
    },
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
    /** Everybody who has something of the tenant's to read. */
    people: [
      user('WORKSHOP_OWNER', ids.org, ids.owner),
      user('OWNER', undefined, ids.customer),
      user('FLEET_MANAGER', ids.org),
      user('DRIVER', ids.transport, ids.driver),
      user('DISPATCHER', ids.transport, ids.owner),
    ],
  };
};
export type Tenant = ReturnType<typeof tenant>;

/** The year whose costs and trips are booked. */
export const bookedYear = Number(new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 4));
/** The month whose trip log is closed: last January’s, so that it lies in the year and is over or under way. */
export const bookedMonth = `${bookedYear}01`;

const tomorrow = (hours: number): string => new Date(Date.now() + (24 + hours) * 3_600_000).toISOString();
/** A business day in Seoul, so many days from today. */
const day = (offset: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

/** The day something stands in the bay's timeline. */
export const bookedDay = day(1);

/** A workshop with an order waiting for approval, an invoice and a key: something of every kind that could leak. */
export const furnish = async (stack: Stack, one: Tenant): Promise<void> => {
  const { tell } = stack;
  const { n, ids, id } = one;
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
  await furnishFleet(stack, one);
  await furnishParts(stack, one);
  await furnishDelivery(stack, one);
  await furnishCare(stack, one);
};

/** A fleet of the same organisation: a car with a contract, a budget that is used up, a closed trip log and a policy. */
const furnishFleet = async ({ tell }: Stack, { n, ids, id }: Tenant): Promise<void> => {
  const { org: fleetOrgId, fleetCar: vehicleId, contract: contractId, policy: policyId } = ids;
  await tell('RegisterVehicle', {
    ...{ vehicleId, plate: `34나567${n}`, plateColour: 'white', vin: `KMHXX00XXXX91000${n}`, make: '기아' },
    ...{ model: `비밀 모델 ${n}`, modelYear: 2023, fuel: 'gasoline', usage: 'private', bodyKind: 'car' },
    ...{ firstRegisteredOn: '2023-01-01', odometerKm: 10_000, owner: { kind: 'org', id: fleetOrgId } },
  });
  await tell('DraftPolicy', { policyId, fleetOrgId, appliesTo: { scope: 'all' } });
  const content = {
    ...{ autoApproveUnderKrw: 300_000, limits: [], allowedWorkshops: [ids.workshop], gradesAllowed: ['oem'] },
    ...{ planTemplateId: `SECRET-${n}`, pickupRule: { needed: false, payer: 'fleet' }, hardStop: false },
    slaHours: { firstReply: 2, repair: 24 },
    tripRules: { purposes: ['business'], entryWithinDays: 365, gapToleranceKm: 0 },
  };
  await tell('PublishPolicy', { policyId, version: 1, effectiveFrom: day(0), content });
  await tell('DraftContract', {
    ...{ contractId, fleetOrgId, kind: 'lease', vehicleIds: [vehicleId], startsOn: `${bookedYear}-01-01`, policyId },
    ...{
      endsOn: `${bookedYear}-12-31`,
      counterparty: `비밀 리스 ${n}`,
      monthlyFeeKrw: 500_000,
      depositKrw: 0,
      includes: [],
    },
    documentSha256: sha256(`contract ${n}`),
  });
  await tell('SignContract', { contractId, signedOn: day(0), exclusiveInsurance: true });
  await tell('SetBudget', { contractId, year: bookedYear, category: 'fuel', amountKrw: 100_000 });
  await tell('BookCost', {
    ...{ contractId, costId: id(62), vehicleId, category: 'fuel', supplyKrw: 90_000, vatKrw: 9_000 },
    ...{ occurredOn: `${bookedYear}-01-03`, source: { kind: 'receipt', id: `R-${n}` } },
  });
  const log = { vehicleId, month: bookedMonth };
  await tell('OpenTripLog', { ...log, openingKm: 10_000, policyId });
  await tell('SubmitTripLog', log);
  await tell('CloseTripLog', { ...log, approverId: id(63), closingKm: 10_000 });
  const item = { itemCode: `SECRET-${n}`, everyKm: 10_000, warnKm: 500, warnDays: 14, mandatory: false };
  await tell('StartPlan', {
    ...{ vehicleId, templateId: 'T', items: [{ ...item, lastDoneKm: 10_000, lastDoneOn: `${bookedYear}-01-01` }] },
  });
};

/** A job of the fleet's car that waits for a part, the stock of it, and an order at a supplier. */
const furnishParts = async ({ tell }: Stack, { n, ids, id }: Tenant): Promise<void> => {
  const { org: orgId, supplier: supplierOrgId, part: partId, warehouse: warehouseId, workshop: workshopId } = ids;
  await tell('RegisterOrganization', {
    ...{ orgId: supplierOrgId, kind: 'supplier', name: `부품 ${n}`, businessNo: businessNo(`88811111${n}`) },
    ...{ address: '서울', ownerUserId: ids.owner },
  });
  await tell('ConnectPartner', { orgId, partnerOrgId: supplierOrgId, kind: 'supplier', termsRef: 'T' });
  await tell('ListPart', {
    ...{ partId, supplierOrgId, partNo: `SEC-${n}`, brand: '한빛', grade: 'oem', nameKo: '패드', nameEn: 'Pad' },
    ...{ category: 'BRAKE', unit: 'SET', listPriceKrw: 50_000, warrantyMonths: 6, warrantyKm: 10_000 },
  });
  const fitment = { make: '현대', model: '아반떼', yearFrom: 2020, yearTo: 2026 };
  await tell('AddFitment', { partId, fitmentId: id(76), ...fitment });
  await tell('OpenStock', { warehouseId, partId, orgId, bin: `비밀 선반 ${n}`, minQty: 0, reorderQty: 5 });
  const source = { purchaseOrderId: ids.purchaseOrder, poLineId: id(70) };
  await tell('ReceiveStock', { warehouseId, partId, movementId: id(71), qty: 3, unitCostKrw: 30_000, ...source });
  const repairOrderId = ids.partsOrder;
  await tell('OpenRepairOrder', {
    ...{ repairOrderId, number: `RO-25-10000${n}`, workshopId, vehicleId: ids.fleetCar, complaint: `비밀 소음 ${n}` },
    ...{ fuelPct: 50, odometerInKm: 10_000 },
    ...{ customer: { kind: 'fleet', id: orgId }, payer: { kind: 'fleet', id: orgId } },
  });
  await tell('RecordDiagnosis', { repairOrderId, findings: [{ findingId: id(73), system: '제동', severity: 'soon' }] });
  const line = {
    lineId: id(74),
    kind: 'part',
    partId,
    grade: 'oem',
    name: '패드',
    unitPriceKrw: 60_000,
    payer: 'fleet',
  };
  const choices = [{ grade: 'oem', unitPriceKrw: 60_000 }];
  const lines = [{ ...line, alternatives: choices }];
  await tell('DraftEstimate', { repairOrderId, version: 1, menuVersion: 1, validUntil: day(7), lines });
  await tell('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
  await tell('ApproveLines', {
    ...{ repairOrderId, version: 1, lineIds: [id(74)], method: 'app', approver: { kind: 'fleet', id: orgId } },
    evidence: { objectId: 'x', sha256: sha256('x') },
  });
  const neededBy = tomorrow(5);
  await tell('RequestPart', { repairOrderId, requestId: id(75), lineId: id(74), partId, qty: 1, neededBy });
  await tell('DraftPurchaseOrder', {
    ...{ purchaseOrderId: ids.purchaseOrder, number: `PO-${n}`, buyerOrgId: orgId, supplierOrgId, warehouseId },
    ...{ origin: 'manual', originIds: [] },
    lines: [{ poLineId: id(70), partId, qty: 3, unitPriceKrw: 30_000, neededBy: day(3) }],
  });
};

/** The customer's car on its way: a driver on shift with a job in hand, and another job offered. */
const furnishDelivery = async ({ tell }: Stack, { n, ids, id }: Tenant): Promise<void> => {
  const { transport: orgId, driver: driverId, customer, fleetCar } = ids;
  await tell('RegisterOrganization', {
    ...{ orgId, kind: 'transport', name: `탁송 ${n}`, businessNo: businessNo(`77711111${n}`) },
    ...{ address: '서울', ownerUserId: driverId },
  });
  // What a token states beyond its membership ends as soon as the gateway hears of the membership.
  await tell('ChangeRoles', { orgId, userId: driverId, roles: ['DISPATCHER', 'DRIVER'] });
  const account = { userId: driverId, emailHash: sha256(driverId), personRef: driverId, locale: 'ko' };
  const person = { name: `비밀 기사 ${n}`, phone: `010-1111-000${n}`, email: `secret${n}@driver.example.com` };
  await tell('RegisterUser', { ...account, person });
  const until = `${bookedYear + 1}-12-31`;
  const licence = { licenceClass: 'class1Ordinary', numberHash: sha256('l'), validTo: until };
  await tell('RecordLicence', { userId: driverId, ...licence });
  const insured = { insurer: '한빛손해보험', policyHash: sha256('p'), validTo: until };
  await tell('RecordTransportInsurance', { userId: driverId, ...insured });
  await tell('RecordConsent', { userId: driverId, kind: 'location', version: '2025-01', granted: true });
  const geo = { lat: 37.5, lon: 127.03 };
  const shift = { driverId, day: day(0), n: 1 };
  const dispatcher: Actor = { kind: 'user', id: driverId, orgId, role: 'DRIVER' };
  await tell('StartShift', { ...shift, at: new Date().toISOString(), geo, consentVersion: '2025-01' }, dispatcher);
  const window = (hours: number) => ({ from: tomorrow(hours), to: tomorrow(hours + 1) });
  const requested = (deliveryId: string, vehicleId: string, requester: { kind: string; id: string }) => ({
    ...{ deliveryId, number: `DL-${n}-${deliveryId.slice(-2)}`, vehicleId, requester, payer: requester },
    ...{ kind: 'relocation', mode: 'road', transportOrgId: orgId, notes: `비밀 탁송 ${n}` },
    pickup: { addressRef: `a-${n}`, geo, contactRef: `c-${n}`, window: window(1) },
    dropoff: { addressRef: `b-${n}`, geo: { lat: 37.6, lon: 127.1 }, contactRef: `d-${n}`, window: window(3) },
  });
  const fare = { distanceKm: 12, baseKrw: 40_000, totalKrw: 40_000 };
  const expiresAt = tomorrow(0);
  for (const [deliveryId, vehicleId, requester, offerId] of [
    [id(80), fleetCar, { kind: 'org', id: ids.org }, id(81)],
    [ids.delivery, ids.vehicle, { kind: 'user', id: customer }, id(82)],
  ] as const) {
    await tell('RequestDelivery', requested(deliveryId, vehicleId, requester));
    await tell('AgreeFare', { deliveryId, ...fare });
    await tell('OfferToDriver', { deliveryId, offerId, driverId, round: 1, expiresAt });
  }
  await tell('AcceptOffer', { deliveryId: ids.delivery, offerId: id(82), driverId });
};

/** What the owner of the car keeps about it, a setting of the organisation, a message to its people, and an audit of it. */
const furnishCare = async ({ tell }: Stack, { n, ids, id }: Tenant): Promise<void> => {
  const { vehicle: vehicleId, org: orgId } = ids;
  await tell('SetReminder', { vehicleId, reminderId: id(90), kind: 'tyres', dueKm: 42_000, note: `비밀 알림 ${n}` });
  await tell('RecordExternalService', {
    ...{ vehicleId, serviceId: id(91), on: day(0), odometerKm: 42_150, costKrw: 30_000, place: `비밀 장소 ${n}` },
    items: [{ text: '세차' }],
  });
  const setting = { scope: `org:${orgId}`, key: 'SECRET', type: 'text', value: `비밀 값 ${n}`, secret: false };
  await tell('DefineSetting', setting);
  await tell('RequestNotice', {
    ...{ noticeId: ids.notice, template: 'partRecalled', to: { kind: 'org', id: orgId } },
    values: { reason: `비밀 리콜 ${n}` },
  });
  await tell('OpenAudit', {
    ...{ caseId: ids.auditCase, auditorId: id(92), approvedBy: ids.owner, orgIds: [orgId], scopes: ['invoice'] },
    ...{ period: { from: `${bookedYear}-01-01`, to: `${bookedYear}-12-31` }, until: tomorrow(48) },
  });
};
