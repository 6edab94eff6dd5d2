import { numberSetting } from '../admin/setting/setting.ts';
import {
  type Context,
  cancel,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  plusHours,
  plusMinutes,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { endOfDay, plusBusinessHours } from './business-time.ts';
import { deskOf } from './desks.ts';
import { draftFee } from './fee-invoice.ts';
import { notify } from './notify.ts';
import { dropInbound, dropLineInbound, expectInbound, receive, tellPromised } from './purchase-care.stock.ts';
import { mergeMinutes } from './supply.ts';

type Data = Record<string, unknown>;
type Line = { readonly poLineId: string; readonly promisedOn: string; readonly acceptedQty: number };
export type CareState = {
  readonly purchaseOrderId: string;
  readonly buyerOrgId: string;
  readonly supplierOrgId: string;
  readonly isManual: boolean;
  readonly wasSubmitted?: boolean;
  /** Goods the store could not take in yet, by movement. */
  readonly waiting: Readonly<Record<string, Data>>;
};
const initial: CareState = { purchaseOrderId: '', buyerOrgId: '', supplierOrgId: '', isManual: true, waiting: {} };
const order = ({ purchaseOrderId }: Data) => String(purchaseOrderId);
const remindHours = 4;
const answerHours = 24;

/** Refusals after which the same goods are not simply tried again. */
const settled = ['DUPLICATE_MOVEMENT', 'DUPLICATE_RESERVATION', 'INSUFFICIENT_AVAILABLE'];

const evolve = (state: CareState, { type, data }: ProcessInput): CareState => {
  const sent = (data.data ?? {}) as Data;
  if (type === 'PurchaseOrderDrafted')
    return {
      ...state,
      purchaseOrderId: String(data.purchaseOrderId),
      buyerOrgId: String(data.buyerOrgId),
      supplierOrgId: String(data.supplierOrgId),
      isManual: data.origin === 'manual',
    };
  if (type === 'PurchaseOrderSubmitted') return { ...state, wasSubmitted: true };
  if (type === 'ReceiveStockRejected' && !settled.includes(String(data.code)))
    return { ...state, waiting: { ...state.waiting, [String(sent.movementId)]: sent } };
  return type === 'TimerFired' && data.timer === 'receive' ? { ...state, waiting: {} } : state;
};

/** Steps 4 to 6 of P1, and of P7: from a drafted order to parts on the shelf, whoever drafted it. */
export const purchaseCare: ProcessDef<CareState> = {
  name: 'PurchaseCare',
  doc: text('발주 진행 관리', 'Sees a purchase order through'),
  starts: ['PurchaseOrderDrafted'],
  correlate: {
    ...{ PurchaseOrderDrafted: order, PurchaseOrderApproved: order, PurchaseOrderSubmitted: order },
    ...{ SupplierAccepted: order, SupplierDeclined: order, PromiseChanged: order, GoodsReceived: order },
    PurchaseLineDropped: order,
    ...{ PurchaseOrderClosed: order, PurchaseOrderCancelled: order },
  },
  initial,
  evolve,
  react: (state, input, ctx, before) => {
    const { type, data, at } = input;
    if (type !== 'TimerFired' || data.timer !== 'receive') return step(state, input, ctx, at, data);
    const isClosed = ctx.fact(PurchaseOrder, state.purchaseOrderId).status === 'closed';
    const again = Object.values(before.waiting).map((sent) => send('StockItem', 'ReceiveStock', sent));
    return isClosed ? [...again, linger(at)] : again;
  },
  idle: ({ type }) => `${type} needs nothing done`,
};
export const PurchaseCare = defineProcess<CareState>()(purchaseCare);

const submit = ({ purchaseOrderId }: CareState): Reaction =>
  send('PurchaseOrder', 'SubmitPurchaseOrder', { purchaseOrderId });
const drop = ({ purchaseOrderId }: CareState, reason: string): Reaction =>
  send('PurchaseOrder', 'CancelPurchaseOrder', { purchaseOrderId, reason });
const desk = ({ buyerOrgId }: CareState) => deskOf(buyerOrgId, 'PARTS_MANAGER', 'WORKSHOP_OWNER');
const sales = ({ supplierOrgId }: CareState) => deskOf(supplierOrgId, 'SUPPLIER_SALES');
/** What came last may still wait for a store that counts: the care ends a day after nothing does. */
const linger = (at: string): Reaction => schedule('end', plusHours(at, 24));
/** A day after the promise. */
const watch = (poLineId: string, promisedOn: string): Reaction =>
  schedule(`late.${poLineId}`, plusDays(endOfDay(promisedOn), 1));

const step = (state: CareState, input: ProcessInput, ctx: Context, at: string, data: Data): readonly Reaction[] => {
  const { purchaseOrderId, isManual } = state;
  const about = { purchaseOrderId };
  switch (input.type) {
    case 'PurchaseOrderDrafted':
      return isManual ? [] : [schedule('submit', plusMinutes(at, mergeMinutes))];
    case 'PurchaseOrderApproved':
      return isManual ? [] : [submit(state)];
    case 'SubmitPurchaseOrderRejected':
      if (data.code === 'EMPTY') return [drop(state, '남은 항목 없음')];
      return data.code === 'OVER_LIMIT' ? [notify(ctx, 'purchaseNeedsApproval', desk(state), about)] : [];
    case 'PurchaseOrderSubmitted':
      return [
        ...[cancel('submit'), schedule('remind', plusBusinessHours(at, remindHours))],
        schedule('answer', plusHours(at, answerHours)),
      ];
    case 'SupplierAccepted': {
      const lines = (data.lines as Line[]).filter(({ acceptedQty }) => acceptedQty > 0);
      return [
        ...[cancel('remind'), cancel('answer'), ...expectInbound(purchaseOrderId, lines, ctx)],
        ...lines.map(({ poLineId, promisedOn }) => watch(poLineId, promisedOn)),
      ];
    }
    case 'PromiseChanged':
      return [
        watch(String(data.poLineId), String(data.promisedOn)),
        ...tellPromised(purchaseOrderId, String(data.poLineId), String(data.promisedOn), ctx),
      ];
    case 'PurchaseLineDropped':
      return lineDropped(state, data, ctx);
    case 'GoodsReceived':
      return receive(purchaseOrderId, data.lines as Data[], ctx, at);
    case 'ReceiveStockRejected':
      return retry(data, at);
    case 'SupplierDeclined':
      // What our processes ordered, they order elsewhere.
      return [...(isManual ? [notify(ctx, 'purchaseDeclined', desk(state), about)] : []), complete];
    case 'PurchaseOrderCancelled':
      return [...dropInbound(purchaseOrderId, ctx), ...tellCancelled(state, ctx), ...penalty(state, ctx), complete];
    case 'PurchaseOrderClosed':
      return [...dropInbound(purchaseOrderId, ctx), linger(at)];
    case 'TimerFired':
      return timer(state, String(data.timer), ctx);
    default:
      return [];
  }
};

/** Whoever knows of an order hears that it is off; a draft was known to the buyer alone. */
const tellCancelled = (state: CareState, ctx: Context): readonly Reaction[] => {
  const { purchaseOrderId, wasSubmitted } = state;
  const about = { purchaseOrderId };
  if (!wasSubmitted) return [];
  return [notify(ctx, 'purchaseCancelled', sales(state), about), notify(ctx, 'purchaseCancelled', desk(state), about)];
};

/** The rest of the order stands, and is invoiced; the supplier is only not to send this part of it. */
const lineDropped = (state: CareState, data: Data, ctx: Context): readonly Reaction[] => {
  const { purchaseOrderId, wasSubmitted } = state;
  const line = { poLineId: String(data.poLineId), partId: String(data.partId) };
  return [
    ...(Number(data.acceptedQty) > 0
      ? [cancel(`late.${line.poLineId}`), ...dropLineInbound(purchaseOrderId, line, ctx)]
      : []),
    ...(wasSubmitted ? [notify(ctx, 'purchaseLineDropped', sales(state), { purchaseOrderId, ...line })] : []),
  ];
};

/** A supplier who had said yes may ask a part of what the goods would have cost: its setting `supplier.cancelPercent`. */
const penalty = (state: CareState, ctx: Context): readonly Reaction[] => {
  const { purchaseOrderId, supplierOrgId, buyerOrgId } = state;
  const fact = ctx.fact(PurchaseOrder, purchaseOrderId);
  const lines = fact.status === 'none' ? [] : Object.values(fact.lines);
  const agreedKrw = lines.reduce((sum, { acceptedQty, unitPriceKrw }) => sum + acceptedQty * unitPriceKrw, 0);
  const percent = numberSetting(ctx, `org:${supplierOrgId}`, 'supplier.cancelPercent', 0);
  const feeKrw = Math.floor((agreedKrw * Math.min(percent, 100)) / 100);
  if (feeKrw <= 0) return [];
  const source = { kind: 'purchaseOrder', id: purchaseOrderId } as const;
  const payer = { kind: 'org', id: buyerOrgId } as const;
  return [
    draftFee({ sellerOrgId: supplierOrgId, payer, source, text: '발주 취소 위약금', feeKrw }, ctx),
    notify(ctx, 'purchasePenaltyToCharge', sales(state), { purchaseOrderId, feeKrw }),
    notify(ctx, 'purchasePenaltyOwed', desk(state), { purchaseOrderId, feeKrw }),
  ];
};

/** Kept for somebody it no longer fits: then it is free stock. A store that counts takes it in an hour later. */
const retry = ({ code, data }: Data, at: string): readonly Reaction[] => {
  const { crossDock, ...sent } = data as Data;
  if (!settled.includes(String(code))) return [schedule('receive', plusHours(at, 1))];
  return crossDock && code !== 'DUPLICATE_MOVEMENT' ? [send('StockItem', 'ReceiveStock', sent)] : [];
};

const timer = (state: CareState, name: string, ctx: Context): readonly Reaction[] => {
  const { purchaseOrderId, isManual, waiting } = state;
  const about = { purchaseOrderId };
  const fact = ctx.fact(PurchaseOrder, purchaseOrderId);
  if (fact.status === 'closed') return name === 'end' && Object.keys(waiting).length === 0 ? [complete] : [];
  if (name === 'submit') return [submit(state)];
  if (name === 'remind') return [notify(ctx, 'purchaseAwaitsAnswer', sales(state), about)];
  if (name === 'answer') {
    // A timer may come late, after an answer.
    if (fact.status !== 'submitted') return [];
    return isManual ? [notify(ctx, 'purchaseUnanswered', desk(state), about)] : [drop(state, '공급사 무응답')];
  }
  const poLineId = name.slice('late.'.length);
  const line = fact.status === 'none' ? undefined : fact.lines[poLineId];
  if (!line || line.arrivedQty >= line.acceptedQty) return [];
  const late = { ...about, partId: line.partId, promisedOn: line.promisedOn ?? '' };
  return [notify(ctx, 'purchasePromiseBroken', sales(state), late), notify(ctx, 'purchaseIsLate', desk(state), late)];
};
