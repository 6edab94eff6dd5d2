import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyEvent, plusMinutes } from '../../kit/index.ts';
import { checkLaws, foldPlain, given, testContext, type World } from '../../kit/testing.ts';
import { id, tell } from '../../repair/sample-world.ts';
import {
  accounts,
  dispatcherId,
  driverId,
  paperlessId,
  shift,
  shiftFacts,
  start,
  started,
  transportFact,
  transportOrg,
  world,
} from '../sample-world.ts';
import { DriverShift, latestShiftOf, shiftRef } from './driver-shift.ts';

const plan = { ...shift(), from: '2025-06-30T00:00:00.000Z', to: '2025-06-30T09:00:00.000Z', area: '강남' };
const asDriver: World = { ...world, actor: { kind: 'user', id: driverId, orgId: transportOrg, role: 'DRIVER' } };
const running = tell(DriverShift, [], [['StartShift', start()]], asDriver);
const bind = { ...shift(), deliveryId: id(50), offerId: id(51) };
const unbind = { ...shift(), deliveryId: id(50), outcome: 'completed', earningKrw: 16_000 };
const busy = tell(DriverShift, running, [['BindDelivery', bind]]);
const end = (at: string) => ({ ...shift(), at });
const whenIn = (events: readonly AnyEvent[]) => given(DriverShift, ...events);

