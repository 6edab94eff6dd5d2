import { describe, expect, it } from 'vitest';
import { order } from '../repair/repair-order/sample-order.ts';
import { id } from '../repair/sample-world.ts';
import * as f from './parts.fixture.ts';
import { dataOf, instanceOf, keysOf, timerOf } from './spec.ts';
import { StockHold } from './stock-hold.ts';

const { own, partId, repairOrderId } = f;
const expiresAt = '2025-07-03T01:00:00.000Z';
const kept = { reservationId: id(70), qty: 1, forKind: 'sale', forId: id(71), expiresAt };
const forJob = { ...kept, forKind: 'repairOrder', forId: repairOrderId };
const reserved = { ...kept, warehouseId: own, partId, reservedAfter: 1 };

describe('stock that was kept by hand', () => {
  it('is free again when its time is over', () => {
    const hold = instanceOf(StockHold, f.worldOf(f.stock(own, 3, ['ReserveStock', kept])));
    expect(timerOf(hold.tell('StockReserved', reserved), 'expire')).toBe(expiresAt);
    const over = hold.fire('expire', expiresAt);
    expect(over.sent).toEqual(['ReleaseStock', 'complete']);
    expect(dataOf(over, 'ReleaseStock')).toMatchObject({ warehouseId: own, partId, reservationId: id(70) });
  });

  it('is forgotten when it was used or given back', () => {
    const given = f.stock(own, 3, ['ReserveStock', kept], ['ReleaseStock', { reservationId: id(70), reason: 'x' }]);
    const hold = instanceOf(StockHold, f.worldOf(given));
    hold.tell('StockReserved', reserved);
    expect(hold.fire('expire', expiresAt).sent).toEqual(['complete']);
  });

  it('for a job is kept on while that is under way', () => {
    const stock = f.stock(own, 3, ['ReserveStock', forJob]);
    const hold = instanceOf(StockHold, f.worldOf(stock, f.job()));
    hold.tell('StockReserved', { ...reserved, ...forJob });
    const on = hold.fire('expire', expiresAt);
    expect(on.sent).toEqual(['ExtendStockReservation', 'timer:expire']);
    expect(timerOf(on, 'expire')).toBe('2025-07-06T01:00:00.000Z');
    const cancelled = order(f.jobEvents, ['CancelOrder', { repairOrderId, reasonCode: 'X' }]);
    hold.know(f.worldOf(stock, f.job(cancelled)));
    expect(hold.fire('expire', '2025-07-06T01:00:00.000Z').sent).toEqual(['ReleaseStock', 'complete']);
  });

  it('for a request is none of its business', () => {
    expect(keysOf(StockHold, 'StockReserved', { ...reserved, forKind: 'partRequest' })).toEqual([]);
    expect(keysOf(StockHold, 'StockReserved', reserved)).toEqual([id(70)]);
  });
});
