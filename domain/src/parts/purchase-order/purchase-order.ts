import type { z } from 'zod';
import { numberSetting } from '../../admin/setting/setting.ts';
import { Organization, partnerKindOf } from '../../core/organization/organization.ts';
import {
  type Accepted,
  accept,
  claiming,
  defineAggregate,
  type Events,
  isOurs,
  org,
  type PartyEvent,
  reject,
  releasing,
  text,
} from '../../kit/index.ts';
import { sumOf } from '../../shared/values.ts';
import { moves } from './purchase-order.moves.ts';
import { refusals } from './purchase-order.refusals.ts';
import { commands, events } from './purchase-order.schema.ts';

/** Orders above this need somebody else's approval, unless the buyer set a limit of their own. */
const usualLimitKrw = 1_000_000;
/** Suppliers round up to packs: this much more than accepted may arrive. */
const tolerancePercent = 5;

type Draft = z.infer<typeof events.PurchaseOrderDrafted.schema>;
type Line = Draft['lines'][number] & {
  readonly acceptedQty: number;
  readonly promisedOn?: string;
  readonly shippedQty: number;
  readonly arrivedQty: number;
  /** Arrived, found good, and not sent back. */
  readonly keptQty: number;
};
type Order = Omit<Draft, 'lines' | 'parties'> & {
  readonly lines: Readonly<Record<string, Line>>;
  readonly draftedBy: string;
  /** Shipments, receipts and returns recorded. */
  readonly documents: readonly string[];
};
type Status =
  | 'draft'
  | 'approved'
  | 'submitted'
  | 'accepted'
  | 'shipping'
  | 'partlyReceived'
  | 'received'
  | 'closed'
  | 'declined'
  | 'cancelled';
export type PurchaseOrderState = { readonly status: 'none' } | ({ readonly status: Status } & Order);
type OrderEvent = Events<typeof events> | PartyEvent;
type Piece = { readonly poLineId: string; readonly qty: number };

/** Quantities by line, so that a line named twice counts twice. */
const byLine = (pieces: readonly Piece[]): readonly Piece[] => {
  const sums = new Map<string, number>();
  for (const { poLineId, qty } of pieces) sums.set(poLineId, (sums.get(poLineId) ?? 0) + qty);
  return [...sums].map(([poLineId, qty]) => ({ poLineId, qty }));
};
const isKnown = (order: Order, pieces: readonly { readonly poLineId: string }[]): boolean =>
  pieces.every(({ poLineId }) => poLineId in order.lines);
/** Do these quantities, added to what the line has, stay within its bound? */
const fits = (order: Order, pieces: readonly Piece[], room: (line: Line) => number): boolean =>
  byLine(pieces).every(({ poLineId, qty }) => {
    const line = order.lines[poLineId];
    return line !== undefined && qty <= room(line);
  });
const mostArriving = (line: Line): number =>
  line.acceptedQty + Math.floor((line.acceptedQty * tolerancePercent) / 100) - line.arrivedQty;
const totalOf = (order: Order): number => sumOf(Object.values(order.lines), (line) => line.qty * line.unitPriceKrw);
const linesOf = (order: Order) => ({ poLineIds: Object.keys(order.lines) });
const isComplete = (order: Order): boolean =>
  Object.values(order.lines).every((line) => line.arrivedQty >= line.acceptedQty);

/** Would nothing be left to come without this line? */
export const isOnlyLine = (order: Order & { readonly status: Status }, poLineId: string): boolean =>
  Object.values(order.lines).every(
    (line) => line.poLineId === poLineId || (order.status === 'accepted' && line.acceptedQty === 0),
  );

const originClaim = (order: Pick<Draft, 'origin' | 'purchaseOrderId'>, originId: string) => ({
  kind: 'shortage',
  value: `${order.origin}.${originId}`,
  holder: order.purchaseOrderId,
});
const uncovering = <E>(accepted: Accepted<E>, order: Order): Accepted<E> =>
  order.originIds.reduce((all, originId) => releasing(all, originClaim(order, originId)), accepted);

/** A line a process drew up is named as the shortage it covers. */
const withoutOrigin = <E>(accepted: Accepted<E>, order: Order, poLineId: string): Accepted<E> =>
  order.originIds.includes(poLineId) ? releasing(accepted, originClaim(order, poLineId)) : accepted;
const withoutLine = <S extends Order>(order: S, poLineId: string): S => {
  const { [poLineId]: _, ...lines } = order.lines;
  return { ...order, lines, originIds: order.originIds.filter((originId) => originId !== poLineId) };
};

