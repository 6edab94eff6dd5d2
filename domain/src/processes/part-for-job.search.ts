import {
  Claim,
  type Context,
  claimId,
  holderOf,
  plusHours,
  type Reaction,
  rejoin,
  schedule,
  send,
  seoulDay,
} from '../kit/index.ts';
import { CatalogPart } from '../parts/catalog-part/catalog-part.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { stockId } from '../parts/stock-item/stock-item.state.ts';
import { availableOf, StockItem } from '../parts/stock-item/stock-item.ts';
import type { Live } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { notify } from './notify.ts';
import { missingOf, type PartState, uncoveredOf } from './part-for-job.state.ts';
import { orderShortage, suppliersOf, warehousesOf } from './supply.ts';

/** How long stock is kept for a job; extended while the job goes on. */
export const holdHours = 72;

type Job = NonNullable<PartState['job']>;
export const orderOf = ({ repairOrderId }: Job, ctx: Context): Live | undefined => {
  const order = ctx.fact(RepairOrder, repairOrderId);
  return order.status === 'none' ? undefined : order;
};
export const isUnderWay = (order: Live | undefined): boolean =>
  order !== undefined && !['completed', 'cancelled', 'closed'].includes(order.status);
/** Those at the workshop's desk and in its store. */
export const desk = (order: Live) =>
  ({ kind: 'org', id: order.workshopOrgId, roles: ['SERVICE_ADVISOR', 'WORKSHOP_OWNER'] }) as const;

type Awaited = Pick<Job, 'repairOrderId' | 'requestId' | 'partId' | 'neededBy'> & { readonly missingQty: number };
/** When the missing pieces are to come; the desk hears of a day after the one promised to the customer. */
export const expecting = (order: Live, awaited: Awaited, expectedOn: string, ctx: Context): readonly Reaction[] => {
  const { repairOrderId, requestId, partId, neededBy, missingQty } = awaited;
  const isLate = expectedOn > seoulDay(order.promisedAt ?? neededBy);
  return [
    rejoin('RepairOrder', 'NotePartShortage', { repairOrderId, requestId, missingQty, expectedOn }),
    ...(isLate ? [notify(ctx, 'partComesLate', desk(order), { repairOrderId, requestId, partId, expectedOn })] : []),
  ];
};

/** The next step to the missing pieces: a store that has some, a line on its way, or a purchase order. */
export const search = (state: PartState, ctx: Context, at: string): readonly Reaction[] => {
  const { job } = state;
  const order = job && orderOf(job, ctx);
  if (!job || !order || !isUnderWay(order) || state.turnedDown || state.ended) return [];
  const { repairOrderId, requestId, partId } = job;
  const uncovered = uncoveredOf(state);
  const missing = missingOf(state);
  if (missing <= 0) return [];
  const stores = warehousesOf(ctx, order.workshopOrgId, order.workshopId);
  const store = stores.find(
    (id) => !state.refused.includes(id) && availableOf(ctx.fact(StockItem, stockId(id, partId))) > 0,
  );
  if (store && uncovered > 0) {
    const qty = Math.min(uncovered, availableOf(ctx.fact(StockItem, stockId(store, partId))));
    return [
      send('StockItem', 'ReserveStock', {
        ...{ warehouseId: store, partId, reservationId: ctx.newId(), qty },
        ...{ forKind: 'partRequest', forId: requestId, expiresAt: plusHours(at, holdHours) },
      }),
    ];
  }
  const noted = rejoin('RepairOrder', 'NotePartShortage', { repairOrderId, requestId, missingQty: missing });
  return [noted, ...(uncovered > 0 ? cover(state, job, order, stores[0] ?? order.workshopId, ctx, at) : [])];
};

const isPromised = (poLineId: string, ctx: Context): boolean =>
  ['shortage', 'inbound'].some((kind) => {
    const value = kind === 'shortage' ? `repairShortage.${poLineId}` : poLineId;
    return holderOf(ctx.fact(Claim, claimId(kind, value))) !== undefined;
  });

const cover = (
  state: PartState,
  job: Job,
  order: Live,
  store: string,
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const { requestId, repairOrderId, partId, neededBy } = job;
  const qty = uncoveredOf(state);
  const stock = ctx.fact(StockItem, stockId(store, partId));
  const inbound = 'inbound' in stock ? stock.inbound : {};
  const free = Object.keys(inbound).find(
    (line) => (inbound[line] ?? 0) >= qty && !state.refused.includes(line) && !isPromised(line, ctx),
  );
  if (free)
    return [
      send('Claim', 'HoldClaim', { kind: 'inbound', value: free, holder: `${repairOrderId}.${requestId}` }),
      schedule('inbound', plusHours(at, 24)),
    ];
  const tried = state.failed.flatMap((id) => {
    const failed = ctx.fact(PurchaseOrder, id);
    return 'supplierOrgId' in failed ? [failed.supplierOrgId] : [];
  });
  const buyerOrgId = order.workshopOrgId;
  // A part that was substituted may be one no catalogue knows; nobody can be asked for it.
  const isListed = ctx.fact(CatalogPart, partId).status !== 'none';
  const suppliers = isListed ? suppliersOf(ctx, partId, buyerOrgId) : [];
  const supplierOrgId = suppliers.find((id) => !tried.includes(id) && !state.strangers.includes(id));
  if (!supplierOrgId) return [notify(ctx, 'partWithoutSupplier', desk(order), { repairOrderId, requestId, partId })];
  const standing = Object.keys(state.ordered).length;
  const originId = standing === 0 ? requestId : `${requestId}.${standing}`;
  const shortage = {
    ...{ buyerOrgId, supplierOrgId, warehouseId: store, origin: 'repairShortage' as const, originId },
    ...{ poLineId: requestId, partId, qty, neededBy: seoulDay(neededBy), repairOrderId },
  };
  return [orderShortage(ctx, shortage, at)];
};
