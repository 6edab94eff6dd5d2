import { describe, expect, it } from 'vitest';
import { type AnyEvent, Claim } from '../../kit/index.ts';
import { checkLaws, given } from '../../kit/testing.ts';
import { CatalogPart } from '../catalog-part/catalog-part.ts';
import {
  giveBack,
  id,
  issue,
  open,
  opened,
  order,
  partId,
  receive,
  reserve,
  staff,
  step,
  stocked,
  warehouseId,
  when,
} from './stock-item.fixture.ts';
import { availableOf, StockItem } from './stock-item.ts';

const reserved = step(stocked, 'ReserveStock', reserve(200, 3));
const adjust = (n: number, countedQty: number, more = {}) => ({
  movementId: id(n),
  countedQty,
  reasonCode: 'count',
  ...more,
});
const frozen = step(stocked, 'StartCount', { countId: id(7) });
const stateOf = (events: readonly AnyEvent[]) => when(events, 'DropInbound', { poLineId: id(99), reason: '-' }).state();

describe('StockItem', () => {
  it('is opened once per warehouse and part, for the warehouse’s organisation', () => {
    expect(StockItem.idOf({ warehouseId, partId })).toBe(`${warehouseId}.${partId}`);
    expect(opened[0]?.data.parties).toEqual([{ kind: 'org', id: id(9), as: 'warehouse' }]);
    when(opened, 'OpenStock', open).refuses('ALREADY_OPEN');
    when([], 'OpenStock', { ...open, minQty: -1 }).refuses('NEGATIVE');
  });

  it('takes goods in, each movement once, at a moving average cost', () => {
    when(opened, 'ReceiveStock', receive(1, 0)).refuses('QTY_NOT_POSITIVE');
    when(stocked, 'ReceiveStock', receive(100, 1)).refuses('DUPLICATE_MOVEMENT');
    const [received] = when(stocked, 'ReceiveStock', receive(101, 5, 65_000)).emits('StockReceived');
    expect(received?.data).toMatchObject({ onHandAfter: 15, avgCostKrw: 55_000 });
  });

  it('keeps stock for a purpose, never more than is free', () => {
    when(stocked, 'ReserveStock', reserve(200, 11)).refuses('INSUFFICIENT_AVAILABLE');
    when(stocked, 'ReserveStock', reserve(200, 0)).refuses('QTY_NOT_POSITIVE');
    expect(availableOf(stateOf(reserved))).toBe(7);
    when(reserved, 'ReserveStock', reserve(201, 8)).refuses('INSUFFICIENT_AVAILABLE');
    when(reserved, 'ReserveStock', reserve(200, 1)).refuses('DUPLICATE_RESERVATION');
    const released = step(reserved, 'ReleaseStock', { reservationId: id(200), reason: '작업 취소' });
    expect(availableOf(stateOf(released))).toBe(10);
    when(released, 'ReleaseStock', { reservationId: id(200), reason: '작업 취소' }).refuses('RESERVATION_UNKNOWN');
    when(released, 'ReserveStock', reserve(200, 1)).refuses('DUPLICATE_RESERVATION');
  });

  it('hands out what was reserved, in time, in one go or in several', () => {
    const from = { reservationId: id(200) };
    when(reserved, 'IssueStock', issue(300, 4, from)).refuses('OVER_RESERVED_QTY');
    when(reserved, 'IssueStock', issue(300, 1, { reservationId: id(201) })).refuses('RESERVATION_UNKNOWN');
    when(reserved, 'IssueStock', issue(300, 1, from), { now: '2025-07-03T01:00:00.001Z' }).refuses(
      'RESERVATION_EXPIRED',
    );
    const [out] = when(reserved, 'IssueStock', issue(300, 2, from)).emits('StockIssued');
    expect(out?.data).toMatchObject({ onHandAfter: 8, costKrw: 100_000 });
    const part = step(reserved, 'IssueStock', issue(300, 2, from));
    expect(stateOf(part)).toMatchObject({ onHand: 8, reserved: 1 });
    when(part, 'IssueStock', issue(301, 2, from)).refuses('OVER_RESERVED_QTY');
    const all = step(part, 'IssueStock', issue(301, 1, from));
    expect(stateOf(all)).toMatchObject({ onHand: 7, reserved: 0, reservations: {} });
    when(all, 'ReleaseStock', { ...from, reason: '-' }).refuses('RESERVATION_UNKNOWN');
  });

  it('hands out free stock, but never what others reserved', () => {
    when(stocked, 'IssueStock', issue(300, 11)).refuses('NEGATIVE_STOCK');
    when(reserved, 'IssueStock', issue(300, 8)).refuses('INSUFFICIENT_AVAILABLE');
    when(stocked, 'IssueStock', issue(300, -1)).refuses('QTY_NOT_POSITIVE');
    when(stocked, 'IssueStock', issue(100, 1)).refuses('DUPLICATE_MOVEMENT');
  });

  it('keeps recalled parts in, lot by lot', () => {
    const listed = given(CatalogPart)
      .when('ListPart', {
        ...{
          partId,
          supplierOrgId: id(8),
          partNo: '58101-ZD001',
          brand: '모비스',
          grade: 'oem',
          nameKo: '패드',
          nameEn: 'Pads',
        },
        ...{ category: 'brake', unit: 'SET', listPriceKrw: 1, warrantyMonths: 0, warrantyKm: 0 },
      })
      .emits('PartListed');
    const recall = { type: 'PartRecalled', data: { partId, reason: '균열', lots: ['L1'] } };
    const world = { facts: [{ aggregate: CatalogPart, id: partId, events: [...listed, recall] }] };
    when(stocked, 'IssueStock', issue(300, 1, { lotNo: 'L1' }), world).refuses('PART_RECALLED');
    when(stocked, 'IssueStock', issue(300, 1), world).refuses('PART_RECALLED');
    when(stocked, 'IssueStock', issue(300, 1, { lotNo: 'L2' }), world).emits('StockIssued');
  });

  it('takes back at most what went out, and scrap does not return to the shelf', () => {
    when(stocked, 'ReturnStock', giveBack(400, 1)).refuses('NEVER_ISSUED');
    const out = step(stocked, 'IssueStock', issue(300, 3));
    when(out, 'ReturnStock', giveBack(400, 4)).refuses('OVER_RETURN');
    when(out, 'ReturnStock', giveBack(400, 0)).refuses('QTY_NOT_POSITIVE');
    const [back] = when(out, 'ReturnStock', giveBack(400, 2)).emits('StockReturned');
    expect(back?.data.onHandAfter).toBe(9);
    const some = step(out, 'ReturnStock', giveBack(400, 2, 'scrap'));
    expect(stateOf(some)).toMatchObject({ onHand: 7 });
    when(some, 'ReturnStock', giveBack(400, 1)).refuses('DUPLICATE_MOVEMENT');
    when(some, 'ReturnStock', giveBack(401, 2)).refuses('OVER_RETURN');
    when(step(some, 'ReturnStock', giveBack(401, 1)), 'ReturnStock', giveBack(402, 1)).refuses('NEVER_ISSUED');
  });

  it('is adjusted to what was counted, with a reason and, when it is much, a second person', () => {
    when(stocked, 'AdjustStock', adjust(500, 9, { reasonCode: undefined })).refuses('REASON_REQUIRED');
    when(reserved, 'AdjustStock', adjust(500, 2)).refuses('BELOW_RESERVED');
    when(stocked, 'AdjustStock', adjust(100, 9)).refuses('DUPLICATE_MOVEMENT');
    const [less] = when(stocked, 'AdjustStock', adjust(500, 9, { reasonCode: 'loss' })).emits('StockAdjusted');
    expect(less?.data).toMatchObject({ deltaQty: -1, valueKrw: -50_000, onHandAfter: 9 });
    const clerk = { actor: { kind: 'user', id: id(11), role: 'WAREHOUSE_CLERK' }, facts: [staff] } as const;
    const lots = step(stocked, 'ReceiveStock', receive(101, 10));
    when(lots, 'AdjustStock', adjust(500, 10), clerk).emits('StockAdjusted');
    when(lots, 'AdjustStock', adjust(500, 9), clerk).refuses('ADJUST_NEEDS_APPROVAL');
    when(lots, 'AdjustStock', adjust(500, 9, { approverId: id(11) }), clerk).refuses('ADJUST_NEEDS_APPROVAL');
    when(lots, 'AdjustStock', adjust(500, 9, { approverId: id(13) }), clerk).refuses('ADJUST_NEEDS_APPROVAL');
    when(lots, 'AdjustStock', adjust(500, 9, { approverId: id(12) }), clerk).emits('StockAdjusted');
    when(lots, 'AdjustStock', adjust(500, 31), clerk).refuses('ADJUST_NEEDS_APPROVAL');
  });

  it('moves to another warehouse, arriving at the cost it left with', () => {
    const out = { transferId: id(600), qty: 4, toWarehouseId: id(12) };
    when(reserved, 'TransferOut', { ...out, qty: 8 }).refuses('INSUFFICIENT_AVAILABLE');
    when(stocked, 'TransferOut', { ...out, qty: 0 }).refuses('QTY_NOT_POSITIVE');
    const sent = step(stocked, 'TransferOut', out);
    when(sent, 'TransferOut', out).refuses('DUPLICATE_MOVEMENT');
    const world = { facts: [{ aggregate: StockItem, id: `${warehouseId}.${partId}`, events: sent }] };
    const there = { warehouseId: id(12), transferId: id(600), qty: 4, fromWarehouseId: warehouseId };
    const elsewhere = step([], 'OpenStock', { ...open, warehouseId: id(12), minQty: 0 });
    when(elsewhere, 'TransferIn', there).refuses('TRANSFER_UNKNOWN');
    when(elsewhere, 'TransferIn', { ...there, qty: 5 }, world).refuses('TRANSFER_UNKNOWN');
    when(elsewhere, 'TransferIn', { ...there, qty: 0 }, world).refuses('QTY_NOT_POSITIVE');
    when(
      step([], 'OpenStock', { ...open, warehouseId: id(13), minQty: 0 }),
      'TransferIn',
      { ...there, warehouseId: id(13) },
      world,
    ).refuses('TRANSFER_UNKNOWN');
    const [arrived] = when(elsewhere, 'TransferIn', there, world).emits('StockTransferredIn');
    // Who receives need not know the sender: the transfer does.
    const { fromWarehouseId: _, ...unnamed } = there;
    when(elsewhere, 'TransferIn', unnamed, world).refuses('TRANSFER_UNKNOWN');
    const claim = { kind: 'stockTransfer', value: `${out.transferId}.${partId}`, holder: warehouseId };
    const onItsWay = {
      ...{ aggregate: Claim, id: `stockTransfer.${out.transferId}.${partId}` },
      events: [{ type: 'ClaimHeld', data: { ...claim, until: '2030-01-01T00:00:00.000Z' } }],
    };
    const known = { facts: [...world.facts, onItsWay] };
    const [told] = when(elsewhere, 'TransferIn', unnamed, known).emits('StockTransferredIn');
    expect(told?.data).toMatchObject({ fromWarehouseId: warehouseId, onHandAfter: 4 });
    expect(arrived?.data).toMatchObject({ onHandAfter: 4, unitCostKrw: 50_000, avgCostKrw: 50_000 });
    when(step(elsewhere, 'TransferIn', there, world), 'TransferIn', there, world).refuses('DUPLICATE_MOVEMENT');
  });

  it('reports low stock once, until it is replenished', () => {
    const [, low] = when(stocked, 'IssueStock', issue(300, 7)).emits('StockIssued', 'LowStockReached');
    expect(low?.data).toMatchObject({ available: 3, inbound: 0, minQty: 4 });
    when(stocked, 'IssueStock', issue(300, 6)).emits('StockIssued');
    when(stocked, 'ReserveStock', reserve(200, 7)).emits('StockReserved', 'LowStockReached');
    const promised = step(stocked, 'ReserveStock', reserve(200, 6));
    when(promised, 'IssueStock', issue(300, 6, { reservationId: id(200) })).emits('StockIssued');
    const scarce = step(stocked, 'IssueStock', issue(300, 7));
    when(scarce, 'IssueStock', issue(301, 1)).emits('StockIssued');
    when(scarce, 'ReceiveStock', receive(101, 1)).emits('StockReceived', 'StockReplenished');
    const again = step(scarce, 'ReceiveStock', receive(101, 1));
    when(again, 'IssueStock', issue(301, 1)).emits('StockIssued', 'LowStockReached');
    when(stocked, 'SetReorderPoint', { minQty: 11, reorderQty: 10, leadDays: 2 }).emits(
      'ReorderPointSet',
      'LowStockReached',
    );
    when(scarce, 'SetReorderPoint', { minQty: 3, reorderQty: 10, leadDays: 2 }).emits(
      'ReorderPointSet',
      'StockReplenished',
    );
    for (const wrong of [{ minQty: -1 }, { reorderQty: -1 }, { leadDays: -1 }])
      when(stocked, 'SetReorderPoint', { minQty: 1, reorderQty: 1, leadDays: 1, ...wrong }).refuses('NEGATIVE');
  });

  it('knows what is on its way, until it arrives or is dropped', () => {
    const expectLine = { purchaseOrderId: id(5), poLineId: id(6), qty: 10, promisedOn: '2025-07-02' };
    when(stocked, 'ExpectInbound', { ...expectLine, qty: 0 }).refuses('QTY_NOT_POSITIVE');
    const coming = step(stocked, 'ExpectInbound', expectLine);
    when(coming, 'ExpectInbound', expectLine).refuses('DUPLICATE_LINE');
    expect(stateOf(step(coming, 'ReceiveStock', receive(101, 4)))).toMatchObject({ inbound: { [id(6)]: 6 } });
    expect(stateOf(step(coming, 'ReceiveStock', receive(101, 10)))).toMatchObject({ inbound: {} });
    const [, low] = when(coming, 'IssueStock', issue(300, 7)).emits('StockIssued', 'LowStockReached');
    expect(low?.data.inbound).toBe(10);
    when(coming, 'DropInbound', { poLineId: id(6), reason: '발주 취소' }).emits('InboundDropped');
    when(stocked, 'DropInbound', { poLineId: id(6), reason: '발주 취소' }).emits();
  });

  it('does not move while it is counted', () => {
    const moves: [string, Record<string, unknown>][] = [
      ['ReceiveStock', receive(101, 1)],
      ['IssueStock', issue(300, 1)],
      ['ReturnStock', giveBack(400, 1)],
      ['TransferOut', { transferId: id(600), qty: 1, toWarehouseId: id(12) }],
      ['TransferIn', { transferId: id(600), qty: 1, fromWarehouseId: id(12) }],
    ];
    for (const [type, input] of moves) when(frozen, type, input).refuses('FROZEN_FOR_COUNT');
    when(frozen, 'ReserveStock', reserve(200, 1)).emits('StockReserved');
    when(frozen, 'AdjustStock', adjust(500, 9)).emits('StockAdjusted');
    when(frozen, 'StartCount', { countId: id(8) }).refuses('ALREADY_COUNTING');
    when(frozen, 'FinishCount', { countId: id(8) }).refuses('COUNT_UNKNOWN');
    when(stocked, 'FinishCount', { countId: id(7) }).refuses('COUNT_UNKNOWN');
    when(frozen, 'CloseStockYear', { year: 2025 }).refuses('OPEN_COUNT');
    when(step(frozen, 'FinishCount', { countId: id(7) }), 'IssueStock', issue(300, 1)).emits('StockIssued');
  });

  it('records the stock at the end of a year once', () => {
    const [closed] = when(reserved, 'CloseStockYear', { year: 2025 }).emits('StockYearClosed');
    expect(closed?.data).toMatchObject({ onHand: 10, reserved: 3, avgCostKrw: 50_000 });
    when(step(reserved, 'CloseStockYear', { year: 2025 }), 'CloseStockYear', { year: 2025 }).emits();
  });

  it('keeps the laws', () => {
    const ref = { warehouseId, partId };
    checkLaws(StockItem, {
      samples: {
        OpenStock: [{ ...ref, ...open }],
        ReceiveStock: [1, 2, 3].map((n) => ({ ...ref, ...receive(n, n * 3) })),
        ReserveStock: [1, 2].map((n) => ({ ...ref, ...reserve(n, n) })),
        ReleaseStock: [{ ...ref, reservationId: id(1), reason: '취소' }],
        IssueStock: [
          { ...ref, ...issue(4, 1, { reservationId: id(2) }) },
          { ...ref, ...issue(5, 2) },
        ],
        ReturnStock: [{ ...ref, ...giveBack(6, 1) }],
        AdjustStock: [{ ...ref, ...adjust(7, 6) }],
        TransferOut: [{ ...ref, transferId: id(8), qty: 1, toWarehouseId: order }],
      },
    });
  });
});
