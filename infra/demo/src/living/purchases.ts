import { processActor, seoulDay, seoulMinuteOfDay } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Part, Supplier, Workshop } from './cast.ts';
import { costOf } from './goods.ts';
import { watchStock } from './low-stock.ts';
import { supplierIssue } from './supplier-store.ts';
import type { Visit } from './visit-of.ts';
import { later, latest, tell, type World } from './world.ts';

export type PurchaseLine = {
  readonly poLineId: string;
  readonly part: Part;
  readonly qty: number;
  readonly originId: string;
  readonly job?: { readonly repairOrderId: string; readonly requestId: string };
};
type Purchase = {
  readonly path: string;
  readonly shop: Workshop;
  readonly supplier: Supplier;
  readonly origin: 'repairShortage' | 'lowStock';
  readonly lines: readonly PurchaseLine[];
};

/** Orders a part for a waiting job and tells when it lies there for it. */
export function* orderFor(
  v: Visit,
  { requestId, part, qty }: { readonly requestId: string; readonly part: Part; readonly qty: number },
  at: string,
): Act<string> {
  const { w, shop, repairOrderId, path } = v;
  const job = { repairOrderId, requestId };
  const line = { poLineId: w.id(`line/${requestId}`), part, qty, originId: requestId, job };
  const { supplier } = part;
  return yield* purchase(
    w,
    { path: `${path}/po/${requestId}`, shop, supplier, origin: 'repairShortage', lines: [line] },
    at,
  );
}

/** Goods are on their way for so long at most. */
const tripMinutes = 130;
/** What would not come before the store closes is promised for the next day. */
const promise = (w: World, at: string, days: number): string => {
  const day = seoulDay(at);
  const isTooLate = seoulMinuteOfDay(at) + 30 + tripMinutes >= w.seasons.closes(day);
  return w.seasons.workdayAfter(day, Math.max(days, isTooLate ? 1 : 0));
};

/** One order from the draft to the goods in the store; comes to the moment they are there. */
export function* purchase(w: World, of: Purchase, at: string): Act<string> {
  const { path, shop, supplier, origin, lines } = of;
  const draws = w.draws(path);
  const purchaseOrderId = w.id(path);
  const process = processActor(origin === 'lowStock' ? 'lowStock' : 'partForJob');
  const say = (
    moment: string,
    by: Parameters<typeof tell>[1],
    type: string,
    input: object = {},
    may?: readonly string[],
  ) => tell(moment, by, type, { purchaseOrderId, ...input }, { may });
  const sales = supplier.sales.actor;
  const drafted = yield say(at, process, 'DraftPurchaseOrder', {
    ...{ number: w.number('PO', shop.key), buyerOrgId: shop.org.orgId, supplierOrgId: supplier.org.orgId },
    ...{ warehouseId: shop.workshopId, origin, originIds: lines.map(({ originId }) => originId) },
    lines: lines.map(({ poLineId, part, qty, job }) => ({
      ...{
        poLineId,
        partId: part.partId,
        qty,
        unitPriceKrw: costOf(part.priceKrw),
        neededBy: seoulDay(later(at, 1_440)),
      },
      ...(job && { repairOrderId: job.repairOrderId }),
    })),
  });
  const tried = yield say(drafted.at, process, 'SubmitPurchaseOrder', {}, ['OVER_LIMIT']);
  if (tried.code) {
    const approved = w.seasons.work(tried.at, draws.int(10, 120));
    yield say(approved, shop.buyer.actor, 'ApprovePurchaseOrder', { approverId: shop.buyer.userId });
    yield say(later(approved, 1), shop.buyer.actor, 'SubmitPurchaseOrder');
  }
  const answered = w.seasons.work(latest(tried.at, at), draws.int(15, 180));
  const promisedOn = promise(w, answered, draws.int(...supplier.leadDays));
  const accepted = yield say(answered, sales, 'AcceptBySupplier', {
    lines: lines.map(({ poLineId, qty }) => ({ poLineId, acceptedQty: qty, promisedOn })),
  });
  for (const { part, poLineId, qty } of lines) {
    const ref = { warehouseId: shop.workshopId, partId: part.partId };
    if (!shop.stocked.includes(part) && !shop.strange.has(part)) {
      shop.strange.add(part);
      yield tell(accepted.at, process, 'OpenStock', {
        ...ref,
        orgId: shop.org.orgId,
        bin: 'Z-1',
        minQty: 0,
        reorderQty: 0,
      });
    }
    yield tell(accepted.at, process, 'ExpectInbound', { ...ref, purchaseOrderId, poLineId, qty, promisedOn });
  }
  const isLate = draws.chance(0.12);
  const shippedOn = isLate ? w.seasons.workdayAfter(promisedOn, 1) : promisedOn;
  if (isLate)
    for (const { poLineId } of lines)
      yield say(w.seasons.at(promisedOn, 1_000), sales, 'ChangePromise', {
        poLineId,
        promisedOn: shippedOn,
        reason: '입고 지연',
      });
  const shipped = latest(w.seasons.at(shippedOn, draws.int(555, 640)), later(accepted.at, 30));
  for (const line of lines) yield* supplierIssue(w, supplier, line, purchaseOrderId, shipped);
  const pieces = lines.map(({ poLineId, qty }) => ({ poLineId, qty }));
  const sent = yield say(shipped, sales, 'ShipGoods', {
    shipmentId: w.id(`${path}/shipment`),
    lines: pieces,
    carrier: '한달음',
  });
  const came = w.seasons.work(sent.at, draws.int(50, tripMinutes));
  const clerk = shop.clerk.actor;
  if (draws.chance(0.02)) {
    const more = pieces.map((piece) => ({ ...piece, qty: piece.qty * 2, acceptedQty: piece.qty * 2, rejectedQty: 0 }));
    yield say(came, clerk, 'ReceiveGoods', { receiptId: w.id(`${path}/slip`), lines: more }, ['OVER_RECEIPT']);
  }
  const received = yield say(came, clerk, 'ReceiveGoods', {
    ...{
      receiptId: w.id(`${path}/receipt`),
      lines: pieces.map((piece) => ({ ...piece, acceptedQty: piece.qty, rejectedQty: 0 })),
    },
  });
  for (const { part, poLineId, qty, job } of lines) {
    const ref = { warehouseId: shop.workshopId, partId: part.partId, unitCostKrw: costOf(part.priceKrw) };
    const goods = { ...ref, movementId: w.id(`${path}/${poLineId}`), qty, purchaseOrderId, poLineId };
    const hold = job && {
      reservationId: job.requestId,
      qty,
      forId: job.requestId,
      expiresAt: later(received.at, 4_320),
    };
    const receive = { ...goods, ...(hold && { crossDock: hold }) };
    const told = yield tell(later(received.at, 3), process, 'ReceiveStock', receive, { may: ['FROZEN_FOR_COUNT'] });
    if (told.code) yield tell(later(received.at, 45), process, 'ReceiveStock', receive);
    else watchStock(shop, part, told);
  }
  const closed = yield say(later(received.at, 46), shop.buyer.actor, 'ClosePurchaseOrder');
  return closed.at;
}
