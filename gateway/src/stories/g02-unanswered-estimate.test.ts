import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { dayOf, found, openWorkshop, registerCar, signUp, workshopId } from './kit/founding.ts';
import { labour } from './kit/repairing.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g02');
});
afterAll(() => world?.stop());

const repairOrderId = idOf('order');
const findings = { brakes: idOf('finding/brakes'), cooling: idOf('finding/cooling'), power: idOf('finding/power') };
/** Brakes, air conditioning and battery, at a rate per hour. */
const linesAt = (rateKrw: number) => [
  { ...labour('PADF', 'owner'), rateKrw, findingId: findings.brakes },
  { ...labour('AC', 'owner'), rateKrw, findingId: findings.cooling },
  { ...labour('BATT', 'owner'), rateKrw, findingId: findings.power },
];
const [brakes, cooling, power] = linesAt(0).map(({ lineId }) => lineId);
type Order = { status: string; approvedKrw: number; estimates: { version: number; state: string; totalKrw: number }[] };
const fields = 'status approvedKrw estimates { version state totalKrw }';

describe('G2, the estimate nobody answered', () => {
  it('expires after two days, is sent again at new prices, and what is put off comes back at its mileage', async () => {
    const { as, pass } = world;
    const [kim, advisor, owner] = [as(people.kim), as(people.advisor), as(people.owner)];
    await found(world, orgs.garage, [people.owner, people.advisor, people.technician]);
    await openWorkshop(world, [people.technician]);
    await signUp(world, people.kim);
    const vehicleId = await registerCar(world, people.kim, 'avante');

    // Three findings, one estimate. Kim has it in her inbox and does not answer.
    const client = { kind: 'owner', id: kim.id };
    await advisor.command('OpenRepairOrder', {
      ...{ repairOrderId, workshopId, vehicleId, customer: client, payer: client, odometerInKm: 42_100, fuelPct: 50 },
      complaint: '브레이크 소음, 에어컨 약함',
    });
    await advisor.command('RecordDiagnosis', {
      repairOrderId,
      findings: [
        { findingId: findings.brakes, system: '제동', severity: 'urgent', measured: '1.4 mm' },
        { findingId: findings.cooling, system: '냉방', severity: 'soon' },
        { findingId: findings.power, system: '전기', severity: 'soon' },
      ],
    });
    const estimate = (version: number, rateKrw: number) => ({
      ...{ repairOrderId, version, menuVersion: 1, validUntil: dayOf(world, 14), lines: linesAt(rateKrw) },
    });
    await advisor.command('DraftEstimate', estimate(1, 50_000));
    await advisor.command('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
    const inbox = () => kim.list('approvalInbox', {}, 'id version totalKrw dueAt');
    expect(await inbox()).toEqual([
      { id: repairOrderId, version: 1, totalKrw: 154_000, dueAt: '2030-07-03T01:00:00.000Z' },
    ]);

    // A minute short of two days it still waits; then it has expired.
    pass({ hours: 47, minutes: 59 });
    expect(await inbox()).toHaveLength(1);
    pass({ minutes: 1 });
    const expired = await kim.until<Order>(
      'repairOrderChanged',
      { id: repairOrderId },
      fields,
      ({ estimates }) => estimates[0]?.state === 'expired',
    );
    expect(expired).toMatchObject({ status: 'diagnosed', approvedKrw: 0 });
    expect(await inbox()).toEqual([]);
    const approval = (version: number, ...lineIds: unknown[]) => ({
      ...{ repairOrderId, version, lineIds, approver: client, method: 'app' },
    });
    expect(await kim.refusal('ApproveLines', approval(1, brakes))).toBe('ESTIMATE_EXPIRED');

    // Sent again at the prices of the day: the rate went up this morning.
    const again = { repairOrderId, version: 1, channel: 'app' };
    expect(await advisor.refusal('SendEstimate', again)).toBe('ESTIMATE_EXPIRED');
    const rate = { workshopId, category: 'general', ratePerHourKrw: 55_000, effectiveFrom: dayOf(world) };
    await owner.command('PostLaborRate', rate);
    expect(await advisor.refusal('DraftEstimate', estimate(2, 50_000))).toBe('RATE_NOT_POSTED');
    await advisor.command('DraftEstimate', estimate(2, 55_000));
    await advisor.command('SendEstimate', { repairOrderId, version: 2, channel: 'app' });
    expect(await inbox()).toMatchObject([{ version: 2, totalKrw: 169_400, dueAt: '2030-07-05T01:00:00.000Z' }]);
    expect(await kim.refusal('ApproveLines', approval(1, brakes, power))).toBe('STALE_VERSION');

    // Two lines approved, one put off until 45,000 km. Nobody leaves bad brakes without having been told.
    const decline = { repairOrderId, lineIds: [brakes], reason: '나중에' };
    expect(await kim.refusal('DeclineLines', decline)).toBe('SAFETY_LINE_NEEDS_ACK');
    await kim.command('ApproveLines', approval(2, brakes, power));
    await kim.command('DeferLines', { repairOrderId, lineIds: [cooling], remindAtKm: 45_000 });
    const order = await kim.one('repairOrder', { id: repairOrderId }, `${fields} lines { lineId state }`);
    expect(order).toEqual({
      ...{ status: 'approved', approvedKrw: 78_650 },
      estimates: [
        { version: 1, state: 'expired', totalKrw: 154_000 },
        { version: 2, state: 'answered', totalKrw: 169_400 },
      ],
      lines: [
        { lineId: brakes, state: 'approved' },
        { lineId: cooling, state: 'deferred' },
        { lineId: power, state: 'approved' },
      ],
    });

    // Months later the car reaches the mileage, and the reminder fires.
    type Reminder = { urgency: string; dueKm: number; note: string; source: string };
    const reminder = 'urgency dueKm note source';
    pass({ days: 60 });
    const reading = { vehicleId, source: 'owner', at: world.now() };
    await kim.command('RecordOdometer', { ...reading, km: 44_999 });
    expect(await kim.list('myReminders', { vehicleId }, reminder)).toMatchObject([{ urgency: 'later' }]);
    await kim.command('RecordOdometer', { ...reading, km: 45_000 });
    const fired = await kim.until<Reminder>('reminderFired', {}, reminder, () => true);
    expect(fired).toEqual({ urgency: 'due', dueKm: 45_000, note: 'AC 작업', source: 'reminder' });
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
