import { DateTime, Day, PurchaseOrder, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';

const { events } = PurchaseOrder;
const drafted = events.PurchaseOrderDrafted.schema.shape;
const Line = z
  .object({
    poLineId: z.string(),
    partId: z.string(),
    qty: z.int(),
    unitPriceKrw: Won,
    neededBy: Day,
    /** The buyer’s own job; suppliers do not see it. */
    repairOrderId: z.string().nullable(),
    acceptedQty: z.int().nullable(),
    firstPromisedOn: Day.nullable(),
    promisedOn: Day.nullable(),
    shippedQty: z.int(),
    receivedQty: z.int(),
    rejectedQty: z.int(),
    returnedQty: z.int(),
  })
  .meta({ id: 'PurchaseOrderRow' });
const Shipment = events.GoodsShipped.schema
  .pick({ shipmentId: true, carrier: true, lines: true })
  .extend({ trackingNo: z.string().nullable(), at: DateTime })
  .meta({ id: 'Shipment' });
const Receipt = events.GoodsReceived.schema
  .pick({ receiptId: true, lines: true })
  .extend({ at: DateTime })
  .meta({ id: 'GoodsReceipt' });

const row = z.object({
  status: z
    .enum([
      'draft',
      'approved',
      'submitted',
      'accepted',
      'declined',
      'shipping',
      'partlyReceived',
      'received',
      'closed',
      'cancelled',
    ])
    .meta({ id: 'PurchaseOrderStatus' }),
  number: z.string(),
  buyerOrgId: z.string(),
  supplierOrgId: z.string(),
  warehouseId: z.string(),
  origin: drafted.origin.nullable(),
  originIds: z.array(z.string()),
  lines: z.array(Line),
  totalKrw: Won,
  shipments: z.array(Shipment),
  receipts: z.array(Receipt),
  /** Something that arrived was rejected, or sent back. */
  disputed: z.boolean(),
  reason: z.string().nullable(),
  draftedAt: DateTime,
  submittedAt: DateTime.nullable(),
});
type PoRow = z.infer<typeof row>;
type PoLine = PoRow['lines'][number];

const totalled = <R extends PoRow>(row: R): R => ({
  ...row,
  totalKrw: row.lines.reduce((sum, { qty, unitPriceKrw }) => sum + qty * unitPriceKrw, 0),
});
const freshLine = ({ repairOrderId, ...line }: z.infer<typeof drafted.lines.element>): PoLine => ({
  ...{ ...line, repairOrderId: repairOrderId ?? null, acceptedQty: null, firstPromisedOn: null, promisedOn: null },
  ...{ shippedQty: 0, receivedQty: 0, rejectedQty: 0, returnedQty: 0 },
});
const changing = <R extends PoRow, P extends { poLineId: string }>(
  row: R,
  pieces: readonly P[],
  change: (line: PoLine, piece: P) => Partial<PoLine>,
): R => ({
  ...row,
  lines: pieces.reduce(
    (lines, piece) =>
      lines.map((line) => (line.poLineId === piece.poLineId ? { ...line, ...change(line, piece) } : line)),
    row.lines as readonly PoLine[],
  ) as PoLine[],
});
const buyers =
  (otherwise: (value: never) => unknown) =>
  (value: unknown, { as }: Onlooker): unknown =>
    as.includes('buyer') ? value : otherwise(value as never);
const internal: ReadonlySet<string> = new Set([
  'PurchaseOrderDrafted',
  'LineChanged',
  'LineAdded',
  'LineRemoved',
  'PurchaseOrderApproved',
]);

/** An order between a buyer and a supplier: what was promised, shipped, received; each side sees its own. */
export const PurchaseOrderView = readModel({
  name: 'rm_po',
  type: 'PurchaseOrder',
  version: 1,
  group: 'parts',
  record: 'PurchaseOrder',
  row,
  scope: ['buyerOrgId', 'supplierOrgId'],
  indexes: [
    ['buyerOrgId', 'draftedAt', 'id'],
    ['supplierOrgId', 'draftedAt', 'id'],
  ],
  from: [PurchaseOrder],
  masks: {
    origin: buyers(() => null),
    originIds: buyers(() => []),
    lines: buyers((lines: readonly PoLine[]) => lines.map((line) => ({ ...line, repairOrderId: null }))),
  },
  hides: ({ type }, { as }) => internal.has(type) && !as.includes('buyer'),
}).folds({
  start: {
    PurchaseOrderDrafted: ({ data: { purchaseOrderId: _, parties: __, lines, ...order }, meta }) =>
      totalled({
        ...{ ...order, status: 'draft', lines: lines.map(freshLine), totalKrw: 0, shipments: [], receipts: [] },
        ...{ disputed: false, reason: null, draftedAt: meta.occurredAt, submittedAt: null },
      }),
  },
  on: {
    LineChanged: (row, { data: { poLineId, qty, unitPriceKrw } }) =>
      totalled(changing(row, [{ poLineId }], () => ({ qty, unitPriceKrw }))),
    LineAdded: (row, { data: { line } }) => totalled({ ...row, lines: [...row.lines, freshLine(line)] }),
    LineRemoved: (row, { data: { poLineId } }) =>
      totalled({ ...row, lines: row.lines.filter((line) => line.poLineId !== poLineId) }),
    PurchaseLineDropped: (row, { data: { poLineId } }) =>
      totalled({ ...row, lines: row.lines.filter((line) => line.poLineId !== poLineId) }),
    PurchaseOrderApproved: (row) => ({ ...row, status: 'approved' }),
    PurchaseOrderSubmitted: (row, { meta }) => ({ ...row, status: 'submitted', submittedAt: meta.occurredAt }),
    SupplierAccepted: (row, { data: { lines } }) => ({
      ...changing(row, lines, (_, { acceptedQty, promisedOn }) => ({
        ...{ acceptedQty, promisedOn, firstPromisedOn: promisedOn },
      })),
      status: 'accepted',
    }),
    SupplierDeclined: (row, { data: { reason } }) => ({ ...row, status: 'declined', reason }),
    PromiseChanged: (row, { data: { poLineId, promisedOn } }) => changing(row, [{ poLineId }], () => ({ promisedOn })),
    GoodsShipped: (row, { data: { shipmentId, carrier, lines, trackingNo = null }, meta }) => ({
      ...changing(row, lines, ({ shippedQty }, { qty }) => ({ shippedQty: shippedQty + qty })),
      status: row.status === 'partlyReceived' ? 'partlyReceived' : 'shipping',
      shipments: [...row.shipments, { shipmentId, carrier, lines, trackingNo, at: meta.occurredAt }],
    }),
    GoodsReceived: (row, { data: { receiptId, lines, isLast }, meta }) => ({
      ...changing(row, lines, ({ receivedQty, rejectedQty }, piece) => ({
        receivedQty: receivedQty + piece.acceptedQty,
        rejectedQty: rejectedQty + piece.rejectedQty,
      })),
      status: isLast ? 'received' : 'partlyReceived',
      receipts: [...row.receipts, { receiptId, lines, at: meta.occurredAt }],
      disputed: row.disputed || lines.some(({ rejectedQty }) => rejectedQty > 0),
    }),
    GoodsReturned: (row, { data: { lines } }) => ({
      ...changing(row, lines, ({ returnedQty }, { qty }) => ({ returnedQty: returnedQty + qty })),
      disputed: true,
    }),
    PurchaseOrderClosed: (row, { data: { reason = null } }) => ({ ...row, status: 'closed', reason }),
    PurchaseOrderCancelled: (row, { data: { reason } }) => ({ ...row, status: 'cancelled', reason }),
  },
});
