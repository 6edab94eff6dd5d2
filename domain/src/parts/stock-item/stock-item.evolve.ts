import type { AggregateDef } from '../../kit/index.ts';
import { withoutKey } from '../../shared/keyed.ts';
import type { refusals } from './stock-item.refusals.ts';
import type { commands, events } from './stock-item.schema.ts';
import type { Stock, StockItemState } from './stock-item.state.ts';

type Live = Exclude<StockItemState, { status: 'none' }>;
const moved = <S extends Stock>(stock: S, movementId: string, onHand: number): S => ({
  ...stock,
  onHand,
  movementIds: [...stock.movementIds, movementId],
});
/** Takes from a reservation what is used or given back; an empty one is gone. */
const reducing = <S extends Stock>(stock: S, reservationId: string, qty: number): S => {
  const left = (stock.reservations[reservationId]?.qty ?? 0) - qty;
  const { expiresAt = '' } = stock.reservations[reservationId] ?? {};
  const others = withoutKey(stock.reservations, reservationId);
  return {
    ...stock,
    reserved: stock.reserved - qty,
    reservations: left > 0 ? { ...others, [reservationId]: { qty: left, expiresAt } } : others,
  };
};
const addTo = (
  record: Readonly<Record<string, number>>,
  key: string,
  qty: number,
): Readonly<Record<string, number>> => {
  const sum = (record[key] ?? 0) + qty;
  return sum > 0 ? { ...record, [key]: sum } : withoutKey(record, key);
};

/** How each event changes a stock item. */
export const evolve: AggregateDef<typeof commands, typeof events, typeof refusals, StockItemState>['evolve'] = {
  StockOpened: (_state, { warehouseId, partId, orgId, minQty, reorderQty }) => ({
    ...{ status: 'open', warehouseId, partId, orgId, onHand: 0, reserved: 0, avgCostKrw: 0, minQty, reorderQty },
    ...{ isLow: false, reservations: {}, reservationIds: [], movementIds: [], issued: {}, inbound: {}, expected: {} },
    ...{ sent: {}, receivedTransfers: [], closedYears: [] },
  }),
  StockReceived: (state, { movementId, qty, poLineId, onHandAfter, avgCostKrw }) => ({
    ...moved(state, movementId, onHandAfter),
    avgCostKrw,
    inbound: poLineId in state.inbound ? addTo(state.inbound, poLineId, -qty) : state.inbound,
  }),
  StockReserved: (state, { reservationId, qty, expiresAt }) => ({
    ...state,
    reserved: state.reserved + qty,
    reservations: { ...state.reservations, [reservationId]: { qty, expiresAt } },
    reservationIds: [...state.reservationIds, reservationId],
  }),
  StockReservationExtended: (state, { reservationId, expiresAt }) => {
    const reservation = state.reservations[reservationId];
    if (!reservation) return state;
    return { ...state, reservations: { ...state.reservations, [reservationId]: { ...reservation, expiresAt } } };
  },
  StockReleased: (state, { reservationId, qty }) => reducing(state, reservationId, qty),
  StockIssued: (state, { movementId, reservationId, qty, forId, onHandAfter }) => {
    const used: Live = reservationId ? reducing(state, reservationId, qty) : state;
    return { ...moved(used, movementId, onHandAfter), issued: addTo(state.issued, forId, qty) };
  },
  StockReturned: (state, { movementId, qty, forId, onHandAfter }) => ({
    ...moved(state, movementId, onHandAfter),
    issued: addTo(state.issued, forId, -qty),
  }),
  StockAdjusted: (state, { movementId, onHandAfter }) => moved(state, movementId, onHandAfter),
  StockTransferredOut: (state, { transferId, qty, toWarehouseId, unitCostKrw, onHandAfter }) => ({
    ...moved(state, transferId, onHandAfter),
    sent: { ...state.sent, [transferId]: { qty, toWarehouseId, unitCostKrw } },
  }),
  StockTransferredIn: (state, { transferId, onHandAfter, avgCostKrw }) => ({
    ...state,
    onHand: onHandAfter,
    avgCostKrw,
    receivedTransfers: [...state.receivedTransfers, transferId],
  }),
  ReorderPointSet: (state, { minQty, reorderQty }) => ({ ...state, minQty, reorderQty }),
  InboundExpected: (state, { poLineId, qty, purchaseOrderId, promisedOn }) => ({
    ...state,
    inbound: { ...state.inbound, [poLineId]: qty },
    expected: { ...state.expected, [poLineId]: { purchaseOrderId, promisedOn } },
  }),
  InboundDropped: (state, { poLineId }) => ({ ...state, inbound: withoutKey(state.inbound, poLineId) }),
  CountStarted: (state, { countId }) => ({ ...state, status: 'frozen', countId }),
  CountFinished: (state) => ({ ...state, status: 'open', countId: undefined }),
  StockYearClosed: (state, { year }) => ({ ...state, closedYears: [...state.closedYears, year] }),
  LowStockReached: (state, { episodeId }) => ({ ...state, isLow: true, episodeId }),
  StockReplenished: (state) => ({ ...state, isLow: false, episodeId: undefined }),
};
