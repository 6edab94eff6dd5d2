import { cast, place, type Said, stormId } from './cast.ts';

export const geos = [
  { lat: 37.498, lon: 127.028 },
  { lat: 37.554, lon: 126.91 },
] as const;
const [gaon] = place.garages;
const [hanbit] = place.suppliers;
const [pads, , bulb] = place.parts;
const [workshop] = place.workshops;
const fleet = place.fleet;

const client = { kind: 'owner', id: cast.owner.id };
const spot = (n: 0 | 1) => ({
  ...{ addressRef: `a${n}`, geo: geos[n], contactRef: 'c' },
  window: { from: '2025-06-30T03:00:00.000Z', to: '2025-06-30T09:00:00.000Z' },
});
const labour = { kind: 'labour', hours: 0.5, rateKrw: 50_000, payer: 'owner' };
const pad = {
  kind: 'part',
  serviceCode: 'PADF',
  partId: pads,
  grade: 'oem',
  qty: 2,
  unitPriceKrw: 45_005,
  payer: 'owner',
};
const delivery = stormId('delivery');
const purchase = stormId('purchase');
const shift = { driverId: cast.driver.id, day: '2025-06-30', n: 1 };
const asked = { kind: 'org', id: fleet };

/** An order with two lines of labour and a part, all agreed to. */
const agreed = (n: number, vehicleId: string): readonly Said[] => {
  const repairOrderId = stormId(`order ${n}`);
  const [first, second, third] = [1, 2, 3].map((line) => stormId(`line ${n} ${line}`));
  const lines = [
    { ...labour, lineId: first, serviceCode: 'PADF' },
    { ...labour, lineId: second, serviceCode: 'OIL' },
    { ...pad, lineId: third, alternatives: [{ grade: 'reman', unitPriceKrw: 30_000 }] },
  ];
  const about = { repairOrderId, version: 1 };
  return [
    [
      'OpenRepairOrder',
      {
        ...{ repairOrderId, number: `RO-25-${n}`, workshopId: workshop, vehicleId, customer: client, payer: client },
        ...{ odometerInKm: 42_000, fuelPct: 50, complaint: '소음' },
      },
    ],
    ['RecordDiagnosis', { repairOrderId, findings: [{ findingId: first, system: '제동', severity: 'soon' }] }],
    ['DraftEstimate', { ...about, menuVersion: 1, validUntil: '2025-07-14', lines }],
    ['SendEstimate', { ...about, channel: 'app' }],
    ['ApproveLines', { ...about, lineIds: [first, second, third], approver: client, method: 'app' }],
  ];
};

/** Work in the middle of which the storm breaks: an agreed order, a car to fetch, a purchase to answer. */
export const underWay: readonly Said[] = [
  [
    'AssignVehicle',
    {
      ...{ vehicleId: place.cars[1], assignmentId: stormId('assignment'), userId: cast.member.id },
      ...{ department: '영업', from: '2025-06-30', purpose: '업무' },
    },
  ],
  ['StartShift', { ...shift, at: '2025-06-30T01:00:00.000Z', geo: geos[0], consentVersion: '2025-01' }, cast.driver],
  [
    'LogTrip',
    {
      ...{
        vehicleId: place.cars[1],
        month: '202506',
        tripId: stormId('trip'),
        userId: cast.member.id,
        department: '영업',
      },
      ...{ startKm: 42_000, endKm: 42_020, purpose: 'business' },
      ...{ startedAt: '2025-06-30T00:00:00.000Z', endedAt: '2025-06-30T00:40:00.000Z' },
    },
  ],
  ...agreed(1, place.cars[0]),
  ...agreed(2, place.cars[3]),
  [
    'RequestDelivery',
    {
      ...{
        deliveryId: delivery,
        number: 'DL-25-1',
        vehicleId: place.cars[1],
        requester: asked,
        payer: asked,
        kind: 'relocation',
      },
      ...{ mode: 'road', pickup: spot(0), dropoff: spot(1), transportOrgId: place.transport },
    },
  ],
  ['AgreeFare', { deliveryId: delivery, distanceKm: 12, baseKrw: 40_000, totalKrw: 40_000 }],
  [
    'DraftPurchaseOrder',
    {
      ...{
        purchaseOrderId: purchase,
        number: 'PO-25-1',
        buyerOrgId: gaon,
        supplierOrgId: hanbit,
        warehouseId: workshop,
      },
      ...{ origin: 'manual', originIds: [] },
      lines: [{ poLineId: stormId('bulbs'), partId: bulb, qty: 2, unitPriceKrw: 30_000, neededBy: '2025-07-03' }],
    },
  ],
  ['SubmitPurchaseOrder', { purchaseOrderId: purchase }],
];
