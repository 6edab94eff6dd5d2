import { describe, expect, it } from 'vitest';
import { UserAccount } from '../core/user-account/user-account.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { TripLog } from '../fleet/trip-log/trip-log.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import { given, type World } from '../kit/testing.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { availableOf, StockItem } from '../parts/stock-item/stock-item.ts';
import { id, ids } from '../repair/sample-world.ts';
import * as fleet from './fleet.fixture.ts';
import * as f from './parts.fixture.ts';

const at = { warehouseId: f.own, partId: f.partId };
const receipt = { ...at, movementId: id(910), qty: 4, unitCostKrw: 1, purchaseOrderId: id(1), poLineId: id(2) };
const crossDock = { reservationId: id(70), qty: 3, forId: f.requestId, expiresAt: '2025-07-03T01:00:00.000Z' };
const when = (qty: number, type: string, data: object) =>
  given(StockItem, ...f.stock(f.own, qty).events).when(type, { ...at, ...data });

describe('what processes ask of stock', () => {
  it('is kept for a job in the very receipt, so that nobody else gets it', () => {
    const received = when(0, 'ReceiveStock', { ...receipt, crossDock });
    const [stock, kept] = received.emits('StockReceived', 'StockReserved', 'LowStockReached');
    expect(stock?.data).toMatchObject({ crossDock });
    expect(kept?.data).toMatchObject({ forKind: 'partRequest', forId: f.requestId, reservedAfter: 3 });
    expect(availableOf(received.state())).toBe(1);
    when(0, 'ReceiveStock', { ...receipt, crossDock: { ...crossDock, qty: 5 } }).refuses('INSUFFICIENT_AVAILABLE');
    when(0, 'ReceiveStock', { ...receipt, crossDock: { ...crossDock, qty: 0 } }).refuses('QTY_NOT_POSITIVE');
  });

  it('is kept longer while its job goes on, never shorter', () => {
    const sale = {
      reservationId: id(69),
      qty: 1,
      forKind: 'sale',
      forId: id(68),
      expiresAt: '2025-07-03T01:00:00.000Z',
    };
    const { events } = f.stock(f.own, 5, ['ReserveStock', sale]);
    const extend = (reservationId: string, expiresAt: string) =>
      given(StockItem, ...events).when('ExtendStockReservation', { ...at, reservationId, expiresAt });
    extend(id(69), '2025-07-06T01:00:00.000Z').emits('StockReservationExtended');
    extend(id(69), '2025-07-01T01:00:00.000Z').emits();
    extend(id(70), '2025-07-06T01:00:00.000Z').refuses('RESERVATION_UNKNOWN');
  });

  it('names the episode in which it ran low, and the same one when it is replenished', () => {
    const low = when(4, 'IssueStock', { movementId: id(911), qty: 3, forKind: 'sale', forId: id(68) });
    const [, reached] = low.emits('StockIssued', 'LowStockReached');
    const { events } = f.stock(f.own, 4, [
      'IssueStock',
      { movementId: id(911), qty: 3, forKind: 'sale', forId: id(68) },
    ]);
    const [, over] = given(StockItem, ...events)
      .when('ReceiveStock', receipt)
      .emits('StockReceived', 'StockReplenished');
    expect(over?.data.episodeId).toBe(reached?.data.episodeId);
  });
});

