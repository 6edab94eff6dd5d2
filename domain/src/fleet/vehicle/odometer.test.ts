import { describe, expect, it } from 'vitest';
import { recorded, testContext } from '../../kit/testing.ts';
import {
  asManager,
  asMember,
  asWorkshop,
  company,
  id,
  manager,
  member,
  register,
  registered,
  step,
  vehicleId,
  when,
  workshopOrg,
} from './vehicle.fixture.ts';
import { odometerOf, Vehicle, type VehicleState } from './vehicle.ts';

const now = '2025-06-30T01:00:00.000Z';
const read = (km: number, at = now) => ({ km, source: 'owner', at });
const correct = (km: number, eventId: string, reasonCode = 'typo') => ({
  km,
  reasonCode,
  supersedesEventId: eventId,
  approverId: manager,
});
const service = (km: number, on: string) => ({
  ...{ serviceId: id(7), on, odometerKm: km, items: [{ text: '엔진오일' }], costKrw: 80_000, place: '동네 카센터' },
});

describe('the odometer', () => {
  it('never runs backwards', () => {
    when(registered, 'RecordOdometer', read(19_999)).refuses('ODOMETER_BACKWARDS');
    const [reading] = when(registered, 'RecordOdometer', read(20_120)).emits('OdometerRecorded');
    expect(reading?.data.deltaKm).toBe(120);
    expect(odometerOf(when(registered, 'RecordOdometer', read(20_120)).state())).toBe(20_120);
    when(registered, 'RecordOdometer', read(20_000)).emits('OdometerRecorded');
    when(registered, 'RecordOdometer', read(20_120, '2025-07-02T01:00:00Z')).refuses('DATE_IN_FUTURE');
  });

  it('asks before it believes more than 1,500 km a day', () => {
    when(registered, 'RecordOdometer', read(21_500)).emits('OdometerRecorded');
    when(registered, 'RecordOdometer', read(21_501)).refuses('IMPLAUSIBLE_JUMP');
    const [reading] = when(registered, 'RecordOdometer', { ...read(21_501), confirm: true }).emits('OdometerRecorded');
    expect(reading?.data).not.toHaveProperty('confirm');
    const later = { now: '2025-07-03T01:00:00.000Z' };
    when(registered, 'RecordOdometer', read(24_500, later.now), later).emits('OdometerRecorded');
    when(registered, 'RecordOdometer', read(24_501, later.now), later).refuses('IMPLAUSIBLE_JUMP');
  });

  it('is read by the owner, by who drives the car, and by a workshop with access', () => {
    when(registered, 'RecordOdometer', read(20_010), asManager).emits('OdometerRecorded');
    when(registered, 'RecordOdometer', read(20_010), asWorkshop).refuses('NO_ACCESS_TO_VEHICLE');
    const grant = { grantId: id(8), grantee: { kind: 'org', id: workshopOrg }, scope: 'basic', until: '2025-06-30' };
    const granted = step(registered, 'GrantAccess', grant);
    when(granted, 'RecordOdometer', read(20_010), asWorkshop).emits('OdometerRecorded');
    const tomorrow = '2025-07-01T01:00:00.000Z';
    when(granted, 'RecordOdometer', read(20_010, tomorrow), { ...asWorkshop, now: tomorrow }).refuses(
      'NO_ACCESS_TO_VEHICLE',
    );
    const own = step([], 'RegisterVehicle', { ...register, owner: { kind: 'org', id: id(9) } });
    when(own, 'RecordOdometer', read(20_010), asMember).refuses('NO_ACCESS_TO_VEHICLE');
    const assignment = { assignmentId: id(7), userId: member, department: '영업', from: '2025-06-30', purpose: '영업' };
    const assigned = step(registered, 'AssignVehicle', assignment, company);
    when(assigned, 'RecordOdometer', read(20_010), { ...asMember }).emits('OdometerRecorded');
  });

  it('is put right by somebody else than who misread it, between the readings around it', () => {
    // Event 1 is a typo for 20,500.
    const typo = step(registered, 'RecordOdometer', { ...read(25_000), confirm: true }, asManager);
    when(typo, 'CorrectOdometer', correct(20_500, 'event-test-9')).refuses('EVENT_UNKNOWN');
    when(typo, 'CorrectOdometer', { ...correct(20_500, 'event-test-1'), approverId: id(9) }).emits('OdometerCorrected');
    when(typo, 'CorrectOdometer', correct(19_000, 'event-test-1')).refuses('ODOMETER_BACKWARDS');
    const [event] = when(typo, 'CorrectOdometer', correct(20_500, 'event-test-1')).emits('OdometerCorrected');
    expect(event?.data).toMatchObject({ beforeKm: 25_000, odometerKm: 20_500 });
    const right = step(typo, 'CorrectOdometer', correct(20_500, 'event-test-1'));
    when(right, 'RecordOdometer', read(20_600)).emits('OdometerRecorded');
    when(right, 'RecordOdometer', read(20_499)).refuses('ODOMETER_BACKWARDS');
    when(right, 'CorrectOdometer', correct(20_400, 'event-test-1')).refuses('EVENT_UNKNOWN');
    const again = when(right, 'CorrectOdometer', correct(20_400, 'event-test-2')).state();
    expect(odometerOf(again)).toBe(20_400);
  });

  it('is not corrected with the approval of who took the reading', () => {
    const byMember = { actor: { kind: 'user', id: member } } as const;
    const reading = { type: 'OdometerRecorded', data: { vehicleId, ...read(25_000), deltaKm: 5_000 } };
    const state = [...registered, reading].reduce<VehicleState>(
      (folded, event, revision) => Vehicle.evolve(folded, recorded('test', revision, event, byMember)),
      Vehicle.initial,
    );
    const decide = (approverId: string) =>
      Vehicle.decide(
        state,
        { type: 'CorrectOdometer', data: { vehicleId, ...correct(20_500, 'event-test-1'), approverId } },
        testContext(asMember),
      );
    expect(decide(member)).toEqual({ ok: false, code: 'APPROVER_IS_REPORTER' });
    expect(decide(manager).ok).toBe(true);
  });

  it('keeps later readings when an earlier one is corrected, and may start again with a new cluster', () => {
    const two = step(step(registered, 'RecordOdometer', read(20_100)), 'RecordOdometer', read(20_200));
    const state = when(two, 'CorrectOdometer', correct(20_150, 'event-test-1')).state();
    expect(odometerOf(state)).toBe(20_200);
    when(two, 'CorrectOdometer', correct(20_201, 'event-test-1')).refuses('ODOMETER_BACKWARDS');
    const fresh = when(two, 'CorrectOdometer', correct(5, 'event-test-2', 'clusterReplaced'));
    expect(odometerOf(fresh.state())).toBe(5);
    when([...two, ...fresh.emits('OdometerCorrected')], 'RecordOdometer', read(60)).emits('OdometerRecorded');
  });

  it('agrees with outside services of any day, and follows the newest of them', () => {
    when(registered, 'RecordExternalService', service(19_000, '2025-05-01')).emits('ExternalServiceRecorded');
    when(registered, 'RecordExternalService', service(20_001, '2025-05-01')).refuses('ODOMETER_BACKWARDS');
    when(registered, 'RecordExternalService', service(19_000, '2025-07-01')).refuses('DATE_IN_FUTURE');
    const later = { now: '2025-07-02T01:00:00.000Z' };
    when(registered, 'RecordExternalService', service(19_000, '2025-07-01'), later).refuses('ODOMETER_BACKWARDS');
    const newest = when(registered, 'RecordExternalService', service(20_300, '2025-07-01'), later);
    newest.emits('ExternalServiceRecorded', 'OdometerRecorded');
    expect(odometerOf(newest.state())).toBe(20_300);
    when(registered, 'RecordExternalService', service(90_000, '2025-07-01'), later).refuses('IMPLAUSIBLE_JUMP');
    when(registered, 'RecordExternalService', { ...service(90_000, '2025-07-01'), confirm: true }, later).emits(
      'ExternalServiceRecorded',
      'OdometerRecorded',
    );
  });
});
