import type { StoredEvent } from '@cargoro/domain';
import { recorded } from '@cargoro/domain/testing';

export type Line = readonly [stream: string, type: string, data: Record<string, unknown>];
/** A history as no dispatch would ever write it, one event a minute. */
export const history = (...lines: readonly Line[]): readonly StoredEvent[] => {
  const revisions = new Map<string, number>();
  return lines.map(([stream, type, data], position) => {
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const occurredAt = `2025-06-30T01:${String(position).padStart(2, '0')}:00.000Z`;
    return recorded(stream, revision, { type, data }, { position, occurredAt, commandId: `c${position}` });
  });
};
export const received: Line = ['stock-w.p', 'StockReceived', { qty: 2, onHandAfter: 2 }];
export const reserved = (reservationId: string, qty: number, reservedAfter: number): Line => [
  'stock-w.p',
  'StockReserved',
  { reservationId, qty, reservedAfter, forKind: 'partRequest', forId: 'q' },
];
export const held = (holdId: string, forId: string, start: string): Line => [
  'bayDay-b.20250630',
  'SlotHeld',
  {
    holdId,
    forId,
    start: `2025-06-30T0${start}:00:00.000Z`,
    end: '2025-06-30T05:00:00.000Z',
    expiresAt: '2025-07-01T',
  },
];
export const booked = (id: string, holdId: string): Line => [
  `reservation-${id}`,
  'ReservationConfirmed',
  { bayId: 'b', holdId, start: '2025-06-30T03:00:00.000Z', end: '2025-06-30T05:00:00.000Z' },
];
export const started = (order: string): Line => [
  `repairOrder-${order}`,
  'WorkStarted',
  { technicianId: 't', lineIds: ['l'] },
];
export const invoice = (id: string, more: object = {}): Line => [
  `invoice-${id}`,
  'InvoiceDrafted',
  {
    ...{ lines: [{ supplyKrw: 1_005 }, { supplyKrw: 500, taxable: false }], source: { kind: 'repairOrder', id: 'r' } },
    ...{ supplyKrw: 1_505, vatKrw: 100, totalKrw: 1_605 },
    ...more,
  },
];
export const issued: Line = ['invoice-i', 'InvoiceIssued', {}];
export const paid = (paymentId: string, amountKrw: number, balanceKrw: number): Line => [
  ...(['invoice-i', 'PaymentRecorded', { paymentId, amountKrw, balanceKrw }] as const),
];
export const cost = (costId: string, supplyKrw: number): Line => [
  'fleetLedger-k.2025',
  'CostBooked',
  { costId, category: 'fuel', supplyKrw, vatKrw: 0, occurredOn: '2025-06-30', source: { kind: 'receipt', id: costId } },
];
export const ordered = (id: string, qty: number, originIds = ['q']): Line => [
  `purchaseOrder-${id}`,
  'PurchaseOrderDrafted',
  { origin: 'repairShortage', originIds, lines: [{ poLineId: 'q', partId: 'p', qty }] },
];
export const asked: Line = ['repairOrder-r', 'PartRequested', { requestId: 'q', partId: 'p', qty: 2 }];

