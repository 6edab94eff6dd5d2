import { describe, expect, it } from 'vitest';
import { Claim } from '../kit/index.ts';
import { id, ids } from '../repair/sample-world.ts';
import { setting } from './fleet.fixture.ts';
import * as f from './parts.fixture.ts';
import { PurchaseCare } from './purchase-care.ts';
import { dataOf, instanceOf, refusalOf, timerOf } from './spec.ts';

const { repairOrderId, requestId, partId, own, supplier } = f;
const purchaseOrderId = id(95);
const line = { poLineId: requestId, partId, qty: 4, unitPriceKrw: 42_000, neededBy: '2025-07-01' };
const draft = {
  ...{ purchaseOrderId, number: 'PO-25-1', buyerOrgId: ids.workshopOrg, supplierOrgId: supplier, warehouseId: own },
  ...{ origin: 'repairShortage', originIds: [requestId], lines: [{ ...line, repairOrderId }] },
};
const promise = { lines: [{ poLineId: requestId, acceptedQty: 4, promisedOn: '2025-07-01' }] };
const agreed = [
  ['SubmitPurchaseOrder', {}],
  ['AcceptBySupplier', promise],
] as const;
const arrived = (acceptedQty: number) => ({
  ...{ purchaseOrderId, receiptId: id(96), isLast: true },
  lines: [{ poLineId: requestId, qty: 4, acceptedQty, rejectedQty: 4 - acceptedQty, lotNo: 'L1' }],
});
const begun = (...more: (readonly [string, Record<string, unknown>])[]) => {
  const care = instanceOf(PurchaseCare, f.worldOf(f.purchase(draft, ...more), f.stock(own, 0), f.job(f.shortJob)));
  return { care, first: care.tell('PurchaseOrderDrafted', draft) };
};

