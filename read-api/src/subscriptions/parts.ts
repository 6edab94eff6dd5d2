import { text } from '@cargoro/domain';
import { PartRequest, PurchaseOrderView, StockView } from '@cargoro/projections';
import { z } from 'zod';
import { ofParty, subscription } from '../define.ts';
import { partsRoles, requestRoles } from '../queries/parts.ts';

const Ref = z.string().min(1).max(64);

export const partsSubscriptions = [
  subscription({
    name: 'stockChanged',
    doc: text('창고의 재고가 바뀔 때', 'When the stock of a warehouse changes'),
    readModel: StockView,
    args: z.object({ warehouseId: Ref }),
    roles: partsRoles,
    match: ({ warehouseId }) => ({ warehouseId }),
  }),
  subscription({
    name: 'partRequestChanged',
    doc: text('작업이 기다리는 부품이 바뀔 때', 'When a part that a workshop’s job asked for changes'),
    readModel: PartRequest,
    args: z.object({ workshopId: Ref }),
    roles: requestRoles,
    match: ({ workshopId }) => ({ workshopId }),
  }),
  subscription({
    name: 'purchaseOrderChanged',
    doc: text('조직의 발주나 수주가 바뀔 때', 'When an order changes that an organisation buys or sells by'),
    readModel: PurchaseOrderView,
    args: z.object({ orgId: Ref }),
    roles: partsRoles,
    match: ofParty,
  }),
];
