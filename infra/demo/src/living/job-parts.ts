import { processActor, StockItem, seoulDay } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Part } from './cast.ts';
import { watchStock } from './low-stock.ts';
import { orderFor } from './purchases.ts';
import type { Line, Visit } from './visit-of.ts';
import { later, latest, tell } from './world.ts';

const process = processActor('partForJob');
const holdMinutes = 72 * 60;
export type Ready = { readonly at: string; readonly held: ReadonlyMap<string, Held> };
export type Held = { readonly requestId: string; readonly part: Part; readonly until: string };

/** Asks for the parts of the lines and has them put aside, or ordered and waited for (P1). */
export function* requestParts(v: Visit, lines: readonly Line[], at: string): Act<Ready> {
  const { w, shop, draws, repairOrderId, path } = v;
  const held = new Map<string, Held>();
  let ready = at;
  const by = draws.pick(shop.technicians).person.actor;
  for (const { lineId, part, qty } of lines) {
    if (!part) continue;
    const requestId = w.id(`${path}/request/${lineId}`);
    const asked = w.seasons.work(at, draws.int(1, 6));
    const want = { requestId, lineId, partId: part.partId, qty, neededBy: later(asked, 120) };
    const { at: told } = yield tell(asked, by, 'RequestPart', { repairOrderId, ...want });
    const got = yield* find(v, { requestId, part, qty }, told);
    held.set(lineId, { requestId, part: got.part, until: later(got.at, holdMinutes) });
    ready = latest(ready, got.at);
  }
  return { at: ready, held };
}

type Wanted = { readonly requestId: string; readonly part: Part; readonly qty: number };

type Found = { readonly part: Part; readonly at: string };
function* find(v: Visit, { requestId, part, qty }: Wanted, at: string): Act<Found> {
  const { w, shop, draws, repairOrderId } = v;
  const order = (moment: string, type: string, input: object = {}) =>
    tell(moment, process, type, { repairOrderId, requestId, ...input });
  const isKept = (other: Part) => shop.stocked.includes(other) || shop.strange.has(other);
  const kept = isKept(part) && (yield* reserve(v, { requestId, part, qty }, later(at, 1)));
  const stockId = `${shop.workshopId}.${part.partId}`;
  if (kept) {
    yield order(kept, 'NotePartReserved', { stockId, qty });
    return { part, at: kept };
  }
  const expectedOn = w.seasons.workdayAfter(seoulDay(at), part.supplier.leadDays[1] || 1);
  yield order(later(at, 2), 'NotePartShortage', { missingQty: qty, expectedOn });
  const other = draws.chance(0.34)
    ? yield* substituteFor(v, { requestId, part, qty }, w.seasons.work(at, 15))
    : undefined;
  if (other) return other;
  const arrived = yield* orderFor(v, { requestId, part, qty }, later(at, 3));
  yield order(arrived, 'NotePartArrived');
  return { part, at: arrived };
}

/** Another make that lies in store, if there is one; the client is called, for it may be of a lower grade. */
function* substituteFor(v: Visit, { requestId, part, qty }: Wanted, at: string): Act<Found | undefined> {
  const { w, shop, repairOrderId } = v;
  for (const other of shop.stocked.filter(({ prefix, partId }) => prefix === part.prefix && partId !== part.partId)) {
    const stockId = `${shop.workshopId}.${other.partId}`;
    const looked = yield { at, look: { aggregate: StockItem, id: stockId } };
    const { onHand, reserved } = looked.state as { onHand: number; reserved: number };
    if (onHand - reserved < qty) continue;
    yield tell(looked.at, shop.advisor.actor, 'SubstitutePart', {
      ...{ repairOrderId, requestId, newPartId: other.partId, newGrade: other.grade, reason: '재고 부족' },
      approvalRef: `call-${requestId}`,
    });
    const found = yield* reserve(v, { requestId: w.id(`${requestId}/other`), part: other, qty }, looked.at);
    if (!found) return undefined;
    yield tell(found, process, 'NotePartReserved', { repairOrderId, requestId, stockId, qty });
    return { part: other, at: found };
  }
  return undefined;
}

/** Puts stock aside for the request; undefined when there is too little of it. */
function* reserve(v: Visit, { requestId, part, qty }: Wanted, at: string): Act<string | undefined> {
  const { shop } = v;
  const ref = { warehouseId: shop.workshopId, partId: part.partId };
  const hold = { reservationId: requestId, qty, forKind: 'partRequest', forId: requestId };
  const told = yield tell(
    at,
    process,
    'ReserveStock',
    { ...ref, ...hold, expiresAt: later(at, holdMinutes) },
    { may: ['INSUFFICIENT_AVAILABLE'] },
  );
  watchStock(shop, part, told);
  return told.code ? undefined : told.at;
}

/** Takes the part out of the store and uses it; a hold that would lapse is extended first. */
export function* usePart(v: Visit, line: Line, held: Held, by: Visit['client'], at: string): Act<void> {
  const { w, shop, repairOrderId, path } = v;
  const { requestId, part } = held;
  const ref = { warehouseId: shop.workshopId, partId: part.partId };
  const reservationId = held.part === line.part ? requestId : w.id(`${requestId}/other`);
  // Goods for a waiting job are put aside when they come in, somewhat before the job is told.
  if (later(held.until, -120) < at)
    yield tell(held.until > at ? at : later(held.until, -1), process, 'ExtendStockReservation', {
      ...{ ...ref, reservationId, expiresAt: later(at, holdMinutes) },
    });
  const movementId = w.id(`${path}/movement/${line.lineId}`);
  const issue = { ...ref, movementId, reservationId, qty: line.qty, forKind: 'partRequest', forId: requestId };
  const told = yield tell(at, shop.clerk.actor, 'IssueStock', issue, { may: ['FROZEN_FOR_COUNT'] });
  if (told.code) yield tell(later(at, 40), shop.clerk.actor, 'IssueStock', issue);
  else watchStock(shop, part, told);
  const used = { repairOrderId, lineId: line.lineId, requestId, qty: line.qty, movementId };
  yield tell(at, by, 'UsePart', used);
}
