import { Setting } from '../admin/setting/setting.ts';
import { Organization } from '../core/organization/organization.ts';
import type { AnyAggregate, AnyEvent } from '../kit/index.ts';
import { given, type World } from '../kit/testing.ts';
import { CatalogPart } from '../parts/catalog-part/catalog-part.ts';
import { PurchaseOrder } from '../parts/purchase-order/purchase-order.ts';
import { StockItem } from '../parts/stock-item/stock-item.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, ids, organization } from '../repair/sample-world.ts';

/** A job that needs two pads, a workshop with a store and a sister store, and two connected suppliers. */
export const partId = id(50);
export const [own, sister] = [ids.workshop, id(52)] as const;
export const [supplier, second] = [id(53), id(54)] as const;
export const requestId = id(55);
export const { repairOrderId } = sample;
export const now = '2025-06-30T01:00:00.000Z';

export const request = { ...sample.request, requestId, partId, neededBy: '2025-07-01T01:00:00.000Z' };
export const jobEvents = sample.order(sample.inProgress, ['RequestPart', request]);
export const shortJob = sample.order(jobEvents, ['NotePartShortage', { repairOrderId, requestId, missingQty: 2 }]);

const connect = (partnerOrgId: string): AnyEvent => ({
  type: 'PartnerConnected',
  data: { orgId: ids.workshopOrg, partnerOrgId, kind: 'supplier', termsRef: 'terms' },
});
export const buyer = {
  aggregate: Organization,
  id: ids.workshopOrg,
  events: [...organization(ids.workshopOrg, 'workshop'), connect(second), connect(supplier)],
};
const listing = {
  ...{
    partId,
    supplierOrgId: supplier,
    partNo: '58101-2BA10',
    brand: '한빛',
    grade: 'oem',
    nameKo: '패드',
    nameEn: 'Pads',
  },
  ...{ category: 'brake', unit: 'EA', listPriceKrw: 42_000, warrantyMonths: 12, warrantyKm: 20_000 },
};
export const part = {
  aggregate: CatalogPart,
  id: partId,
  events: given(CatalogPart).when('ListPart', listing).emits('PartListed'),
};
export const sisters = {
  aggregate: Setting,
  id: `org:${ids.workshopOrg}.parts.warehouses`,
  events: [
    {
      type: 'SettingDefined',
      data: {
        scope: `org:${ids.workshopOrg}`,
        key: 'parts.warehouses',
        type: 'text',
        value: sister,
        secret: false,
        parties: [],
      },
    },
  ],
};

/** Continues a history by commands, each accepted. */
export const grown = (
  aggregate: AnyAggregate,
  events: readonly AnyEvent[],
  ...commands: readonly (readonly [string, Record<string, unknown>])[]
): readonly AnyEvent[] => {
  let log = events;
  for (const [type, data] of commands) {
    const { decision } = given(aggregate, ...log).when(type, data, { facts: [buyer, part] });
    if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
    log = log.concat(decision.events);
  }
  return log;
};

/** A store with so many pads; more commands may follow. */
export const stock = (
  warehouseId: string,
  qty: number,
  ...more: readonly (readonly [string, Record<string, unknown>])[]
) => {
  const at = { warehouseId, partId };
  const opened = ['OpenStock', { ...at, orgId: ids.workshopOrg, bin: 'A', minQty: 2, reorderQty: 6 }] as const;
  const receipt = { ...at, movementId: id(900), qty, unitCostKrw: 40_000, purchaseOrderId: id(901), poLineId: id(902) };
  const received = qty > 0 ? [['ReceiveStock', receipt] as const] : [];
  const tail = more.map(([type, data]) => [type, { ...at, ...data }] as const);
  return {
    aggregate: StockItem,
    id: `${warehouseId}.${partId}`,
    events: grown(StockItem, [], opened, ...received, ...tail),
  };
};
export const job = (events: readonly AnyEvent[] = jobEvents) => ({
  aggregate: RepairOrder,
  id: repairOrderId,
  events,
});
export const purchase = (
  draft: Record<string, unknown>,
  ...more: readonly (readonly [string, Record<string, unknown>])[]
) => {
  const { purchaseOrderId } = draft;
  const tail = more.map(([type, data]) => [type, { purchaseOrderId, ...data }] as const);
  return {
    aggregate: PurchaseOrder,
    id: String(purchaseOrderId),
    events: grown(PurchaseOrder, [], ['DraftPurchaseOrder', draft], ...tail),
  };
};
export const worldOf = (...facts: NonNullable<World['facts']>): World => ({
  now,
  facts: [buyer, part, sisters, ...facts],
});
