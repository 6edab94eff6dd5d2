import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Day, Id, Line, Won } from '../../shared/values.ts';

const Ref = z.object({ warehouseId: Id, partId: Id });
/** Pieces, sets or litres; refused by name when it is nothing or less. */
const Qty = z.int().min(-1_000_000).max(1_000_000);
const purpose = {
  forKind: z.enum(['repairOrder', 'partRequest', 'sale', 'transfer']).meta({ id: 'StockPurpose' }),
  forId: Id,
};
const Reason = z.enum(['count', 'damage', 'loss', 'found', 'error']).meta({ id: 'StockAdjustReason' });

const Open = Ref.extend({ orgId: Id, bin: Line, minQty: Qty, reorderQty: Qty });
const Receive = Ref.extend({
  movementId: Id,
  qty: Qty,
  unitCostKrw: Won.max(1_000_000_000),
  purchaseOrderId: Id,
  poLineId: Id,
  lotNo: Code.optional(),
});
/** Kept for a waiting request in the same breath, before anybody else can take it. */
const CrossDock = z
  .object({ reservationId: Id, qty: Qty, forId: Id, expiresAt: DateTime })
  .meta({ id: 'StockCrossDock' });
const Reserve = Ref.extend({ reservationId: Id, qty: Qty, ...purpose, expiresAt: DateTime });
const Extend = Ref.extend({ reservationId: Id, expiresAt: DateTime });
const Release = Ref.extend({ reservationId: Id, reason: Line });
const Issue = Ref.extend({
  movementId: Id,
  reservationId: Id.optional(),
  qty: Qty,
  ...purpose,
  lotNo: Code.optional(),
});
const Return = Ref.extend({
  movementId: Id,
  qty: Qty,
  forId: Id,
  condition: z.enum(['resale', 'scrap']).meta({ id: 'ReturnCondition' }),
});
const Adjust = Ref.extend({
  movementId: Id,
  countedQty: z.int().min(0).max(1_000_000),
  reasonCode: Reason.optional(),
  approverId: Id.optional(),
});
const Out = Ref.extend({ transferId: Id, qty: Qty, toWarehouseId: Id });
/** Where it was sent from is known by the transfer; who names it is held to it. */
const In = Ref.extend({ transferId: Id, qty: Qty, fromWarehouseId: Id.optional() });
const Reorder = Ref.extend({ minQty: Qty, reorderQty: Qty, leadDays: Qty });
const Expect = Ref.extend({ purchaseOrderId: Id, poLineId: Id, qty: Qty, promisedOn: Day });
const Drop = Ref.extend({ poLineId: Id, reason: Line });
const Count = Ref.extend({ countId: Id });
const Year = Ref.extend({ year: z.int().min(2000).max(2199) });

const clerk = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER', 'WAREHOUSE_CLERK'], 'warehouse');
const manager = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER'], 'warehouse');
const desk = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER', 'WAREHOUSE_CLERK', 'SERVICE_ADVISOR'], 'warehouse');
const moving = { in: ['open'], otherwise: 'FROZEN_FOR_COUNT' } as const;
const kept = ['open', 'frozen'] as const;

