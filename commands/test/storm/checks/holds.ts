import { at, type Check, findings, ids, num, str } from './check.ts';

const over = ['LineDropped', 'RepairOrderCancelled', 'RepairOrderCompleted'];

/** What was kept for a job is given back, or used, once the job is over. */
export const holds: Check = (events, rest) => {
  if (!rest) return [];
  const { expect, all } = findings();
  const kept = new Map<string, { readonly requestId: string; left: number }>();
  const ended = new Set<string>();
  for (const { type, id, data, event } of events) {
    const reservationId = `${id} ${str(data.reservationId)}`;
    if (type === 'StockReserved' && data.forKind === 'partRequest' && event.meta.actor.kind !== 'user')
      kept.set(reservationId, { requestId: str(data.forId), left: num(data.qty) });
    if (type === 'StockReleased') kept.delete(reservationId);
    if (type === 'StockIssued') at(kept, reservationId, () => ({ requestId: '', left: 0 })).left -= num(data.qty);
    if (over.includes(type)) for (const requestId of ids(data.requestIds)) ended.add(requestId);
  }
  for (const [reservation, { requestId, left }] of kept)
    expect(!ended.has(requestId) || left <= 0, `stock ${reservation} is still kept for ${requestId}, which is over`);
  return all();
};
