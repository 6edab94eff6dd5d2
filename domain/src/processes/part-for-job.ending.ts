import { type Context, plusHours, type Reaction, schedule, send } from '../kit/index.ts';
import { isOnlyLine, PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { notify } from './notify.ts';
import { desk, orderOf } from './part-for-job.search.ts';
import type { PartState } from './part-for-job.state.ts';

/** Gives back what is kept for the job and was never issued. */
export const releaseAll = ({ held }: PartState, reason: string): readonly Reaction[] =>
  Object.entries(held).map(([reservationId, { warehouseId, partId }]) =>
    send('StockItem', 'ReleaseStock', { warehouseId, partId, reservationId, reason }),
  );

/** Takes back issued pieces that were not fitted. */
const takeBack = ({ job, issued, used }: PartState, ctx: Context): readonly Reaction[] =>
  Object.entries(issued)
    .filter(([movementId]) => !used.includes(movementId))
    .map(([, { warehouseId, partId, qty }]) =>
      send('StockItem', 'ReturnStock', {
        ...{ warehouseId, partId, movementId: ctx.newId(), qty, forId: job?.requestId, condition: 'resale' },
      }),
    );

const over = ['closed', 'cancelled', 'declined'];
/** Takes the job's line out of orders that have not left the supplier; what has becomes free stock. */
export const unorder = ({ job, ordered }: PartState, ctx: Context): readonly Reaction[] =>
  Object.keys(ordered).flatMap((purchaseOrderId): readonly Reaction[] => {
    const order = ctx.fact(PurchaseOrder, purchaseOrderId);
    const poLineId = job?.requestId ?? '';
    if (order.status === 'none' || over.includes(order.status) || !(poLineId in order.lines)) return [];
    if (!['draft', 'approved', 'submitted', 'accepted'].includes(order.status))
      return toFreeStock(job, purchaseOrderId, ctx);
    if (isOnlyLine(order, poLineId)) return [callOff(purchaseOrderId)];
    return order.status === 'draft'
      ? [send('PurchaseOrder', 'RemoveLine', { purchaseOrderId, poLineId })]
      : [send('PurchaseOrder', 'DropPurchaseLine', { purchaseOrderId, poLineId, reason: jobGone })];
  });
const jobGone = '부품이 필요한 작업이 없어짐';
const callOff = (purchaseOrderId: string): Reaction =>
  send('PurchaseOrder', 'CancelPurchaseOrder', { purchaseOrderId, reason: jobGone });

/** The order went on meanwhile: sent to the supplier, left with this line alone, or shipped. */
export const notUnordered = (
  job: NonNullable<PartState['job']>,
  code: string,
  purchaseOrderId: string,
  ctx: Context,
): readonly Reaction[] => {
  const { requestId: poLineId } = job;
  if (code === 'EMPTY') return [callOff(purchaseOrderId)];
  return code === 'NOT_DRAFT'
    ? [send('PurchaseOrder', 'DropPurchaseLine', { purchaseOrderId, poLineId, reason: jobGone })]
    : toFreeStock(job, purchaseOrderId, ctx);
};

const toFreeStock = (job: PartState['job'], purchaseOrderId: string, ctx: Context): readonly Reaction[] => {
  const order = job && orderOf(job, ctx);
  if (!job || !order) return [];
  const { repairOrderId, requestId, partId } = job;
  return [notify(ctx, 'orderedPartBecomesStock', desk(order), { repairOrderId, requestId, partId, purchaseOrderId })];
};

/** The request is over: everything goes back, and a day later nothing more can come of it. */
export const end = (state: PartState, ctx: Context, at: string): readonly Reaction[] => [
  ...releaseAll(state, 'the job needs it no more'),
  ...takeBack(state, ctx),
  ...unorder(state, ctx),
  ...(state.promised && state.job
    ? [
        send('Claim', 'ReleaseClaim', {
          ...{ kind: 'inbound', value: state.promised, holder: `${state.job.repairOrderId}.${state.job.requestId}` },
        }),
      ]
    : []),
  schedule('end', plusHours(at, 24)),
];
