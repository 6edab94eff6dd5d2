import { StockItem } from '@cargoro/domain';
import type { Story } from '../sim/play.ts';
import type { Part, Supplier, Workshop } from './cast.ts';
import { watchStock } from './low-stock.ts';
import { type PurchaseLine, purchase } from './purchases.ts';
import { later, tell, type World } from './world.ts';

/** What ran low since yesterday is ordered, one order to each supplier. */
export function* eveningOrders(w: World, shop: Workshop, day: string): Story {
  const low = shop.low;
  shop.low = [];
  const bySupplier = new Map<Supplier, PurchaseLine[]>();
  for (const { part, episodeId } of low) {
    const line = { poLineId: w.id(`low/${episodeId}`), part, qty: part.demand * 6, originId: episodeId };
    bySupplier.set(part.supplier, [...(bySupplier.get(part.supplier) ?? []), line]);
  }
  const at = w.seasons.at(day, w.seasons.closes(day) - 40);
  for (const [supplier, lines] of bySupplier) {
    const path = `po/${shop.key}/${day}/${supplier.org.key}`;
    w.begin(at, path, function* () {
      yield* purchase(w, { path, shop, supplier, origin: 'lowStock', lines }, at);
    });
  }
  yield { at };
}

/** A few shelves are counted before the rush; one item in seventeen is not what the books say. */
export function* countStock(w: World, shop: Workshop, day: string): Story {
  const path = `count/${shop.key}/${day}`;
  const draws = w.draws(path);
  const first = draws.int(0, Math.max(0, shop.stocked.length - 10));
  for (const part of shop.stocked.slice(first, first + 8)) yield* count(w, shop, part, `${path}/${part.partId}`);
}

function* count(w: World, shop: Workshop, part: Part, path: string): Story {
  const draws = w.draws(path);
  const ref = { warehouseId: shop.workshopId, partId: part.partId };
  const { actor } = shop.clerk;
  const countId = w.id(path);
  const started = yield tell('', actor, 'StartCount', { ...ref, countId });
  if (draws.chance(0.06)) {
    const look = { aggregate: StockItem, id: `${shop.workshopId}.${part.partId}` };
    const { onHand } = (yield { at: started.at, look }).state as { onHand: number };
    const drawn = draws.weighted([
      [-1, 50],
      [-2, 20],
      [1, 20],
      [-5, 10],
    ] as const);
    const difference = onHand === 0 ? 1 : Math.max(drawn, -onHand);
    const countedQty = onHand + difference;
    const adjust = {
      ...ref,
      movementId: w.id(`${path}/movement`),
      countedQty,
      reasonCode: difference > 0 ? 'found' : 'loss',
    };
    const may = ['ADJUST_NEEDS_APPROVAL', 'BELOW_RESERVED'];
    const told = yield tell(later(started.at, 4), actor, 'AdjustStock', adjust, { may });
    if (told.code === 'ADJUST_NEEDS_APPROVAL')
      yield tell(later(told.at, 3), actor, 'AdjustStock', { ...adjust, approverId: shop.buyer.userId });
    else watchStock(shop, part, told);
  }
  yield tell(later(started.at, 8), actor, 'FinishCount', { ...ref, countId });
}

/** A supplier changes prices; a jump beyond the limit needs somebody's consent, which is refused at first. */
export function* newPrices(w: World, day: string): Story {
  const draws = w.draws(`prices/${day}`);
  const supplier = draws.pick(w.cast.suppliers);
  const own = w.cast.parts.filter((part) => part.supplier === supplier);
  const at = w.seasons.at(day, 545);
  for (const part of own.slice(0, draws.int(3, 10))) {
    const percent = draws.weighted([
      [103, 6],
      [105, 3],
      [98, 2],
      [140, 0.3],
    ] as const);
    const listPriceKrw = Math.round((part.priceKrw * percent) / 10_000) * 100 + 100;
    const change = { partId: part.partId, listPriceKrw, effectiveFrom: day, reason: '원가 변동' };
    yield tell(at, supplier.sales.actor, 'ChangePrice', change, { may: ['JUMP_NEEDS_APPROVAL', 'PRICE_UNCHANGED'] });
  }
}
