import { numberSetting } from '../admin/setting/setting.ts';
import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  plusHours,
  type Reaction,
  schedule,
  seoulDay,
  text,
} from '../kit/index.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { inboundOf, stockId } from '../parts/stock-item/stock-item.state.ts';
import { availableOf, StockItem } from '../parts/stock-item/stock-item.ts';
import { notify } from './notify.ts';
import { addLine, orderShortage, suppliersOf } from './supply.ts';

type Data = Record<string, unknown>;
type State = {
  readonly warehouseId: string;
  readonly partId: string;
  readonly episodeId: string;
  /** The order that covers the episode. */
  readonly orderId?: string | undefined;
  readonly failed: readonly string[];
  readonly strangers: readonly string[];
};
const initial: State = { warehouseId: '', partId: '', episodeId: '', failed: [], strangers: [] };
const episode = ({ episodeId }: Data) => (episodeId === undefined ? undefined : String(episodeId));
const lines = ({ lines: of }: Data) => ((of ?? []) as { poLineId: string }[]).map(({ poLineId }) => poLineId);
const ended = ({ poLineIds }: Data) => (poLineIds ?? []) as string[];

const evolve = (state: State, { type, data }: ProcessInput): State => {
  const sent = (data.data ?? {}) as Data;
  switch (type) {
    case 'LowStockReached':
      return {
        ...state,
        ...{ warehouseId: String(data.warehouseId), partId: String(data.partId), episodeId: String(data.episodeId) },
      };
    case 'PurchaseOrderDrafted':
    case 'LineAdded':
      return { ...state, orderId: String(data.purchaseOrderId) };
    case 'SupplierDeclined':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderClosed':
      return { ...state, orderId: undefined, failed: [...state.failed, String(data.purchaseOrderId)] };
    case 'DraftPurchaseOrderRejected':
      return data.code === 'SUPPLIER_NOT_CONNECTED'
        ? { ...state, strangers: [...state.strangers, String(sent.supplierOrgId)] }
        : state;
    default:
      return state;
  }
};

/** P7: an episode of low stock becomes one line of one purchase order. */
export const lowStock: ProcessDef<State> = {
  name: 'LowStock',
  doc: text('재고 부족 발주', 'Orders what runs low, once an episode'),
  starts: ['LowStockReached'],
  correlate: {
    ...{ LowStockReached: episode, StockReplenished: episode, PurchaseOrderDrafted: lines },
    LineAdded: ({ line }) => (line as { poLineId: string }).poLineId,
    ...{ SupplierDeclined: ended, PurchaseOrderCancelled: ended, PurchaseOrderClosed: ended },
  },
  initial,
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type}: the shortage is being covered`,
};
export const LowStock = defineProcess<State>()(lowStock);

const step = (state: State, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  switch (type) {
    case 'StockReplenished':
      return [complete];
    case 'LowStockReached':
    case 'TimerFired':
    case 'SupplierDeclined':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderClosed':
      return state.orderId ? [] : order(state, ctx, at);
    case 'DraftPurchaseOrderRejected':
    case 'AddLineRejected':
      return refused(state, String(data.code), (data.data ?? {}) as Data, ctx, at);
    default:
      return [];
  }
};

const order = (state: State, ctx: Context, at: string, apart = false): readonly Reaction[] => {
  const { warehouseId, partId, episodeId } = state;
  const stock = ctx.fact(StockItem, stockId(warehouseId, partId));
  if (stock.status === 'none') return [];
  const { orgId: buyerOrgId, minQty, reorderQty } = stock;
  const lacking = minQty - availableOf(stock) - inboundOf(stock);
  // What is on its way may suffice; if it does not come, the next look orders.
  const again = schedule('again', plusHours(at, 24));
  if (lacking <= 0) return [again];
  const tried = state.failed.flatMap((id) => {
    const failed = ctx.fact(PurchaseOrder, id);
    return 'supplierOrgId' in failed ? [failed.supplierOrgId] : [];
  });
  const supplierOrgId = suppliersOf(ctx, partId, buyerOrgId).find(
    (id) => !tried.includes(id) && !state.strangers.includes(id),
  );
  if (!supplierOrgId) {
    const to = { kind: 'org', id: buyerOrgId, roles: ['PARTS_MANAGER', 'WORKSHOP_OWNER'] } as const;
    return [notify(ctx, 'lowStockWithoutSupplier', to, { warehouseId, partId })];
  }
  const days = numberSetting(ctx, `org:${buyerOrgId}`, 'parts.leadDays', 3);
  const shortage = {
    ...{ buyerOrgId, supplierOrgId, warehouseId, origin: 'lowStock' as const, originId: episodeId },
    ...{ poLineId: episodeId, partId, qty: Math.max(reorderQty, lacking), neededBy: seoulDay(plusDays(at, days)) },
  };
  return [orderShortage(ctx, shortage, at, apart)];
};

const refused = (state: State, code: string, sent: Data, ctx: Context, at: string): readonly Reaction[] => {
  if (state.orderId) return [];
  const [line] = (sent.lines ?? []) as Data[];
  if (code === 'ALREADY_EXISTS' && line) return [addLine(String(sent.purchaseOrderId), line, state.episodeId)];
  if (code === 'NOT_DRAFT') return order(state, ctx, at, true);
  return code === 'SUPPLIER_NOT_CONNECTED' ? order(state, ctx, at) : [];
};
