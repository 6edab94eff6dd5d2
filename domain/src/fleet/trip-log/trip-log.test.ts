import { describe, expect, it } from 'vitest';
import { checkLaws, given, recorded, testContext } from '../../kit/testing.ts';
import { FleetPolicy } from '../policy/fleet-policy.ts';
import { asManager, asUser, manager, register, step as vehicleStep } from '../vehicle/vehicle.fixture.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import {
  driver,
  fleetId,
  garage,
  id,
  member,
  month,
  open,
  opened,
  step,
  trip,
  vehicleId,
  when,
} from './trip-log.fixture.ts';
import { TripLog, type TripLogState } from './trip-log.ts';

const start = {
  tripId: id(1),
  userId: member,
  department: '영업1팀',
  startKm: 20_000,
  at: '2025-06-30T00:00:00.000Z',
  purpose: 'business',
};
const end = { tripId: id(1), endKm: 20_120, at: '2025-06-30T01:00:00.000Z', to: '수원' };
const started = step(opened, 'StartTrip', start);
const logged = step(opened, 'LogTrip', trip(1, 20_000, 20_100));
const submitted = step(logged, 'SubmitTripLog', {});
const close = { approverId: manager, closingKm: 20_100 };
const closed = step(submitted, 'CloseTripLog', close);
const reason = { reason: '오기' };

