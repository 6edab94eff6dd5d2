import { type Actor, businessNoCheckDigit, rolesOfKind } from '@cargoro/domain';
import { cast, people, place, type Said, stormId } from './cast.ts';
import { geos, underWay } from './under-way.ts';

export const file = { objectId: 'o', sha256: 'a'.repeat(64), bytes: 1_000 };
export const emailHashOf = (userId: string): string => userId.replaceAll('-', '').padEnd(64, '0');
export const businessNo = (n: number): string => {
  const nine = String(100_000_000 + n * 7_919).slice(0, 9);
  return `${nine.slice(0, 3)}-${nine.slice(3, 5)}-${nine.slice(5)}${businessNoCheckDigit(nine)}`;
};
export const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '08:00', closes: '20:00' }));
const [gaon, mapo] = place.garages;
const [hanbit, dongbang] = place.suppliers;
const [pads, filter, bulb] = place.parts;
const [workshop, sister] = place.workshops;

const organizations: readonly (readonly [orgId: string, kind: keyof typeof rolesOfKind, owner: string])[] = [
  [gaon, 'workshop', cast.chief.id],
  [mapo, 'workshop', cast.chiefMapo.id],
  [hanbit, 'supplier', stormId('chief hanbit')],
  [dongbang, 'supplier', stormId('chief dongbang')],
  [place.fleet, 'fleet', cast.manager.id],
  [place.transport, 'transport', cast.dispatcher.id],
  [place.platform, 'platform', cast.admin.id],
];
const joining = (actor: Actor): readonly Said[] => {
  const [orgId, kind] = organizations.find(([id]) => id === actor.orgId) ?? [];
  const isOwner = organizations.some(([, , owner]) => owner === actor.id);
  if (!orgId || !kind || isOwner || !actor.role || !rolesOfKind[kind].includes(actor.role)) return [];
  const inviteId = stormId(`invite ${actor.id}`);
  const invite = { orgId, inviteId, emailHash: emailHashOf(actor.id), roles: [actor.role] };
  return [
    ['InviteMember', { ...invite, expiresAt: '2025-07-06T01:00:00.000Z' }],
    ['AcceptInvite', { orgId, inviteId, userId: actor.id }],
  ];
};
const papers = ({ id: userId }: Actor): readonly Said[] => {
  const hash = 'b'.repeat(64);
  return [
    ['RecordLicence', { userId, licenceClass: 'class1Ordinary', numberHash: hash, validTo: '2026-12-31' }],
    ['RecordTransportInsurance', { userId, insurer: '한빛', policyHash: hash, validTo: '2026-12-31' }],
    ['RecordConsent', { userId, kind: 'location', version: '2025-01', granted: true }],
  ];
};

export const menuItems = [
  { serviceCode: 'OIL', name: '오일', standardHours: 0.5, estimateExempt: true },
  { serviceCode: 'PADF', name: '패드', standardHours: 0.9 },
  { serviceCode: 'DIAG', name: '진단', standardHours: 0.5 },
];
const opening = (n: 0 | 1): readonly Said[] => {
  const [workshopId, orgId, bayId] = [place.workshops[n], place.garages[n], place.bays[n]];
  const name = n === 0 ? '가온 강남' : '마포';
  const enrolled = n === 0 ? [cast.lead, cast.tech] : [cast.techMapo];
  const where = { address: '서울', geo: geos[n], phone: '02-000-0001', repairRegNo: '제2018-강남-0123호' };
  return [
    ['RegisterWorkshop', { workshopId, orgId, name, class: 'specialist', ...where }],
    ['SetHours', { workshopId, weekly, effectiveFrom: '2025-06-01' }],
    ['AddBay', { workshopId, bayId, name: '1번', kind: 'lift' }],
    ['PostLaborRate', { workshopId, category: 'general', ratePerHourKrw: 50_000, effectiveFrom: '2025-06-30' }],
    ['PublishServiceMenu', { workshopId, menuVersion: 1, items: menuItems, effectiveFrom: '2025-06-01' }],
    ...enrolled.map(
      ({ id: userId }): Said => [
        ...(['EnrolTechnician', { workshopId, userId, grade: '기능장', evCertified: true }] as const),
      ],
    ),
    ['OpenWorkshop', { workshopId }],
  ];
};
const car = (n: number): Said => {
  const owner = n === 0 || n === 3 ? { kind: 'user', id: cast.owner.id } : { kind: 'org', id: place.fleet };
  const papersOf = {
    plate: `12가345${n}`,
    plateColour: 'white',
    vin: `KMHL14JA5PA90000${n}`,
    make: '현대',
    model: '아반떼',
  };
  const built = {
    modelYear: 2023,
    fuel: 'gasoline',
    usage: 'private',
    bodyKind: 'car',
    firstRegisteredOn: '2023-03-02',
  };
  return ['RegisterVehicle', { vehicleId: place.cars[n], ...papersOf, ...built, owner, odometerKm: 42_000 }];
};
const part = (partId: string, n: number): Said => {
  const named = {
    partNo: `58101-${n}`,
    brand: '한빛',
    grade: 'oem',
    nameKo: '부품',
    nameEn: 'Part',
    category: 'brake',
  };
  const sold = { unit: 'EA', listPriceKrw: 40_000, warrantyMonths: 12, warrantyKm: 20_000 };
  return ['ListPart', { partId, supplierOrgId: hanbit, ...named, ...sold }];
};
const stock = (n: 0 | 1, partId: string, qty: number, minQty: number): readonly Said[] => {
  const at = { warehouseId: place.workshops[n], partId };
  const from = { purchaseOrderId: stormId('first order'), poLineId: stormId(`first ${n} ${partId}`) };
  return [
    ['OpenStock', { ...at, orgId: place.garages[n], bin: 'A', minQty, reorderQty: 4 }],
    ['ReceiveStock', { ...at, movementId: stormId(`first ${n} ${partId}`), qty, unitCostKrw: 30_000, ...from }],
  ];
};
export const policyContent = {
  ...{ autoApproveUnderKrw: 200_000, limits: [{ role: 'FLEET_APPROVER', maxKrw: 1_000_000 }], hardStop: true },
  ...{ allowedWorkshops: [workshop, sister], gradesAllowed: ['oem'], planTemplateId: 'standard' },
  pickupRule: { needed: true, payer: 'fleet' },
  slaHours: { firstReply: 4, repair: 48 },
  tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 0 },
};
const fleet = place.fleet;
const setting = (scope: string, key: string, value: unknown): Said => [
  ...(['DefineSetting', { scope, key, type: 'text', value, secret: false }] as const),
];
const oil = { itemCode: 'OIL', everyKm: 10_000, warnKm: 500, warnDays: 30, mandatory: false };
const hq = { addressRef: 'hq', geo: { lat: 37.55, lon: 127.0 }, contactRef: 'front' };

