import { describe, expect, it } from 'vitest';
import type { World } from '../kit/testing.ts';
import { id } from '../repair/sample-world.ts';
import { LowStock } from './low-stock.ts';
import * as f from './parts.fixture.ts';
import { dataOf, instanceOf, keysOf, refusalOf } from './spec.ts';

const episodeId = id(98);
const reached = { warehouseId: f.own, partId: f.partId, available: 1, inbound: 0, minQty: 2, episodeId };
const sale = { reservationId: id(69), qty: 3, forKind: 'sale', forId: id(68), expiresAt: '2025-07-03T01:00:00.000Z' };
const low = f.stock(f.own, 4, ['ReserveStock', sale]);
const begun = (...facts: NonNullable<World['facts']>) => {
  const episode = instanceOf(LowStock, f.worldOf(...facts));
  return { episode, first: episode.tell('LowStockReached', reached) };
};

describe('an episode of low stock', () => {
  it('is one line of one order, and over once stock is replenished', () => {
    const { episode, first } = begun(low);
    const draft = dataOf(first, 'DraftPurchaseOrder');
    expect(draft).toMatchObject({
      origin: 'lowStock',
      originIds: [episodeId],
      lines: [{ poLineId: episodeId, qty: 6 }],
    });
    expect(keysOf(LowStock, 'PurchaseOrderDrafted', draft)).toEqual([episodeId]);
    expect(episode.tell('PurchaseOrderDrafted', draft).sent).toEqual([]);
    expect(episode.fire('again').sent).toEqual([]);
    expect(episode.tell('StockReplenished', { ...reached, available: 9 }).sent).toEqual(['complete']);
  });

  it('is not ordered for while enough is on its way', () => {
    const inbound = { purchaseOrderId: id(90), poLineId: id(91), qty: 6, promisedOn: '2025-07-02' };
    const { episode, first } = begun(f.stock(f.own, 4, ['ReserveStock', sale], ['ExpectInbound', inbound]));
    expect(first.sent).toEqual(['timer:again']);
    episode.know(f.worldOf(low));
    expect(episode.fire('again').sent).toEqual(['DraftPurchaseOrder']);
  });

  it('goes to the next supplier after a refusal, and to a person when none is left', () => {
    const { episode, first } = begun(low);
    const draft = dataOf(first, 'DraftPurchaseOrder');
    expect(episode.tell(...refusalOf(first, 'DraftPurchaseOrder', 'ALREADY_EXISTS')).sent).toEqual(['AddLine']);
    expect(episode.tell('AddLineRejected', { code: 'NOT_DRAFT', data: {} }).sent).toEqual(['DraftPurchaseOrder']);
    episode.tell('PurchaseOrderDrafted', draft);
    episode.know(f.worldOf(low, f.purchase(draft)));
    const declined = { purchaseOrderId: draft.purchaseOrderId, reason: 'x', poLineIds: [episodeId] };
    const next = episode.tell('SupplierDeclined', declined);
    expect(dataOf(next, 'DraftPurchaseOrder').supplierOrgId).toBe(f.second);
    const none = episode.tell(...refusalOf(next, 'DraftPurchaseOrder', 'SUPPLIER_NOT_CONNECTED'));
    expect(none.sent).toEqual(['notice:lowStockWithoutSupplier']);
    expect(keysOf(LowStock, 'PurchaseOrderCancelled', declined)).toEqual([episodeId]);
  });
});
