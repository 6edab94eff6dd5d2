import { idOf } from '../ids.ts';
import { orgs } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, workshops } from './cast.ts';
import type { Script } from './script.ts';

const parts = [
  {
    key: 'pads',
    partNo: '58101-ZD001',
    nameKo: '앞 패드 세트',
    nameEn: 'Front pads',
    priceKrw: 62_000,
    had: 6,
    min: 4,
  },
  { key: 'filter', partNo: '26300-ZD001', nameKo: '오일필터', nameEn: 'Oil filter', priceKrw: 7_000, had: 24, min: 10 },
  { key: 'battery', partNo: '37110-ZD001', nameKo: '배터리 AGM', nameEn: 'Battery', priceKrw: 165_000, had: 3, min: 2 },
] as const;

/** A supplier's list, the workshop's store, one purchase that came and one that waits for the supplier's answer. */
export const partsRoom = (script: Script, { daysAgo, ago, day }: Calendar): void => {
  const story = script.story('parts');
  const [buyer, clerk, sales] = [as('gaon.parts'), as('gaon.clerk'), as('dongbang.sales')];
  const warehouseId = workshops.gaon.workshopId;
  const orgId = orgs.gaon.id;
  const partId = (key: string) => idOf(`part/${key}`);
  const costOf = (priceKrw: number) => (priceKrw * 3) / 4;

  story.tell(daysAgo(3, 250), as('gaon.owner'), 'ConnectPartner', {
    ...{ orgId, partnerOrgId: orgs.dongbang.id, kind: 'supplier', termsRef: 'terms-gaon-dongbang' },
  });
  for (const { key, partNo, nameKo, nameEn, priceKrw } of parts)
    story.tell(daysAgo(3, 249), sales, 'ListPart', {
      ...{ partId: partId(key), supplierOrgId: orgs.dongbang.id, partNo, brand: '한빛', grade: 'oem', nameKo, nameEn },
      ...{ category: key, unit: 'EA', listPriceKrw: priceKrw, warrantyMonths: 12, warrantyKm: 20_000 },
    });
  for (const { key, min } of parts)
    story.tell(daysAgo(3, 248), clerk, 'OpenStock', {
      ...{ warehouseId, partId: partId(key), orgId, bin: `A-${key}`, minQty: min, reorderQty: min * 2 },
    });

  const order = (key: string, no: number) => {
    const purchaseOrderId = story.id(`order/${key}`);
    const tell = (at: string, by: typeof buyer, type: string, input: object = {}) =>
      story.tell(at, by, type, { purchaseOrderId, ...input });
    const lines = parts.map((part) => ({ ...part, poLineId: story.id(`line/${key}/${part.key}`) }));
    return {
      lines,
      tell,
      draft: (at: string, chosen: typeof lines, neededBy: string) =>
        tell(at, buyer, 'DraftPurchaseOrder', {
          ...{ number: `PO-${day(0).slice(2, 4)}-${String(no).padStart(6, '0')}`, buyerOrgId: orgId, warehouseId },
          ...{ supplierOrgId: orgs.dongbang.id, origin: 'manual', originIds: [] },
          lines: chosen.map(({ poLineId, key: part, had, priceKrw }) => ({
            ...{ poLineId, partId: partId(part), qty: had, unitPriceKrw: costOf(priceKrw), neededBy },
          })),
        }),
    };
  };
  const first = order('first', 1);
  const pieces = first.lines.map(({ poLineId, had }) => ({ poLineId, qty: had }));
  first.draft(daysAgo(3, 240), first.lines, day(-2));
  first.tell(daysAgo(3, 239), buyer, 'SubmitPurchaseOrder');
  first.tell(daysAgo(3, 220), sales, 'AcceptBySupplier', {
    lines: pieces.map(({ poLineId, qty }) => ({ poLineId, acceptedQty: qty, promisedOn: day(-2) })),
  });
  first.tell(daysAgo(3, 180), sales, 'ShipGoods', {
    shipmentId: story.id('shipment'),
    lines: pieces,
    carrier: '한달음',
  });
  first.tell(daysAgo(2, 300), clerk, 'ReceiveGoods', {
    receiptId: story.id('receipt'),
    lines: pieces.map((piece) => ({ ...piece, acceptedQty: piece.qty, rejectedQty: 0 })),
  });
  for (const { key, poLineId, had, priceKrw } of first.lines)
    story.tell(daysAgo(2, 295), clerk, 'ReceiveStock', {
      ...{ warehouseId, partId: partId(key), movementId: story.id(`movement/${key}`), qty: had },
      ...{ unitCostKrw: costOf(priceKrw), purchaseOrderId: story.id('order/first'), poLineId },
    });
  first.tell(daysAgo(2, 290), buyer, 'ClosePurchaseOrder');

  const battery = { warehouseId, partId: partId('battery') };
  story.tell(ago(200), clerk, 'AdjustStock', {
    ...{ ...battery, movementId: story.id('movement/damaged'), countedQty: 2, reasonCode: 'damage' },
  });
  const second = order('second', 2);
  second.draft(ago(150), second.lines.slice(2), day(2));
  second.tell(ago(148), buyer, 'SubmitPurchaseOrder');
};