describe('what processes ask of purchase orders', () => {
  const draft = {
    ...{ purchaseOrderId: id(95), number: 'PO-1', buyerOrgId: ids.workshopOrg, supplierOrgId: f.supplier },
    ...{ warehouseId: f.own, origin: 'repairShortage', originIds: [], lines: [] },
  };
  const line = { poLineId: f.requestId, partId: f.partId, qty: 1, unitPriceKrw: 900_000, neededBy: '2025-07-02' };
  const added = f.purchase(draft, ['AddLine', { line, originId: f.requestId }]).events;
  const order = (type: string, data: object = {}, facts: NonNullable<World['facts']> = []) =>
    given(PurchaseOrder, ...added).when(type, { purchaseOrderId: id(95), ...data }, f.worldOf(...facts));

  it('covers a shortage by an added line too, until the line is taken out', () => {
    const second = { ...line, poLineId: id(3) };
    const { decision } = order('AddLine', { line: second, originId: id(3) });
    expect(decision.ok && decision.before[0]?.data).toMatchObject({
      kind: 'shortage',
      value: `repairShortage.${id(3)}`,
    });
    const removed = order('RemoveLine', { poLineId: f.requestId }).decision;
    expect(removed.ok && removed.after.map(({ type }) => type)).toEqual(['ReleaseClaim']);
    const [cancelled] = order('CancelPurchaseOrder', { reason: 'x' }).emits('PurchaseOrderCancelled');
    expect(cancelled?.data.poLineIds).toEqual([f.requestId]);
  });

  it('needs approval above the limit the buyer set', () => {
    order('SubmitPurchaseOrder').emits('PurchaseOrderSubmitted', 'PartyAdded');
    const limit = fleet.setting(ids.workshopOrg, 'parts.approvalLimitKrw', 500_000);
    order('SubmitPurchaseOrder', {}, [limit]).refuses('OVER_LIMIT');
  });
});

describe('a car that changes hands', () => {
  const to = { kind: 'user', id: id(80) };
  const parties = [{ kind: 'org', id: ids.fleetOrg, as: 'owner' }];
  it('takes its plan along and lets the new owner continue the month', () => {
    const transfer = given(Vehicle, ...fleet.car.events).when('TransferOwnership', {
      ...{ vehicleId: ids.vehicle, to, on: '2025-06-30' },
    });
    const { decision } = transfer;
    expect(decision.ok && decision.after.map(({ type }) => type)).toEqual(['MovePlan', 'ShareTripLog']);
    const moved = given(MaintenancePlan, ...fleet.plan().events).when('MovePlan', { vehicleId: ids.vehicle, to });
    const [left, came] = moved.emits('PartyRemoved', 'PartyAdded');
    expect([left?.data.party, came?.data.party]).toEqual([parties[0], { ...to, as: 'owner' }]);
    given(MaintenancePlan).when('MovePlan', { vehicleId: ids.vehicle, to }).emits();
    const log = { vehicleId: ids.vehicle, month: '202506' };
    const opened = { type: 'TripLogOpened', data: { ...log, openingKm: 1, parties: [{ ...parties[0], as: 'fleet' }] } };
    given(TripLog, opened)
      .when('ShareTripLog', { ...log, with: to })
      .emits('PartyAdded');
    given(TripLog)
      .when('ShareTripLog', { ...log, with: to })
      .emits();
  });

  it('answers a recall by closing the reminder that asked', () => {
    const { vehicleId } = fleet;
    const reminder = { vehicleId, reminderId: id(81), kind: 'other', dueOn: '2025-07-01', recallId: id(82) };
    const [set] = given(Vehicle, ...fleet.car.events)
      .when('SetReminder', reminder)
      .emits('ReminderSet');
    const close = { vehicleId, reminderId: id(81), outcome: 'done' };
    const [closed] = given(Vehicle, ...fleet.car.events, ...(set ? [set] : []))
      .when('CloseReminder', close)
      .emits('ReminderClosed');
    expect(closed?.data.recallId).toBe(id(82));
  });
});

describe('a request for erasure', () => {
  it('is one request however often it is made', () => {
    const userId = id(41);
    const account = { userId, emailHash: 'a'.repeat(64), personRef: 'p', locale: 'ko' };
    const known = [
      ...given(UserAccount).when('RegisterUser', account).emits('UserRegistered'),
      { type: 'UserVerified', data: { userId, method: 'email' } },
    ];
    const [asked] = given(UserAccount, ...known)
      .when('RequestErasure', { userId, requestId: id(42) })
      .emits('ErasureRequested');
    const again = given(UserAccount, ...known, ...(asked ? [asked] : []));
    again.when('RequestErasure', { userId, requestId: id(43) }).emits();
  });
});
