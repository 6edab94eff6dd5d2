import { describe, expect, it } from 'vitest';
import { order } from '../repair/repair-order/sample-order.ts';
import { id } from '../repair/sample-world.ts';
import * as fleet from './fleet.fixture.ts';
import { FleetMaintenance } from './fleet-maintenance.ts';
import { LowStock } from './low-stock.ts';
import { PartForJob } from './part-for-job.ts';
import * as f from './parts.fixture.ts';
import { PurchaseCare } from './purchase-care.ts';
import { dataOf, instanceOf, keysOf, refusalOf } from './spec.ts';

const { repairOrderId, requestId, partId, own, second } = f;
const short = () => {
  const part = instanceOf(PartForJob, f.worldOf(f.job(f.shortJob), f.stock(own, 0)));
  const first = part.tell('PartRequested', f.request);
  const draft = dataOf(first, 'DraftPurchaseOrder');
  part.tell('PurchaseOrderDrafted', draft);
  part.know(f.worldOf(f.job(f.shortJob), f.stock(own, 0), f.purchase(draft)));
  return { part, first, draft };
};
const came = (draft: Record<string, unknown>, acceptedQty: number) => ({
  ...{ purchaseOrderId: draft.purchaseOrderId, receiptId: id(96), isLast: false },
  lines: [{ poLineId: requestId, qty: acceptedQty, acceptedQty, rejectedQty: 0 }],
});
const closed = (draft: Record<string, unknown>) => ({ ...draft, reason: 'x', poLineIds: [requestId] });

describe('a part for a job, when things go otherwise', () => {
  it('is ordered elsewhere as far as a closed order did not bring it, though it is not on a shelf yet', () => {
    const { part, draft } = short();
    expect(keysOf(PartForJob, 'GoodsReceived', came(draft, 1))).toEqual([requestId]);
    part.tell('GoodsReceived', came(draft, 1));
    const rest = part.tell('PurchaseOrderClosed', closed(draft));
    expect(dataOf(rest, 'DraftPurchaseOrder')).toMatchObject({ supplierOrgId: second, lines: [{ qty: 1 }] });
    const all = short();
    all.part.tell('GoodsReceived', came(all.draft, 2));
    expect(all.part.tell('PurchaseOrderClosed', closed(all.draft)).sent).toEqual([]);
  });

  it('asks for no second replacement when an order that was cut comes to nothing', () => {
    const { part, draft } = short();
    const cut = { purchaseOrderId: draft.purchaseOrderId, lines: [{ poLineId: requestId, acceptedQty: 0 }] };
    const [asked] = dataOf(part.tell('SupplierAccepted', cut), 'DraftPurchaseOrder').originIds as string[];
    // The replacement is not drafted yet; the claim on the shortage then refuses the second one.
    for (const type of ['PurchaseOrderCancelled', 'PurchaseOrderClosed'])
      expect(dataOf(part.tell(type, closed(draft)), 'DraftPurchaseOrder').originIds ?? [asked]).toEqual([asked]);
  });

  it('is no more ordered once another part was chosen, whatever becomes of the first one’s order', () => {
    const { part, first } = short();
    const line = (dataOf(first, 'DraftPurchaseOrder').lines as object[])[0];
    part.tell('PartSubstituted', { repairOrderId, requestId, newPartId: id(60), reason: 'x' });
    for (const code of ['NOT_DRAFT', 'ORIGIN_ALREADY_COVERED'])
      expect(part.tell('AddLineRejected', { code, data: { purchaseOrderId: id(95), line } }).sent).toEqual([]);
  });

  it('is over with its line, whatever part is chosen after that', () => {
    const { part } = short();
    part.tell('LineDropped', { repairOrderId, lineId: f.request.lineId, reason: 'x', requestIds: [requestId] });
    const late = part.tell('PartSubstituted', { repairOrderId, requestId, newPartId: partId, reason: 'x' });
    expect(late.sent.filter((sent) => /Reserve|Shortage|Draft/.test(sent))).toEqual([]);
  });

  it('is for the advisor to find when no catalogue knows it', () => {
    const { part } = short();
    const unknown = part.tell('PartSubstituted', { repairOrderId, requestId, newPartId: '순정 동급', reason: 'x' });
    expect(unknown.sent).toEqual([...['CancelPurchaseOrder', 'NotePartShortage', 'notice:partWithoutSupplier']]);
  });

  it('is for the store to look at when what went out may not come back', () => {
    const part = instanceOf(PartForJob, f.worldOf(f.job(), f.stock(own, 5)));
    part.tell('PartRequested', f.request);
    const issue = { warehouseId: own, partId, movementId: id(75), reservationId: id(70), qty: 2, forId: requestId };
    part.tell('StockReserved', { ...issue, forKind: 'partRequest', expiresAt: '2025-07-03T01:00:00.000Z' });
    part.tell('StockIssued', issue);
    const back = part.tell('PartReturned', { repairOrderId, requestId, qty: 1, condition: 'resale' });
    expect(part.tell(...refusalOf(back, 'ReturnStock', 'FROZEN_FOR_COUNT')).sent).toEqual([
      'notice:partMovementRefused',
    ]);
  });
});

