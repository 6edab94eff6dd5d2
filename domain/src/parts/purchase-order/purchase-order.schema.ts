import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import { Code, Day, Id, Line, SeriesNumber, Won } from '../../shared/values.ts';

const purchaseOrderId = Id;
const Ref = z.object({ purchaseOrderId });
/** Refused by name when it is nothing or less. */
const Qty = z.int().min(-1_000_000).max(1_000_000);
const UnitPrice = Won.max(1_000_000_000);
export const PoLine = z
  .object({
    poLineId: Id,
    partId: Id,
    qty: Qty,
    unitPriceKrw: UnitPrice,
    neededBy: Day,
    repairOrderId: Id.optional(),
  })
  .meta({ id: 'PurchaseOrderLine' });
const AcceptedLine = z
  .object({ poLineId: Id, acceptedQty: z.int().min(0).max(1_000_000), promisedOn: Day })
  .meta({ id: 'AcceptedPurchaseLine' });
const Piece = z.object({ poLineId: Id, qty: z.int().min(1).max(1_000_000) }).meta({ id: 'PurchaseLineQty' });
const Received = z
  .object({
    poLineId: Id,
    qty: z.int().min(1).max(1_000_000),
    acceptedQty: z.int().min(0),
    rejectedQty: z.int().min(0),
    reason: Line.optional(),
    lotNo: Code.optional(),
  })
  .refine((line) => line.acceptedQty + line.rejectedQty === line.qty, {
    error: 'Accepted and rejected must add up to the quantity',
    path: ['rejectedQty'],
  })
  .meta({ id: 'ReceivedPurchaseLine' });

const Draft = Ref.extend({
  number: SeriesNumber,
  buyerOrgId: Id,
  supplierOrgId: Id,
  warehouseId: Id,
  origin: z.enum(['manual', 'lowStock', 'repairShortage']).meta({ id: 'PurchaseOrigin' }),
  /** What is short: part requests, or episodes of low stock. Each is covered by one order only. */
  originIds: z.array(Code).max(200),
  lines: z.array(PoLine).max(200),
});
const ChangeLine = Ref.extend({ poLineId: Id, qty: Qty, unitPriceKrw: UnitPrice });
const AddLine = Ref.extend({
  line: PoLine,
  /** The shortage it covers; one that is covered by another order is refused. */
  originId: Code.optional(),
});
const RemoveLine = Ref.extend({ poLineId: Id });
const DropLine = Ref.extend({ poLineId: Id, reason: Line });
const Approve = Ref.extend({ approverId: Id });
const Accept = Ref.extend({ lines: z.array(AcceptedLine).min(1).max(200) });
const Because = Ref.extend({ reason: Line });
const NewPromise = Ref.extend({ poLineId: Id, promisedOn: Day, reason: Line });
const Ship = Ref.extend({
  shipmentId: Id,
  lines: z.array(Piece).min(1).max(200),
  carrier: Line,
  trackingNo: Code.optional(),
});
const Receive = Ref.extend({ receiptId: Id, lines: z.array(Received).min(1).max(200) });
const Return = Ref.extend({ returnId: Id, lines: z.array(Piece).min(1).max(200), reason: Line });
const Close = Ref.extend({ reason: Line.optional() });

const buyer = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER', 'WAREHOUSE_CLERK', 'SERVICE_ADVISOR'], 'buyer');
const approver = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER'], 'buyer');
const store = allow(['WORKSHOP_OWNER', 'PARTS_MANAGER', 'WAREHOUSE_CLERK'], 'buyer');
const supplier = allow(['SUPPLIER_SALES', 'PARTS_MANAGER'], 'supplier');
const agreed = ['accepted', 'shipping', 'partlyReceived'] as const;

