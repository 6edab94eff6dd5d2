import type { Act } from './act.ts';
import type { Part, Supplier } from './cast.ts';
import { tell, type World } from './world.ts';

type Sold = { readonly poLineId: string; readonly part: Part; readonly qty: number };

/** What is shipped leaves the supplier's warehouse; when there is too little of it, the factory's lorry came first. */
export function* supplierIssue(
  w: World,
  supplier: Supplier,
  { part, qty, poLineId }: Sold,
  purchaseOrderId: string,
  at: string,
): Act<void> {
  const { warehouseId, org } = supplier;
  const by = org.founder.actor;
  const ref = { warehouseId, partId: part.partId };
  const issue = { ...ref, movementId: w.id(`sale/${poLineId}`), qty, forKind: 'sale', forId: purchaseOrderId };
  const told = yield tell(at, by, 'IssueStock', issue, { may: ['NEGATIVE_STOCK', 'INSUFFICIENT_AVAILABLE'] });
  if (!told.code) return;
  yield tell(at, by, 'ReceiveStock', {
    ...{
      ...ref,
      movementId: w.id(`factory/${poLineId}`),
      qty: qty + part.demand * 40,
      poLineId: w.id(`factory/line/${poLineId}`),
    },
    ...{ unitCostKrw: Math.round((part.priceKrw * 60) / 100), purchaseOrderId: w.id(`factory/order/${poLineId}`) },
  });
  yield tell(at, by, 'IssueStock', issue);
}
