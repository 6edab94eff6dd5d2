import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { isFiled } from './kit/filed.ts';
import { dayOf, found, openWorkshop, registerCar, signUp, workshopId } from './kit/founding.ts';
import { labour } from './kit/repairing.ts';
import { billOwner, complete, doWork, giveBack, takeIn } from './kit/visit.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g07');
});
afterAll(() => world?.stop());

const lines = [labour('PADF', 'owner')];
const [line] = lines.map(({ lineId }) => lineId);
type Order = { id: string; status: string };

describe('G7, the road test that fails and the car that comes back', () => {
  it('goes back to work until it passes, and a comeback within sixty days costs its owner nothing', async () => {
    const { as, pass } = world;
    const [kim, lead, advisor, cashier] = [as(people.kim), as(people.lead), as(people.advisor), as(people.cashier)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.advisor, people.technician, people.lead, people.cashier]);
    await openWorkshop(world, [people.technician, people.lead]);
    // Two years old, 42,000 km: faults of a repair are put right for free for sixty days (K2).
    const vehicleId = await registerCar(world, people.kim, 'avante', { firstRegisteredOn: '2028-03-02' });
    const other = { plate: '220가7791', vin: 'KMHXX00XXXX797709' };
    const otherCar = await registerCar(world, people.kim, 'other', other);

    const first = { order: '000001', vehicleId, km: 42_000, lines };
    const repairOrderId = await takeIn(world, people.kim, first);
    const again = { ...first, order: '000002', lines: [labour('PADF', 'warranty', idOf('line/again'))] };
    await doWork(world, repairOrderId, lines);

    // The road test fails: the line is in work again, done again, and the second inspection passes.
    const failed = { repairOrderId, lineIds: [line], reason: '제동 시 좌측 쏠림' };
    const check = { repairOrderId, inspectorId: lead.id, roadTestKm: 4 };
    const bad = { ...check, checks: [{ item: '제동', pass: false }] };
    expect(await lead.refusal('PassInspection', bad)).toBe('FAILED_CHECK_PRESENT');
    expect(await lead.refusal('PassInspection', { ...check, checks: [] })).toBe('CHECK_MISSING');
    await lead.command('FailInspection', failed);
    const back = await as(people.technician).one('repairOrder', { id: repairOrderId }, 'status lines { state }');
    expect(back).toEqual({ status: 'inProgress', lines: [{ state: 'inWork' }] });
    await doWork(world, repairOrderId, lines);
    await complete(world, repairOrderId, 42_003);
    const inspections = 'inspections { passed reason inspectorId } warrantyTerms { lineId untilOn } dueKrw';
    expect(await kim.one('repairOrder', { id: repairOrderId }, inspections)).toEqual({
      inspections: [
        { passed: false, reason: '제동 시 좌측 쏠림', inspectorId: lead.id },
        { passed: true, reason: null, inspectorId: lead.id },
      ],
      warrantyTerms: [{ lineId: line, untilOn: '2030-08-30' }],
      dueKrw: 49_500,
    });

    await isFiled(kim, 'statement', repairOrderId);

    // A private owner pays, or at least has the bill, before the key is handed back.
    const keys = giveBack(world, people.kim, repairOrderId);
    expect(await advisor.refusal('HandOver', keys)).toBe('INVOICE_NOT_ISSUED');
    const invoiceId = await billOwner(world, people.kim, repairOrderId, 45_000);
    const payment = { invoiceId, paymentId: invoiceId, method: 'card', amountKrw: 49_500, at: world.now() };
    expect(await cashier.refusal('RecordPayment', { ...payment, amountKrw: 49_501 })).toBe('OVERPAYMENT');
    await cashier.command('RecordPayment', payment);
    await advisor.command('HandOver', keys);
    await isFiled(kim, 'invoice', invoiceId);
    expect(await kim.one('invoice', { id: invoiceId }, 'status balanceKrw')).toEqual({ status: 'paid', balanceKrw: 0 });

    // On the last day of the sixty it comes back. The workshop bears it; for another car, or a day later, it would not.
    pass({ days: 60 });
    expect(dayOf(world)).toBe('2030-08-30');
    const free = { payer: { kind: 'warranty', id: orgs.garage.id }, warrantyOf: repairOrderId };
    const claim = (car: string) => ({
      ...{ repairOrderId: idOf('order/none'), number: 'RO-30-000003', workshopId, vehicleId: car, complaint: '소음' },
      ...{ customer: { kind: 'owner', id: kim.id }, odometerInKm: 44_002, fuelPct: 50, ...free },
    });
    expect(await advisor.refusal('OpenRepairOrder', claim(otherCar))).toBe('WARRANTY_OF_OTHER_VEHICLE');
    const comeback = await takeIn(world, people.kim, { ...again, km: 44_000, more: free });
    const notice = await as(people.owner).until<{ template: string; values: object }>(
      'noticeArrived',
      {},
      'template values',
      ({ template }) => template === 'warrantyComeback',
    );
    expect(notice.values).toMatchObject({ repairOrderId, comebackId: comeback, comebacks: 1 });
    await doWork(world, comeback, again.lines);
    await complete(world, comeback, 44_002);
    await advisor.command('HandOver', giveBack(world, people.kim, comeback));
    const ended = await kim.one('repairOrder', { id: comeback }, 'status warrantyOf payer { kind id }');
    expect(ended).toEqual({ status: 'closed', warrantyOf: repairOrderId, payer: free.payer });
    expect(await kim.list<Order>('invoices', {}, 'id')).toEqual([{ id: invoiceId }]);

    pass({ days: 1 });
    expect(await advisor.refusal('OpenRepairOrder', claim(vehicleId))).toBe('WARRANTY_EXPIRED');
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
