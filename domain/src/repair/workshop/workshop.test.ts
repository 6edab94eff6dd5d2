import { describe, expect, it } from 'vitest';
import { checkLaws, given } from '../../kit/testing.ts';
import {
  hours,
  id,
  ids,
  menu,
  organization,
  organizationFacts,
  register,
  tell,
  workshopEvents,
} from '../sample-world.ts';
import { hoursOn, menuOn, rateOn } from './posted.ts';
import { Workshop, type WorkshopFacts } from './workshop.ts';

const workshopId = ids.workshop;
const world = { now: '2025-06-30T01:00:00.000Z', facts: organizationFacts };
const registered = workshopEvents.slice(0, 1);
const open = given(Workshop, ...workshopEvents);
const bay = (bayId: string, name: string) => ({ workshopId, bayId, name, kind: 'lift' });
const rate = (ratePerHourKrw: number, effectiveFrom: string) => ({
  workshopId,
  category: 'general',
  ratePerHourKrw,
  effectiveFrom,
});
const factsOf = (events: typeof workshopEvents) =>
  given(Workshop, ...events)
    .when('SetHours', hours, world)
    .state() as WorkshopFacts;

describe('Workshop', () => {
  it('belongs to a workshop business and has a registration number', () => {
    given(Workshop).when('RegisterWorkshop', register, world).emits('WorkshopRegistered');
    given(Workshop)
      .when('RegisterWorkshop', { ...register, repairRegNo: '등록' }, world)
      .refuses('REG_NO_FORMAT');
    given(Workshop)
      .when('RegisterWorkshop', { ...register, orgId: ids.fleetOrg }, world)
      .refuses('ORG_NOT_WORKSHOP');
    given(Workshop)
      .when('RegisterWorkshop', { ...register, orgId: id(99) }, world)
      .refuses('ORG_NOT_WORKSHOP');
    open.when('RegisterWorkshop', register, world).refuses('ALREADY_EXISTS');
  });

  it('has hours that do not overlap, and bays with names of their own', () => {
    const span = (opens: string, closes: string) => ({ weekday: 1, opens, closes });
    open.when('SetHours', { ...hours, weekly: [span('09:00', '13:00'), span('14:00', '18:00')] }).emits('HoursSet');
    open
      .when('SetHours', { ...hours, weekly: [span('09:00', '13:00'), span('12:00', '18:00')] })
      .refuses('OVERLAPPING_HOURS');
    open.when('SetHours', { ...hours, weekly: [span('13:00', '09:00')] }).refuses('OVERLAPPING_HOURS');
    open.when('AddBay', bay(id(4), '1번 리프트')).refuses('NAME_TAKEN');
    open.when('AddBay', bay(ids.bay, '2번 리프트')).refuses('ALREADY_EXISTS');
    open.when('AddBay', bay(id(4), '2번 리프트')).emits('BayAdded');
  });

  it('retires a bay only when nothing is booked in it', () => {
    const retire = { workshopId, bayId: ids.bay, on: '2025-07-01' };
    open.when('RetireBay', retire, { counts: { futureHoldsOfBay: 1 } }).refuses('FUTURE_HOLDS');
    open.when('RetireBay', { ...retire, bayId: id(9) }).refuses('NOT_FOUND');
    const retired = [...workshopEvents, ...open.when('RetireBay', retire).emits('BayRetired')];
    given(Workshop, ...retired)
      .when('RetireBay', retire)
      .emits();
    given(Workshop, ...retired)
      .when('AddBay', bay(id(4), '1번 리프트'))
      .emits('BayAdded');
  });

  it('posts labour rates ahead, keeps the old one until then, and records it', () => {
    open.when('PostLaborRate', rate(0, '2025-07-01'), world).refuses('RATE_NOT_POSITIVE');
    open.when('PostLaborRate', rate(60_000, '2025-06-29'), world).refuses('EFFECTIVE_IN_PAST');
    const [posted] = open.when('PostLaborRate', rate(60_000, '2025-07-01'), world).emits('LaborRatePosted');
    expect(posted?.data).toMatchObject({ previousRate: 50_000 });
    const facts = factsOf([...workshopEvents, posted!]);
    expect([rateOn(facts, 'general', '2025-06-30'), rateOn(facts, 'general', '2025-07-01')]).toEqual([50_000, 60_000]);
    expect(rateOn(facts, 'general', '2025-05-31')).toBeUndefined();
  });

  it('publishes menu versions in order and within its class', () => {
    open.when('PublishServiceMenu', menu).refuses('VERSION_NOT_NEXT');
    const paint = [{ serviceCode: 'PAINT-DOOR', name: '도어 도색', standardHours: 3 }];
    open.when('PublishServiceMenu', { ...menu, menuVersion: 2, items: paint }).refuses('OUT_OF_CLASS_SCOPE');
    const general = tell(Workshop, [], [['RegisterWorkshop', { ...register, class: 'general' }]], world);
    given(Workshop, ...general)
      .when('PublishServiceMenu', { ...menu, items: paint })
      .emits('ServiceMenuPublished');
    const engine = tell(Workshop, [], [['RegisterWorkshop', { ...register, class: 'engine' }]], world);
    given(Workshop, ...engine)
      .when('PublishServiceMenu', menu)
      .refuses('OUT_OF_CLASS_SCOPE');
    const [next] = open
      .when('PublishServiceMenu', { ...menu, menuVersion: 2, effectiveFrom: '2025-07-01' })
      .emits('ServiceMenuPublished');
    const facts = factsOf([...workshopEvents, next!]);
    expect([menuOn(facts, '2025-06-30')?.menuVersion, menuOn(facts, '2025-07-01')?.menuVersion]).toEqual([1, 2]);
  });

  it('enrols members as technicians and releases those without open jobs', () => {
    const technician = { workshopId, userId: id(77), grade: '기능사' };
    open.when('EnrolTechnician', technician, world).refuses('NOT_MEMBER');
    open.when('EnrolTechnician', { ...technician, userId: ids.advisor }, world).emits('TechnicianEnrolled');
    open.when('ReleaseTechnician', { workshopId, userId: id(77) }).refuses('NOT_FOUND');
    const mechanic = { workshopId, userId: ids.mechanic };
    open.when('ReleaseTechnician', mechanic, { counts: { openJobsOfTechnician: 1 } }).refuses('OPEN_JOBS');
    expect(Object.keys((open.when('ReleaseTechnician', mechanic).state() as WorkshopFacts).technicians)).toEqual([
      ids.lead,
    ]);
  });

  it('opens with a bay, a rate and a menu, when its organisation is verified', () => {
    const [, setHours, withBay, withRate, withMenu] = workshopEvents;
    const opening = (...events: (typeof registered)[number][]) =>
      given(Workshop, ...registered, ...events).when('OpenWorkshop', { workshopId }, world);
    opening(setHours!).refuses('NO_BAY');
    opening(withBay!).refuses('NO_LABOR_RATE');
    opening(withBay!, withRate!).refuses('NO_MENU');
    opening(withBay!, withRate!, withMenu!).emits('WorkshopOpened');
    const unverified = [{ ...organizationFacts[0]!, events: organization(ids.workshopOrg, 'workshop').slice(0, 2) }];
    given(Workshop, ...registered, withBay!, withRate!, withMenu!)
      .when('OpenWorkshop', { workshopId }, { facts: unverified })
      .refuses('ORG_NOT_VERIFIED');
  });

  it('is suspended, resumed and closed, not while cars are inside', () => {
    const suspended = [
      ...workshopEvents,
      ...open.when('SuspendWorkshop', { workshopId, reason: '휴가' }).emits('WorkshopSuspended'),
    ];
    expect(
      given(Workshop, ...suspended)
        .when('ResumeWorkshop', { workshopId })
        .state().status,
    ).toBe('open');
    open.when('ResumeWorkshop', { workshopId }).refuses('WRONG_STATE');
    open.when('CloseWorkshop', { workshopId }, { counts: { openOrdersOfWorkshop: 1 } }).refuses('OPEN_ORDERS');
    const closed = [...workshopEvents, ...open.when('CloseWorkshop', { workshopId }).emits('WorkshopClosed')];
    given(Workshop, ...closed)
      .when('SetHours', hours)
      .refuses('WRONG_STATE');
  });

  it('is closed on holidays and days without hours', () => {
    const facts = factsOf(workshopEvents);
    expect(hoursOn(facts, '2025-06-30')).toHaveLength(1);
    expect(hoursOn(facts, '2025-06-29')).toEqual([]);
    expect(hoursOn(facts, '2025-07-04')).toEqual([]);
  });

  it('keeps the laws', () =>
    checkLaws(Workshop, {
      world,
      samples: {
        RegisterWorkshop: [register],
        SetHours: [hours],
        AddBay: [bay(ids.bay, '1번')],
        PostLaborRate: [rate(50_000, '2025-07-01')],
        PublishServiceMenu: [menu],
        EnrolTechnician: [{ workshopId, userId: ids.mechanic, grade: '기능사', skills: [], evCertified: true }],
        OpenWorkshop: [{ workshopId }],
      },
    }));
});
