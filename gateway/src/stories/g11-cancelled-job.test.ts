import { plusHours } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { dayOf, found, openWorkshop, registerCar, signUp, workshopId } from './kit/founding.ts';
import { labour, part } from './kit/repairing.ts';
import { listPads, padsId } from './kit/supplying.ts';
import { takeIn } from './kit/visit.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g11');
});
afterAll(() => world?.stop());

type Purchase = { id: string; status: string; lines: { poLineId: string }[] };
type Request = { id: string; status: string; expectedOn: string | null };
const shelf = 'onHand reserved available inbound';
const stockId = `${workshopId}.${padsId}`;

/** A car comes for new pads, which the store has not; the job asks for them. */
const wantPads = async (job: string, plates: object): Promise<{ repairOrderId: string; requestId: string }> => {
  const vehicleId = await registerCar(world, people.kim, job, { ...plates });
  const [work, pads] = [labour('PADF', 'owner', idOf(`${job}/work`)), padsFor(job)];
  const repairOrderId = await takeIn(world, people.kim, { order: job, vehicleId, km: 42_000, lines: [work, pads] });
  const request = { requestId: idOf(`${job}/request`), lineId: pads.lineId, partId: padsId, qty: 1 };
  const neededBy = plusHours(world.now(), 48);
  await world.as(people.technician).command('RequestPart', { repairOrderId, ...request, neededBy });
  return { repairOrderId, requestId: request.requestId };
};
const padsFor = (job: string) => part('PADF', padsId, 62_000, 'owner', idOf(`${job}/pads`));

/** They are ordered by themselves, and the supplier promises them for tomorrow. */
const promised = async (requestId: string): Promise<string> => {
  const sales = world.as(people.sales);
  const ordered = (status: string) => (order: Purchase) =>
    order.status === status && order.lines.some(({ poLineId }) => poLineId === requestId);
  const watched = ['purchaseOrderChanged', { orgId: orgs.garage.id }, 'id status lines { poLineId }'] as const;
  await world.as(people.buyer).until<Purchase>(...watched, ordered('draft'));
  world.pass({ minutes: 21 });
  const { id: purchaseOrderId } = await world.as(people.buyer).until<Purchase>(...watched, ordered('submitted'));
  const promisedOn = dayOf(world, 1);
  const lines = [{ poLineId: requestId, acceptedQty: 1, promisedOn }];
  await sales.command('AcceptBySupplier', { purchaseOrderId, lines });
  await world
    .as(people.advisor)
    .until<Request>(
      'partRequestChanged',
      { workshopId },
      'id status expectedOn',
      ({ id, expectedOn }) => id === requestId && expectedOn === promisedOn,
    );
  return purchaseOrderId;
};

describe('G11, the job that was cancelled', () => {
  it('takes its order back while it can; what is on the truck already becomes free stock for the next job', async () => {
    const { as } = world;
    const [advisor, buyer, clerk, sales] = [as(people.advisor), as(people.buyer), as(people.clerk), as(people.sales)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.advisor, people.technician, people.buyer, people.clerk]);
    await openWorkshop(world, [people.technician]);
    await found(world, orgs.supplier, [people.maker, people.sales]);
    await listPads(world);

    const inbound = (qty: number) =>
      clerk.until<{ inbound: number }>(
        'stockChanged',
        { warehouseId: workshopId },
        shelf,
        ({ inbound: expected }) => expected === qty,
      );

    // Nothing has left the supplier: with the job its purchase is cancelled, and nothing is expected any more.
    const early = await wantPads('000001', { plate: '210가7791', vin: 'KMHXX00XXXX797711' });
    const earlyOrder = await promised(early.requestId);
    await inbound(1);
    await advisor.command('CancelOrder', { repairOrderId: early.repairOrderId, reasonCode: 'CUSTOMER' });
    const watched = ['purchaseOrderChanged', { orgId: orgs.supplier.id }, 'id status reason'] as const;
    await sales.until<Purchase>(...watched, ({ id, status }) => id === earlyOrder && status === 'cancelled');
    await inbound(0);

    // The second order is on the truck when its job is cancelled: it cannot be taken back, and people are told.
    const late = await wantPads('000002', { plate: '211가7791', vin: 'KMHXX00XXXX797712' });
    const purchaseOrderId = await promised(late.requestId);
    const shipment = { purchaseOrderId, shipmentId: idOf('shipment'), carrier: '한빛택배' };
    await sales.command('ShipGoods', { ...shipment, lines: [{ poLineId: late.requestId, qty: 1 }] });
    await advisor.command('CancelOrder', { repairOrderId: late.repairOrderId, reasonCode: 'CUSTOMER' });
    const told = await advisor.until<{ template: string; values: object }>(
      'noticeArrived',
      {},
      'template values',
      ({ template }) => template === 'orderedPartBecomesStock',
    );
    expect(told.values).toMatchObject({ repairOrderId: late.repairOrderId, partId: padsId, purchaseOrderId });
    const taking = { purchaseOrderId, reason: '작업 취소' };
    expect(await buyer.refusal('CancelPurchaseOrder', taking)).toBe('ALREADY_SHIPPED');

    // The truck arrives. The pads are kept for nobody.
    const goods = { poLineId: late.requestId, qty: 1, acceptedQty: 1, rejectedQty: 0 };
    const receipt = { purchaseOrderId, receiptId: idOf('receipt'), lines: [goods] };
    const more = { ...receipt, lines: [{ ...goods, qty: 3, acceptedQty: 3 }] };
    expect(await clerk.refusal('ReceiveGoods', more)).toBe('OVER_RECEIPT');
    await clerk.command('ReceiveGoods', receipt);
    const free = await clerk.until<{ onHand: number }>(
      'stockChanged',
      { warehouseId: workshopId },
      shelf,
      ({ onHand }) => onHand === 1,
    );
    expect(free).toEqual({ onHand: 1, reserved: 0, available: 1, inbound: 0 });
    const requests = await advisor.list('partRequests', { workshopId, open: true }, 'id');
    expect(requests).toEqual([]);

    // The next job finds them on the shelf: kept for it at once, and nothing is ordered.
    const next = await wantPads('000003', { plate: '213가7791', vin: 'KMHXX00XXXX797713' });
    await advisor.until<Request>(
      'partRequestChanged',
      { workshopId },
      'id status expectedOn',
      ({ id, status }) => id === next.requestId && status === 'available',
    );
    expect(await clerk.one('stockItem', { id: stockId }, shelf)).toMatchObject({ reserved: 1, available: 0 });
    expect(await buyer.list('purchaseOrders', {}, 'id')).toHaveLength(2);
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