export const commands = {
  DraftPurchaseOrder: command({
    label: text('발주서 작성하기', 'Draft purchase order'),
    doc: text('거래처에 보낼 발주서를 작성합니다.', 'Draws up an order to a connected supplier.'),
    by: [buyer],
    in: ['none'],
    emits: ['PurchaseOrderDrafted'],
    refuses: ['ORIGIN_ALREADY_COVERED', 'QTY_NOT_POSITIVE', 'SUPPLIER_NOT_CONNECTED'],
    series: { field: 'number', prefix: 'PO', of: 'buyer' },
    input: Draft,
  }),
  ChangeLine: command({
    label: text('발주 항목 변경하기', 'Change line'),
    doc: text('수량이나 단가를 바꿉니다.', 'Changes quantity or price of a line.'),
    by: [buyer],
    in: ['draft'],
    otherwise: 'NOT_DRAFT',
    emits: ['LineChanged'],
    refuses: ['LINE_UNKNOWN', 'QTY_NOT_POSITIVE'],
    input: ChangeLine,
  }),
  AddLine: command({
    label: text('발주 항목 추가하기', 'Add line'),
    doc: text('발주 항목을 추가합니다.', 'Adds a line.'),
    by: [buyer],
    in: ['draft'],
    otherwise: 'NOT_DRAFT',
    emits: ['LineAdded'],
    refuses: ['ORIGIN_ALREADY_COVERED', 'QTY_NOT_POSITIVE'],
    input: AddLine,
  }),
  RemoveLine: command({
    label: text('발주 항목 삭제하기', 'Remove line'),
    doc: text('발주 항목을 뺍니다.', 'Takes a line out.'),
    by: [buyer],
    in: ['draft'],
    otherwise: 'NOT_DRAFT',
    emits: ['LineRemoved'],
    refuses: ['LINE_UNKNOWN'],
    input: RemoveLine,
  }),
  DropPurchaseLine: command({
    label: text('발주 항목 취소하기', 'Drop ordered line'),
    doc: text(
      '작업이 없어진 항목만 발송 전에 발주에서 뺍니다.',
      'Takes a line whose job is gone out of an order, before anything is shipped; the others stay.',
    ),
    by: [],
    internal: true,
    in: ['approved', 'submitted', 'accepted'],
    otherwise: 'ALREADY_SHIPPED',
    emits: ['PurchaseLineDropped'],
    refuses: ['EMPTY', 'LINE_UNKNOWN'],
    input: DropLine,
  }),
  ApprovePurchaseOrder: command({
    label: text('발주 승인하기', 'Approve'),
    doc: text('한도를 넘는 발주를 승인합니다.', 'Approves an order above the limit.'),
    by: [approver],
    in: ['draft'],
    otherwise: 'NOT_DRAFT',
    emits: ['PurchaseOrderApproved'],
    refuses: ['EMPTY', 'SELF_APPROVAL'],
    input: Approve,
  }),
  SubmitPurchaseOrder: command({
    label: text('발주하기', 'Submit'),
    doc: text('발주서를 공급사에 보냅니다.', 'Sends the order to the supplier.'),
    by: [buyer],
    in: ['draft', 'approved'],
    emits: ['PurchaseOrderSubmitted'],
    refuses: ['EMPTY', 'OVER_LIMIT'],
    input: Ref,
  }),
  AcceptBySupplier: command({
    label: text('수주하기', 'Accept order'),
    doc: text('수량과 납기를 약속합니다.', 'Accepts an order, all or part, with promised days.'),
    by: [supplier],
    in: ['submitted'],
    otherwise: 'NOT_SUBMITTED',
    emits: ['SupplierAccepted'],
    refuses: ['EMPTY', 'LINE_UNKNOWN', 'QTY_OVER_ORDERED'],
    input: Accept,
  }),
  DeclineBySupplier: command({
    label: text('수주 거절하기', 'Decline order'),
    doc: text('발주를 거절합니다.', 'Declines an order.'),
    by: [supplier],
    in: ['submitted'],
    otherwise: 'NOT_SUBMITTED',
    emits: ['SupplierDeclined'],
    input: Because,
  }),
  ChangePromise: command({
    label: text('납기 변경하기', 'Change promise'),
    doc: text('약속한 납기를 바꿉니다.', 'Changes the promised day of a line.'),
    by: [supplier],
    in: agreed,
    otherwise: 'NOT_ACCEPTED',
    emits: ['PromiseChanged'],
    refuses: ['LINE_RECEIVED', 'LINE_UNKNOWN'],
    input: NewPromise,
  }),
  ShipGoods: command({
    label: text('발송하기', 'Ship'),
    doc: text('부품을 발송합니다.', 'Ships accepted goods.'),
    by: [supplier],
    in: agreed,
    otherwise: 'NOT_ACCEPTED',
    emits: ['GoodsShipped'],
    refuses: ['DUPLICATE_SHIPMENT', 'LINE_UNKNOWN', 'OVER_ACCEPTED_QTY'],
    input: Ship,
  }),
  ReceiveGoods: command({
    label: text('검수하기', 'Receive goods'),
    doc: text('도착한 부품을 검수합니다.', 'Inspects what arrived: accepted and rejected.'),
    by: [store],
    in: agreed,
    otherwise: 'NOT_ACCEPTED',
    emits: ['GoodsReceived'],
    refuses: ['DUPLICATE_RECEIPT', 'LINE_UNKNOWN', 'OVER_RECEIPT'],
    input: Receive,
  }),
  ReturnGoods: command({
    label: text('반품하기', 'Return goods'),
    doc: text('받은 부품을 돌려보냅니다.', 'Sends received goods back.'),
    by: [store],
    in: ['partlyReceived', 'received'],
    otherwise: 'NOTHING_RECEIVED',
    emits: ['GoodsReturned'],
    refuses: ['DUPLICATE_RETURN', 'NOTHING_RECEIVED'],
    input: Return,
  }),
  ClosePurchaseOrder: command({
    label: text('발주 마감하기', 'Close order'),
    doc: text('발주를 마감합니다.', 'Closes an order; one with open lines needs a reason.'),
    by: [buyer],
    in: ['received', 'partlyReceived'],
    otherwise: 'NOTHING_RECEIVED',
    emits: ['PurchaseOrderClosed'],
    refuses: ['OPEN_LINES_NEED_REASON'],
    input: Close,
  }),
  CancelPurchaseOrder: command({
    label: text('발주 취소하기', 'Cancel order'),
    doc: text('발송 전의 발주를 취소합니다.', 'Cancels an order before anything is shipped.'),
    by: [buyer],
    in: ['draft', 'approved', 'submitted', 'accepted'],
    otherwise: 'ALREADY_SHIPPED',
    emits: ['PurchaseOrderCancelled'],
    input: Because,
  }),
};

const ended = { poLineIds: z.array(Id).default([]) };

export const events = {
  PurchaseOrderDrafted: event(Draft.extend({ number: Code, parties: z.array(Party) })),
  LineChanged: event(ChangeLine),
  LineAdded: event(AddLine),
  LineRemoved: event(RemoveLine),
  /** With what the supplier had agreed to deliver on it. */
  PurchaseLineDropped: event(DropLine.extend({ partId: Id, acceptedQty: z.int().min(0) })),
  PurchaseOrderApproved: event(Approve),
  PurchaseOrderSubmitted: event(Ref.extend({ totalKrw: z.int().min(0) })),
  SupplierAccepted: event(Accept),
  /** With the lines that ended with it, as in the two below. */
  SupplierDeclined: event(Because.extend(ended)),
  PromiseChanged: event(NewPromise.extend({ before: Day })),
  GoodsShipped: event(Ship),
  /** `isLast`: everything the supplier accepted has arrived. */
  GoodsReceived: event(Receive.extend({ isLast: z.boolean() })),
  GoodsReturned: event(Return),
  PurchaseOrderClosed: event(Close.extend(ended)),
  PurchaseOrderCancelled: event(Because.extend(ended)),
};
