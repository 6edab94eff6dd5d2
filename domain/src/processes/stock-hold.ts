import {
  type Context,
  complete,
  defineProcess,
  isAfter,
  type ProcessDef,
  type ProcessInput,
  plusHours,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { stockId } from '../parts/stock-item/stock-item.state.ts';
import { StockItem } from '../parts/stock-item/stock-item.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { holdHours, isUnderWay } from './part-for-job.search.ts';

type State = {
  readonly warehouseId: string;
  readonly partId: string;
  readonly reservationId: string;
  /** The job it was kept for, if it was for one. */
  readonly repairOrderId?: string;
};
const evolve = (state: State, { type, data }: ProcessInput): State =>
  type === 'StockReserved'
    ? {
        ...{ warehouseId: String(data.warehouseId), partId: String(data.partId) },
        reservationId: String(data.reservationId),
        ...(data.forKind === 'repairOrder' && { repairOrderId: String(data.forId) }),
      }
    : state;

/** Of domain.md §3.6: what people keep of a stock is free again when its time is over. What a request keeps is P1's. */
export const stockHold: ProcessDef<State> = {
  name: 'StockHold',
  doc: text('재고 예약 만료', 'Gives back stock that was kept by hand once its time is over'),
  starts: ['StockReserved'],
  correlate: {
    StockReserved: ({ forKind, reservationId }) => (forKind === 'partRequest' ? undefined : String(reservationId)),
  },
  initial: { warehouseId: '', partId: '', reservationId: '' },
  evolve,
  react: (state, { type, data, at }, ctx) => {
    if (type === 'StockReserved') return [schedule('expire', String(data.expiresAt))];
    return type === 'TimerFired' ? expire(state, at, ctx) : [];
  },
  idle: ({ type }) => `${type}: what was kept is used or free`,
};
export const StockHold = defineProcess<State>()(stockHold);

const expire = ({ repairOrderId, ...ref }: State, at: string, ctx: Context): readonly Reaction[] => {
  const stock = ctx.fact(StockItem, stockId(ref.warehouseId, ref.partId));
  const kept = stock.status === 'none' ? undefined : stock.reservations[ref.reservationId];
  if (!kept) return [complete];
  if (isAfter(kept.expiresAt, at)) return [schedule('expire', kept.expiresAt)];
  const job = repairOrderId === undefined ? undefined : ctx.fact(RepairOrder, repairOrderId);
  if (job && job.status !== 'none' && isUnderWay(job)) {
    const expiresAt = plusHours(at, holdHours);
    return [send('StockItem', 'ExtendStockReservation', { ...ref, expiresAt }), schedule('expire', expiresAt)];
  }
  return [send('StockItem', 'ReleaseStock', { ...ref, reason: 'its time is over' }), complete];
};
