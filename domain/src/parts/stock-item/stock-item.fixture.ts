import { Organization } from '../../core/organization/organization.ts';
import type { AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import { StockItem } from './stock-item.ts';

/** Brake pads in a workshop's store: ten on hand at 50,000 won each, none reserved, minimum four. */
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const [warehouseId, partId, order] = [id(1), id(2), id(3)] as const;
const member = (n: number, role: string) => ({
  ...{ type: 'MemberAdded', data: { orgId: id(9), userId: id(n), roles: [role] } },
});
/** Who works there: 12 runs the store, 13 does not. */
export const staff = {
  ...{ aggregate: Organization, id: id(9) },
  events: [
    {
      type: 'OrganizationRegistered',
      data: {
        ...{ orgId: id(9), kind: 'workshop', name: '가온', businessNo: '124-81-00998', address: '서울' },
        ...{ ownerUserId: id(14), parties: [] },
      },
    },
    ...[member(12, 'PARTS_MANAGER'), member(13, 'TECHNICIAN')],
  ],
};
const known: World = { facts: [staff] };
export const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = known) =>
  given(StockItem, ...events).when(type, { warehouseId, partId, ...input }, world);
export const step = (
  events: readonly AnyEvent[],
  type: string,
  input: Record<string, unknown>,
  world: World = known,
) => {
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
