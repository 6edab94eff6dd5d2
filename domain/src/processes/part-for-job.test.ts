import { describe, expect, it } from 'vitest';
import type { World } from '../kit/testing.ts';
import { order as orderSample } from '../repair/repair-order/sample-order.ts';
import { id } from '../repair/sample-world.ts';
import { PartForJob } from './part-for-job.ts';
import * as f from './parts.fixture.ts';
import { dataOf, instanceOf, keysOf, refusalOf, timerOf } from './spec.ts';

type Facts = NonNullable<World['facts']>;
const { repairOrderId, requestId, partId, own, sister, supplier, second } = f;
const reserved = (warehouseId: string, reservationId: string, qty: number) => ({
  ...{ warehouseId, partId, reservationId, qty, forKind: 'partRequest', forId: requestId },
  ...{ expiresAt: '2025-07-03T01:00:00.000Z', reservedAfter: qty },
});
const begun = (...facts: Facts) => {
  const part = instanceOf(PartForJob, f.worldOf(...facts));
  return { part, first: part.tell('PartRequested', f.request) };
};
/** Nothing in any store: short, and ordered. */
const short = () => {
  const { part, first } = begun(f.job(), f.stock(own, 0));
  part.know(f.worldOf(f.job(f.shortJob), f.stock(own, 0)));
  part.tell('PartShortageNoted', { repairOrderId, requestId, missingQty: 2 });
  const draft = dataOf(first, 'DraftPurchaseOrder');
  part.tell('PurchaseOrderDrafted', draft);
  return { part, first, draft };
};
const onOrder = (draft: Record<string, unknown>, ...more: (readonly [string, Record<string, unknown>])[]) =>
  f.worldOf(f.job(f.shortJob), f.stock(own, 0), f.purchase(draft, ...more));
const held = () => {
  const { part } = begun(f.job(), f.stock(own, 5));
  part.tell('StockReserved', reserved(own, id(70), 2));
  return part;
};

