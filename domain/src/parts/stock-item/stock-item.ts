import { numberSetting } from '../../admin/setting/setting.ts';
import { Organization, rolesOf } from '../../core/organization/organization.ts';
import {
  type Accepted,
  type Aggregate,
  accept,
  Claim,
  type Context,
  claimId,
  claiming,
  defineAggregate,
  type Events,
  holderOf,
  isAfter,
  org,
  reject,
  releasing,
  text,
} from '../../kit/index.ts';
import { CatalogPart, isRecalled } from '../catalog-part/catalog-part.ts';
import { evolve } from './stock-item.evolve.ts';
import { moves } from './stock-item.moves.ts';
import { refusals } from './stock-item.refusals.ts';
import { commands, events } from './stock-item.schema.ts';
import { availableOf, averageCost, inboundOf, type Stock, type StockItemState, stockId } from './stock-item.state.ts';

export { availableOf, type StockItemState } from './stock-item.state.ts';

/** Differences of more than this, at average cost, take a second person; an organisation may set its own limit. */
const usualLimitKrw = 500_000;

const approvers = ['WORKSHOP_OWNER', 'PARTS_MANAGER'];
/** Only who runs the store may let a large difference pass. */
const runsStore = ({ orgId }: Stock, userId: string | undefined, ctx: Context): boolean =>
  userId !== undefined && rolesOf(ctx.fact(Organization, orgId), userId).some((role) => approvers.includes(role));

type StockEvent = Events<typeof events>;
type Level = { readonly onHand?: number; readonly reserved?: number; readonly minQty?: number };

/** The event, and beside it the start or the end of a low-stock episode if it brings one. */
const leading = (state: Stock, event: StockEvent, level: Level, ctx: Context): Accepted<StockEvent> => {
  const { warehouseId, partId } = state;
  const { minQty = state.minQty } = level;
  const available = (level.onHand ?? state.onHand) - (level.reserved ?? state.reserved);
  const isLow = available < minQty;
  if (isLow === state.isLow) return accept(event);
  return isLow
    ? accept(event, {
        type: 'LowStockReached',
        data: { warehouseId, partId, available, inbound: inboundOf(state), minQty, episodeId: ctx.newId() },
      })
    : accept(event, { type: 'StockReplenished', data: { warehouseId, partId, available, episodeId: state.episodeId } });
};
type Transfer = { readonly transferId: string; readonly partId: string };
/** Who sent a part on its way; held until it has arrived. */
const transferClaim = ({ transferId, partId }: Transfer, holder: string) => ({
  ...{ kind: 'stockTransfer', value: `${transferId}.${partId}`, holder },
});
const senderOf = (transfer: Transfer, ctx: Context): string | undefined => {
  const { kind, value } = transferClaim(transfer, '');
  return holderOf(ctx.fact(Claim, claimId(kind, value)));
};
const items = (): Aggregate<StockItemState> => StockItem;