/** What everybody finds when the storm begins: two open workshops with little stock, a fleet, a transport company. */
export const founding: readonly Said[] = [
  ...people.flatMap(({ id: userId }): Said[] => [
    [
      'RegisterUser',
      { userId, emailHash: emailHashOf(userId), personRef: userId, locale: 'ko', person: { name: '이름' } },
    ],
    ['VerifyUser', { userId, method: 'email' }],
  ]),
  ...organizations.flatMap(([orgId, kind, ownerUserId], n): Said[] => [
    ['RegisterOrganization', { orgId, kind, name: kind, businessNo: businessNo(n), address: '서울', ownerUserId }],
    ['VerifyOrganization', { orgId, evidence: [file] }],
  ]),
  ...people.flatMap(joining),
  ...[cast.driver, cast.driverTwo, cast.member].flatMap(papers),
  ['ConnectPartner', { orgId: gaon, partnerOrgId: hanbit, kind: 'supplier', termsRef: 'T' }],
  ['ConnectPartner', { orgId: gaon, partnerOrgId: dongbang, kind: 'supplier', termsRef: 'T' }],
  ['ConnectPartner', { orgId: mapo, partnerOrgId: hanbit, kind: 'supplier', termsRef: 'T' }],
  ...opening(0),
  ...opening(1),
  // A third one is all but open.
  ...opening(1)
    .slice(0, -1)
    .map(([type, input]): Said => [type, { ...input, workshopId: stormId('workshop third') }])
    .map(([type, input]): Said => [type, type === 'AddBay' ? { ...input, bayId: stormId('bay third') } : input]),
  ...[0, 1, 2, 3].map(car),
  ...[pads, filter, bulb].map(part),
  ...stock(0, pads, 3, 2),
  ...stock(0, filter, 1, 0),
  ...stock(1, pads, 1, 0),
  setting(`org:${gaon}`, 'parts.warehouses', sister),
  setting(`org:${fleet}`, 'fleet.pickupPlace', JSON.stringify(hq)),
  setting(`org:${fleet}`, 'fleet.transportOrgId', place.transport),
  setting('platform', 'ministry.endpoint', 'http://localhost/k4'),
  ['DraftPolicy', { policyId: place.policy, fleetOrgId: fleet, appliesTo: { scope: 'all' } }],
  ['PublishPolicy', { policyId: place.policy, version: 1, effectiveFrom: '2025-06-30', content: policyContent }],
  [
    'DraftContract',
    {
      ...{ contractId: place.contract, fleetOrgId: fleet, kind: 'maintenance', counterparty: '온누리' },
      ...{ vehicleIds: place.fleetCars, policyId: place.policy, startsOn: '2025-01-01', endsOn: '2025-12-31' },
      ...{ monthlyFeeKrw: 0, depositKrw: 0, includes: [] },
    },
  ],
  [
    'SignContract',
    { contractId: place.contract, signedOn: '2024-12-20', documentSha256: 'd'.repeat(64), exclusiveInsurance: true },
  ],
  ['SetBudget', { contractId: place.contract, year: 2025, category: 'maintenance', amountKrw: 300_000 }],
  [
    'StartPlan',
    {
      ...{ vehicleId: place.cars[1], templateId: 'standard' },
      items: [
        { ...oil, lastDoneKm: 33_000, lastDoneOn: '2024-12-01' },
        { ...oil, itemCode: 'PADF', lastDoneKm: 40_000, lastDoneOn: '2024-12-01' },
      ],
    },
  ],
  ['OpenTripLog', { vehicleId: place.cars[1], month: '202506', openingKm: 42_000 }],
  ...underWay,
];