describe('a purchase order a process drew up', () => {
  it('is sent after twenty minutes; above the limit somebody is asked first', () => {
    const { care, first } = begun();
    expect(timerOf(first, 'submit')).toBe('2025-06-30T01:20:00.000Z');
    const sent = care.fire('submit');
    expect(sent.sent).toEqual(['SubmitPurchaseOrder']);
    expect(care.tell(...refusalOf(sent, 'SubmitPurchaseOrder', 'OVER_LIMIT')).sent).toEqual([
      'notice:purchaseNeedsApproval',
    ]);
    expect(care.tell('PurchaseOrderApproved', { purchaseOrderId, approverId: id(1) }).sent).toEqual([
      'SubmitPurchaseOrder',
    ]);
    expect(care.tell(...refusalOf(sent, 'SubmitPurchaseOrder', 'EMPTY')).sent).toEqual(['CancelPurchaseOrder']);
  });

  it('waits four business hours to remind the supplier, and a day for an answer', () => {
    const { care } = begun(['SubmitPurchaseOrder', {}]);
    // Monday 10:00 in Seoul.
    const submitted = care.tell('PurchaseOrderSubmitted', { purchaseOrderId, totalKrw: 1 });
    expect(timerOf(submitted, 'remind')).toBe('2025-06-30T05:00:00.000Z');
    expect(timerOf(submitted, 'answer')).toBe('2025-07-01T01:00:00.000Z');
    expect(care.fire('remind').sent).toEqual(['notice:purchaseAwaitsAnswer']);
    expect(care.fire('answer').sent).toEqual(['CancelPurchaseOrder']);
    expect(care.tell('PurchaseOrderCancelled', { purchaseOrderId, reason: 'x', poLineIds: [] }).sent).toEqual([
      ...['notice:purchaseCancelled', 'notice:purchaseCancelled', 'complete'],
    ]);
  });

  it('that was answered is not called off by a timer that comes late', () => {
    const { care } = begun(...agreed);
    care.tell('PurchaseOrderSubmitted', { purchaseOrderId, totalKrw: 1 });
    expect(care.fire('answer').sent).toEqual([]);
  });

  it('cancelled as a draft is nobody else’s business', () => {
    const { care } = begun();
    expect(care.tell('PurchaseOrderCancelled', { purchaseOrderId, reason: 'x', poLineIds: [] }).sent).toEqual([
      'complete',
    ]);
  });

  it('leaves a person’s own order to the person', () => {
    const care = instanceOf(PurchaseCare, f.worldOf(f.purchase(draft, ['SubmitPurchaseOrder', {}])));
    expect(care.tell('PurchaseOrderDrafted', { ...draft, origin: 'manual' }).sent).toEqual([]);
    care.tell('PurchaseOrderSubmitted', { purchaseOrderId, totalKrw: 1 });
    expect(care.fire('answer').sent).toEqual(['notice:purchaseUnanswered']);
    expect(care.tell('SupplierDeclined', { purchaseOrderId, reason: 'x', poLineIds: [] }).sent).toEqual([
      ...['notice:purchaseDeclined', 'complete'],
    ]);
  });

  it('puts what is promised on the stock, and asks both sides when the promise is a day over', () => {
    const { care } = begun(...agreed);
    const accepted = care.tell('SupplierAccepted', { purchaseOrderId, ...promise });
    expect(accepted.sent).toEqual(['-remind', '-answer', 'ExpectInbound', `timer:late.${requestId}`]);
    expect(timerOf(accepted, `late.${requestId}`)).toBe('2025-07-02T15:00:00.000Z');
    const moved = { purchaseOrderId, poLineId: requestId, promisedOn: '2025-07-03', before: '2025-07-01', reason: 'x' };
    expect(timerOf(care.tell('PromiseChanged', moved), `late.${requestId}`)).toBe('2025-07-04T15:00:00.000Z');
    expect(care.fire(`late.${requestId}`).sent).toEqual(['notice:purchasePromiseBroken', 'notice:purchaseIsLate']);
    care.know(f.worldOf(f.purchase(draft, ...agreed)));
    expect(care.tell('SupplierAccepted', { purchaseOrderId, ...promise }).sent).toContain('OpenStock');
  });

  it('takes goods in and keeps for the job what it waits for, in one step; the rest is free', () => {
    const { care } = begun(...agreed);
    const received = care.tell('GoodsReceived', arrived(3));
    expect(dataOf(received, 'ReceiveStock')).toMatchObject({ qty: 3, poLineId: requestId, lotNo: 'L1' });
    expect(dataOf(received, 'ReceiveStock').crossDock).toMatchObject({ qty: 2, forId: requestId });
    const taken = care.tell(...refusalOf(received, 'ReceiveStock', 'INSUFFICIENT_AVAILABLE'));
    expect(dataOf(taken, 'ReceiveStock').crossDock).toBeUndefined();
    const counting = care.tell(...refusalOf(received, 'ReceiveStock', 'FROZEN_FOR_COUNT'));
    expect(counting.sent).toEqual(['timer:receive']);
    expect(care.tell(...refusalOf(received, 'ReceiveStock', 'DUPLICATE_MOVEMENT')).sent).toEqual([]);
    expect(care.fire('receive').sent).toEqual(['ReceiveStock']);
  });

  it('takes in what came last though the order is closed while its store counts', () => {
    const { care } = begun(...agreed);
    const received = care.tell('GoodsReceived', arrived(4));
    const { receiptId, lines } = arrived(4);
    const closed = [
      ...agreed,
      ['ReceiveGoods', { receiptId, lines }],
      ['ClosePurchaseOrder', { reason: 'x' }],
    ] as const;
    care.know(f.worldOf(f.purchase(draft, ...closed), f.stock(own, 0), f.job(f.shortJob)));
    care.tell('PurchaseOrderClosed', { purchaseOrderId, poLineIds: [requestId] });
    care.tell(...refusalOf(received, 'ReceiveStock', 'FROZEN_FOR_COUNT'));
    for (const timer of ['end', `late.${requestId}`]) expect(care.fire(timer).sent).toEqual([]);
    const again = care.fire('receive', '2025-07-01T02:00:00.000Z');
    expect(again.sent).toEqual(['ReceiveStock', 'timer:end']);
    expect(timerOf(again, 'end')).toBe('2025-07-02T02:00:00.000Z');
    expect(care.fire('end').sent).toEqual(['complete']);
  });

  it('makes free stock of what its job no longer needs', () => {
    const { care } = begun(...agreed);
    care.know(f.worldOf(f.purchase(draft, ...agreed), f.stock(own, 0), f.job()));
    expect(dataOf(care.tell('GoodsReceived', arrived(4)), 'ReceiveStock').crossDock).toBeUndefined();
  });

  it('keeps a free line for the job it was promised to', () => {
    const free = { ...draft, origin: 'lowStock', lines: [{ ...line, poLineId: id(97) }], originIds: [id(97)] };
    const claim = { kind: 'inbound', value: id(97), holder: `${repairOrderId}.${requestId}` };
    const promised = { aggregate: Claim, id: `inbound.${id(97)}`, events: [{ type: 'ClaimConfirmed', data: claim }] };
    const world = f.worldOf(f.purchase(free), f.stock(own, 0), f.job(f.shortJob), promised);
    const care = instanceOf(PurchaseCare, world);
    care.tell('PurchaseOrderDrafted', free);
    const goods = arrived(4);
    const received = care.tell('GoodsReceived', { ...goods, lines: [{ ...goods.lines[0], poLineId: id(97) }] });
    expect(dataOf(received, 'ReceiveStock').crossDock).toMatchObject({ qty: 2, forId: requestId });
    const moved = { purchaseOrderId, poLineId: id(97), before: '2025-07-01', reason: 'x' };
    const later = care.tell('PromiseChanged', { ...moved, promisedOn: '2025-07-03' });
    expect(dataOf(later, 'NotePartShortage')).toEqual({
      ...{ repairOrderId, requestId, missingQty: 2, expectedOn: '2025-07-03' },
    });
    expect(later.sent).toEqual([`timer:late.${id(97)}`, 'NotePartShortage', 'notice:partComesLate']);
  });

  it('may cost the buyer what the supplier asks for goods it had agreed to and that are cancelled', () => {
    const cancelled = { purchaseOrderId, reason: 'x', poLineIds: [requestId] };
    const told = (...facts: object[]) => {
      const { care } = begun(...agreed);
      const bought = f.purchase(draft, ...agreed, ['CancelPurchaseOrder', { reason: 'x' }]);
      care.know(f.worldOf(...([bought, f.stock(own, 0), ...facts] as never[])));
      return care.tell('PurchaseOrderCancelled', cancelled);
    };
    expect(told().sent).toEqual(['DropInbound', 'complete']);
    const asked = told(setting(supplier, 'supplier.cancelPercent', 10));
    expect(asked.sent).toEqual([
      ...['DropInbound', 'DraftInvoice', 'notice:purchasePenaltyToCharge', 'notice:purchasePenaltyOwed', 'complete'],
    ]);
    expect(dataOf(asked, 'DraftInvoice')).toMatchObject({
      ...{ sellerOrgId: supplier, payer: { kind: 'org', id: ids.workshopOrg }, totalKrw: 16_800, vatKrw: 0 },
      source: { kind: 'purchaseOrder', id: purchaseOrderId },
    });
  });

  it('may lose the line of a job that ended; the supplier is told, and the rest stands', () => {
    const { care } = begun(...agreed);
    care.tell('PurchaseOrderSubmitted', { purchaseOrderId, totalKrw: 1 });
    const gone = { purchaseOrderId, poLineId: requestId, partId, reason: 'x', acceptedQty: 4 };
    const dropped = care.tell('PurchaseLineDropped', gone);
    expect(dropped.sent).toEqual([`-late.${requestId}`, 'DropInbound', 'notice:purchaseLineDropped']);
    expect(dataOf(dropped, 'DropInbound')).toMatchObject({ warehouseId: own, partId, poLineId: requestId });
    expect(dataOf(dropped, 'RequestNotice')).toMatchObject({ to: { kind: 'org', id: supplier } });
    expect(care.tell('PurchaseLineDropped', { ...gone, acceptedQty: 0 }).sent).toEqual(['notice:purchaseLineDropped']);
  });

  it('drops what will not come when it is cancelled or closed', () => {
    const { care } = begun(...agreed);
    expect(care.tell('PurchaseOrderClosed', { purchaseOrderId, poLineIds: [requestId] }).sent).toEqual([
      ...['DropInbound', 'timer:end'],
    ]);
  });
});
