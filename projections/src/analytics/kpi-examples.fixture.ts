import type { AnyReadModel } from '../kit/types.ts';
import {
  BayTimeline,
  BudgetBurn,
  FleetVehicle,
  PartRequest,
  PlanView,
  PolicyInForce,
  PurchaseOrderView,
  ReservationView,
  SystemHealth,
  WorkshopView,
} from '../read-models.ts';
import {
  ago,
  day,
  delivery,
  event,
  finding,
  hour,
  order,
  owner,
  policy,
  shift,
  slaHours,
  span,
} from './kpi-samples.fixture.ts';

type Row = readonly [model: AnyReadModel, row: Readonly<Record<string, unknown>>];

/** A figure, what an example of it tells, the rows it is counted from, and what it is: a number, or one near it. */
export const examples: readonly (readonly [figure: string, told: string, rows: readonly Row[], value: unknown])[] = [
  [
    'netCycleTime',
    'leaves out 20 h of waiting for parts of 30 h',
    [order('1', { openedAt: hour(0), handOver: { at: hour(30) }, labour: [span(1, 5, 'waitingParts'), span(25, 30)] })],
    10,
  ],
  [
    'comebackRate',
    'counts a car back for the same system within a month, not for another',
    [
      order('1', { completedAt: hour(1), odometerInKm: 1_000, findings: finding('brakes') }),
      order('2', { openedAt: hour(200), completedAt: hour(202), odometerInKm: 1_500, findings: finding('brakes') }),
      order('3', { openedAt: hour(300), completedAt: hour(302), odometerInKm: 1_600, findings: finding('engine') }),
      order('4', { openedAt: hour(400), completedAt: hour(402), odometerInKm: 9_000, findings: finding('engine') }),
    ],
    1 / 4,
  ],
  [
    'firstTimeFix',
    'is the rest, and a warranty counts however late',
    [
      order('1', { completedAt: hour(1), findings: finding('brakes') }),
      order('2', { openedAt: hour(5_000), completedAt: hour(5_002), warrantyOf: '1' }),
    ],
    1 / 2,
  ],
  [
    'estimateWithinTenth',
    'counts 109 of 100 as near, 89 as not',
    [109, 89].map((totalKrw, n) =>
      order(`${n}`, {
        ...{ completedAt: hour(1), statement: { totalKrw } },
        estimates: [{ version: 1, sentAt: hour(0), totalKrw: 100 }],
      }),
    ),
    1 / 2,
  ],
  [
    'bayUtilisation',
    'is 4 of the 8 h of the one day before its bay was retired',
    [
      [
        WorkshopView,
        {
          ...{ id: 'ws', orgId: 'w', bays: [{ bayId: 'b', kind: 'lift', retiredOn: day(3) }] },
          hours: [
            {
              ...{ effectiveFrom: day(1), holidays: [day(1)] },
              weekly: [0, 1, 2].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })),
            },
          ],
        },
      ],
      [BayTimeline, { id: 'b.2', workshopId: 'ws', bayId: 'b', day: day(2), slots: [{ usedMinutes: 240 }] }],
    ],
    0.5,
  ],
  [
    'bayPlanAccuracy',
    'is 3 h of use for 2 h planned; what was not used does not count',
    [
      [WorkshopView, { id: 'ws', orgId: 'w' }],
      [
        BayTimeline,
        {
          ...{ id: 'b.2', workshopId: 'ws', bayId: 'b', day: day(2) },
          slots: [
            { start: hour(1), end: hour(3), usedMinutes: 180 },
            { start: hour(5), end: hour(9), usedMinutes: null },
          ],
        },
      ],
    ],
    1.5,
  ],
  [
    'partsWait',
    'is 36 h from request to arrival',
    [
      [
        PartRequest,
        { id: 'r', requestedAt: hour(0), arrivedAt: hour(36), parties: [{ kind: 'org', id: 'w', as: 'workshop' }] },
      ],
      [PartRequest, { id: 's', requestedAt: hour(0) }],
    ],
    36,
  ],
  [
    'partsWaitShare',
    'is 2 of 3: one paused, one was short',
    [
      order('1', { completedAt: hour(1), labour: [span(0, 1, 'waitingParts')] }),
      order('2', { completedAt: hour(1), parts: [{ state: 'arrived' }] }),
      order('3', { completedAt: hour(1), labour: [span(0, 1, 'shift')], parts: [{ state: 'reserved' }] }),
    ],
    2 / 3,
  ],
  [
    'supplierOnTime',
    'goes by the last receipt of the line and the first promise',
    [
      [
        PurchaseOrderView,
        {
          ...{ id: 'po', buyerOrgId: 'w', supplierOrgId: 's' },
          lines: ['a', 'b', 'c'].map((poLineId) => ({
            ...{ poLineId, receivedQty: poLineId === 'c' ? 0 : 2, firstPromisedOn: day(3), promisedOn: day(9) },
          })),
          receipts: [
            { at: `${day(3)}T14:00:00.000Z`, lines: [{ poLineId: 'a' }, { poLineId: 'b' }] },
            { at: `${day(3)}T16:00:00.000Z`, lines: [{ poLineId: 'b' }] },
          ],
        },
      ],
    ],
    1 / 2,
  ],
  [
    'timeToAssign',
    'is half an hour from the fare to the driver',
    [delivery('1', 9, {}), event(1, 'delivery-1', 'FareAgreed', 2), event(2, 'delivery-1', 'OfferAccepted', 2.5)],
    0.5,
  ],
  [
    'emptyRatio',
    'is the 28 km of road, of 178 km, from the first drop-off to the next pick-up',
    [delivery('1', 9, { dropoff: { geo: { lat: 37.5, lon: 127.25 } } }), delivery('2', 12, {}), delivery('3', 40, {})],
    { near: 28 / 178, digits: 2 },
  ],
  [
    'earningPerHour',
    'is four fifths of two fares in 8 h',
    [
      event(1, 'driverShift-d.20250601.1', 'ShiftStarted', 8, { ...shift }),
      event(2, 'driverShift-d.20250601.1', 'ShiftEnded', 16, { ...shift }),
      ...[9, 15, 17].map((ended, n) => delivery(`${n}`, ended, {})),
    ],
    20_000,
  ],
  [
    'offRoadDays',
    'counts what is over and what goes on',
    [[FleetVehicle, { id: 'v', fleetOrgId: 'f', offRoad: [{ from: hour(0), to: hour(48) }], offRoadSince: ago(96) }]],
    { near: 3, digits: 1 },
  ],
  [
    'maintenanceCompliance',
    'counts what is due and not done as late',
    [
      [
        PlanView,
        {
          ...{ id: 'v', vehicleId: 'v', parties: owner, items: [{ itemCode: 'OIL', state: 'due' }] },
          done: [
            { itemCode: 'OIL', doneOn: day(1), dueOn: day(2), onTime: true },
            { itemCode: 'TYRE', doneOn: day(1), dueOn: day(2), onTime: true },
            { itemCode: 'WIPER', doneOn: day(1), dueOn: null, dueKm: null, onTime: true },
          ],
        },
      ],
    ],
    2 / 3,
  ],
  [
    'slaFirstReply',
    'measures by the policy in force: one in time, one never answered, one before any policy',
    [
      [PolicyInForce, { ...policy, content: slaHours }],
      ...[1, 2, -48].map(
        (at, n) =>
          [
            ReservationView,
            { id: `${n}`, stream: `reservation-${n}`, requester: { kind: 'fleet', id: 'f' }, requestedAt: hour(at) },
          ] as const,
      ),
      event(1, 'reservation-0', 'SlotProposed', 2),
      event(2, 'reservation-0', 'ReservationConfirmed', 9),
    ],
    1 / 2,
  ],
  [
    'slaRepair',
    'measures from opening to completion',
    [
      [PolicyInForce, { ...policy, content: slaHours }],
      order('1', { payer: { kind: 'fleet', id: 'f' }, openedAt: hour(0), completedAt: hour(24) }),
      order('2', { payer: { kind: 'fleet', id: 'f' }, openedAt: hour(0), completedAt: hour(25) }),
      order('3', { payer: { kind: 'owner', id: 'x' }, openedAt: hour(0), completedAt: hour(25) }),
    ],
    1 / 2,
  ],
  [
    'budgetPace',
    'is burn alone once the year is over',
    [[BudgetBurn, { id: 'b', year: 2024, budgetKrw: 100, bookedKrw: 80, fleetOrgId: 'f' }]],
    0.8,
  ],
  [
    'readModelLag',
    'is the mean over the groups, in seconds',
    [
      [
        SystemHealth,
        { id: 'p', service: 'projections', seenAt: hour(1), projections: [{ group: 'a', lagMs: 0 }, { lagMs: 3_000 }] },
      ],
    ],
    1.5,
  ],
];
