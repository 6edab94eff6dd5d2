import type { OrderFolds } from './order-fold.ts';
import type { OrderRow } from './order-row.ts';

type Part = OrderRow['parts'][number];

const withPart = (row: OrderRow, requestId: string, change: (part: Part) => Partial<Part>): OrderRow => ({
  ...row,
  parts: row.parts.map((part) => (part.requestId === requestId ? { ...part, ...change(part) } : part)),
});

/** The parts an order asked for and how far they are. */
export const orderParts: OrderFolds<
  | 'PartRequested'
  | 'PartReserved'
  | 'PartShortageNoted'
  | 'PartArrived'
  | 'PartSubstituted'
  | 'PartUsed'
  | 'PartReturned'
> = {
  PartRequested: (row, { data: { repairOrderId: _, ...request } }) => ({
    ...row,
    parts: [
      ...row.parts,
      {
        ...request,
        usedQty: 0,
        missingQty: null,
        state: 'requested',
        expectedOn: null,
        stockId: null,
        substituteFor: null,
      },
    ],
  }),
  PartReserved: (row, { data: { requestId, stockId } }) =>
    withPart(row, requestId, () => ({ state: 'reserved', stockId, missingQty: null })),
  PartShortageNoted: (row, { data: { requestId, missingQty, expectedOn = null }, meta }) => ({
    ...withPart(row, requestId, () => ({ state: 'short', missingQty, expectedOn })),
    waitingSince: row.waitingSince ?? meta.occurredAt,
  }),
  PartArrived: (row, { data }) => withPart(row, data.requestId, () => ({ state: 'arrived', missingQty: null })),
  PartSubstituted: (row, { data: { requestId, newPartId } }) =>
    withPart(row, requestId, ({ partId }) => ({ state: 'requested', partId: newPartId, substituteFor: partId })),
  PartUsed: (row, { data: { requestId, qty } }) =>
    withPart(row, requestId, ({ usedQty }) => ({ usedQty: usedQty + qty })),
  PartReturned: (row, { data: { requestId, qty } }) =>
    withPart(row, requestId, ({ usedQty }) => ({ usedQty: usedQty - qty })),
};
