import type { AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import { StockItem } from './stock-item.ts';

/** Brake pads in a workshop's store: ten on hand at 50,000 won each, none reserved, minimum four. */
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const [warehouseId, partId, order] = [id(1), id(2), id(3)] as const;
export const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(StockItem, ...events).when(type, { warehouseId, partId, ...input }, world);
export const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
export const open = { orgId: id(9), bin: 'A-03', minQty: 4, reorderQty: 10 };
export const opened = step([], 'OpenStock', open);
export const receive = (n: number, qty: number, unitCostKrw = 50_000) => ({
  ...{ movementId: id(n), qty, unitCostKrw, purchaseOrderId: id(5), poLineId: id(6) },
});
export const stocked = step(opened, 'ReceiveStock', receive(100, 10));
export const reserve = (n: number, qty: number) => ({
  ...{ reservationId: id(n), qty, forKind: 'repairOrder', forId: order, expiresAt: '2025-07-03T01:00:00.000Z' },
});
export const issue = (n: number, qty: number, more = {}) => ({
  ...{ movementId: id(n), qty, forKind: 'repairOrder', forId: order, ...more },
});
export const giveBack = (n: number, qty: number, condition = 'resale') => ({
  ...{ movementId: id(n), qty, forId: order, condition },
});
