import { describe, expect, it } from 'vitest';
import { Organization } from '../../core/organization/organization.ts';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, recorded, testContext, type World } from '../../kit/testing.ts';
import { PurchaseOrder, type PurchaseOrderState } from './purchase-order.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const purchaseOrderId = id(1);
const [buyer, supplier] = [id(2), id(3)] as const;
const line = (n: number, qty: number, unitPriceKrw = 50_000) => ({
  ...{ poLineId: id(n), partId: id(9), qty, unitPriceKrw, neededBy: '2025-07-02' },
});
const draft = {
  ...{ number: 'PO-25-000001', buyerOrgId: buyer, supplierOrgId: supplier, warehouseId: id(4) },
  ...{ origin: 'repairShortage', originIds: ['req-1', 'req-2', 'req-1'], lines: [line(5, 10), line(6, 4)] },
};
const connected = [
  ...given(Organization)
    .when('RegisterOrganization', {
      ...{
        orgId: buyer,
        kind: 'workshop',
        name: '가온오토케어',
        businessNo: '124-81-00998',
        address: '서울',
        ownerUserId: id(7),
      },
    })
    .emits('OrganizationRegistered', 'MemberAdded'),
  { type: 'PartnerConnected', data: { orgId: buyer, partnerOrgId: supplier, kind: 'supplier', termsRef: '기본' } },
];
const world: World = { facts: [{ aggregate: Organization, id: buyer, events: connected }] };
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, w = world) =>
  given(PurchaseOrder, ...events).when(type, { purchaseOrderId, ...input }, w);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>) => {
  const { decision } = when(events, type, input);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const accept = (a: number, b: number) => ({
  lines: [
    { poLineId: id(5), acceptedQty: a, promisedOn: '2025-07-01' },
    { poLineId: id(6), acceptedQty: b, promisedOn: '2025-07-02' },
  ],
});
const ship = (shipmentId: string, ...lines: { poLineId: string; qty: number }[]) => ({
  shipmentId,
  lines,
  carrier: '한결택배',
});
const arrive = (receiptId: string, ...lines: [number, number, number?][]) => ({
  receiptId,
  lines: lines.map(([n, qty, rejectedQty = 0]) => ({
    poLineId: id(n),
    qty,
    acceptedQty: qty - rejectedQty,
    rejectedQty,
  })),
});
const drafted = step([], 'DraftPurchaseOrder', draft);
const submitted = step(drafted, 'SubmitPurchaseOrder', {});
const accepted = step(submitted, 'AcceptBySupplier', accept(10, 4));
const shipping = step(accepted, 'ShipGoods', ship(id(1), { poLineId: id(5), qty: 10 }));
const part = step(shipping, 'ReceiveGoods', arrive(id(2), [5, 10, 2]));
const all = step(part, 'ReceiveGoods', arrive(id(3), [6, 4]));
const reason = { reason: '사정 변경' };

describe('PurchaseOrder', () => {
  it('is drawn up to a connected supplier, covering each shortage once', () => {
    when([], 'DraftPurchaseOrder', draft, {}).refuses('SUPPLIER_NOT_CONNECTED');
    when([], 'DraftPurchaseOrder', { ...draft, lines: [line(5, 0)] }).refuses('QTY_NOT_POSITIVE');
    when([], 'DraftPurchaseOrder', { ...draft, lines: [line(5, 1), line(5, 2)] }).refuses('ALREADY_EXISTS');
    const { decision } = when([], 'DraftPurchaseOrder', draft);
    expect(decision.ok && decision.before.map((s) => [s.data.value, s.refusal])).toEqual([
      ['repairShortage.req-1', 'ORIGIN_ALREADY_COVERED'],
      ['repairShortage.req-2', 'ORIGIN_ALREADY_COVERED'],
    ]);
    expect(drafted[0]?.data.parties).toEqual([{ kind: 'org', id: buyer, as: 'buyer' }]);
  });

  it('changes its lines as a draft only', () => {
    const change = { poLineId: id(5), qty: 2, unitPriceKrw: 1 };
    when(drafted, 'ChangeLine', change).emits('LineChanged');
    when(drafted, 'ChangeLine', { ...change, qty: 0 }).refuses('QTY_NOT_POSITIVE');
    when(drafted, 'ChangeLine', { ...change, poLineId: id(8) }).refuses('LINE_UNKNOWN');
    when(drafted, 'AddLine', { line: line(8, 1) }).emits('LineAdded');
    when(drafted, 'AddLine', { line: line(8, 0) }).refuses('QTY_NOT_POSITIVE');
    when(drafted, 'AddLine', { line: line(5, 1) }).refuses('ALREADY_EXISTS');
    when(drafted, 'RemoveLine', { poLineId: id(5) }).emits('LineRemoved');
    when(drafted, 'RemoveLine', { poLineId: id(8) }).refuses('LINE_UNKNOWN');
    when(submitted, 'ChangeLine', change).refuses('NOT_DRAFT');
    when(submitted, 'AddLine', { line: line(8, 1) }).refuses('NOT_DRAFT');
    when(submitted, 'RemoveLine', { poLineId: id(5) }).refuses('NOT_DRAFT');
  });

  it('loses a line whose job is gone, until anything is shipped, but never its last', () => {
    const drop = { poLineId: id(5), ...reason };
    const [dropped] = when(accepted, 'DropPurchaseLine', drop).emits('PurchaseLineDropped');
    expect(dropped?.data).toMatchObject({ partId: id(9), acceptedQty: 10 });
    when(submitted, 'DropPurchaseLine', { ...drop, poLineId: id(8) }).refuses('LINE_UNKNOWN');
    when(shipping, 'DropPurchaseLine', drop).refuses('ALREADY_SHIPPED');
    const one = step(submitted, 'DropPurchaseLine', drop);
    when(one, 'DropPurchaseLine', { ...drop, poLineId: id(6) }).refuses('EMPTY');
    // What the supplier will not deliver is nothing to wait for.
    when(step(submitted, 'AcceptBySupplier', accept(10, 0)), 'DropPurchaseLine', drop).refuses('EMPTY');
    when(one, 'AcceptBySupplier', accept(10, 4)).refuses('LINE_UNKNOWN');
  });

  it('is submitted with lines, above a limit only when somebody else approved it', () => {
    const [sent, seen] = when(drafted, 'SubmitPurchaseOrder', {}).emits('PurchaseOrderSubmitted', 'PartyAdded');
    expect(sent?.data.totalKrw).toBe(700_000);
    expect(seen?.data.party).toEqual({ kind: 'org', id: supplier, as: 'supplier' });
    const empty = step(step(drafted, 'RemoveLine', { poLineId: id(5) }), 'RemoveLine', { poLineId: id(6) });
    when(empty, 'SubmitPurchaseOrder', {}).refuses('EMPTY');
    when(empty, 'ApprovePurchaseOrder', { approverId: id(7) }).refuses('EMPTY');
    const atLimit = step(drafted, 'AddLine', { line: line(8, 6) });
    when(atLimit, 'SubmitPurchaseOrder', {}).emits('PurchaseOrderSubmitted', 'PartyAdded');
    const large = step(drafted, 'AddLine', { line: line(8, 1, 300_001) });
    when(large, 'SubmitPurchaseOrder', {}).refuses('OVER_LIMIT');
    when(step(large, 'ApprovePurchaseOrder', { approverId: id(7) }), 'SubmitPurchaseOrder', {}).emits(
      'PurchaseOrderSubmitted',
      'PartyAdded',
    );
    when(submitted, 'ApprovePurchaseOrder', { approverId: id(7) }).refuses('NOT_DRAFT');
    when(submitted, 'SubmitPurchaseOrder', {}).refuses('WRONG_STATE');
  });

  it('is not approved by who drew it up', () => {
    const clerk = { actor: { kind: 'user', id: id(8) } } as const;
    const state = drafted.reduce<PurchaseOrderState>(
      (folded, event, revision) => PurchaseOrder.evolve(folded, recorded('test', revision, event, clerk)),
      PurchaseOrder.initial,
    );
    const approve = (approverId: string) =>
      PurchaseOrder.decide(
        state,
        { type: 'ApprovePurchaseOrder', data: { purchaseOrderId, approverId } },
        testContext(),
      );
    expect(approve(id(8))).toEqual({ ok: false, code: 'SELF_APPROVAL' });
    expect(approve(id(7)).ok).toBe(true);
  });

  it('is accepted by the supplier, all or part, or declined, which uncovers the shortages', () => {
    when(submitted, 'AcceptBySupplier', accept(10, 4)).emits('SupplierAccepted');
    when(submitted, 'AcceptBySupplier', accept(11, 4)).refuses('QTY_OVER_ORDERED');
    when(submitted, 'AcceptBySupplier', accept(0, 0)).refuses('EMPTY');
    when(submitted, 'AcceptBySupplier', {
      lines: [{ poLineId: id(8), acceptedQty: 1, promisedOn: '2025-07-01' }],
    }).refuses('LINE_UNKNOWN');
    when(drafted, 'AcceptBySupplier', accept(1, 1)).refuses('NOT_SUBMITTED');
    when(accepted, 'DeclineBySupplier', reason).refuses('NOT_SUBMITTED');
    const { decision } = when(submitted, 'DeclineBySupplier', reason);
    expect(decision.ok && decision.after.map((step) => [step.type, step.data.value])).toEqual([
      ['ReleaseClaim', 'repairShortage.req-1'],
      ['ReleaseClaim', 'repairShortage.req-2'],
    ]);
  });

  it('has its promised days changed until the goods are there', () => {
    const later = { poLineId: id(5), promisedOn: '2025-07-05', ...reason };
    const [changed] = when(accepted, 'ChangePromise', later).emits('PromiseChanged');
    expect(changed?.data.before).toBe('2025-07-01');
    when(accepted, 'ChangePromise', { ...later, promisedOn: '2025-07-01' }).emits();
    when(accepted, 'ChangePromise', { ...later, poLineId: id(8) }).refuses('LINE_UNKNOWN');
    when(part, 'ChangePromise', later).refuses('LINE_RECEIVED');
    when(submitted, 'ChangePromise', later).refuses('NOT_ACCEPTED');
  });

  it('is shipped in parts, never more than was accepted', () => {
    when(submitted, 'ShipGoods', ship(id(1), { poLineId: id(5), qty: 1 })).refuses('NOT_ACCEPTED');
    when(accepted, 'ShipGoods', ship(id(1), { poLineId: id(5), qty: 11 })).refuses('OVER_ACCEPTED_QTY');
    when(accepted, 'ShipGoods', ship(id(1), { poLineId: id(5), qty: 6 }, { poLineId: id(5), qty: 5 })).refuses(
      'OVER_ACCEPTED_QTY',
    );
    when(accepted, 'ShipGoods', ship(id(1), { poLineId: id(8), qty: 1 })).refuses('LINE_UNKNOWN');
    when(shipping, 'ShipGoods', ship(id(1), { poLineId: id(6), qty: 1 })).refuses('DUPLICATE_SHIPMENT');
    when(shipping, 'ShipGoods', ship(id(4), { poLineId: id(5), qty: 1 })).refuses('OVER_ACCEPTED_QTY');
    when(part, 'ShipGoods', ship(id(4), { poLineId: id(6), qty: 4 })).emits('GoodsShipped');
    expect(when(accepted, 'ShipGoods', ship(id(1), { poLineId: id(5), qty: 1 })).state().status).toBe('shipping');
  });

  it('is received in parts, with a small tolerance, until everything accepted is there', () => {
    when(submitted, 'ReceiveGoods', arrive(id(2), [5, 1])).refuses('NOT_ACCEPTED');
    when(shipping, 'ReceiveGoods', arrive(id(2), [8, 1])).refuses('LINE_UNKNOWN');
    when(shipping, 'ReceiveGoods', arrive(id(2), [5, 11])).refuses('OVER_RECEIPT');
    const packs = step(
      step(step([], 'DraftPurchaseOrder', { ...draft, lines: [line(5, 20, 1)] }), 'SubmitPurchaseOrder', {}),
      'AcceptBySupplier',
      {
        lines: [{ poLineId: id(5), acceptedQty: 20, promisedOn: '2025-07-01' }],
      },
    );
    when(packs, 'ReceiveGoods', arrive(id(2), [5, 21])).emits('GoodsReceived');
    when(packs, 'ReceiveGoods', arrive(id(2), [5, 22])).refuses('OVER_RECEIPT');
    when(part, 'ReceiveGoods', arrive(id(2), [6, 1])).refuses('DUPLICATE_RECEIPT');
    when(part, 'ReceiveGoods', arrive(id(3), [5, 1])).refuses('OVER_RECEIPT');
    expect(part.at(-1)?.data.isLast).toBe(false);
    expect(all.at(-1)?.data.isLast).toBe(true);
    expect(when(part, 'ReceiveGoods', arrive(id(3), [6, 4])).state().status).toBe('received');
    when(all, 'ReceiveGoods', arrive(id(4), [6, 1])).refuses('NOT_ACCEPTED');
    expect(() =>
      when(shipping, 'ReceiveGoods', {
        receiptId: id(2),
        lines: [{ poLineId: id(5), qty: 3, acceptedQty: 1, rejectedQty: 1 }],
      }),
    ).toThrow();
  });

  it('gives back at most what was received and kept', () => {
    const back = (returnId: string, qty: number, n = 5) => ({ returnId, lines: [{ poLineId: id(n), qty }], ...reason });
    when(shipping, 'ReturnGoods', back(id(5), 1)).refuses('NOTHING_RECEIVED');
    when(part, 'ReturnGoods', back(id(5), 9)).refuses('NOTHING_RECEIVED');
    when(part, 'ReturnGoods', back(id(5), 1, 6)).refuses('NOTHING_RECEIVED');
    when(part, 'ReturnGoods', back(id(5), 8)).emits('GoodsReturned');
    const some = step(part, 'ReturnGoods', back(id(5), 5));
    when(some, 'ReturnGoods', back(id(5), 1)).refuses('DUPLICATE_RETURN');
    when(some, 'ReturnGoods', back(id(6), 4)).refuses('NOTHING_RECEIVED');
  });

  it('is closed when everything is there, else with a reason', () => {
    when(part, 'ClosePurchaseOrder', {}).refuses('OPEN_LINES_NEED_REASON');
    when(part, 'ClosePurchaseOrder', reason).emits('PurchaseOrderClosed');
    when(all, 'ClosePurchaseOrder', {}).emits('PurchaseOrderClosed');
    when(accepted, 'ClosePurchaseOrder', reason).refuses('NOTHING_RECEIVED');
  });

  it('is cancelled before it is shipped, which uncovers the shortages', () => {
    for (const events of [drafted, submitted, accepted]) {
      const { decision } = when(events, 'CancelPurchaseOrder', reason);
      expect(decision.ok && decision.after).toHaveLength(2);
    }
    for (const events of [shipping, part, all]) when(events, 'CancelPurchaseOrder', reason).refuses('ALREADY_SHIPPED');
    when(step(drafted, 'CancelPurchaseOrder', reason), 'SubmitPurchaseOrder', {}).refuses('WRONG_STATE');
  });

  it('keeps the laws', () => {
    const ref = { purchaseOrderId };
    checkLaws(PurchaseOrder, {
      world,
      samples: {
        DraftPurchaseOrder: [{ ...ref, ...draft }],
        SubmitPurchaseOrder: [ref],
        AcceptBySupplier: [
          { ...ref, ...accept(10, 4) },
          { ...ref, ...accept(3, 0) },
        ],
        ShipGoods: [{ ...ref, ...ship(id(1), { poLineId: id(5), qty: 3 }) }],
        ReceiveGoods: [
          { ...ref, ...arrive(id(2), [5, 3, 1]) },
          { ...ref, ...arrive(id(3), [5, 7], [6, 4]) },
        ],
        ReturnGoods: [{ ...ref, returnId: id(4), lines: [{ poLineId: id(5), qty: 1 }], ...reason }],
      },
    });
  });
});