describe('TripLog', () => {
  it('is opened for a vehicle and month at the mileage the month before was closed at', () => {
    expect(TripLog.idOf({ vehicleId, month })).toBe(`${vehicleId}.202506`);
    expect(opened[0]?.data.parties).toEqual([{ kind: 'org', id: fleetId, as: 'fleet' }]);
    when([], 'OpenTripLog', open, {}).refuses('NOT_FOUND');
    const may = {
      ...garage,
      facts: [...(garage.facts ?? []), { aggregate: TripLog, id: `${vehicleId}.202506`, events: closed }],
    };
    const july = { month: '202507', openingKm: 20_100 };
    when([], 'OpenTripLog', july, may).emits('TripLogOpened');
    when([], 'OpenTripLog', { ...july, openingKm: 20_099 }, may).refuses('OPENING_KM_MISMATCH');
    when(opened, 'OpenTripLog', open).refuses('ALREADY_EXISTS');
    expect(() => when([], 'OpenTripLog', { ...open, month: '202513' })).toThrow();
  });

  it('records a trip from its start to its end', () => {
    when(opened, 'StartTrip', { ...start, at: '2025-06-30T15:00:00.000Z' }).refuses('OUTSIDE_MONTH');
    when(opened, 'StartTrip', { ...start, startKm: 19_999 }).refuses('KM_OVERLAP');
    when(logged, 'StartTrip', { ...start, tripId: id(2), startKm: 20_099 }).refuses('KM_OVERLAP');
    when(logged, 'StartTrip', { ...start, tripId: id(2), startKm: 20_100 }).emits('TripStarted');
    when(started, 'StartTrip', { ...start, tripId: id(2) }).refuses('TRIP_OPEN');
    when(started, 'StartTrip', start).refuses('ALREADY_EXISTS');
    const [ended] = when(started, 'EndTrip', end).emits('TripEnded');
    expect(ended?.data.distanceKm).toBe(120);
    when(started, 'EndTrip', { ...end, endKm: 19_999 }).refuses('KM_INVERTED');
    when(started, 'EndTrip', { ...end, at: '2025-06-29T23:59:59Z' }).refuses('TIME_INVERTED');
    when(started, 'EndTrip', { ...end, tripId: id(2) }).refuses('TRIP_UNKNOWN');
    when(step(started, 'EndTrip', end), 'EndTrip', end).refuses('TRIP_UNKNOWN');
    const meanwhile = step(started, 'LogTrip', trip(2, 20_050, 20_060));
    when(meanwhile, 'EndTrip', end).refuses('KM_OVERLAP');
  });

  it('is driven by who has the car, and members write their own trips only', () => {
    when(opened, 'LogTrip', trip(1, 20_000, 20_010, { userId: manager })).refuses('NOT_ASSIGNED');
    when(opened, 'LogTrip', trip(1, 20_000, 20_010), driver).emits('TripLogged');
    const other = { ...garage, ...asUser(id(9), 'FLEET_MEMBER', fleetId) };
    when(opened, 'LogTrip', trip(1, 20_000, 20_010), other).refuses('NOT_YOURS');
    when(opened, 'StartTrip', start, other).refuses('NOT_YOURS');
    when(opened, 'StartTrip', { ...start, userId: manager }).refuses('NOT_ASSIGNED');
    when(started, 'EndTrip', end, other).refuses('NOT_YOURS');
    when(logged, 'VoidTrip', { tripId: id(1), ...reason }, other).refuses('NOT_YOURS');
    when(logged, 'VoidTrip', { tripId: id(1), ...reason }, { ...garage, ...asManager }).emits('TripVoided');
    const own = vehicleStep([], 'RegisterVehicle', { ...register, owner: { kind: 'user', id: manager } });
    const ownGarage = { facts: [{ aggregate: Vehicle, id: vehicleId, events: own }] };
    const ownLog = step([], 'OpenTripLog', open, ownGarage);
    expect(ownLog[0]?.data.parties).toEqual([{ kind: 'user', id: manager, as: 'owner' }]);
    const ownTrips = step(ownLog, 'LogTrip', trip(1, 20_000, 20_010, { userId: manager }), ownGarage);
    const sent = step(ownTrips, 'SubmitTripLog', {}, ownGarage);
    when(sent, 'CloseTripLog', { approverId: manager, closingKm: 20_010 }, ownGarage).emits('TripLogClosed');
  });

  it('takes trips afterwards, in time or with a reason, over kilometres no other trip has', () => {
    when(opened, 'LogTrip', trip(1, 20_010, 20_000)).refuses('KM_INVERTED');
    when(opened, 'LogTrip', trip(1, 20_000, 20_010, { endedAt: '2025-06-27T23:00:00Z' })).refuses('TIME_INVERTED');
    when(logged, 'LogTrip', trip(1, 20_100, 20_110)).refuses('ALREADY_EXISTS');
    when(logged, 'LogTrip', trip(2, 20_099, 20_110)).refuses('KM_OVERLAP');
    when(logged, 'LogTrip', trip(2, 20_100, 20_110)).emits('TripLogged');
    const onTime = { ...garage, now: '2025-07-05T23:59:59.000Z' };
    const late = { ...garage, now: '2025-07-06T01:00:00.000Z' };
    when(opened, 'LogTrip', trip(1, 20_000, 20_010), onTime).emits('TripLogged');
    when(opened, 'LogTrip', trip(1, 20_000, 20_010), late).refuses('ENTRY_TOO_LATE');
    when(opened, 'LogTrip', trip(1, 20_000, 20_010, { lateReason: '출장' }), late).emits('TripLogged');
  });

  it('follows the trip rules of its fleet’s policy', () => {
    const content = {
      ...{
        autoApproveUnderKrw: 0,
        limits: [],
        allowedWorkshops: [id(3)],
        gradesAllowed: ['oem'],
        planTemplateId: 'standard',
      },
      ...{ pickupRule: { needed: false, payer: 'fleet' }, slaHours: { firstReply: 4, repair: 48 }, hardStop: false },
      tripRules: { purposes: ['business'], entryWithinDays: 1, gapToleranceKm: 5 },
    };
    const policy = [
      ...given(FleetPolicy)
        .when('DraftPolicy', { policyId: id(9), fleetOrgId: fleetId, appliesTo: { scope: 'all' } })
        .emits('PolicyDrafted'),
      {
        type: 'PolicyPublished',
        data: { policyId: id(9), version: 1, effectiveFrom: '2025-01-01', content, sha256: 'a'.repeat(64) },
      },
    ];
    const world = { facts: [...(garage.facts ?? []), { aggregate: FleetPolicy, id: id(9), events: policy }] };
    const strict = step([], 'OpenTripLog', { ...open, policyId: id(9) }, world);
    const nextDay = { ...world, now: '2025-06-29T23:00:00.000Z' };
    when(strict, 'LogTrip', trip(1, 20_005, 20_010), nextDay).emits('TripLogged');
    when(strict, 'LogTrip', trip(1, 20_005, 20_010), { ...world, now: '2025-06-30T02:00:00.000Z' }).refuses(
      'ENTRY_TOO_LATE',
    );
    when(step(strict, 'LogTrip', trip(1, 20_005, 20_010), nextDay), 'SubmitTripLog', {}, world).emits(
      'TripLogSubmitted',
    );
    when(step(strict, 'LogTrip', trip(1, 20_006, 20_010), nextDay), 'SubmitTripLog', {}, world).refuses(
      'UNEXPLAINED_GAP',
    );
  });

  it('is changed with a reason, and what was written before stays known', () => {
    const ref = { tripId: id(1) };
    when(logged, 'ReclassifyTrip', { ...ref, purpose: 'commute' }).refuses('REASON_REQUIRED');
    when(logged, 'ReclassifyTrip', { ...ref, purpose: 'commute', reason: ' ' }).refuses('REASON_REQUIRED');
    when(logged, 'ReclassifyTrip', { tripId: id(2), purpose: 'commute', ...reason }).refuses('TRIP_UNKNOWN');
    const [event] = when(logged, 'ReclassifyTrip', { ...ref, purpose: 'commute', ...reason }).emits('TripReclassified');
    expect(event?.data.before).toBe('business');
    when(logged, 'ReclassifyTrip', { ...ref, purpose: 'business', ...reason }).emits();
    const correct = { ...ref, changes: { endKm: 20_090, department: '영업1팀' } };
    when(logged, 'CorrectTrip', correct).refuses('REASON_REQUIRED');
    when(logged, 'CorrectTrip', { ...correct, ...reason, tripId: id(2) }).refuses('TRIP_UNKNOWN');
    const [fixed] = when(logged, 'CorrectTrip', { ...correct, ...reason }).emits('TripCorrected');
    expect(fixed?.data).toMatchObject({ changes: { endKm: 20_090 }, before: { endKm: 20_100 } });
    expect(fixed?.data.changes).not.toHaveProperty('department');
    when(logged, 'CorrectTrip', { ...ref, changes: { endKm: 20_100 }, ...reason }).emits();
    when(logged, 'CorrectTrip', { ...ref, changes: { endKm: 19_999 }, ...reason }).refuses('KM_INVERTED');
    when(step(logged, 'LogTrip', trip(2, 20_100, 20_110)), 'CorrectTrip', {
      ...ref,
      changes: { endKm: 20_101 },
      ...reason,
    }).refuses('KM_OVERLAP');
    when(started, 'CorrectTrip', { ...ref, changes: { startKm: 20_001 }, ...reason }).refuses('TRIP_OPEN');
    when(logged, 'VoidTrip', ref).refuses('REASON_REQUIRED');
    const voided = step(logged, 'VoidTrip', { ...ref, ...reason });
    when(voided, 'VoidTrip', { ...ref, ...reason }).refuses('TRIP_UNKNOWN');
    when(voided, 'LogTrip', trip(2, 20_000, 20_100)).emits('TripLogged');
    when(voided, 'LogTrip', trip(1, 20_000, 20_100)).refuses('ALREADY_EXISTS');
  });

  it('has every kilometre accounted for before it is submitted', () => {
    const gap = step(step(opened, 'LogTrip', trip(1, 20_010, 20_100)), 'LogTrip', trip(2, 20_440, 20_500));
    when(gap, 'SubmitTripLog', {}).refuses('UNEXPLAINED_GAP');
    const explain = (fromKm: number, toKm: number) => ({ fromKm, toKm, purpose: 'private', reason: '기록 누락' });
    when(gap, 'ExplainGap', explain(20_090, 20_440)).refuses('NO_GAP');
    when(gap, 'ExplainGap', explain(20_100, 20_441)).refuses('NO_GAP');
    when(gap, 'ExplainGap', explain(20_440, 20_440)).refuses('NO_GAP');
    when(gap, 'ExplainGap', explain(20_501, 20_600)).refuses('NO_GAP');
    when(gap, 'ExplainGap', explain(20_500, 20_600)).emits('GapExplained');
    const first = step(gap, 'ExplainGap', explain(20_000, 20_010));
    when(first, 'SubmitTripLog', {}).refuses('UNEXPLAINED_GAP');
    const half = step(first, 'ExplainGap', explain(20_100, 20_300));
    when(half, 'ExplainGap', explain(20_200, 20_440)).refuses('NO_GAP');
    const all = step(half, 'ExplainGap', explain(20_300, 20_440));
    const [sent] = when(all, 'SubmitTripLog', {}).emits('TripLogSubmitted');
    expect(sent?.data).toMatchObject({ totalKm: 500, businessKm: 150, commuteKm: 0, privateKm: 350 });
    when(all, 'LogTrip', trip(3, 20_105, 20_110)).refuses('KM_OVERLAP');
    when(started, 'SubmitTripLog', {}).refuses('OPEN_TRIP');
  });

  it('is closed by somebody else at the closing mileage', () => {
    when(submitted, 'CloseTripLog', { ...close, approverId: member }).refuses('SELF_APPROVAL');
    when(submitted, 'CloseTripLog', { ...close, closingKm: 20_099 }).refuses('KM_INVERTED');
    when(submitted, 'CloseTripLog', { ...close, closingKm: 20_101 }).refuses('UNEXPLAINED_GAP');
    when(logged, 'CloseTripLog', close).refuses('WRONG_STATE');
    const commute = step(
      step(logged, 'LogTrip', trip(2, 20_100, 20_107, { purpose: 'commute' })),
      'LogTrip',
      trip(3, 20_107, 20_123, { purpose: 'private' }),
    );
    const [event] = when(step(commute, 'SubmitTripLog', {}), 'CloseTripLog', { ...close, closingKm: 20_123 }).emits(
      'TripLogClosed',
    );
    expect(event?.data).toMatchObject({ totalKm: 123, businessKm: 100, commuteKm: 7, privateKm: 16, ratio: 0.8699 });
    const empty = step(opened, 'SubmitTripLog', {});
    expect(when(empty, 'CloseTripLog', { ...close, closingKm: 20_000 }).emits('TripLogClosed')[0]?.data.ratio).toBe(0);
  });

  it('is not closed by who submitted it', () => {
    const byManager = { actor: { kind: 'user', id: manager } } as const;
    const state = submitted.reduce<TripLogState>(
      (folded, event, revision) => TripLog.evolve(folded, recorded('test', revision, event, byManager)),
      TripLog.initial,
    );
    const command = { type: 'CloseTripLog', data: { vehicleId, month, ...close } };
    expect(TripLog.decide(state, command, testContext(garage))).toEqual({ ok: false, code: 'SELF_APPROVAL' });
  });

  it('accepts nothing once it is submitted or closed', () => {
    const writes: [string, Record<string, unknown>][] = [
      ['StartTrip', { ...start, tripId: id(2), startKm: 20_100 }],
      ['EndTrip', end],
      ['LogTrip', trip(2, 20_100, 20_110)],
      ['ReclassifyTrip', { tripId: id(1), purpose: 'commute', ...reason }],
      ['CorrectTrip', { tripId: id(1), changes: { endKm: 20_090 }, ...reason }],
      ['VoidTrip', { tripId: id(1), ...reason }],
      ['ExplainGap', { fromKm: 20_100, toKm: 20_110, purpose: 'private', reason: '누락' }],
    ];
    for (const [type, input] of writes)
      for (const events of [submitted, closed]) when(events, type, input).refuses('MONTH_CLOSED');
    when(closed, 'SubmitTripLog', {}).refuses('WRONG_STATE');
  });

  it('is reopened for corrections while the year is open', () => {
    const reopen = { reason: '누락 운행', approverId: manager };
    when(closed, 'ReopenTripLog', { ...reopen, approverId: member }).refuses('SELF_APPROVAL');
    when(closed, 'ReopenTripLog', reopen, { ...garage, counts: { closedLedgersOfVehicle: 1 } }).refuses('YEAR_CLOSED');
    when(opened, 'ReopenTripLog', reopen).refuses('WRONG_STATE');
    when(submitted, 'ReopenTripLog', reopen).emits('TripLogReopened');
    const reopened = step(closed, 'ReopenTripLog', reopen);
    const more = step(reopened, 'LogTrip', trip(2, 20_100, 20_110));
    when(more, 'CloseTripLog', { ...close, closingKm: 20_110 }).emits('TripLogClosed');
    when(step(more, 'SubmitTripLog', {}), 'CloseTripLog', { ...close, closingKm: 20_110 }).emits('TripLogClosed');
    when(step(reopened, 'StartTrip', { ...start, tripId: id(3), startKm: 20_100 }), 'CloseTripLog', close).refuses(
      'OPEN_TRIP',
    );
  });

  it('keeps the laws', () => {
    const ref = { vehicleId, month };
    const small = (n: number, from: number, to: number) => ({
      ...ref,
      ...trip(n, from, to, { endedAt: '2025-06-29T00:00:00.000Z' }),
    });
    checkLaws(TripLog, {
      world: garage,
      samples: {
        OpenTripLog: [{ ...ref, ...open }],
        StartTrip: [{ ...ref, ...start }],
        EndTrip: [{ ...ref, ...end }],
        LogTrip: [small(1, 20_000, 20_100), small(2, 20_100, 20_130), small(3, 20_120, 20_140)],
        ReclassifyTrip: [{ ...ref, tripId: id(1), purpose: 'private', ...reason }],
        CorrectTrip: [{ ...ref, tripId: id(1), changes: { endKm: 20_095 }, ...reason }],
        VoidTrip: [{ ...ref, tripId: id(1), ...reason }],
        ExplainGap: [{ ...ref, fromKm: 20_000, toKm: 20_100, purpose: 'private', ...reason }],
        SubmitTripLog: [ref],
        CloseTripLog: [{ ...ref, ...close }],
        ReopenTripLog: [{ ...ref, reason: '누락', approverId: manager }],
      },
    });
  });
});
