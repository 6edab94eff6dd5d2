import { CatalogPart, PurchaseOrder, RepairOrder, StockItem } from '@cargoro/domain';
import { PurchaseOrderView } from '@cargoro/projections';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, readingWorld } from './testing/reading.ts';

const [orgId, supplierId, workshopId, warehouseId, partId, orderId, requestId, poId, ownerId, vehicleId] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
].map(uuid) as [string, string, string, string, string, string, string, string, string, string];
const stockId = `${warehouseId}.${partId}`;
const parts = as(uuid(20), 'PARTS_MANAGER', orgId);
const supplier = as(uuid(21), 'SUPPLIER_SALES', supplierId);
const owner = as(ownerId, 'OWNER');
const stranger = as(uuid(22), 'PARTS_MANAGER', uuid(23));
const ref = { warehouseId, partId };

let reading: Awaited<ReturnType<typeof readingWorld>>;
beforeAll(async () => {
  reading = await readingWorld(['repair', 'parts', 'admin']);
  const { append } = reading;
  await append(CatalogPart, partId, [
    {
      type: 'PartListed',
      data: {
        ...{ partId, supplierOrgId: supplierId, partNo: 'P-1', brand: '한빛', grade: 'oem', nameKo: '브레이크 패드' },
        ...{ nameEn: 'Brake pad', category: 'BRAKE', unit: 'SET', listPriceKrw: 50_000, warrantyMonths: 6 },
        ...{ warrantyKm: 10_000, parties: [{ kind: 'org', id: supplierId, as: 'supplier' }] },
      },
    },
    {
      type: 'FitmentAdded',
      data: { partId, fitmentId: uuid(30), make: '현대', model: '쏘나타', yearFrom: 2018, yearTo: 2022 },
    },
    {
      type: 'PriceChanged',
      data: { partId, listPriceKrw: 55_000, effectiveFrom: '2025-08-01', reason: '원가', before: 50_000 },
    },
  ]);
  await append(RepairOrder, orderId, [
    {
      type: 'RepairOrderOpened',
      data: {
        ...{ repairOrderId: orderId, number: 'RO-1', workshopId, workshopOrgId: orgId, vehicleId, fuelPct: 50 },
        ...{ customer: { kind: 'owner', id: ownerId }, payer: { kind: 'owner', id: ownerId }, complaint: '' },
        ...{ odometerInKm: 10_000, conditionPhotos: [], firstRegisteredOn: '2020-01-01', highVoltage: false },
        vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
        parties: [
          { kind: 'org', id: orgId, as: 'workshop' },
          { kind: 'user', id: ownerId, as: 'customer' },
        ],
      },
    },
    {
      type: 'PartRequested',
      data: {
        ...{ repairOrderId: orderId, requestId, lineId: uuid(31), partId, qty: 2 },
        neededBy: '2025-07-02T01:00:00.000Z',
      },
    },
    { type: 'PartShortageNoted', data: { repairOrderId: orderId, requestId, missingQty: 2 } },
  ]);
  await append(StockItem, stockId, [
    {
      type: 'StockOpened',
      data: {
        ...{ ...ref, orgId, bin: 'A-1', minQty: 2, reorderQty: 10 },
        parties: [{ kind: 'org', id: orgId, as: 'warehouse' }],
      },
    },
    {
      type: 'StockReceived',
      data: {
        ...{ ...ref, movementId: uuid(40), qty: 5, unitCostKrw: 30_000, purchaseOrderId: poId, poLineId: uuid(41) },
        ...{ onHandAfter: 5, avgCostKrw: 30_000 },
      },
    },
    {
      type: 'StockReserved',
      data: {
        ...{ ...ref, reservationId: uuid(42), qty: 4, forKind: 'sale', forId: uuid(43), reservedAfter: 4 },
        expiresAt: '2025-07-03T00:00:00.000Z',
      },
    },
    {
      type: 'StockIssued',
      data: {
        ...{ ...ref, movementId: uuid(44), reservationId: uuid(42), qty: 3, forKind: 'sale', forId: uuid(43) },
        ...{ onHandAfter: 2, costKrw: 90_000 },
      },
    },
    {
      type: 'InboundExpected',
      data: { ...ref, purchaseOrderId: poId, poLineId: uuid(45), qty: 7, promisedOn: '2025-07-05' },
    },
  ]);
  const line = { partId, qty: 2, unitPriceKrw: 40_000, neededBy: '2025-07-02' };
  const end = await append(PurchaseOrder, poId, [
    {
      type: 'PurchaseOrderDrafted',
      data: {
        ...{ purchaseOrderId: poId, number: 'PO-1', buyerOrgId: orgId, supplierOrgId: supplierId, warehouseId },
        ...{ origin: 'repairShortage', originIds: [requestId] },
        lines: [{ poLineId: requestId, repairOrderId: orderId, ...line }],
        parties: [{ kind: 'org', id: orgId, as: 'buyer' }],
      },
    },
    { type: 'PurchaseOrderSubmitted', data: { purchaseOrderId: poId, totalKrw: 80_000 } },
    { type: 'PartyAdded', data: { party: { kind: 'org', id: supplierId, as: 'supplier' } } },
    {
      type: 'SupplierAccepted',
      data: { purchaseOrderId: poId, lines: [{ poLineId: requestId, acceptedQty: 2, promisedOn: '2025-07-04' }] },
    },
    {
      type: 'GoodsReceived',
      data: {
        ...{ purchaseOrderId: poId, receiptId: uuid(46), isLast: true },
        lines: [{ poLineId: requestId, qty: 2, acceptedQty: 1, rejectedQty: 1, reason: '파손' }],
      },
    },
  ]);
  await reading.reached(end);
});
afterAll(() => reading.stop());

