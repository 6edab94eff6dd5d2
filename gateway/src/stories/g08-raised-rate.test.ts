import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgs, people } from './kit/cast.ts';
import { found, openWorkshop, registerCar, signUp, workshopId } from './kit/founding.ts';
import { labour } from './kit/repairing.ts';
import { billOwner, complete, doWork, giveBack, takeIn } from './kit/visit.ts';
import { startWorld, type World } from './kit/world.ts';

/** The last day of June, noon in Seoul. */
const june30 = '2030-06-30T03:00:00.000Z';
let world: World;
beforeAll(async () => {
  world = await startWorld('g08', june30);
});
afterAll(() => world?.stop());

const lines = [labour('PADF', 'owner')];
const newRate = 58_000;
type Rates = { rates: { ratePerHourKrw: number; effectiveFrom: string }[] };

describe('G8, the labour rate that went up', () => {
  it('is charged from its day on; what was billed before shows the old rate, whenever one looks', async () => {
    const { as, pass } = world;
    const [kim, owner, advisor, cashier] = [as(people.kim), as(people.owner), as(people.advisor), as(people.cashier)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.advisor, people.technician, people.lead, people.cashier]);
    await openWorkshop(world, [people.technician, people.lead]);
    const vehicleId = await registerCar(world, people.kim, 'avante');

    // On the 30th the new rate is posted for the 1st. The old one still holds, and the new one may not be charged yet.
    const rate = { workshopId, category: 'general', ratePerHourKrw: newRate, effectiveFrom: '2030-07-01' };
    await owner.command('PostLaborRate', rate);
    const visit = { order: '000001', vehicleId, km: 42_000, lines };
    const repairOrderId = await takeIn(world, people.kim, visit);
    const early = { repairOrderId, version: 2, menuVersion: 1, validUntil: '2030-07-10' };
    const atNewRate = [{ ...labour('AC', 'owner'), rateKrw: newRate }];
    expect(await advisor.refusal('DraftEstimate', { ...early, lines: atNewRate })).toBe('RATE_NOT_POSTED');
    await doWork(world, repairOrderId, lines);
    await complete(world, repairOrderId, 42_002);
    const invoiceId = await billOwner(world, people.kim, repairOrderId, 45_000);
    await advisor.command('HandOver', giveBack(world, people.kim, repairOrderId));
    const bill = 'status supplyKrw vatKrw totalKrw issuedOn sha256 revision lines { supplyKrw }';
    const issued = await kim.one<{ revision: string; sha256: string }>('invoice', { id: invoiceId }, bill);
    expect(issued).toMatchObject({ status: 'issued', totalKrw: 49_500, issuedOn: '2030-06-30' });

    // A day later the new rate is the one to charge, and nobody may post one for yesterday.
    pass({ days: 1 });
    const yesterday = { ...rate, ratePerHourKrw: 60_000, effectiveFrom: '2030-06-30' };
    expect(await owner.refusal('PostLaborRate', yesterday)).toBe('EFFECTIVE_IN_PAST');
    const old = { order: '000002', vehicleId, km: 42_010, lines };
    await expect(takeIn(world, people.kim, old)).rejects.toThrow('RATE_NOT_POSTED');
    const { id: second = '' } =
      (await advisor.list<{ id: string }>('repairOrders', { vehicleId, filter: { status: ['diagnosed'] } }, 'id'))[0] ??
      {};
    const draft = { repairOrderId: second, version: 1, menuVersion: 1, validUntil: '2030-07-10' };
    await advisor.command('DraftEstimate', { ...draft, lines: [{ ...labour('PADF', 'owner'), rateKrw: newRate }] });
    const estimates = 'estimates { supplyKrw totalKrw lines { rateKrw } }';
    expect(await advisor.one('repairOrder', { id: second }, estimates)).toEqual({
      estimates: [{ supplyKrw: 52_200, totalKrw: 57_420, lines: [{ rateKrw: newRate }] }],
    });

    // The bill of the 30th is paid in July and still shows what was agreed in June, now and replayed to that day.
    const amount = { invoiceId, paymentId: second, method: 'transfer', amountKrw: 49_500, at: world.now() };
    await cashier.command('RecordPayment', amount);
    type Replay = { status: string; totalKrw: number; sha256: string; asOf: { status: string; totalKrw: number } };
    const replay = `status totalKrw sha256 lines { supplyKrw }
      asOf(occurredAt: "${june30}") { status totalKrw paidKrw lines { supplyKrw } }`;
    const seen = await kim.one<Replay>('invoice', { id: invoiceId }, replay);
    const charged = { totalKrw: 49_500, lines: [{ supplyKrw: 45_000 }] };
    expect(seen).toMatchObject({ ...charged, status: 'paid', sha256: issued?.sha256 });
    expect(seen?.asOf).toEqual({ ...charged, status: 'issued', paidKrw: 0 });
    const order = `lines { rateKrw hours amountKrw } asOf(occurredAt: "${june30}") { lines { rateKrw } }`;
    expect(await kim.one('repairOrder', { id: repairOrderId }, order)).toEqual({
      lines: [{ rateKrw: 50_000, hours: 0.9, amountKrw: 45_000 }],
      asOf: { lines: [{ rateKrw: 50_000 }] },
    });

    // Both rates stand in the workshop’s posted list with their days: the policy in force is one look away.
    const posted = await kim.one<Rates>('workshop', { id: workshopId }, 'rates { ratePerHourKrw effectiveFrom }');
    expect(posted?.rates).toEqual([
      { ratePerHourKrw: 50_000, effectiveFrom: '2030-06-30' },
      { ratePerHourKrw: newRate, effectiveFrom: '2030-07-01' },
    ]);
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