it('goods that come for a line that was dropped are free stock', () => {
  const { draft } = short();
  const dropped = order(f.shortJob, ['DropLine', { repairOrderId, lineId: f.request.lineId, reason: 'x' }]);
  const crossDock = (job: typeof f.shortJob) => {
    const agreed = { lines: [{ poLineId: requestId, acceptedQty: 2, promisedOn: '2025-07-01' }] };
    const bought = f.purchase(draft, ['SubmitPurchaseOrder', {}], ['AcceptBySupplier', agreed]);
    const care = instanceOf(PurchaseCare, f.worldOf(bought, f.stock(own, 0), f.job(job)));
    care.tell('PurchaseOrderDrafted', draft);
    return dataOf(care.tell('GoodsReceived', came(draft, 2)), 'ReceiveStock').crossDock;
  };
  expect(crossDock(f.shortJob)).toMatchObject({ qty: 2, forId: requestId });
  expect(crossDock(dropped)).toBeUndefined();
});

it('a low stock asks the next supplier when an order is closed short', () => {
  const episodeId = id(98);
  const sale = { reservationId: id(69), qty: 3, forKind: 'sale', forId: id(68), expiresAt: '2025-07-03T01:00:00.000Z' };
  const low = f.stock(own, 4, ['ReserveStock', sale]);
  const episode = instanceOf(LowStock, f.worldOf(low));
  const reached = { warehouseId: own, partId, available: 1, inbound: 0, minQty: 2, episodeId };
  const draft = dataOf(episode.tell('LowStockReached', reached), 'DraftPurchaseOrder');
  episode.tell('PurchaseOrderDrafted', draft);
  episode.know(f.worldOf(low, f.purchase(draft)));
  const next = episode.tell('PurchaseOrderClosed', { ...closed(draft), poLineIds: [episodeId] });
  expect(dataOf(next, 'DraftPurchaseOrder').supplierOrgId).toBe(second);
});

describe('the maintenance of a fleet’s car, when things go otherwise', () => {
  const begun = (world = fleet.fleetWorld) => {
    const chain = instanceOf(FleetMaintenance, world);
    const due = { vehicleId: fleet.vehicleId, itemCode: 'OIL', asOf: '2025-06-30', odometerKm: 42_000 };
    const request = dataOf(chain.tell('MaintenanceDue', due), 'RequestReservation');
    const proposal = dataOf(chain.tell('ReservationRequested', request), 'ProposeSlot');
    return { chain, booked: chain.tell('ReservationConfirmed', { ...proposal, holdId: id(1) }) };
  };
  it('tells the fleet when the car that was brought is not checked in', () => {
    const { chain, booked } = begun();
    const { deliveryId } = dataOf(booked, 'RequestDelivery');
    chain.tell('DeliveryRequested', dataOf(booked, 'RequestDelivery'));
    const handed = chain.tell('HandoverCompleted', { deliveryId, odometerKm: 42_030 });
    expect(chain.tell(...refusalOf(handed, 'CheckIn', 'TOO_EARLY')).sent).toEqual(['notice:maintenanceStepRefused']);
  });
  it('has the car fetched all the same when the setting names no transport company', () => {
    const typo = fleet.setting(fleet.fleetOrgId, 'fleet.transportOrgId', '빠른탁송');
    const { booked } = begun({ ...fleet.fleetWorld, facts: [...(fleet.fleetWorld.facts ?? []), typo] });
    expect(dataOf(booked, 'RequestDelivery')).toMatchObject({ kind: 'toWorkshop' });
    expect(dataOf(booked, 'RequestDelivery')).not.toHaveProperty('transportOrgId');
  });
});