describe('stock', () => {
  it('shows its organisation what is there, promised and on its way', async () => {
    expect(await reading.list('stock', { warehouseId }, parts)).toMatchObject([
      {
        ...{ partName: '브레이크 패드', onHand: 2, reserved: 1, available: 1, inbound: 7, avgCostKrw: 30_000 },
        ...{ valueKrw: 60_000, issuedKrw: 90_000 },
      },
    ]);
    expect(await reading.one('stockItem', { id: stockId }, parts)).toMatchObject({ bin: 'A-1' });
  });

  it('is classed by its share of what the warehouse issues: A up to 80 percent, B up to 95, C below', async () => {
    const busy = uuid(60);
    const issued = async (n: number, costKrw: number) => {
      const at = { warehouseId: busy, partId: uuid(60 + n) };
      return reading.append(StockItem, `${busy}.${uuid(60 + n)}`, [
        {
          type: 'StockOpened',
          data: {
            ...{ ...at, orgId, bin: `C-${n}`, minQty: 0, reorderQty: 1 },
            parties: [{ kind: 'org', id: orgId, as: 'warehouse' }],
          },
        },
        {
          type: 'StockIssued',
          data: { ...at, movementId: uuid(70 + n), qty: 1, forKind: 'sale', forId: uuid(43), onHandAfter: 0, costKrw },
        },
      ]);
    };
    let end = 0n;
    for (const [n, krw] of [100, 700, 160, 40].entries()) end = await issued(n + 1, krw);
    await reading.reached(end);
    const rows = await reading.list('stock', { warehouseId: busy }, parts);
    expect(rows.map(({ issuedKrw, abc }) => [issuedKrw, abc])).toEqual([
      [100, 'B'],
      [700, 'A'],
      [160, 'A'],
      [40, 'C'],
    ]);
    expect((await reading.one('stockItem', { id: stockId }, parts))?.abc).toBe('A');
  });

  it('tells of every movement what it left', async () => {
    expect(await reading.list('stockMoves', { stockId }, parts)).toMatchObject([
      { kind: 'issued', qty: -3, onHandBefore: 5, onHandAfter: 2, valueKrw: -90_000 },
      { kind: 'received', qty: 5, onHandBefore: 0, onHandAfter: 5, causeKind: 'purchaseOrder', causeId: poId },
    ]);
    expect(await reading.list('stockMoves', { stockId, filter: { status: ['issued'] } }, parts)).toMatchObject([
      { qty: -3 },
    ]);
  });

  it.each(['stock', 'stockMoves', 'partRequests'])('%s is nothing for the supplier and for others', async (name) => {
    expect(await reading.list(name, {}, supplier)).toEqual([]);
    expect(await reading.list(name, {}, stranger)).toEqual([]);
    expect((await reading.list(name, {}, parts)).length).toBeGreaterThan(0);
    await expect(reading.list(name, {}, owner)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a part request', () => {
  it('is late when the supplier promises it for after it is needed', async () => {
    expect(await reading.list('partRequests', { workshopId }, parts)).toMatchObject([
      {
        id: requestId,
        orderNumber: 'RO-1',
        plate: '12가3456',
        status: 'late',
        expectedOn: '2025-07-04',
        missingQty: 2,
      },
    ]);
  });
});

describe('a purchase order', () => {
  it('shows the buyer whose job it is for, and the supplier what to deliver', async () => {
    expect(await reading.one('purchaseOrder', { id: poId }, parts)).toMatchObject({
      ...{ status: 'received', originIds: [requestId], totalKrw: 80_000, disputed: true },
      lines: [{ repairOrderId: orderId, acceptedQty: 2, promisedOn: '2025-07-04', receivedQty: 1, rejectedQty: 1 }],
    });
    expect(await reading.one('purchaseOrder', { id: poId }, supplier)).toMatchObject({
      ...{ number: 'PO-1', warehouseId, origin: null, originIds: [] },
      lines: [{ repairOrderId: null, acceptedQty: 2 }],
    });
    expect(await reading.list('purchaseOrders', {}, stranger)).toEqual([]);
  });

  it('is worth less without the line of a job that ended, which the supplier is shown too', async () => {
    const sharedId = uuid(70);
    const piece = { partId, qty: 1, unitPriceKrw: 30_000, neededBy: '2025-07-02' };
    const dropped = await reading.append(PurchaseOrder, sharedId, [
      {
        type: 'PurchaseOrderDrafted',
        data: {
          ...{ purchaseOrderId: sharedId, number: 'PO-2', buyerOrgId: orgId, supplierOrgId: supplierId, warehouseId },
          ...{ origin: 'repairShortage', originIds: [uuid(71), uuid(72)] },
          lines: [uuid(71), uuid(72)].map((poLineId) => ({ poLineId, ...piece })),
          parties: [{ kind: 'org', id: orgId, as: 'buyer' }],
        },
      },
      { type: 'PurchaseOrderSubmitted', data: { purchaseOrderId: sharedId, totalKrw: 60_000 } },
      { type: 'PartyAdded', data: { party: { kind: 'org', id: supplierId, as: 'supplier' } } },
      {
        type: 'PurchaseLineDropped',
        data: { purchaseOrderId: sharedId, poLineId: uuid(71), partId, acceptedQty: 0, reason: '작업 취소' },
      },
    ]);
    await reading.reached(dropped);
    expect(await reading.one('purchaseOrder', { id: sharedId }, supplier)).toMatchObject({
      ...{ status: 'submitted', totalKrw: 30_000, lines: [{ poLineId: uuid(72) }] },
    });
    const { entries } = await reading.api.history(PurchaseOrderView, sharedId, { first: 10, after: null }, supplier);
    expect(entries.map(({ type }) => type)).toContain('PurchaseLineDropped');
  });

  it('keeps the buyer’s drafts out of the supplier’s history', async () => {
    const { entries } = await reading.api.history(PurchaseOrderView, poId, { first: 10, after: null }, supplier);
    expect(JSON.stringify(entries)).not.toContain(orderId);
    expect(entries.map(({ type }) => type)).toContain('SupplierAccepted');
  });
});

describe('the catalogue', () => {
  it('is open, tells of the next price, and finds what fits a car one may see', async () => {
    expect(await reading.list('searchParts', { text: 'brake' }, stranger)).toMatchObject([
      { partNo: 'P-1', priceKrw: 50_000, nextPriceKrw: 55_000, nextPriceFrom: '2025-08-01' },
    ]);
    expect(await reading.list('searchParts', { vehicleId }, parts)).toHaveLength(1);
    expect(await reading.list('searchParts', { vehicleId }, stranger)).toEqual([]);
    expect(await reading.list('searchParts', { partIds: [partId, uuid(99)] }, stranger)).toHaveLength(1);
    expect(await reading.list('searchParts', { partIds: ['P-1'] }, stranger)).toMatchObject([{ id: partId }]);
    expect(await reading.list('searchParts', { partIds: [] }, stranger)).toEqual([]);
  });

  it('stands, with the rest of the desk, as a replay of the log makes it', async () => {
    expect(await reading.differing()).toEqual([]);
  });
});
