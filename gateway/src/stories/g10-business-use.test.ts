import { sha256 } from '@cargoro/infra/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people, privately } from './kit/cast.ts';
import { contractId, fleetOrgId, policyId, runFleet } from './kit/fleet.ts';
import { dayOf, found } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

/** The second of October, ten in the morning. */
let world: World;
beforeAll(async () => {
  world = await startWorld('g10', '2030-10-02T01:00:00.000Z');
});
afterAll(() => world?.stop());

const at = (day: number, hour: number): string =>
  `2030-10-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
type Log = {
  status: string;
  ratio: number;
  gaps: { fromKm: number; toKm: number }[];
  trips: { purpose: string; from: string | null; startKm: number }[];
};
const fields = `status ratio totalKm businessKm commuteKm privateKm openingKm closingKm month
  gaps { fromKm toKm } trips { purpose startKm endKm from to purposeText }`;

describe('G10, the car that costs more than fifteen million won', () => {
  it('has its business use proven by a log without holes: 87 percent', async () => {
    const { as, pass } = world;
    const [manager, member] = [as(people.manager), as(people.member)];
    const [approver, bookkeeper] = [as(people.approver), as(people.bookkeeper)];
    await found(world, orgs.pureunsol, [people.manager, people.approver, people.bookkeeper, people.member]);
    const vehicleId = await runFleet(world, { odometerKm: 30_000 });
    const licence = { userId: member.id, licenceClass: 'class2Ordinary', numberHash: sha256('licence') };
    await as(privately(people.member)).command('RecordLicence', { ...licence, validTo: dayOf(world, 900) });
    await manager.command('AssignVehicle', {
      ...{ vehicleId, assignmentId: idOf('assignment'), userId: member.id, department: '영업1팀' },
      ...{ from: dayOf(world), purpose: '거래처 방문' },
    });

    // Nine months of rent are below the limit; October’s rent and a repair take the car over it.
    const book = (cost: string, category: string, occurredOn: string, supplyKrw: number, vatKrw: number) =>
      bookkeeper.command('BookCost', {
        ...{ contractId, costId: idOf(`cost/${cost}`), vehicleId, category, supplyKrw, vatKrw, occurredOn },
        source: { kind: 'statement', id: cost },
      });
    for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09'])
      await book(`rent-${month}`, 'lease', `2030-${month}-05`, 1_454_546, 145_454);
    const use = 'costKrw over15M ratio deductibleKrw insured totalKm';
    const year = async () => (await bookkeeper.list('businessUse', { year: 2030 }, use))[0];
    expect(await year()).toMatchObject({ costKrw: 14_400_000, over15M: false, deductibleKrw: 14_400_000 });
    await book('rent-10', 'lease', '2030-10-01', 1_454_546, 145_454);
    await book('repair', 'repair', '2030-10-02', 3_636_364, 363_636);
    // Without a log that proves more, fifteen million are deductible of twenty.
    expect(await year()).toEqual({
      ...{ costKrw: 20_000_000, over15M: true, deductibleKrw: 15_000_000, insured: true, ratio: 0, totalKm: 0 },
    });

    // October’s trips. One is written down too late, one would be another’s, one overlaps; 340 km nobody wrote down.
    const log = { vehicleId, month: '203010' };
    const trip = (name: string) => ({ ...log, tripId: idOf(`trip/${name}`), userId: member.id, department: '영업1팀' });
    await member.command('OpenTripLog', { ...log, openingKm: 30_000, policyId });
    const visit = { ...trip('visit'), startKm: 30_000, at: at(2, 1), purpose: 'business', purposeText: '납품' };
    await member.command('StartTrip', visit);
    pass({ hours: 8 });
    expect(await member.refusal('SubmitTripLog', log)).toBe('OPEN_TRIP');
    await member.command('EndTrip', { ...log, tripId: visit.tripId, endKm: 30_700, at: at(2, 9), to: '대전 지사' });
    pass({ days: 18 });
    const drive = (name: string, day: number, startKm: number, endKm: number, purpose: string, more: object = {}) => ({
      ...{ ...trip(name), startKm, endKm, purpose, startedAt: at(day, 1), endedAt: at(day, 4), ...more },
    });
    const commute = drive('commute', 4, 31_040, 31_240, 'commute');
    expect(await member.refusal('LogTrip', commute)).toBe('ENTRY_TOO_LATE');
    await member.command('LogTrip', { ...commute, lateReason: '출장' });
    const overlapping = drive('again', 16, 31_200, 31_740, 'business');
    expect(await member.refusal('LogTrip', overlapping)).toBe('KM_OVERLAP');
    await member.command('LogTrip', drive('sales', 16, 31_240, 31_740, 'business', { to: '청주 거래처' }));
    const weekend = drive('weekend', 19, 31_740, 32_000, 'private', {
      from: '집',
      to: '처가',
      purposeText: '가족 모임',
    });
    expect(await member.refusal('LogTrip', { ...weekend, userId: approver.id })).toBe('NOT_YOURS');
    await member.command('LogTrip', weekend);
    const month = (who: typeof member) => who.one<Log>('tripLog', log, fields);
    expect(await month(member)).toMatchObject({ status: 'open', gaps: [{ fromKm: 30_700, toKm: 31_040 }] });

    // What somebody drives in private is a distance to the others, and no place.
    const own = {
      purpose: 'private',
      startKm: 31_740,
      endKm: 32_000,
      from: '집',
      to: '처가',
      purposeText: '가족 모임',
    };
    expect((await month(member))?.trips).toContainEqual(own);
    expect((await month(manager))?.trips).toContainEqual({ ...own, from: null, to: null, purposeText: null });

    // No month is handed in with a hole in it. It is explained, and somebody else approves.
    expect(await member.refusal('SubmitTripLog', log)).toBe('UNEXPLAINED_GAP');
    const gap = { ...log, fromKm: 30_700, toKm: 31_040, purpose: 'business', reason: '전시회 운반, 기록 누락' };
    expect(await member.refusal('ExplainGap', { ...gap, toKm: 31_100 })).toBe('NO_GAP');
    await member.command('ExplainGap', gap);
    await member.command('SubmitTripLog', log);
    await approver.until<{ template: string }>(
      'noticeArrived',
      {},
      'template values',
      ({ template }) => template === 'tripLogSubmitted',
    );
    const closing = { ...log, closingKm: 32_000 };
    expect(await member.denied('CloseTripLog', { ...closing, approverId: member.id })).toBe('FORBIDDEN');
    expect(await manager.refusal('CloseTripLog', { ...closing, approverId: member.id })).toBe('SELF_APPROVAL');
    await approver.command('CloseTripLog', { ...closing, approverId: approver.id });
    const kilometres = { totalKm: 2_000, businessKm: 1_540, commuteKm: 200, privateKm: 260 };
    expect(await month(member)).toMatchObject({ status: 'closed', ratio: 0.87, gaps: [], ...kilometres });
    expect(await member.refusal('LogTrip', drive('late', 20, 32_000, 32_010, 'business'))).toBe('MONTH_CLOSED');

    // The tax office’s view: 87 percent of twenty million. November begins where October ended, by itself.
    expect(await year()).toMatchObject({ ratio: 0.87, totalKm: 2_000, over15M: true, deductibleKrw: 17_400_000 });
    const next = await member.until<{ month: string; status: string }>(
      'tripLogChanged',
      { vehicleId },
      'month openingKm status',
      ({ month }) => month === '203011',
    );
    expect(next).toEqual({ month: '203011', openingKm: 32_000, status: 'open' });
    expect((await bookkeeper.list('tripLogExport', { vehicleId, year: 2030 }, 'month'))[0]).toEqual({
      month: '203010',
    });
    expect(
      await as(people.advisor).deniedQuery(`{ tripLog(vehicleId: "${vehicleId}", month: "203010") { ratio } }`),
    ).toBe('FORBIDDEN');
    expect(await as(people.approver).one('fleetContract', { id: contractId }, 'fleetOrgId')).toEqual({ fleetOrgId });
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