export const StockItem = defineAggregate<StockItemState>()({
  name: 'StockItem',
  category: 'stock',
  context: 'parts',
  doc: text('재고 품목', 'A part in a warehouse: on hand, reserved, inbound'),
  id: (data) => stockId(String(data.warehouseId), String(data.partId)),
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    OpenStock: (_state, data) => {
      if (data.minQty < 0 || data.reorderQty < 0) return reject('NEGATIVE');
      // Empty at first, yet not low: an episode begins with what happens to stock.
      return accept({ type: 'StockOpened', data: { ...data, parties: [org(data.orgId, 'warehouse')] } });
    },
    ReceiveStock: (state, data, ctx) => {
      if (state.movementIds.includes(data.movementId)) return reject('DUPLICATE_MOVEMENT');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      const onHand = state.onHand + data.qty;
      const avgCostKrw = averageCost(state, data.qty, data.unitCostKrw);
      const received: StockEvent = { type: 'StockReceived', data: { ...data, onHandAfter: onHand, avgCostKrw } };
      const { crossDock } = data;
      if (!crossDock) return leading(state, received, { onHand }, ctx);
      if (state.reservationIds.includes(crossDock.reservationId)) return reject('DUPLICATE_RESERVATION');
      if (crossDock.qty <= 0) return reject('QTY_NOT_POSITIVE');
      if (crossDock.qty > onHand - state.reserved) return reject('INSUFFICIENT_AVAILABLE');
      const { warehouseId, partId } = state;
      const reserved = state.reserved + crossDock.qty;
      const { events, ...led } = leading(state, received, { onHand, reserved }, ctx);
      const kept = { warehouseId, partId, ...crossDock, forKind: 'partRequest', reservedAfter: reserved } as const;
      return { ...led, events: [received, { type: 'StockReserved', data: kept }, ...events.slice(1)] };
    },
    ReserveStock: (state, data, ctx) => {
      if (state.reservationIds.includes(data.reservationId)) return reject('DUPLICATE_RESERVATION');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      if (data.qty > availableOf(state)) return reject('INSUFFICIENT_AVAILABLE');
      const reserved = state.reserved + data.qty;
      return leading(state, { type: 'StockReserved', data: { ...data, reservedAfter: reserved } }, { reserved }, ctx);
    },
    ExtendStockReservation: (state, data) => {
      const reservation = state.reservations[data.reservationId];
      if (!reservation) return reject('RESERVATION_UNKNOWN');
      return isAfter(data.expiresAt, reservation.expiresAt)
        ? accept({ type: 'StockReservationExtended', data })
        : accept();
    },
    ReleaseStock: (state, data, ctx) => {
      const reservation = state.reservations[data.reservationId];
      if (!reservation) return reject('RESERVATION_UNKNOWN');
      const reserved = state.reserved - reservation.qty;
      const released = { ...data, qty: reservation.qty, reservedAfter: reserved };
      return leading(state, { type: 'StockReleased', data: released }, { reserved }, ctx);
    },
    IssueStock: (state, data, ctx) => {
      if (state.movementIds.includes(data.movementId)) return reject('DUPLICATE_MOVEMENT');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      const reservation = data.reservationId ? state.reservations[data.reservationId] : undefined;
      if (data.reservationId && !reservation) return reject('RESERVATION_UNKNOWN');
      if (reservation && isAfter(ctx.now, reservation.expiresAt)) return reject('RESERVATION_EXPIRED');
      if (reservation && data.qty > reservation.qty) return reject('OVER_RESERVED_QTY');
      if (data.qty > state.onHand) return reject('NEGATIVE_STOCK');
      if (!reservation && data.qty > availableOf(state)) return reject('INSUFFICIENT_AVAILABLE');
      if (isRecalled(ctx.fact(CatalogPart, data.partId), data.lotNo)) return reject('PART_RECALLED');
      const level = { onHand: state.onHand - data.qty, reserved: state.reserved - (reservation ? data.qty : 0) };
      const costKrw = data.qty * state.avgCostKrw;
      return leading(state, { type: 'StockIssued', data: { ...data, onHandAfter: level.onHand, costKrw } }, level, ctx);
    },
    ReturnStock: (state, data, ctx) => {
      if (state.movementIds.includes(data.movementId)) return reject('DUPLICATE_MOVEMENT');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      const issued = state.issued[data.forId];
      if (issued === undefined) return reject('NEVER_ISSUED');
      if (data.qty > issued) return reject('OVER_RETURN');
      const onHand = state.onHand + (data.condition === 'resale' ? data.qty : 0);
      return leading(state, { type: 'StockReturned', data: { ...data, onHandAfter: onHand } }, { onHand }, ctx);
    },
    AdjustStock: (state, { reasonCode, ...data }, ctx) => {
      if (state.movementIds.includes(data.movementId)) return reject('DUPLICATE_MOVEMENT');
      if (!reasonCode) return reject('REASON_REQUIRED');
      if (data.countedQty < state.reserved) return reject('BELOW_RESERVED');
      const deltaQty = data.countedQty - state.onHand;
      const valueKrw = deltaQty * state.avgCostKrw;
      const hasConsent = data.approverId !== ctx.actor.id && runsStore(state, data.approverId, ctx);
      const limitKrw = numberSetting(ctx, `org:${state.orgId}`, 'parts.adjustLimitKrw', usualLimitKrw);
      if (Math.abs(valueKrw) > limitKrw && !hasConsent) return reject('ADJUST_NEEDS_APPROVAL');
      const onHand = data.countedQty;
      const adjusted = { ...data, reasonCode, deltaQty, valueKrw, onHandAfter: onHand };
      return leading(state, { type: 'StockAdjusted', data: adjusted }, { onHand }, ctx);
    },
    TransferOut: (state, data, ctx) => {
      if (state.movementIds.includes(data.transferId)) return reject('DUPLICATE_MOVEMENT');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      if (data.qty > availableOf(state)) return reject('INSUFFICIENT_AVAILABLE');
      const onHand = state.onHand - data.qty;
      const out = { ...data, onHandAfter: onHand, unitCostKrw: state.avgCostKrw };
      return claiming(leading(state, { type: 'StockTransferredOut', data: out }, { onHand }, ctx), {
        ...transferClaim(data, data.warehouseId),
        refusal: 'DUPLICATE_MOVEMENT',
      });
    },
    TransferIn: (state, data, ctx) => {
      if (state.receivedTransfers.includes(data.transferId)) return reject('DUPLICATE_MOVEMENT');
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      const { fromWarehouseId = senderOf(data, ctx) } = data;
      if (fromWarehouseId === undefined) return reject('TRANSFER_UNKNOWN');
      const sender = ctx.fact(items(), stockId(fromWarehouseId, data.partId));
      const sent = 'sent' in sender ? sender.sent[data.transferId] : undefined;
      if (sent?.toWarehouseId !== data.warehouseId || data.qty > sent.qty) return reject('TRANSFER_UNKNOWN');
      const onHand = state.onHand + data.qty;
      const { unitCostKrw } = sent;
      const avgCostKrw = averageCost(state, data.qty, unitCostKrw);
      const received = { ...data, fromWarehouseId, onHandAfter: onHand, unitCostKrw, avgCostKrw };
      return releasing(
        leading(state, { type: 'StockTransferredIn', data: received }, { onHand }, ctx),
        transferClaim(data, fromWarehouseId),
      );
    },
    SetReorderPoint: (state, data, ctx) => {
      if (data.minQty < 0 || data.reorderQty < 0 || data.leadDays < 0) return reject('NEGATIVE');
      return leading(state, { type: 'ReorderPointSet', data }, { minQty: data.minQty }, ctx);
    },
    ExpectInbound: (state, data) => {
      if (data.poLineId in state.inbound) return reject('DUPLICATE_LINE');
      return data.qty <= 0 ? reject('QTY_NOT_POSITIVE') : accept({ type: 'InboundExpected', data });
    },
    DropInbound: (state, data) =>
      data.poLineId in state.inbound ? accept({ type: 'InboundDropped', data }) : accept(),
    StartCount: (_state, data) => accept({ type: 'CountStarted', data }),
    FinishCount: (state, data) =>
      state.countId === data.countId ? accept({ type: 'CountFinished', data }) : reject('COUNT_UNKNOWN'),
    CloseStockYear: (state, data) => {
      const { onHand, reserved, avgCostKrw } = state;
      return state.closedYears.includes(data.year)
        ? accept()
        : accept({ type: 'StockYearClosed', data: { ...data, onHand, reserved, avgCostKrw } });
    },
  },
  evolve,
});