describe('a part for a job', () => {
  it('is kept in the workshop’s own store for 72 hours, extended while the job goes on', () => {
    const { part, first } = begun(f.job(), f.stock(own, 5));
    expect(dataOf(first, 'ReserveStock')).toMatchObject({ warehouseId: own, qty: 2, forId: requestId });
    expect(dataOf(first, 'ReserveStock').expiresAt).toBe('2025-07-03T01:00:00.000Z');
    const kept = part.tell('StockReserved', reserved(own, id(70), 2));
    expect(kept.sent).toEqual([`timer:hold.${id(70)}`, 'NotePartReserved']);
    const at = timerOf(kept, `hold.${id(70)}`);
    expect(at).toBe('2025-07-03T00:00:00.000Z');
    expect(part.fire(`hold.${id(70)}`, at).sent).toEqual(['ExtendStockReservation', `timer:hold.${id(70)}`]);
  });

  it('is free again once the client turns the line down or does not answer in time, and looked for anew when they agree', () => {
    const [line] = [{ repairOrderId, lineIds: [f.request.lineId], requestIds: [requestId] }];
    const turned = (type: string) => [...f.jobEvents, { type, data: { ...line, version: 1, reason: '나중에' } }];
    for (const type of ['LinesDeclined', 'LinesDeferred']) {
      const part = held();
      expect(keysOf(PartForJob, type, line)).toEqual([requestId]);
      part.know(f.worldOf(f.job(turned(type)), f.stock(own, 5)));
      const told = part.tell(type, line);
      expect(dataOf(told, 'ReleaseStock')).toMatchObject({ warehouseId: own, reservationId: id(70) });
      expect(part.fire(`hold.${id(70)}`).sent).toEqual([]);
      // What was reserved in the same moment is given back too.
      expect(part.tell('StockReserved', reserved(own, id(71), 2)).sent).toEqual(['ReleaseStock']);
      part.know(f.worldOf(f.job(), f.stock(own, 5)));
      expect(dataOf(part.tell('LinesApproved', line), 'ReserveStock')).toMatchObject({ warehouseId: own, qty: 2 });
    }
    const unanswered = held();
    expect(unanswered.tell('EstimateExpired', line).sent).toEqual(['ReleaseStock']);
    const { part, draft } = short();
    part.know(onOrder(draft));
    expect(part.tell('LinesDeclined', line).sent).toEqual(['CancelPurchaseOrder']);
    const ordered = short();
    ordered.part.know(onOrder(ordered.draft));
    expect(ordered.part.tell('EstimateExpired', line).sent).toEqual([]);
  });

  it('comes from a sister store when the own one has too little, in part from each', () => {
    const { part, first } = begun(f.job(), f.stock(own, 1), f.stock(sister, 5));
    expect(dataOf(first, 'ReserveStock')).toMatchObject({ warehouseId: own, qty: 1 });
    part.know(f.worldOf(f.job(), f.stock(own, 1, ['ReserveStock', reserve(1)]), f.stock(sister, 5)));
    const more = part.tell('StockReserved', reserved(own, id(70), 1));
    expect(dataOf(more, 'ReserveStock')).toMatchObject({ warehouseId: sister, qty: 1 });
    expect(part.tell('StockReserved', reserved(sister, id(71), 1)).sent).toEqual([
      ...[`timer:hold.${id(71)}`, 'NotePartReserved', 'NotePartReserved'],
    ]);
  });

  it('looks elsewhere when a store refuses', () => {
    const { part, first } = begun(f.job(), f.stock(own, 5), f.stock(sister, 5));
    const next = part.tell(...refusalOf(first, 'ReserveStock', 'INSUFFICIENT_AVAILABLE'));
    expect(dataOf(next, 'ReserveStock')).toMatchObject({ warehouseId: sister });
  });

  it('is ordered when no store has it', () => {
    const { first } = short();
    expect(first.sent).toEqual(['NotePartShortage', 'DraftPurchaseOrder']);
    expect(dataOf(first, 'DraftPurchaseOrder')).toMatchObject({
      ...{ supplierOrgId: supplier, origin: 'repairShortage', originIds: [requestId], warehouseId: own },
      lines: [{ poLineId: requestId, partId, qty: 2, unitPriceKrw: 42_000, repairOrderId }],
    });
  });

  it('goes into the open draft to the same supplier within twenty minutes', () => {
    const { draft } = short();
    const other = { ...draft, originIds: [id(80)], lines: [{ ...(draft.lines as object[])[0], poLineId: id(80) }] };
    const { part, first } = begun(f.job(), f.purchase(other));
    expect(first.sent).toEqual(['NotePartShortage', 'AddLine']);
    expect(dataOf(first, 'AddLine')).toMatchObject({ purchaseOrderId: draft.purchaseOrderId, originId: requestId });
    const apart = part.tell(...refusalOf(first, 'AddLine', 'NOT_DRAFT'));
    expect(dataOf(apart, 'DraftPurchaseOrder').purchaseOrderId).not.toBe(draft.purchaseOrderId);
  });

  it('joins a draft somebody else was quicker to open', () => {
    const { part, first } = begun(f.job());
    expect(part.tell(...refusalOf(first, 'DraftPurchaseOrder', 'ALREADY_EXISTS')).sent).toEqual(['AddLine']);
  });

  it('takes what is on its way and promised to nobody', () => {
    const inbound = [
      'ExpectInbound',
      { purchaseOrderId: id(90), poLineId: id(91), qty: 6, promisedOn: '2025-07-02' },
    ] as const;
    const { part, first } = begun(f.job(), f.stock(own, 0, inbound));
    expect(dataOf(first, 'HoldClaim')).toEqual({
      ...{ kind: 'inbound', value: id(91), holder: `${repairOrderId}.${requestId}` },
    });
    const claim = dataOf(first, 'HoldClaim');
    expect(keysOf(PartForJob, 'ClaimHeld', claim)).toEqual([requestId]);
    const promised = part.tell('ClaimHeld', { ...claim, until: '2025-06-30T02:00:00.000Z' });
    expect(promised.sent).toEqual(['ConfirmClaim', 'NotePartShortage', 'notice:partComesLate']);
    expect(dataOf(promised, 'NotePartShortage')).toMatchObject({ missingQty: 2, expectedOn: '2025-07-02' });
    expect(part.fire('inbound', '2025-07-01T01:00:00.000Z').sent).toEqual(['timer:inbound']);
    part.know(f.worldOf(f.job(f.shortJob), f.stock(own, 0)));
    expect(part.fire('inbound', '2025-07-02T01:00:00.000Z').sent).toContain('DraftPurchaseOrder');
  });

  it('is ordered when somebody else took what is on its way', () => {
    const inbound = [
      'ExpectInbound',
      { purchaseOrderId: id(90), poLineId: id(91), qty: 6, promisedOn: '2025-07-02' },
    ] as const;
    const { part, first } = begun(f.job(), f.stock(own, 0, inbound));
    expect(part.tell(...refusalOf(first, 'HoldClaim', 'CLAIM_TAKEN')).sent).toContain('DraftPurchaseOrder');
  });

  it('shows the promised day on the order and tells the advisor when it is too late', () => {
    const { part, draft } = short();
    part.know(onOrder(draft));
    const line = { poLineId: requestId, acceptedQty: 2, promisedOn: '2025-07-01' };
    const { purchaseOrderId } = draft;
    const noted = part.tell('SupplierAccepted', { purchaseOrderId, lines: [line] });
    expect(noted.sent).toEqual(['NotePartShortage']);
    expect(dataOf(noted, 'NotePartShortage')).toMatchObject({ missingQty: 2, expectedOn: '2025-07-01' });
    const later = { purchaseOrderId, poLineId: requestId, promisedOn: '2025-07-04', before: '2025-07-01', reason: 'x' };
    expect(part.tell('PromiseChanged', later).sent).toEqual(['NotePartShortage', 'notice:partComesLate']);
  });

  it('is ordered from the next supplier when the buyer takes it out of the draft', () => {
    const { part, draft } = short();
    const { purchaseOrderId } = draft;
    part.know(f.worldOf(f.job(f.shortJob), f.purchase(draft, ['RemoveLine', { poLineId: requestId }])));
    expect(keysOf(PartForJob, 'LineRemoved', { purchaseOrderId, poLineId: requestId })).toEqual([requestId]);
    const removed = part.tell('LineRemoved', { purchaseOrderId, poLineId: requestId });
    expect(dataOf(removed, 'DraftPurchaseOrder')).toMatchObject({ supplierOrgId: f.second, lines: [{ qty: 2 }] });
    const dropped = short();
    dropped.part.know(onOrder(dropped.draft));
    const gone = { purchaseOrderId: dropped.draft.purchaseOrderId, poLineId: requestId };
    const elsewhere = dropped.part.tell('PurchaseLineDropped', gone);
    expect(dataOf(elsewhere, 'DraftPurchaseOrder')).toMatchObject({ supplierOrgId: f.second });
    // What the process took out itself, as another part was chosen, asks for nothing.
    const other = short();
    other.part.tell('PartSubstituted', { repairOrderId, requestId, newPartId: id(60), reason: 'x' });
    expect(other.part.tell('LineRemoved', { purchaseOrderId, poLineId: requestId }).sent).toEqual([]);
  });

  it('orders from the next supplier what the first declines, cancels or cuts', () => {
    const { part, draft } = short();
    const { purchaseOrderId } = draft;
    part.know(onOrder(draft));
    const cut = part.tell('SupplierAccepted', {
      ...{ purchaseOrderId, lines: [{ poLineId: requestId, acceptedQty: 1, promisedOn: '2025-07-01' }] },
    });
    expect(dataOf(cut, 'DraftPurchaseOrder')).toMatchObject({
      ...{ supplierOrgId: second, originIds: [`${requestId}.1`], lines: [{ qty: 1 }] },
    });
    const other = short();
    other.part.know(onOrder(other.draft));
    const declined = other.part.tell('SupplierDeclined', { ...other.draft, reason: 'x', poLineIds: [requestId] });
    expect(dataOf(declined, 'DraftPurchaseOrder')).toMatchObject({ supplierOrgId: second, originIds: [requestId] });
  });

  const shelved = (draft: Record<string, unknown>, qty: number, crossDock?: object) => ({
    ...{ warehouseId: own, partId, movementId: id(74), qty, unitCostKrw: 1, ...draft, poLineId: requestId },
    ...(crossDock && { crossDock }),
  });
  const arrived = (acceptedQty: number) => {
    const { part, draft } = short();
    part.know(onOrder(draft));
    const { purchaseOrderId } = draft;
    const line = { poLineId: requestId, qty: 2, acceptedQty, rejectedQty: 2 - acceptedQty };
    part.tell('GoodsReceived', { purchaseOrderId, receiptId: id(73), lines: [line] });
    return { part, purchaseOrderId };
  };

  it('is ordered elsewhere as far as it came bad, when its order is closed after the good pieces were kept', () => {
    const { part, purchaseOrderId } = arrived(1);
    const crossDock = { reservationId: id(70), qty: 1 };
    const received = shelved({ purchaseOrderId }, 1, crossDock);
    expect(keysOf(PartForJob, 'StockReceived', received)).toEqual([requestId]);
    expect(part.tell('StockReceived', received).sent).toEqual([]);
    part.tell('StockReserved', reserved(own, id(70), 1));
    const closed = part.tell('PurchaseOrderClosed', { purchaseOrderId, reason: 'x', poLineIds: [requestId] });
    expect(dataOf(closed, 'DraftPurchaseOrder')).toMatchObject({ supplierOrgId: second, lines: [{ qty: 1 }] });
  });

  it('is taken from the shelf when what was ordered for it became free stock', () => {
    const { part, purchaseOrderId } = arrived(2);
    part.know(f.worldOf(f.job(f.shortJob), f.stock(own, 2)));
    const taken = part.tell('StockReceived', shelved({ purchaseOrderId }, 2));
    expect(dataOf(taken, 'ReserveStock')).toMatchObject({ warehouseId: own, qty: 2, forId: requestId });
  });

  it('tells the advisor when no supplier is left', () => {
    const { part, first } = begun(f.job());
    const stranger = part.tell(...refusalOf(first, 'DraftPurchaseOrder', 'SUPPLIER_NOT_CONNECTED'));
    const none = part.tell(...refusalOf(stranger, 'DraftPurchaseOrder', 'SUPPLIER_NOT_CONNECTED'));
    expect(none.sent).toContain('notice:partWithoutSupplier');
    const covered = part.tell(...refusalOf(first, 'DraftPurchaseOrder', 'ORIGIN_ALREADY_COVERED'));
    expect(covered.sent).toEqual(['notice:partOrderRefused']);
  });

  it('has arrived when the cross-docked pieces are kept for it, and the technician is told', () => {
    const { part, draft } = short();
    part.know(onOrder(draft));
    const some = part.tell('StockReserved', reserved(own, id(70), 1));
    expect(some.sent).toEqual([`timer:hold.${id(70)}`, 'NotePartShortage']);
    expect(part.tell('StockReserved', reserved(own, id(71), 1)).sent).toEqual([
      ...[`timer:hold.${id(71)}`, '-inbound', 'NotePartArrived', 'notice:partArrived'],
    ]);
  });

  const issue = {
    warehouseId: own,
    partId,
    movementId: id(75),
    reservationId: id(70),
    qty: 2,
    forKind: 'partRequest',
    forId: requestId,
  };
  const fitted = { repairOrderId, requestId, lineId: f.request.lineId, qty: 2, movementId: id(75) };

  it('is issued first and then used; what may not be used goes back to the shelf', () => {
    const part = held();
    const used = part.tell('StockIssued', issue);
    expect(dataOf(used, 'UsePart')).toEqual(fitted);
    const back = part.tell(...refusalOf(used, 'UsePart', 'LINE_NOT_APPROVED'));
    expect(dataOf(back, 'ReturnStock')).toMatchObject({ warehouseId: own, qty: 2, condition: 'resale' });
    expect(back.sent).toEqual(['ReturnStock', 'notice:partMovementRefused']);
  });

  it('is issued under the same movement when the technician fits it straight away', () => {
    const part = held();
    const out = part.tell('PartUsed', fitted);
    expect(dataOf(out, 'IssueStock')).toEqual(issue);
    expect(part.tell('StockIssued', issue).sent).toEqual([]);
    expect(part.tell(...refusalOf(out, 'IssueStock', 'FROZEN_FOR_COUNT')).sent).toEqual(['notice:partMovementRefused']);
    const returned = part.tell('PartReturned', { repairOrderId, requestId, qty: 1, condition: 'scrap' });
    expect(dataOf(returned, 'ReturnStock')).toMatchObject({ qty: 1, condition: 'scrap', forId: requestId });
  });

  it('is released and taken back when its line is dropped', () => {
    const part = held();
    part.tell('StockIssued', { ...issue, qty: 1 });
    const dropped = part.tell('LineDropped', {
      repairOrderId,
      lineId: f.request.lineId,
      reason: 'x',
      requestIds: [requestId],
    });
    expect(dropped.sent).toEqual(['ReleaseStock', 'ReturnStock', 'timer:end']);
    expect(part.tell('StockReserved', reserved(own, id(79), 1)).sent).toEqual(['ReleaseStock']);
    expect(part.fire('end').sent).toEqual(['complete']);
  });

  it('is unordered when the order is cancelled: a line of a draft, the order if it is alone, else it becomes stock', () => {
    const cancelled = { repairOrderId, reasonCode: 'X', requestIds: [requestId] };
    const alone = short();
    alone.part.know(onOrder(alone.draft));
    const gone = alone.part.tell('RepairOrderCancelled', cancelled);
    expect(gone.sent).toEqual(['CancelPurchaseOrder', 'timer:end']);
    const shipped = alone.part.tell(...refusalOf(gone, 'CancelPurchaseOrder', 'ALREADY_SHIPPED'));
    expect(shipped.sent).toEqual(['notice:orderedPartBecomesStock']);
    const another = { poLineId: id(81), partId, qty: 1, unitPriceKrw: 1, neededBy: '2025-07-02' };
    const shared = short();
    shared.part.know(onOrder(shared.draft, ['AddLine', { line: another }]));
    expect(shared.part.tell('RepairOrderCancelled', cancelled).sent).toEqual(['RemoveLine', 'timer:end']);
    const sent = short();
    sent.part.know(onOrder(sent.draft, ['AddLine', { line: another }], ['SubmitPurchaseOrder', {}]));
    const dropped = sent.part.tell('RepairOrderCancelled', cancelled);
    expect(dropped.sent).toEqual(['DropPurchaseLine', 'timer:end']);
    expect(dataOf(dropped, 'DropPurchaseLine')).toMatchObject({ poLineId: requestId });
    // The other line went meanwhile: the order is called off; or the goods left.
    const last = sent.part.tell(...refusalOf(dropped, 'DropPurchaseLine', 'EMPTY'));
    expect(last.sent).toEqual(['CancelPurchaseOrder']);
    expect(sent.part.tell(...refusalOf(dropped, 'DropPurchaseLine', 'ALREADY_SHIPPED')).sent).toEqual([
      'notice:orderedPartBecomesStock',
    ]);
  });

  it('leaves an order that was sent while its line was being taken out of the draft', () => {
    const another = { poLineId: id(81), partId, qty: 1, unitPriceKrw: 1, neededBy: '2025-07-02' };
    const { part, draft } = short();
    part.know(onOrder(draft, ['AddLine', { line: another }]));
    const removed = part.tell('RepairOrderCancelled', { repairOrderId, reasonCode: 'X', requestIds: [requestId] });
    expect(part.tell(...refusalOf(removed, 'RemoveLine', 'NOT_DRAFT')).sent).toEqual(['DropPurchaseLine']);
  });

  it('is looked for anew when it is substituted', () => {
    const part = held();
    const next = part.tell('PartSubstituted', { repairOrderId, requestId, newPartId: id(60), reason: 'x' });
    expect(next.sent.slice(0, 2)).toEqual(['ReleaseStock', 'NotePartShortage']);
  });

  it('is no business of the process when it is not in the catalogue', () => {
    const part = instanceOf(PartForJob, f.worldOf(f.job()));
    expect(part.tell('PartRequested', { ...f.request, partId: 'pad' }).sent).toEqual(['complete']);
  });

  it('lets go of a hold once the order is over', () => {
    const part = held();
    part.know(f.worldOf(f.job(orderSample(f.jobEvents, ['CancelOrder', { repairOrderId, reasonCode: 'X' }]))));
    expect(part.fire(`hold.${id(70)}`).sent).toEqual(['ReleaseStock']);
  });
});

const reserve = (qty: number) => ({
  ...{ reservationId: id(69), qty, forKind: 'sale', forId: id(68), expiresAt: '2025-07-03T01:00:00.000Z' },
});
