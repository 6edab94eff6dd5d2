import { Claim, type Context, claimId, holderOf, plusHours, type Reaction, send } from '../kit/index.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { stockId } from '../parts/stock-item/stock-item.state.ts';
import { StockItem } from '../parts/stock-item/stock-item.ts';
import { isOpen } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { expecting, holdHours, isUnderWay } from './part-for-job.search.ts';

type Data = Record<string, unknown>;
type Accepted = { readonly poLineId: string; readonly promisedOn: string; readonly acceptedQty: number };

const orderOf = (purchaseOrderId: string, ctx: Context) => {
  const order = ctx.fact(PurchaseOrder, purchaseOrderId);
  return order.status === 'none' ? undefined : order;
};

export const expectInbound = (
  purchaseOrderId: string,
  lines: readonly Accepted[],
  ctx: Context,
): readonly Reaction[] => {
  const order = orderOf(purchaseOrderId, ctx);
  if (!order) return [];
  const { warehouseId, buyerOrgId } = order;
  return lines.flatMap(({ poLineId, promisedOn, acceptedQty: qty }) => {
    const partId = order.lines[poLineId]?.partId;
    if (!partId) return [];
    const isKnown = ctx.fact(StockItem, stockId(warehouseId, partId)).status !== 'none';
    const place = { warehouseId, partId, orgId: buyerOrgId, bin: '미지정', minQty: 0, reorderQty: 0 };
    return [
      ...(isKnown ? [] : [send('StockItem', 'OpenStock', place)]),
      send('StockItem', 'ExpectInbound', { warehouseId, partId, purchaseOrderId, poLineId, qty, promisedOn }),
    ];
  });
};

export const dropInbound = (purchaseOrderId: string, ctx: Context): readonly Reaction[] => {
  const order = orderOf(purchaseOrderId, ctx);
  return Object.values(order?.lines ?? {}).flatMap(({ poLineId, partId, acceptedQty, arrivedQty }) =>
    order && acceptedQty > arrivedQty
      ? [
          send('StockItem', 'DropInbound', {
            ...{ warehouseId: order.warehouseId, partId, poLineId, reason: 'the purchase order ended' },
          }),
        ]
      : [],
  );
};

/** One line of an order was taken out of it; its stock forgets it. */
export const dropLineInbound = (
  purchaseOrderId: string,
  line: { readonly poLineId: string; readonly partId: string },
  ctx: Context,
): readonly Reaction[] => {
  const { warehouseId } = orderOf(purchaseOrderId, ctx) ?? {};
  const reason = 'its job is over';
  return warehouseId ? [send('StockItem', 'DropInbound', { warehouseId, ...line, reason })] : [];
};

/** The job a line was ordered for, or a free line was promised to. */
const jobOf = (poLineId: string, repairOrderId: string | undefined, ctx: Context): readonly string[] => {
  if (repairOrderId) return [repairOrderId, poLineId];
  return (holderOf(ctx.fact(Claim, claimId('inbound', poLineId))) ?? '').split('.');
};

/** A free line that was promised to a job comes on another day; a line ordered for a job tells it by itself. */
export const tellPromised = (
  purchaseOrderId: string,
  poLineId: string,
  promisedOn: string,
  ctx: Context,
): readonly Reaction[] => {
  const line = orderOf(purchaseOrderId, ctx)?.lines[poLineId];
  if (!line || line.repairOrderId) return [];
  const [repairOrderId = '', requestId = ''] = jobOf(poLineId, undefined, ctx);
  const job = repairOrderId === '' ? undefined : ctx.fact(RepairOrder, repairOrderId);
  const request = job && job.status !== 'none' && isUnderWay(job) ? job.requests[requestId] : undefined;
  if (!job || job.status === 'none' || request?.state !== 'short') return [];
  const { partId, neededBy, qty, missingQty = qty } = request;
  return expecting(job, { repairOrderId, requestId, partId, neededBy, missingQty }, promisedOn, ctx);
};

/** Takes goods in; what a job waits for is kept for it before it can become free stock. */
export const receive = (
  purchaseOrderId: string,
  lines: readonly Data[],
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const order = orderOf(purchaseOrderId, ctx);
  if (!order) return [];
  return lines.flatMap((received) => {
    const poLineId = String(received.poLineId);
    const qty = Number(received.acceptedQty);
    const line = order.lines[poLineId];
    if (!line || qty === 0) return [];
    const [repairOrderId = '', requestId = ''] = jobOf(poLineId, line.repairOrderId, ctx);
    const job = repairOrderId === '' ? undefined : ctx.fact(RepairOrder, repairOrderId);
    const request = job && job.status !== 'none' && isUnderWay(job) ? job.requests[requestId] : undefined;
    const asking = job && job.status !== 'none' && request ? job.lines[request.lineId] : undefined;
    // What was asked for a line that was dropped since is free stock.
    const waits = request?.state === 'short' && request.partId === line.partId && asking && isOpen(asking);
    const wanted = waits ? Math.min(qty, Math.ceil(request.missingQty ?? request.qty)) : 0;
    const crossDock = {
      reservationId: ctx.newId(),
      qty: wanted,
      forId: requestId,
      expiresAt: plusHours(at, holdHours),
    };
    return [
      send('StockItem', 'ReceiveStock', {
        ...{ warehouseId: order.warehouseId, partId: line.partId, movementId: ctx.newId(), qty },
        ...{ unitCostKrw: line.unitPriceKrw, purchaseOrderId, poLineId },
        ...(received.lotNo !== undefined && { lotNo: received.lotNo }),
        ...(wanted > 0 && { crossDock }),
      }),
    ];
  });
};