export const commands = {
  OpenStock: command({
    label: text('재고 품목 만들기', 'Open stock'),
    doc: text('창고에 부품 자리를 만듭니다.', 'Opens a part’s place in a warehouse.'),
    by: [clerk],
    in: ['none'],
    otherwise: 'ALREADY_OPEN',
    emits: ['StockOpened'],
    refuses: ['NEGATIVE'],
    input: Open,
  }),
  ReceiveStock: command({
    label: text('입고하기', 'Receive'),
    doc: text('발주한 부품을 입고합니다.', 'Takes ordered parts in.'),
    by: [clerk],
    ...moving,
    emits: ['LowStockReached', 'StockReceived', 'StockReplenished', 'StockReserved'],
    refuses: ['DUPLICATE_MOVEMENT', 'DUPLICATE_RESERVATION', 'INSUFFICIENT_AVAILABLE', 'QTY_NOT_POSITIVE'],
    input: Receive.extend({ crossDock: CrossDock.optional() }),
  }),
  ReserveStock: command({
    label: text('재고 예약하기', 'Reserve'),
    doc: text('작업에 쓸 재고를 예약합니다.', 'Keeps stock for a purpose until a moment.'),
    by: [desk],
    in: kept,
    emits: ['LowStockReached', 'StockReserved'],
    refuses: ['DUPLICATE_RESERVATION', 'INSUFFICIENT_AVAILABLE', 'QTY_NOT_POSITIVE'],
    input: Reserve,
  }),
  ExtendStockReservation: command({
    label: text('재고 예약 연장하기', 'Extend reservation'),
    doc: text('작업이 이어지는 동안 예약을 연장합니다.', 'Keeps stock reserved while its job is under way.'),
    by: [],
    internal: true,
    in: kept,
    emits: ['StockReservationExtended'],
    refuses: ['RESERVATION_UNKNOWN'],
    input: Extend,
  }),
  ReleaseStock: command({
    label: text('재고 예약 풀기', 'Release'),
    doc: text('예약한 재고를 풉니다.', 'Gives reserved stock back.'),
    by: [desk],
    in: kept,
    emits: ['StockReleased', 'StockReplenished'],
    refuses: ['RESERVATION_UNKNOWN'],
    input: Release,
  }),
  IssueStock: command({
    label: text('출고하기', 'Issue'),
    doc: text('부품을 작업에 내줍니다.', 'Hands parts out, reserved or free ones.'),
    by: [clerk],
    ...moving,
    emits: ['LowStockReached', 'StockIssued'],
    refuses: [
      'DUPLICATE_MOVEMENT',
      'INSUFFICIENT_AVAILABLE',
      'NEGATIVE_STOCK',
      'OVER_RESERVED_QTY',
      'PART_RECALLED',
      'QTY_NOT_POSITIVE',
      'RESERVATION_EXPIRED',
      'RESERVATION_UNKNOWN',
    ],
    input: Issue,
  }),
  ReturnStock: command({
    label: text('반납 받기', 'Take back'),
    doc: text('내준 부품을 돌려받습니다.', 'Takes issued parts back, to stock or as scrap.'),
    by: [clerk],
    ...moving,
    emits: ['StockReturned', 'StockReplenished'],
    refuses: ['DUPLICATE_MOVEMENT', 'NEVER_ISSUED', 'OVER_RETURN', 'QTY_NOT_POSITIVE'],
    input: Return,
  }),
  AdjustStock: command({
    label: text('재고 조정하기', 'Adjust'),
    doc: text('세어 본 수량으로 재고를 맞춥니다.', 'Sets stock to what was counted, with the reason.'),
    by: [clerk],
    in: kept,
    emits: ['LowStockReached', 'StockAdjusted', 'StockReplenished'],
    refuses: ['ADJUST_NEEDS_APPROVAL', 'BELOW_RESERVED', 'DUPLICATE_MOVEMENT', 'REASON_REQUIRED'],
    input: Adjust,
  }),
  TransferOut: command({
    label: text('이동 출고하기', 'Transfer out'),
    doc: text('다른 창고로 부품을 보냅니다.', 'Sends parts to another warehouse.'),
    by: [clerk],
    ...moving,
    emits: ['LowStockReached', 'StockTransferredOut'],
    refuses: ['DUPLICATE_MOVEMENT', 'INSUFFICIENT_AVAILABLE', 'QTY_NOT_POSITIVE'],
    input: Out,
  }),
  TransferIn: command({
    label: text('이동 입고하기', 'Transfer in'),
    doc: text('다른 창고에서 보낸 부품을 받습니다.', 'Takes in what another warehouse sent.'),
    by: [clerk],
    ...moving,
    emits: ['StockTransferredIn', 'StockReplenished'],
    refuses: ['DUPLICATE_MOVEMENT', 'QTY_NOT_POSITIVE', 'TRANSFER_UNKNOWN'],
    input: In,
  }),
  SetReorderPoint: command({
    label: text('발주점 정하기', 'Set reorder point'),
    doc: text('최소 수량과 발주 수량을 정합니다.', 'Says when and how much to reorder.'),
    by: [manager],
    in: kept,
    emits: ['LowStockReached', 'ReorderPointSet', 'StockReplenished'],
    refuses: ['NEGATIVE'],
    input: Reorder,
  }),
  ExpectInbound: command({
    label: text('입고 예정 등록하기', 'Expect inbound'),
    doc: text('약속된 입고를 기록합니다.', 'Notes what a supplier promised.'),
    by: [clerk],
    in: kept,
    emits: ['InboundExpected'],
    refuses: ['DUPLICATE_LINE', 'QTY_NOT_POSITIVE'],
    input: Expect,
  }),
  DropInbound: command({
    label: text('입고 예정 취소하기', 'Drop inbound'),
    doc: text('오지 않을 입고를 지웁니다.', 'Takes back an inbound that will not come.'),
    by: [clerk],
    in: kept,
    emits: ['InboundDropped'],
    input: Drop,
  }),
  StartCount: command({
    label: text('실사 시작하기', 'Start count'),
    doc: text('실사하는 동안 입출고를 멈춥니다.', 'Freezes movements while stock is counted.'),
    by: [clerk],
    in: ['open'],
    otherwise: 'ALREADY_COUNTING',
    emits: ['CountStarted'],
    input: Count,
  }),
  FinishCount: command({
    label: text('실사 마치기', 'Finish count'),
    doc: text('실사를 마치고 입출고를 다시 엽니다.', 'Ends a count.'),
    by: [clerk],
    in: ['frozen'],
    otherwise: 'COUNT_UNKNOWN',
    emits: ['CountFinished'],
    refuses: ['COUNT_UNKNOWN'],
    input: Count,
  }),
  CloseStockYear: command({
    label: text('재고 연도 마감하기', 'Close stock year'),
    doc: text('연말 재고를 확정합니다.', 'Records the stock at the end of a year.'),
    by: [manager],
    in: ['open'],
    otherwise: 'OPEN_COUNT',
    emits: ['StockYearClosed'],
    input: Year,
  }),
};

