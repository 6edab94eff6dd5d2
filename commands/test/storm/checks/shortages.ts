import { type Check, findings, ids, list, num, str, sum } from './check.ts';

/** `free`: pieces of it that came and were kept for nobody. */
type Line = { readonly partId: string; qty: number; kept: number; free: number };
type Order = {
  readonly origin: string;
  readonly byUs: boolean;
  readonly origins: Set<string>;
  readonly lines: Map<string, Line>;
  over: boolean;
};
type Request = { readonly qty: number; partId: string };

/** What is short is covered by one order at a time, and a job is never ordered for twice. */
export const shortages: Check = (events) => {
  const { expect, all } = findings();
  const orders = new Map<string, Order>();
  const requests = new Map<string, Request>();
  const cover = (orderId: string, origin: string, originId: string): void => {
    for (const [other, order] of orders)
      expect(
        other === orderId || order.over || order.origin !== origin || !order.origins.has(originId),
        `shortage ${origin}.${originId} is covered by orders ${other} and ${orderId}`,
      );
  };
  for (const { type, id, data, event } of events) {
    if (type === 'PartRequested')
      requests.set(str(data.requestId), { qty: Math.ceil(num(data.qty)), partId: str(data.partId) });
    if (type === 'PartSubstituted') {
      const request = requests.get(str(data.requestId));
      if (request) request.partId = str(data.newPartId);
    }
    const lineOf = (line: Record<string, unknown>): Line => ({
      ...{ partId: str(line.partId), qty: num(line.qty), kept: 0, free: 0 },
    });
    if (type === 'PurchaseOrderDrafted') {
      const origin = str(data.origin);
      const byUs = event.meta.actor.kind !== 'user';
      const lines = new Map(list(data.lines).map((line) => [str(line.poLineId), lineOf(line)]));
      for (const originId of ids(data.originIds)) cover(id, origin, originId);
      orders.set(id, { origin, byUs, origins: new Set(ids(data.originIds)), lines, over: false });
    }
    const shelved = type === 'StockReceived' && orders.get(str(data.purchaseOrderId))?.lines.get(str(data.poLineId));
    if (shelved) shelved.free += num(data.qty) - num((data.crossDock as { qty?: number } | undefined)?.qty);
    const order = orders.get(id);
    if (!order) continue;
    if (type === 'LineAdded') {
      const line = data.line as Record<string, unknown>;
      if (data.originId) cover(id, order.origin, str(data.originId));
      if (data.originId) order.origins.add(str(data.originId));
      order.lines.set(str(line.poLineId), lineOf(line));
    }
    if (type === 'LineRemoved' || type === 'PurchaseLineDropped') {
      order.origins.delete(str(data.poLineId));
      order.lines.delete(str(data.poLineId));
    }
    if (type === 'SupplierAccepted')
      for (const { poLineId, acceptedQty } of list(data.lines)) {
        const line = order.lines.get(str(poLineId));
        if (line) line.qty = Math.min(line.qty, num(acceptedQty));
      }
    if (type === 'GoodsReceived')
      for (const { poLineId, acceptedQty } of list(data.lines)) {
        const line = order.lines.get(str(poLineId));
        if (line) line.kept += num(acceptedQty);
      }
    if (['SupplierDeclined', 'PurchaseOrderCancelled', 'PurchaseOrderClosed'].includes(type)) {
      order.over = true;
      for (const line of order.lines.values())
        line.qty = type === 'PurchaseOrderClosed' ? Math.min(line.qty, line.kept) : 0;
    }
    for (const [requestId, request] of requests) {
      const ordered = sum([...orders.values()].map((one) => qtyFor(one, requestId, request)));
      expect(ordered <= request.qty, `request ${requestId} needs ${request.qty}, ordered are ${ordered}`);
    }
  }
  return all();
};
const qtyFor = ({ origin, byUs, lines }: Order, requestId: string, { partId }: Request): number => {
  const line = lines.get(requestId);
  return origin === 'repairShortage' && byUs && line?.partId === partId ? Math.max(0, line.qty - line.free) : 0;
};
