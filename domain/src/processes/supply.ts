import { textSetting } from '../admin/setting/setting.ts';
import { Organization } from '../core/organization/organization.ts';
import { type Context, minutesBetween, type Reaction, send, seoulDay } from '../kit/index.ts';
import { CatalogPart, priceOn } from '../parts/catalog-part/catalog-part.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { asUuid } from '../shared/identifiers.ts';

/** Shortages that come up within these minutes travel in one order to the same supplier. */
export const mergeMinutes = 20;

/** The organisation's own list, in the order in which to look: nearest first. */
const listed = (ctx: Context, orgId: string, key: string): readonly string[] =>
  (textSetting(ctx, `org:${orgId}`, key) ?? '').split(/[\s,]+/).filter((id) => id !== '');

/**
 * Where a workshop may take parts from: its own store, which has the workshop's id, then its sister stores in the order
 * of the setting `parts.warehouses`.
 */
export const warehousesOf = (ctx: Context, orgId: string, workshopId: string): readonly string[] => [
  ...new Set([workshopId, ...listed(ctx, orgId, 'parts.warehouses')]),
];

/** Who may deliver a part: whoever listed it, then the buyer's other connected suppliers. */
export const suppliersOf = (ctx: Context, partId: string, buyerOrgId: string): readonly string[] => {
  const part = ctx.fact(CatalogPart, partId);
  const buyer = ctx.fact(Organization, buyerOrgId);
  const partners = 'partners' in buyer ? buyer.partners : {};
  const connected = Object.keys(partners).filter((orgId) => partners[orgId] === 'supplier');
  const own = 'supplierOrgId' in part ? part.supplierOrgId : '';
  return [...connected.filter((orgId) => orgId === own), ...connected.filter((orgId) => orgId !== own)];
};

export type Shortage = {
  readonly buyerOrgId: string;
  readonly supplierOrgId: string;
  readonly warehouseId: string;
  readonly origin: 'lowStock' | 'repairShortage';
  readonly originId: string;
  /** A job's request or an episode of low stock: it names the line of the order too. */
  readonly poLineId: string;
  readonly partId: string;
  readonly qty: number;
  readonly neededBy: string;
  readonly repairOrderId?: string;
};

/** One order per buyer, store and supplier in a stretch of twenty minutes: its id follows from them. */
const sharedOrderId = (
  ctx: Context,
  { buyerOrgId, supplierOrgId, warehouseId, origin }: Shortage,
  at: string,
): string => {
  const stretch = Math.floor(minutesBetween('2000-01-01T00:00:00.000Z', at) / mergeMinutes);
  return asUuid(ctx.hash([buyerOrgId, supplierOrgId, warehouseId, origin, stretch]));
};

/** `apart`: in an order of its own, when the shared one is under way. */
export const orderShortage = (ctx: Context, shortage: Shortage, at: string, apart = false): Reaction => {
  const { buyerOrgId, supplierOrgId, warehouseId, origin, originId } = shortage;
  const { poLineId, partId, qty, neededBy, repairOrderId } = shortage;
  const unitPriceKrw = priceOn(ctx.fact(CatalogPart, partId), seoulDay(at)) ?? 0;
  const line = { poLineId, partId, qty, unitPriceKrw, neededBy, ...(repairOrderId && { repairOrderId }) };
  const shared = sharedOrderId(ctx, shortage, at);
  const { status } = ctx.fact(PurchaseOrder, shared);
  if (!apart && status === 'draft') return addLine(shared, line, originId);
  const purchaseOrderId = apart || status !== 'none' ? ctx.newId() : shared;
  return send('PurchaseOrder', 'DraftPurchaseOrder', {
    ...{ purchaseOrderId, buyerOrgId, supplierOrgId, warehouseId, origin, originIds: [originId], lines: [line] },
  });
};
export const addLine = (purchaseOrderId: string, line: Record<string, unknown>, originId: string): Reaction =>
  send('PurchaseOrder', 'AddLine', { purchaseOrderId, line, originId });