const freshLine = (line: Draft['lines'][number]): Line => ({
  ...line,
  ...{ acceptedQty: 0, shippedQty: 0, arrivedQty: 0, keptQty: 0 },
});
const changing = <S extends Order, P extends { readonly poLineId: string }>(
  order: S,
  pieces: readonly P[],
  change: (line: Line, piece: P) => Line,
): S => {
  const lines = { ...order.lines };
  for (const piece of pieces) {
    const line = lines[piece.poLineId];
    if (line) lines[piece.poLineId] = change(line, piece);
  }
  return { ...order, lines };
};
const documented = <S extends Order>(order: S, id: string): S => ({ ...order, documents: [...order.documents, id] });
const received = <S extends Order>(order: S, lines: z.infer<typeof events.GoodsReceived.schema>['lines']): S =>
  changing(order, lines, (line, piece) => ({
    ...line,
    arrivedQty: line.arrivedQty + piece.qty,
    keptQty: line.keptQty + piece.acceptedQty,
  }));

export const PurchaseOrder = defineAggregate<PurchaseOrderState>()({
  name: 'PurchaseOrder',
  category: 'purchaseOrder',
  context: 'parts',
  journey: true,
  doc: text('발주', 'An order of parts between two organisations'),
  id: 'purchaseOrderId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    DraftPurchaseOrder: (_state, data, ctx) => {
      if (data.lines.some((line) => line.qty <= 0)) return reject('QTY_NOT_POSITIVE');
      if (new Set(data.lines.map((line) => line.poLineId)).size < data.lines.length) return reject('ALREADY_EXISTS');
      if (partnerKindOf(ctx.fact(Organization, data.buyerOrgId), data.supplierOrgId) !== 'supplier')
        return reject('SUPPLIER_NOT_CONNECTED');
      const originIds = [...new Set(data.originIds)];
      const drafted = { ...data, originIds, parties: [org(data.buyerOrgId, 'buyer')] };
      return originIds.reduce(
        (all, originId) => claiming(all, { ...originClaim(data, originId), refusal: 'ORIGIN_ALREADY_COVERED' }),
        accept({ type: 'PurchaseOrderDrafted' as const, data: drafted }),
      );
    },
    ChangeLine: (state, data) => {
      if (data.qty <= 0) return reject('QTY_NOT_POSITIVE');
      return data.poLineId in state.lines ? accept({ type: 'LineChanged', data }) : reject('LINE_UNKNOWN');
    },
    AddLine: (state, data) => {
      if (data.line.qty <= 0) return reject('QTY_NOT_POSITIVE');
      if (data.line.poLineId in state.lines) return reject('ALREADY_EXISTS');
      const added = accept({ type: 'LineAdded' as const, data });
      return data.originId === undefined
        ? added
        : claiming(added, { ...originClaim(state, data.originId), refusal: 'ORIGIN_ALREADY_COVERED' });
    },
    RemoveLine: (state, data) => {
      if (!(data.poLineId in state.lines)) return reject('LINE_UNKNOWN');
      return withoutOrigin(accept({ type: 'LineRemoved' as const, data }), state, data.poLineId);
    },
    DropPurchaseLine: (state, data) => {
      const line = state.lines[data.poLineId];
      if (!line) return reject('LINE_UNKNOWN');
      if (isOnlyLine(state, data.poLineId)) return reject('EMPTY');
      const { partId, acceptedQty } = line;
      const dropped = { ...data, partId, acceptedQty };
      return withoutOrigin(accept({ type: 'PurchaseLineDropped' as const, data: dropped }), state, data.poLineId);
    },
    ApprovePurchaseOrder: (state, data) => {
      if (data.approverId === state.draftedBy) return reject('SELF_APPROVAL');
      return Object.keys(state.lines).length === 0 ? reject('EMPTY') : accept({ type: 'PurchaseOrderApproved', data });
    },
    SubmitPurchaseOrder: (state, data, ctx) => {
      if (Object.keys(state.lines).length === 0) return reject('EMPTY');
      const totalKrw = totalOf(state);
      const limitKrw = numberSetting(ctx, `org:${state.buyerOrgId}`, 'parts.approvalLimitKrw', usualLimitKrw);
      if (state.status === 'draft' && totalKrw > limitKrw) return reject('OVER_LIMIT');
      // The supplier sees the order from now on, not its drafts.
      return accept<OrderEvent>(
        { type: 'PurchaseOrderSubmitted', data: { ...data, totalKrw } },
        { type: 'PartyAdded', data: { party: org(state.supplierOrgId, 'supplier') } },
      );
    },
    AcceptBySupplier: (state, data) => {
      if (!isKnown(state, data.lines)) return reject('LINE_UNKNOWN');
      const pieces = data.lines.map(({ poLineId, acceptedQty: qty }) => ({ poLineId, qty }));
      if (!fits(state, pieces, (line) => line.qty)) return reject('QTY_OVER_ORDERED');
      return sumOf(pieces, (piece) => piece.qty) === 0 ? reject('EMPTY') : accept({ type: 'SupplierAccepted', data });
    },
    DeclineBySupplier: (state, data) =>
      uncovering(accept({ type: 'SupplierDeclined', data: { ...data, ...linesOf(state) } }), state),
    ChangePromise: (state, data) => {
      const line = state.lines[data.poLineId];
      if (!line?.promisedOn) return reject('LINE_UNKNOWN');
      if (line.arrivedQty >= line.acceptedQty) return reject('LINE_RECEIVED');
      return line.promisedOn === data.promisedOn
        ? accept()
        : accept({ type: 'PromiseChanged', data: { ...data, before: line.promisedOn } });
    },
    ShipGoods: (state, data) => {
      if (state.documents.includes(data.shipmentId)) return reject('DUPLICATE_SHIPMENT');
      if (!isKnown(state, data.lines)) return reject('LINE_UNKNOWN');
      return fits(state, data.lines, (line) => line.acceptedQty - line.shippedQty)
        ? accept({ type: 'GoodsShipped', data })
        : reject('OVER_ACCEPTED_QTY');
    },
    ReceiveGoods: (state, data) => {
      if (state.documents.includes(data.receiptId)) return reject('DUPLICATE_RECEIPT');
      if (!isKnown(state, data.lines)) return reject('LINE_UNKNOWN');
      if (!fits(state, data.lines, mostArriving)) return reject('OVER_RECEIPT');
      return accept({ type: 'GoodsReceived', data: { ...data, isLast: isComplete(received(state, data.lines)) } });
    },
    ReturnGoods: (state, data) => {
      if (state.documents.includes(data.returnId)) return reject('DUPLICATE_RETURN');
      return fits(state, data.lines, (line) => line.keptQty)
        ? accept({ type: 'GoodsReturned', data })
        : reject('NOTHING_RECEIVED');
    },
    ClosePurchaseOrder: (state, data) =>
      state.status === 'partlyReceived' && !data.reason
        ? reject('OPEN_LINES_NEED_REASON')
        : // What did not come is short again, and somebody else may be asked for it.
          uncovering(accept({ type: 'PurchaseOrderClosed', data: { ...data, ...linesOf(state) } }), state),
    CancelPurchaseOrder: (state, data) =>
      uncovering(accept({ type: 'PurchaseOrderCancelled', data: { ...data, ...linesOf(state) } }), state),
  },
  evolve: {
    PurchaseOrderDrafted: (_state, { parties: _, lines, ...order }, { meta }) => ({
      ...order,
      status: 'draft',
      lines: Object.fromEntries(lines.map((line) => [line.poLineId, freshLine(line)])),
      // What a process drew up, any person may approve.
      draftedBy: isOurs(meta.actor) ? '' : meta.actor.id,
      documents: [],
    }),
    LineChanged: (state, { poLineId, qty, unitPriceKrw }) =>
      changing(state, [{ poLineId }], (line) => ({ ...line, qty, unitPriceKrw })),
    LineAdded: (state, { line, originId }) => ({
      ...state,
      originIds: originId === undefined ? state.originIds : [...state.originIds, originId],
      lines: { ...state.lines, [line.poLineId]: freshLine(line) },
    }),
    LineRemoved: (state, { poLineId }) => withoutLine(state, poLineId),
    PurchaseLineDropped: (state, { poLineId }) => withoutLine(state, poLineId),
    PurchaseOrderApproved: (state) => ({ ...state, status: 'approved' }),
    PurchaseOrderSubmitted: (state) => ({ ...state, status: 'submitted' }),
    SupplierAccepted: (state, { lines }) => ({
      ...changing(state, lines, (line, { acceptedQty, promisedOn }) => ({ ...line, acceptedQty, promisedOn })),
      status: 'accepted',
    }),
    SupplierDeclined: (state) => ({ ...state, status: 'declined' }),
    PromiseChanged: (state, { poLineId, promisedOn }) =>
      changing(state, [{ poLineId }], (line) => ({ ...line, promisedOn })),
    GoodsShipped: (state, { shipmentId, lines }) => ({
      ...changing(documented(state, shipmentId), lines, (line, { qty }) => ({
        ...line,
        shippedQty: line.shippedQty + qty,
      })),
      status: state.status === 'accepted' ? 'shipping' : state.status,
    }),
    GoodsReceived: (state, { receiptId, lines, isLast }) => ({
      ...received(documented(state, receiptId), lines),
      status: isLast ? 'received' : 'partlyReceived',
    }),
    GoodsReturned: (state, { returnId, lines }) =>
      changing(documented(state, returnId), lines, (line, { qty }) => ({ ...line, keptQty: line.keptQty - qty })),
    PurchaseOrderClosed: (state) => ({ ...state, status: 'closed' }),
    PurchaseOrderCancelled: (state) => ({ ...state, status: 'cancelled' }),
  },
});
