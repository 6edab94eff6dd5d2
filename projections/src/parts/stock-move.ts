import { DateTime, type RecordedEvent, SignedWon, StockItem } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel } from '../kit/read-model.ts';
import { StockView } from './stock.ts';

const row = z.object({
  stockId: z.string(),
  warehouseId: z.string(),
  partId: z.string(),
  movementId: z.string(),
  kind: z
    .enum(['received', 'issued', 'returned', 'adjusted', 'transferredOut', 'transferredIn'])
    .meta({ id: 'StockMoveKind' }),
  /** Negative when stock left. */
  qty: z.int(),
  onHandBefore: z.int(),
  onHandAfter: z.int(),
  /** At cost; negative when stock left. */
  valueKrw: SignedWon.nullable(),
  /** What it was for, or came from. */
  causeKind: z.string().nullable(),
  causeId: z.string().nullable(),
  reason: z.string().nullable(),
  lotNo: z.string().nullable(),
  actorId: z.string(),
  at: DateTime,
});
type Move = Partial<z.infer<typeof row>> & Pick<z.infer<typeof row>, 'kind' | 'movementId' | 'qty' | 'onHandAfter'>;
type Moved = RecordedEvent<string, { warehouseId: string; partId: string; lotNo?: string | undefined }>;
const moving = ({ data: { warehouseId, partId, lotNo = undefined }, meta }: Moved, move: Move) => ({
  ...{ valueKrw: null, causeKind: null, causeId: null, reason: null, lotNo: lotNo ?? null },
  ...{ stockId: `${warehouseId}.${partId}`, warehouseId, partId, actorId: meta.actor.id, at: meta.occurredAt },
  onHandBefore: move.onHandAfter - move.qty,
  ...move,
});

/** Every movement of stock with what it left, its cause and who did it. */
export const StockMove = readModel({
  name: 'rm_stock_move',
  type: 'StockMove',
  version: 1,
  group: 'parts',
  row,
  scope: ['warehouseId', 'stockId'],
  indexes: [
    ['stockId', 'at', 'id'],
    ['warehouseId', 'at', 'id'],
  ],
  from: [StockItem],
  key: ({ stream, revision, type }) =>
    type.startsWith('Party') ? undefined : `${stream.slice(stream.indexOf('-') + 1)}.${revision}`,
  joins: [partiesFrom(StockView, 'stockId')],
}).folds({
  start: {
    StockReceived: (event) => {
      const { movementId, qty, unitCostKrw, purchaseOrderId, onHandAfter } = event.data;
      const cause = { causeKind: 'purchaseOrder', causeId: purchaseOrderId };
      return moving(event, { kind: 'received', movementId, qty, onHandAfter, valueKrw: qty * unitCostKrw, ...cause });
    },
    StockIssued: (event) => {
      const { movementId, qty, forKind, forId, onHandAfter, costKrw } = event.data;
      const cause = { causeKind: forKind, causeId: forId };
      return moving(event, { kind: 'issued', movementId, qty: -qty, onHandAfter, valueKrw: -costKrw, ...cause });
    },
    StockReturned: (event) => {
      const { movementId, qty, forId, condition, onHandAfter } = event.data;
      // What comes back as scrap is written off: nothing is put on hand.
      const kept = condition === 'resale' ? qty : 0;
      return moving(event, { kind: 'returned', movementId, qty: kept, onHandAfter, causeId: forId, reason: condition });
    },
    StockAdjusted: (event) => {
      const { movementId, deltaQty, valueKrw, reasonCode, onHandAfter } = event.data;
      return moving(event, { kind: 'adjusted', movementId, qty: deltaQty, onHandAfter, valueKrw, reason: reasonCode });
    },
    StockTransferredOut: (event) => {
      const { transferId, qty, toWarehouseId, unitCostKrw, onHandAfter } = event.data;
      const cause = { causeKind: 'warehouse', causeId: toWarehouseId, valueKrw: -qty * unitCostKrw };
      return moving(event, { kind: 'transferredOut', movementId: transferId, qty: -qty, onHandAfter, ...cause });
    },
    StockTransferredIn: (event) => {
      const { transferId, qty, fromWarehouseId, unitCostKrw, onHandAfter } = event.data;
      const cause = { causeKind: 'warehouse', causeId: fromWarehouseId, valueKrw: qty * unitCostKrw };
      return moving(event, { kind: 'transferredIn', movementId: transferId, qty, onHandAfter, ...cause });
    },
  },
});