/** Histories that break a rule, by words of what is to be found. */
export const broken: readonly (readonly [words: string, lines: readonly Line[]])[] = [
  ['-1 on hand', [received, ['stock-w.p', 'StockIssued', { qty: 3, forId: 'q' }]]],
  ['3 reserved of 2', [received, reserved('a', 3, 3)]],
  ['StockReceived says 5, not 2', [['stock-w.p', 'StockReceived', { qty: 2, onHandAfter: 5 }]]],
  [
    'issued more than was reserved',
    [received, reserved('a', 1, 1), ['stock-w.p', 'StockIssued', { reservationId: 'a', qty: 2 }]],
  ],
  [
    'more came back than went out',
    [received, ['stock-w.p', 'StockReturned', { qty: 1, forId: 'q', condition: 'scrap' }]],
  ],
  ['more arrived than was sent', [['stock-w.p', 'StockTransferredIn', { transferId: 't', qty: 1 }]]],
  ['over hold h', [held('h', 'one', '3'), held('g', 'two', '4')]],
  [
    'over block k',
    [
      [
        'bayDay-b.20250630',
        'TimeBlocked',
        { blockId: 'k', start: '2025-06-30T03:00:00.000Z', end: '2025-06-30T04:00:00.000Z' },
      ],
      held('h', 'one', '3'),
    ],
  ],
  ['are both promised the bay', [booked('one', 'h'), booked('two', 'g')]],
  ['reservation one stands, its time is not held', [held('h', 'one', '3'), booked('one', 'h')]],
  [
    'needs hold h no more',
    [
      held('h', 'one', '3'),
      ['bayDay-b.20250630', 'SlotConfirmed', { holdId: 'h' }],
      booked('one', 'h'),
      ['reservation-one', 'ReservationCancelled', {}],
    ],
  ],
  [
    'has deliveries d and e at once',
    [
      ['delivery-d', 'DriverAssigned', { driverId: 'x' }],
      ['delivery-e', 'OfferAccepted', { driverId: 'x' }],
    ],
  ],
  [
    'starts x.20250630.2 during x.20250630.1',
    [
      ['driverShift-x.20250630.1', 'ShiftStarted', {}],
      ['driverShift-x.20250630.2', 'ShiftStarted', {}],
    ],
  ],
  [
    'is bound to d and e',
    [
      ['driverShift-x.20250630.1', 'DeliveryBound', { deliveryId: 'd' }],
      ['driverShift-x.20250630.1', 'DeliveryBound', { deliveryId: 'e' }],
    ],
  ],
  [
    'a shift says x drives d, which is over',
    [
      ['delivery-d', 'DriverAssigned', { driverId: 'x' }],
      ['driverShift-x.20250630.1', 'DeliveryBound', { deliveryId: 'd' }],
      ['delivery-d', 'DeliveryCancelled', {}],
    ],
  ],
  ['x drives d, yet no shift is bound', [['delivery-d', 'DriverAssigned', { driverId: 'x' }]]],
  ['technician t works on r and s at once', [started('r'), started('s')]],
  ['is not the sum of its lines', [invoice('i', { supplyKrw: 1_504 })]],
  ['VAT 99 of 1005', [invoice('i', { vatKrw: 99 })]],
  ['are both for', [invoice('i'), invoice('j')]],
  ['1700 paid of 1605', [invoice('i'), issued, paid('x', 1_700, 0)]],
  ['PaymentRecorded says 5, owed are 605', [invoice('i'), issued, paid('x', 1_000, 5)]],
  ['PaymentRecorded out of its time', [invoice('i'), paid('x', 5, 1_600)]],
  [
    'more is refunded',
    [invoice('i'), issued, paid('x', 5, 1_600), ['invoice-i', 'PaymentRefunded', { paymentId: 'x', amountKrw: 6 }]],
  ],
  [
    'credited with 5 paid',
    [invoice('i'), issued, paid('x', 5, 1_600), ['invoice-i', 'CreditNoteIssued', { amountKrw: 1_605 }]],
  ],
  ['cost c booked twice', [cost('c', 5), cost('c', 5)]],
  ['cost c reversed as 7', [cost('c', 5), ['fleetLedger-k.2025', 'CostReversed', { costId: 'c', supplyKrw: 7 }]]],
  ['after its year was closed', [['fleetLedger-k.2025', 'LedgerYearClosed', { totals: [] }], cost('c', 5)]],
  [
    'closed with 9',
    [cost('c', 5), ['fleetLedger-k.2025', 'LedgerYearClosed', { totals: [{ category: 'fuel', bookedKrw: 9 }] }]],
  ],
  [
    '9 of fuel told, 5 booked',
    [
      cost('c', 5),
      ['fleetLedger-k.2025', 'BudgetThresholdCrossed', { category: 'fuel', bookedKrw: 9, budgetKrw: 1, percent: 80 }],
    ],
  ],
  [
    'booked past the hard stop at 4',
    [
      ['fleetPolicy-y', 'PolicyPublished', { effectiveFrom: '2025-01-01', content: { hardStop: true } }],
      ['fleetContract-k', 'ContractDrafted', { policyId: 'y' }],
      ['fleetContract-k', 'BudgetSet', { year: 2025, category: 'fuel', amountKrw: 4 }],
      cost('c', 5),
    ],
  ],
  ['is covered by orders o and n', [ordered('o', 1), ordered('n', 1)]],
  ['request q needs 2, ordered are 3', [asked, ordered('o', 2), ordered('n', 1, ['q.1'])]],
  [
    'is still kept for q, which is over',
    [received, reserved('a', 1, 1), ['repairOrder-r', 'LineDropped', { requestIds: ['q'] }]],
  ],
  [
    'car v was with owner a, yet is handed over by driver d',
    [
      ['vehicle-v', 'VehicleRegistered', { owner: { id: 'a' } }],
      ['vehicle-v', 'CustodyTransferred', { from: { kind: 'driver', id: 'd' }, to: { kind: 'owner', id: 'a' } }],
    ],
  ],
  [
    'openOrder v is r’s and s’s at once',
    [
      ['repairOrder-r', 'RepairOrderOpened', { vehicleId: 'v' }],
      ['repairOrder-s', 'RepairOrderOpened', { vehicleId: 'v' }],
    ],
  ],
  ['partRequest q is r’s and s’s at once', [asked, ['repairOrder-s', 'PartRequested', { requestId: 'q' }]]],
  ['stock w.p is low and nobody', [['stock-w.p', 'LowStockReached', { episodeId: 'e' }]]],
  ['request q is short and nobody', [['part-p', 'PartListed', {}], asked]],
  ['the claim says nobody', [['repairOrder-r', 'RepairOrderOpened', { vehicleId: 'v' }]]],
  [
    'is nobody’s, yet the claim is still r’s',
    [['claim-openOrder.v', 'ClaimConfirmed', { kind: 'openOrder', value: 'v', holder: 'r' }]],
  ],
];
