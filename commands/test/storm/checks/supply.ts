import { at, type Check, findings, ids, list, num, str } from './check.ts';

type Episode = { readonly place: string; readonly at: number };
const over = ['SupplierDeclined', 'PurchaseOrderCancelled', 'PurchaseOrderClosed'];
const gone = ['LineDropped', 'RepairOrderCancelled', 'RepairOrderCompleted'];

/** What is short has somebody who sees to it: an order that stands, something on its way, or a person who was told. */
export const supply: Check = (events, rest) => {
  if (!rest) return [];
  const { expect, all } = findings();
  const episodes = new Map<string, Episode>();
  const requests = new Map<string, number>();
  const got = new Map<string, number>();
  const orders = new Map<string, Set<string>>();
  const told = new Set<string>();
  const catalogue = new Set<string>();
  const inbound = new Map<string, Set<string>>();
  const promised = new Map<string, string>();
  const docks = new Map<string, number>();
  for (const [number, { type, id, data, event }] of events.entries()) {
    if (type === 'LowStockReached') episodes.set(str(data.episodeId), { place: id, at: number });
    if (type === 'StockReplenished') episodes.delete(str(data.episodeId));
    if (type === 'PartListed') catalogue.add(id);
    // What no catalogue knows is nobody's business but the workshop's.
    if (type === 'PartRequested' && catalogue.has(str(data.partId)))
      requests.set(str(data.requestId), Math.ceil(num(data.qty)));
    if (gone.includes(type)) for (const requestId of ids(data.requestIds)) requests.delete(requestId);
    const byPerson = event.meta.actor.kind !== 'process';
    // People may take what was kept, or strike the line that fills the shelf; then it is theirs to see to.
    if (byPerson && type === 'StockReleased') for (const requestId of got.keys()) requests.delete(requestId);
    const isStruck = type === 'LineRemoved' || type === 'PurchaseLineDropped';
    if (byPerson && isStruck) episodes.delete(str(data.poLineId));
    if (type === 'PartSubstituted') requests.delete(str(data.requestId));
    if (type === 'StockReserved' && data.forKind === 'partRequest')
      got.set(str(data.forId), num(got.get(str(data.forId))) + num(data.qty));
    if (type === 'PurchaseOrderDrafted') orders.set(id, new Set(list(data.lines).map(({ poLineId }) => str(poLineId))));
    // An order of their own that names what is short: it is they who see to it.
    if (byPerson && type === 'PurchaseOrderDrafted')
      for (const originId of ids(data.originIds)) episodes.delete(originId);
    if (type === 'LineAdded') orders.get(id)?.add(str((data.line as Record<string, unknown>).poLineId));
    if (isStruck) orders.get(id)?.delete(str(data.poLineId));
    if (over.includes(type)) orders.delete(id);
    // Goods wait at the door of a store that counts, whatever becomes of their order.
    if (type === 'GoodsReceived')
      for (const { poLineId, acceptedQty } of list(data.lines))
        docks.set(str(poLineId), num(docks.get(str(poLineId))) + num(acceptedQty));
    if (type === 'StockReceived') docks.set(str(data.poLineId), num(docks.get(str(data.poLineId))) - num(data.qty));
    if (type === 'InboundExpected') at(inbound, id, () => new Set()).add(str(data.poLineId));
    if (type === 'InboundDropped') inbound.get(id)?.delete(str(data.poLineId));
    if (type === 'ClaimHeld' && data.kind === 'inbound')
      promised.set(str(data.holder).split('.')[1] ?? '', str(data.value));
    if (type === 'NoticeRequested') {
      const { requestId, warehouseId, partId } = data.values as Record<string, unknown>;
      told.add(requestId ? str(requestId) : `${str(warehouseId)}.${str(partId)}`);
    }
  }
  const isOrdered = (line: string): boolean =>
    num(docks.get(line)) > 0 || [...orders.values()].some((lines) => lines.has(line));
  for (const [episodeId, { place }] of episodes) {
    const comes = num(inbound.get(place)?.size) > 0;
    expect(isOrdered(episodeId) || comes || told.has(place), `stock ${place} is low and nobody sees to it`);
  }
  for (const [requestId, qty] of requests) {
    const seen = isOrdered(requestId) || promised.has(requestId) || told.has(requestId);
    expect(seen || num(got.get(requestId)) >= qty, `request ${requestId} is short and nobody sees to it`);
  }
  return all();
};
