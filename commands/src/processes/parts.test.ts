import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Business, foundWorkshop, licence, startBusiness } from '../../test/business.ts';

let business: Business;
beforeEach(async () => {
  business = await startBusiness();
});
afterEach(async () => await business.stop());

describe('a part for a job, over the wire', () => {
  it('is ordered, received, kept for the job and fitted, once each, though the runner dies between all steps', async () => {
    const { say, until, crash, pass, id, count, dead } = business;
    const owner = { kind: 'user', id: id('owner') };
    const { workshopId, orgId, bayId, lead, vehicleId } = await foundWorkshop(business, owner);
    const supplierOrgId = id('supplier');
    await say('RegisterOrganization', {
      ...{ orgId: supplierOrgId, kind: 'supplier', name: '한빛부품', businessNo: '220-81-62517', address: '인천' },
      ownerUserId: id('sales'),
    });
    await say('VerifyOrganization', { orgId: supplierOrgId, evidence: [licence] });
    await say('ConnectPartner', { orgId, partnerOrgId: supplierOrgId, kind: 'supplier', termsRef: 'T1' });
    const partId = id('pad');
    await say('ListPart', {
      ...{ partId, supplierOrgId, partNo: '58101-2BA10', brand: '한빛', grade: 'oem', nameKo: '패드', nameEn: 'Pads' },
      ...{ category: 'brake', unit: 'EA', listPriceKrw: 42_000, warrantyMonths: 12, warrantyKm: 20_000 },
    });
    const [repairOrderId, lineId, requestId] = [id('order'), id('line'), id('request')];
    const client = { kind: 'owner', id: owner.id };
    await say('OpenRepairOrder', {
      ...{ repairOrderId, number: 'RO-1', workshopId, vehicleId, customer: client, payer: client },
      ...{ odometerInKm: 42_000, fuelPct: 50, complaint: '소음' },
    });
    await say('RecordDiagnosis', {
      repairOrderId,
      findings: [{ findingId: id('f'), system: '제동', severity: 'soon' }],
    });
    const line = {
      ...{
        lineId,
        kind: 'part',
        serviceCode: 'PADF',
        partId,
        grade: 'oem',
        qty: 2,
        unitPriceKrw: 60_000,
        payer: 'owner',
      },
      alternatives: [{ grade: 'reman', unitPriceKrw: 40_000 }],
    };
    await say('DraftEstimate', { repairOrderId, version: 1, lines: [line], menuVersion: 1, validUntil: '2025-07-14' });
    await say('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
    await say('ApproveLines', { repairOrderId, version: 1, lineIds: [lineId], approver: client, method: 'app' });
    await say('StartWork', { repairOrderId, technicianId: lead, bayId, lineIds: [lineId] });
    const opened = await until('RepairOrderOpened');
    await say('RequestPart', {
      repairOrderId,
      requestId,
      lineId,
      partId,
      qty: 2,
      neededBy: '2025-07-03T01:00:00.000Z',
    });

    const drafted = await until('PurchaseOrderDrafted');
    await until('WorkPaused');
    const { purchaseOrderId } = drafted.data;
    expect(drafted.meta.correlationId).toBe(opened.meta.correlationId);
    await until('PurchaseCareAdvanced');
    await crash();
    pass(21);
    await until('PurchaseOrderSubmitted');
    await crash();
    const accepted = [{ poLineId: requestId, acceptedQty: 2, promisedOn: '2025-07-01' }];
    await say('AcceptBySupplier', { purchaseOrderId, lines: accepted });
    await until('InboundExpected');
    await until('PartShortageNoted', ({ expectedOn }) => expectedOn === '2025-07-01');
    await crash();
    await say('ShipGoods', {
      purchaseOrderId,
      shipmentId: id('s'),
      lines: [{ poLineId: requestId, qty: 2 }],
      carrier: 'C',
    });
    const goods = { poLineId: requestId, qty: 2, acceptedQty: 2, rejectedQty: 0 };
    await say('ReceiveGoods', { purchaseOrderId, receiptId: id('r'), lines: [goods] });
    const kept = await until('StockReserved');
    await until('PartArrived');
    await crash();
    await say('ResumeWork', { repairOrderId });
    const { reservationId } = kept.data;
    await say('IssueStock', {
      ...{
        warehouseId: workshopId,
        partId,
        movementId: id('m'),
        reservationId,
        qty: 2,
        forKind: 'partRequest',
        forId: requestId,
      },
    });
    const fitted = await until('PartUsed');
    // The clerk at the counter began something of his own; the part is fitted on the repair's journey.
    expect(fitted.meta.correlationId).toBe(opened.meta.correlationId);
    expect(kept.meta.correlationId).toBe(opened.meta.correlationId);
    await crash();
    const once = ['PurchaseOrderDrafted', 'PurchaseOrderSubmitted', 'StockReceived', 'StockReserved', 'PartArrived'];
    for (const type of [...once, 'PartUsed', 'StockIssued']) expect([type, await count(type)]).toEqual([type, 1]);
    expect(await dead()).toEqual([]);
  }, 60_000);
});
