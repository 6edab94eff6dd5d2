import {
  type Context,
  cancel,
  complete,
  plusHours,
  type Reaction,
  rejoin,
  schedule,
  send,
  seoulDay,
} from '../kit/index.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { stockId } from '../parts/stock-item/stock-item.state.ts';
import { StockItem } from '../parts/stock-item/stock-item.ts';
import { notify } from './notify.ts';
import { desk, expecting, holdHours, isUnderWay, orderOf, search } from './part-for-job.search.ts';
import { missingOf, type PartState, uncoveredOf } from './part-for-job.state.ts';
import { addLine, orderShortage, warehousesOf } from './supply.ts';

type Data = Record<string, unknown>;

export const lineOf = (data: Data, poLineId: string) =>
  ((data.lines ?? []) as { poLineId: string; promisedOn: string }[]).find((line) => line.poLineId === poLineId);
export const again = (state: PartState, ctx: Context, at: string): readonly Reaction[] =>
  uncoveredOf(state) > 0 ? search(state, ctx, at) : [];

export const reserved = (
  before: PartState,
  state: PartState,
  data: Data,
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const { job } = state;
  const { warehouseId, partId, reservationId, expiresAt } = data;
  if (!job || state.ended || state.turnedDown)
    return [send('StockItem', 'ReleaseStock', { warehouseId, partId, reservationId, reason: 'the job is over' })];
  const { repairOrderId, requestId } = job;
  const watch = schedule(`hold.${reservationId}`, plusHours(String(expiresAt), -1));
  if (missingOf(state) > 0) return [watch, ...search(state, ctx, at)];
  const order = orderOf(job, ctx);
  if (before.short && order)
    return [
      ...[watch, cancel('inbound'), rejoin('RepairOrder', 'NotePartArrived', { repairOrderId, requestId })],
      notify(
        ctx,
        'partArrived',
        { ...desk(order), roles: ['TECHNICIAN', 'LEAD_TECHNICIAN', 'SERVICE_ADVISOR'] },
        { repairOrderId, requestId, partId: job.partId },
      ),
    ];
  const kept = Object.values(state.held).map((held) =>
    rejoin('RepairOrder', 'NotePartReserved', {
      ...{ repairOrderId, requestId, stockId: stockId(held.warehouseId, held.partId), qty: held.qty },
    }),
  );
  return [watch, ...kept];
};

export const promisedOn = (state: PartState, day: string | undefined, ctx: Context): readonly Reaction[] => {
  const { job } = state;
  const order = job && orderOf(job, ctx);
  const missingQty = missingOf(state);
  if (!job || !order || !day || missingQty <= 0 || state.ended) return [];
  return expecting(order, { ...job, missingQty }, day, ctx);
};

/** A free line is the job's now: the day it comes is what its supplier promised last. */
export const claimed = (state: PartState, { kind, value, holder }: Data, ctx: Context): readonly Reaction[] => {
  const expected = expectedOf(state, ctx)?.expected[String(value)];
  const purchase = expected && ctx.fact(PurchaseOrder, expected.purchaseOrderId);
  const line = purchase && 'lines' in purchase ? purchase.lines[String(value)] : undefined;
  return [
    send('Claim', 'ConfirmClaim', { kind, value, holder }),
    ...promisedOn(state, line?.promisedOn ?? expected?.promisedOn, ctx),
  ];
};

export const refused = (state: PartState, code: string, sent: Data, ctx: Context, at: string): readonly Reaction[] => {
  const { job } = state;
  const order = job && orderOf(job, ctx);
  if (!job || !order || state.ended) return [];
  const { repairOrderId, requestId, partId, neededBy } = job;
  const line = (sent.line ?? (sent.lines as Data[] | undefined)?.[0]) as Data;
  // Another part was chosen meanwhile, and is looked for by itself.
  if (line.partId !== partId) return [];
  const originId = String(sent.originId ?? (sent.originIds as string[] | undefined)?.[0]);
  const purchaseOrderId = String(sent.purchaseOrderId);
  if (code === 'ALREADY_EXISTS' && sent.lines) return [addLine(purchaseOrderId, line, originId)];
  const shared = code === 'NOT_DRAFT' ? ctx.fact(PurchaseOrder, purchaseOrderId) : undefined;
  if (shared && shared.status !== 'none') {
    const { buyerOrgId, supplierOrgId, warehouseId } = shared;
    const shortage = {
      ...{ buyerOrgId, supplierOrgId, warehouseId, origin: 'repairShortage' as const, originId, poLineId: requestId },
      ...{ partId, qty: Number(line.qty), neededBy: seoulDay(neededBy), repairOrderId },
    };
    return [orderShortage(ctx, shortage, at, true)];
  }
  if (code === 'SUPPLIER_NOT_CONNECTED') return search(state, ctx, at);
  return [notify(ctx, 'partOrderRefused', desk(order), { repairOrderId, requestId, partId, code })];
};

export const timer = (state: PartState, name: string, ctx: Context, at: string): readonly Reaction[] => {
  const { job, held } = state;
  if (name === 'end') return [complete];
  if (!job) return [];
  if (name === 'inbound')
    return lost(state, ctx)
      ? search({ ...state, promised: undefined }, ctx, at)
      : [schedule('inbound', plusHours(at, 24))];
  const reservationId = name.slice('hold.'.length);
  const stock = held[reservationId];
  if (!stock) return [];
  const { warehouseId, partId } = stock;
  const ref = { warehouseId, partId, reservationId };
  if (!isUnderWay(orderOf(job, ctx))) return [send('StockItem', 'ReleaseStock', { ...ref, reason: 'the job is over' })];
  const expiresAt = plusHours(at, holdHours);
  return [send('StockItem', 'ExtendStockReservation', { ...ref, expiresAt }), schedule(name, plusHours(expiresAt, -1))];
};

/** The place in the job's own store where the part is to come. */
const expectedOf = ({ job }: PartState, ctx: Context) => {
  const order = job && orderOf(job, ctx);
  const [store = ''] = order ? warehousesOf(ctx, order.workshopOrgId, order.workshopId) : [];
  const stock = ctx.fact(StockItem, stockId(store, job?.partId ?? ''));
  return stock.status === 'none' ? undefined : stock;
};
/** The line that was promised will not come after all. */
const lost = (state: PartState, ctx: Context): boolean => {
  const { job, promised } = state;
  return job !== undefined && promised !== undefined && !(promised in (expectedOf(state, ctx)?.inbound ?? {}));
};