const Level = z.int().min(0);
const onHandAfter = { onHandAfter: Level };

export const events = {
  StockOpened: event(Open.extend({ parties: z.array(Party) })),
  StockReceived: event(Receive.extend({ crossDock: CrossDock.optional(), ...onHandAfter, avgCostKrw: Won })),
  StockReserved: event(Reserve.extend({ reservedAfter: Level })),
  StockReservationExtended: event(Extend),
  StockReleased: event(Release.extend({ qty: Level, reservedAfter: Level })),
  StockIssued: event(Issue.extend({ ...onHandAfter, costKrw: Level })),
  StockReturned: event(Return.extend(onHandAfter)),
  /** `valueKrw` of the difference, at average cost; negative when something is missing. */
  StockAdjusted: event(Adjust.extend({ reasonCode: Reason, deltaQty: z.int(), valueKrw: z.int(), ...onHandAfter })),
  StockTransferredOut: event(Out.extend({ ...onHandAfter, unitCostKrw: Won })),
  StockTransferredIn: event(In.extend({ fromWarehouseId: Id, ...onHandAfter, unitCostKrw: Won, avgCostKrw: Won })),
  ReorderPointSet: event(Reorder),
  InboundExpected: event(Expect),
  InboundDropped: event(Drop),
  CountStarted: event(Count),
  CountFinished: event(Count),
  StockYearClosed: event(Year.extend({ onHand: Level, reserved: Level, avgCostKrw: Won })),
  /** Beside the event that took stock below its minimum: once, until it is replenished. */
  LowStockReached: event(Ref.extend({ available: z.int(), inbound: Level, minQty: Level, episodeId: Id.optional() })),
  StockReplenished: event(Ref.extend({ available: z.int(), episodeId: Id.optional() })),
};
