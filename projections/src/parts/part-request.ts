import { DateTime, Day, PurchaseOrder, RepairOrder, StockItem } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel } from '../kit/read-model.ts';
import { partNameRow, partNames, unnamed } from './catalogue.ts';

/** Which workshop an order is of, for the rows of its parts. */
export const PartOrder = readModel({
  name: 'rm_part_order',
  type: 'PartOrder',
  version: 1,
  group: 'parts',
  row: z.object({ workshopId: z.string(), number: z.string(), plate: z.string(), open: z.boolean() }),
  scope: [],
  indexes: [],
  from: [RepairOrder],
  seenBy: () => [],
}).folds({
  start: {
    RepairOrderOpened: ({ data: { workshopId, number, vehicle } }) => ({
      ...{ workshopId, number, plate: vehicle.plate, open: true },
    }),
  },
  on: {
    RepairOrderCompleted: (row) => ({ ...row, open: false }),
    RepairOrderCancelled: (row) => ({ ...row, open: false }),
  },
});

const row = z.object({
  status: z
    .enum(['requested', 'available', 'short', 'expected', 'late', 'arrived', 'used'])
    .meta({ id: 'PartRequestStatus' }),
  repairOrderId: z.string(),
  orderNumber: z.string().nullable(),
  orderOpen: z.boolean(),
  plate: z.string().nullable(),
  workshopId: z.string().nullable(),
  lineId: z.string(),
  partId: z.string(),
  ...partNameRow,
  qty: z.number(),
  missingQty: z.number().nullable(),
  usedQty: z.number(),
  stockId: z.string().nullable(),
  neededBy: DateTime,
  /** When the missing ones are to arrive; `late` when that is after they are needed. */
  expectedOn: Day.nullable(),
  substituteFor: z.string().nullable(),
  requestedAt: DateTime,
  arrivedAt: DateTime.nullable(),
});
type RequestRow = z.infer<typeof row>;

const expected = <R extends RequestRow>(row: R, expectedOn: string): R => ({
  ...row,
  expectedOn,
  status: expectedOn > row.neededBy.slice(0, 10) ? 'late' : 'expected',
});

/** A part a job asked for and where it is: on the shelf, on its way, late. For the workshop. */
export const PartRequest = readModel({
  name: 'rm_part_request',
  type: 'PartRequest',
  version: 2,
  group: 'parts',
  row,
  scope: ['workshopId', 'repairOrderId'],
  indexes: [['workshopId', 'requestedAt', 'id'], ['repairOrderId'], ['partId']],
  from: [RepairOrder, StockItem, PurchaseOrder],
  // A line that covers a shortage is named as the request it covers.
  key: ({ data }) => {
    const { requestId, forKind, forId, lines, poLineId } = data as {
      requestId?: string;
      forKind?: string;
      forId?: string;
      lines?: readonly { poLineId?: string }[];
      poLineId?: string;
    };
    return (
      requestId ?? (forKind === 'partRequest' ? forId : (poLineId ?? lines?.flatMap((line) => line.poLineId ?? [])))
    );
  },
  seenBy: ({ parties }) => parties.filter(({ as }) => as === 'workshop'),
  joins: [
    partiesFrom(PartOrder, 'repairOrderId'),
    {
      from: PartOrder,
      by: 'repairOrderId',
      take: (order) => ({
        workshopId: order?.workshopId ?? null,
        orderNumber: order?.number ?? null,
        orderOpen: order?.open ?? true,
        plate: order?.plate ?? null,
      }),
    },
    partNames,
  ],
}).folds({
  start: {
    PartRequested: ({ data: { repairOrderId, lineId, partId, qty, neededBy }, meta }) => ({
      ...{ status: 'requested', repairOrderId, orderNumber: null, orderOpen: true, plate: null, workshopId: null },
      ...{ lineId, partId, ...unnamed, qty, missingQty: null, usedQty: 0, stockId: null, neededBy, expectedOn: null },
      ...{ substituteFor: null, requestedAt: meta.occurredAt, arrivedAt: null },
    }),
  },
  on: {
    PartReserved: (row, { data: { stockId } }) => ({ ...row, status: 'available', stockId, missingQty: null }),
    StockReserved: (row, { data: { warehouseId, partId, qty } }) =>
      qty >= row.qty ? { ...row, status: 'available', stockId: `${warehouseId}.${partId}`, missingQty: null } : row,
    PartShortageNoted: (row, { data: { missingQty, expectedOn } }) =>
      expectedOn ? expected({ ...row, missingQty }, expectedOn) : { ...row, status: 'short', missingQty },
    SupplierAccepted: (row, { data: { lines } }, id) => {
      const line = lines.find(({ poLineId }) => poLineId === id);
      return line && row.missingQty !== null ? expected(row, line.promisedOn) : row;
    },
    PromiseChanged: (row, { data: { promisedOn } }) => (row.missingQty === null ? row : expected(row, promisedOn)),
    PartArrived: (row, { meta }) => ({ ...row, status: 'arrived', missingQty: null, arrivedAt: meta.occurredAt }),
    PartSubstituted: (row, { data: { newPartId } }) => ({
      ...{
        ...row,
        status: 'requested',
        partId: newPartId,
        substituteFor: row.partId,
        missingQty: null,
        expectedOn: null,
      },
    }),
    PartUsed: (row, { data: { qty } }) => {
      const usedQty = row.usedQty + qty;
      return { ...row, usedQty, status: usedQty >= row.qty ? 'used' : row.status };
    },
    PartReturned: (row, { data: { qty } }) => ({
      ...{ ...row, usedQty: Math.max(0, row.usedQty - qty), status: row.status === 'used' ? 'available' : row.status },
    }),
  },
});
