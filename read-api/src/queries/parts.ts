import { type Role, text } from '@cargoro/domain';
import { Catalogue, PartRequest, PurchaseOrderView, StockMove, StockView } from '@cargoro/projections';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, type Meaning, matches, query, whereId } from '../define.ts';

const Ref = z.string().min(1).max(64);
/** Who deals with stock and orders; a workshop's owner and advisors order parts as well. */
export const partsRoles: readonly Role[] = [
  'PARTS_MANAGER',
  'WAREHOUSE_CLERK',
  'SUPPLIER_SALES',
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'WORKSHOP_ACCOUNTANT',
  'AUDITOR',
  'ANALYST',
];
export const requestRoles: readonly Role[] = [...partsRoles, 'TECHNICIAN', 'LEAD_TECHNICIAN'];

/** Parts that fit a vehicle the viewer sees: itself, or through an order of one's own workshop. */
const fits = (vehicleId: string) => sql`exists (
  select from jsonb_array_elements(${Catalogue.table.fitments}) f, (
    select make, model, model_year from rm_owner_vehicle where id = ${vehicleId}
    union select make, model, model_year from rm_ws_order where vehicle_id = ${vehicleId}
  ) v
  where f->>'make' = v.make and f->>'model' = v.model
    and v.model_year between (f->>'yearFrom')::int and (f->>'yearTo')::int)`;

const ofParts: Meaning = { time: 'listedAt', text: ['nameKo', 'nameEn', 'partNo', 'brand', 'category'] };

export const partsQueries = [
  query({
    name: 'stock',
    doc: text('창고의 재고', 'The stock of one’s warehouses'),
    readModel: StockView,
    shape: 'connection',
    args: filtered.extend({ warehouseId: Ref.optional(), partId: Ref.optional(), low: z.boolean().optional() }),
    roles: partsRoles,
    where: ({ filter, warehouseId, partId, low }) =>
      and(
        warehouseId ? eq(StockView.table.warehouseId!, warehouseId) : undefined,
        partId ? eq(StockView.table.partId!, partId) : undefined,
        low === undefined ? undefined : eq(StockView.table.low!, low),
        matches(StockView, filter, { time: 'openedAt', text: ['partNo', 'partName', 'partNameEn', 'bin'] }),
      ),
    orderBy: [{ column: 'openedAt' }],
  }),
  query({
    name: 'stockItem',
    doc: text('재고 품목 하나', 'One stock item'),
    readModel: StockView,
    shape: 'one',
    args: byId,
    roles: partsRoles,
    where: whereId(StockView),
    orderBy: [],
  }),
  query({
    name: 'stockMoves',
    doc: text(
      '재고 이동, 최근 것부터. 상태는 이동 종류',
      'Movements of stock, newest first; the status of a movement is its kind',
    ),
    readModel: StockMove,
    shape: 'connection',
    args: filtered.extend({
      stockId: z.string().max(130).optional(),
      warehouseId: Ref.optional(),
    }),
    roles: partsRoles,
    where: ({ filter, stockId, warehouseId }) =>
      and(
        stockId ? eq(StockMove.table.stockId!, stockId) : undefined,
        warehouseId ? eq(StockMove.table.warehouseId!, warehouseId) : undefined,
        matches(StockMove, filter, { time: 'at', text: ['reason', 'causeId', 'lotNo'], status: 'kind' }),
      ),
    orderBy: [{ column: 'at', desc: true }],
  }),
  query({
    name: 'partRequests',
    doc: text('작업이 기다리는 부품', 'Parts that jobs asked for'),
    readModel: PartRequest,
    shape: 'connection',
    args: filtered.extend({
      workshopId: Ref.optional(),
      repairOrderId: Ref.optional(),
      open: z.boolean().optional(),
    }),
    roles: requestRoles,
    where: ({ filter, workshopId, repairOrderId, open }) =>
      and(
        workshopId ? eq(PartRequest.table.workshopId!, workshopId) : undefined,
        repairOrderId ? eq(PartRequest.table.repairOrderId!, repairOrderId) : undefined,
        open === undefined ? undefined : eq(PartRequest.table.orderOpen!, open),
        matches(PartRequest, filter, { time: 'requestedAt', text: ['partNo', 'partName', 'orderNumber', 'plate'] }),
      ),
    orderBy: [{ column: 'requestedAt' }],
  }),
  query({
    name: 'purchaseOrders',
    doc: text('발주와 수주, 최근 것부터', 'Purchase orders one buys or sells by, newest first'),
    readModel: PurchaseOrderView,
    shape: 'connection',
    args: filtered.extend({ buyerOrgId: Ref.optional(), supplierOrgId: Ref.optional() }),
    roles: partsRoles,
    where: ({ filter, buyerOrgId, supplierOrgId }) =>
      and(
        buyerOrgId ? eq(PurchaseOrderView.table.buyerOrgId!, buyerOrgId) : undefined,
        supplierOrgId ? eq(PurchaseOrderView.table.supplierOrgId!, supplierOrgId) : undefined,
        matches(PurchaseOrderView, filter, { time: 'draftedAt', text: ['number'] }),
      ),
    orderBy: [{ column: 'draftedAt', desc: true }],
  }),
  query({
    name: 'purchaseOrder',
    doc: text('발주 한 건', 'One purchase order'),
    readModel: PurchaseOrderView,
    shape: 'one',
    args: byId,
    roles: partsRoles,
    where: whereId(PurchaseOrderView),
    orderBy: [],
  }),
  query({
    name: 'searchParts',
    doc: text(
      '부품 찾기: 이름, 번호, 브랜드, 차량, 부품 ID나 번호 목록',
      'Finds parts by name, number or brand, by what fits a vehicle, and by a list of ids or numbers',
    ),
    readModel: Catalogue,
    shape: 'connection',
    args: filtered.extend({
      text: z.string().trim().max(100).optional(),
      vehicleId: Ref.optional(),
      partIds: z.array(Ref).max(100).optional(),
    }),
    open: true,
    where: ({ text: searched, vehicleId, partIds, filter }) =>
      and(
        matches(Catalogue, searched ? { text: searched } : {}, ofParts),
        matches(Catalogue, filter, ofParts),
        vehicleId ? fits(vehicleId) : undefined,
        // An order may name a part by its number.
        partIds ? or(inArray(Catalogue.table.id!, partIds), inArray(Catalogue.table.partNo!, partIds)) : undefined,
        or(eq(Catalogue.table.status!, 'listed'), eq(Catalogue.table.status!, 'superseded')),
      ),
    orderBy: [{ column: 'nameKo' }],
  }),
];