describe('DriverShift', () => {
  it('is one stream per driver, day and number', () => {
    expect(DriverShift.idOf(shift())).toBe(`${driverId}.20250630.1`);
    expect(shiftRef(`${driverId}.20250630.1`)).toEqual(shift());
    expect(running[0]?.data).toMatchObject({
      parties: [
        { kind: 'user', as: 'driver' },
        { kind: 'org', id: transportOrg, as: 'transport' },
      ],
    });
  });

  it('is planned without overlap, for drivers of one’s own', () => {
    whenIn([]).when('PlanShift', plan, asDriver).emits('ShiftPlanned');
    const first = {
      aggregate: DriverShift,
      id: `${driverId}.20250630.1`,
      events: [{ type: 'ShiftPlanned', data: plan }],
    };
    const second = (from: string) =>
      whenIn([]).when(
        'PlanShift',
        { ...plan, n: 2, from, to: '2025-06-30T12:00:00.000Z' },
        { ...asDriver, facts: [transportFact, first] },
      );
    second('2025-06-30T08:59:00.000Z').refuses('OVERLAPPING_SHIFT');
    second('2025-06-30T09:00:00.000Z').emits('ShiftPlanned');
    const dispatcher: World = {
      ...world,
      actor: { kind: 'user', id: dispatcherId, orgId: transportOrg, role: 'DISPATCHER' },
    };
    whenIn([])
      .when('PlanShift', { ...plan, driverId: id(97) }, dispatcher)
      .refuses('NOT_A_DRIVER_HERE');
    expect(() => whenIn([]).when('PlanShift', { ...plan, to: plan.from })).toThrow('after');
  });

  it('starts with a licence, insurance and consent', () => {
    const starting = (data: object, at: World = asDriver) => whenIn([]).when('StartShift', { ...start(), ...data }, at);
    starting(
      { driverId: paperlessId },
      { ...asDriver, actor: { kind: 'user', id: paperlessId, orgId: transportOrg } },
    ).refuses('LICENCE_EXPIRED');
    const uninsured = {
      ...accounts[0]!,
      events: accounts[0]!.events.filter(({ type }) => type !== 'TransportInsuranceRecorded'),
    };
    starting({}, { ...asDriver, facts: [uninsured, transportFact] }).refuses('INSURANCE_EXPIRED');
    starting({ consentVersion: '2024-01' }).refuses('CONSENT_MISSING');
    starting({ driverId: id(97) }).refuses('NOT_A_DRIVER_HERE');
    const planned = tell(DriverShift, [], [['PlanShift', plan]], asDriver);
    whenIn(planned).when('StartShift', start(), asDriver).emits('ShiftStarted');
    whenIn(running).when('StartShift', start(), asDriver).refuses('WRONG_STATE');
  });

  it('follows eight hours of rest, and never runs beside another', () => {
    const later = (hours: number, events: readonly AnyEvent[]) =>
      whenIn([]).when(
        'StartShift',
        { ...start(), n: 2, at: plusMinutes('2025-06-30T09:00:00.000Z', hours * 60) },
        { ...asDriver, facts: [...accounts, transportFact, ...shiftFacts(driverId, events)] },
      );
    const ended = [
      ...running,
      { type: 'ShiftEnded', data: { ...end('2025-06-30T09:00:00.000Z'), minutes: 540, jobs: 0, earningKrw: 0 } },
    ];
    later(7.9, ended).refuses('REST_TOO_SHORT');
    later(8, ended).emits('ShiftStarted');
    later(8, running).refuses('OVERLAPPING_SHIFT');
    const { decision } = later(8, ended);
    expect(decision.ok && decision.before.map(({ type, data }) => [type, data.holder])).toEqual([
      ['ReleaseClaim', `${driverId}.20250630.1`],
      ['HoldClaim', `${driverId}.20250630.2`],
    ]);
  });

  it('has one job at a time', () => {
    whenIn(busy)
      .when('BindDelivery', { ...bind, deliveryId: id(52) })
      .refuses('BUSY');
    whenIn(busy).when('BindDelivery', bind).emits();
    whenIn([]).when('BindDelivery', bind).refuses('NOT_AVAILABLE');
    const onBreak = tell(DriverShift, running, [['StartBreak', { ...shift(), kind: 'meal' }]]);
    whenIn(onBreak).when('BindDelivery', bind).refuses('NOT_AVAILABLE');
    whenIn(running).when('UnbindDelivery', unbind).refuses('NOT_BOUND');
    whenIn(busy)
      .when('UnbindDelivery', { ...unbind, deliveryId: id(52) })
      .refuses('NOT_BOUND');
    expect(whenIn(busy).when('UnbindDelivery', unbind).state()).toMatchObject({
      status: 'available',
      jobs: 1,
      earningKrw: 16_000,
    });
    expect(
      whenIn(busy)
        .when('UnbindDelivery', { ...unbind, outcome: 'released', earningKrw: 0 })
        .state(),
    ).toMatchObject({ jobs: 0 });
  });

  it('has breaks between jobs', () => {
    const rest = { ...shift(), kind: 'rest' };
    whenIn(busy).when('StartBreak', rest).refuses('BUSY');
    whenIn(running).when('EndBreak', shift()).refuses('NOT_ON_BREAK');
    const onBreak = tell(DriverShift, running, [['StartBreak', rest]]);
    expect(whenIn(onBreak).when('EndBreak', shift()).state().status).toBe('available');
  });

  it('ends with its figures, not during a job', () => {
    whenIn(busy).when('EndShift', end('2025-06-30T09:00:00.000Z')).refuses('ACTIVE_DELIVERY');
    const force = { ...shift(), by: 'dispatcher', reason: '연락 두절' };
    whenIn(busy).when('ForceOffline', force).refuses('ACTIVE_DELIVERY');
    const worked = tell(DriverShift, busy, [['UnbindDelivery', unbind]]);
    const [ended] = whenIn(worked).when('EndShift', end('2025-06-30T09:00:00.000Z')).emits('ShiftEnded');
    expect(ended?.data).toMatchObject({ minutes: 540, jobs: 1, earningKrw: 16_000 });
    const [forced] = whenIn(worked)
      .when('ForceOffline', force, { now: '2025-06-30T01:00:00.000Z' })
      .emits('ForcedOffline');
    expect(forced?.data).toMatchObject({ minutes: 60, jobs: 1 });
    const planned = tell(DriverShift, [], [['PlanShift', plan]], asDriver);
    expect(whenIn(planned).when('ForceOffline', force).state().status).toBe('ended');
    whenIn([...worked, ended!])
      .when('EndShift', end('2025-06-30T09:00:00.000Z'))
      .refuses('WRONG_STATE');
  });

  it('is found by its driver, running or ended', () => {
    expect(latestShiftOf(driverId, testContext({ facts: shiftFacts() }))?.state.status).toBe('available');
    expect(latestShiftOf(driverId, testContext())).toBeUndefined();
  });

  it('never counts a job twice nor loses one, against a model', () => {
    const move = fc.record({
      do: fc.constantFrom('bind', 'unbind', 'break', 'back'),
      job: fc.constantFrom(id(50), id(52)),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const model = { status: 'available', job: '', jobs: 0 };
        let log: readonly AnyEvent[] = started();
        for (const { do: what, job } of moves) {
          const [type, data, from, to] = (
            {
              bind: ['BindDelivery', { ...bind, deliveryId: job }, 'available', 'busy'],
              unbind: ['UnbindDelivery', { ...unbind, deliveryId: job }, 'busy', 'available'],
              break: ['StartBreak', { ...shift(), kind: 'rest' }, 'available', 'onBreak'],
              back: ['EndBreak', shift(), 'onBreak', 'available'],
            } as const
          )[what];
          const again = what === 'bind' && model.job === job;
          const { decision } = whenIn(log).when(type, data);
          expect(decision.ok).toBe(again || (model.status === from && (what !== 'unbind' || model.job === job)));
          if (!decision.ok || again) continue;
          log = log.concat(decision.events);
          model.jobs += what === 'unbind' ? 1 : 0;
          model.job = what === 'bind' ? job : '';
          model.status = to;
          expect(foldPlain(DriverShift, log).state).toMatchObject({
            status: model.status,
            jobs: model.jobs,
            earningKrw: model.jobs * 16_000,
          });
        }
      }),
    );
  });

  it('keeps the laws', () =>
    checkLaws(DriverShift, {
      world,
      from: [running, busy],
      samples: {
        PlanShift: [plan],
        StartShift: [start()],
        BindDelivery: [bind],
        UnbindDelivery: [unbind],
        EndShift: [end('2025-06-30T09:00:00.000Z')],
      },
    }));
});
