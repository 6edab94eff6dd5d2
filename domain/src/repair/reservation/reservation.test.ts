import { describe, expect, it } from 'vitest';
import type { Actor, AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { BayDay } from '../bay-day/bay-day.ts';
import { id, ids, organizationFacts, parseSteps, tell, vehicleFact, workshopFact } from '../sample-world.ts';
import { Reservation } from './reservation.ts';

const reservationId = id(5);
const facts = [workshopFact, ...organizationFacts, vehicleFact()];
const world: World = { now: '2025-06-29T01:00:00.000Z', facts };
const as = (actor: Partial<Actor>): World => ({ ...world, actor: { kind: 'user', id: id(99), ...actor } });
const customer = as({ id: ids.customer, role: 'OWNER' });
const advisor = as({ id: ids.advisor, orgId: ids.workshopOrg, role: 'SERVICE_ADVISOR' });

const request = {
  reservationId,
  workshopId: ids.workshop,
  vehicleId: ids.vehicle,
  requester: { kind: 'owner', id: ids.customer },
  wanted: [{ from: '2025-06-30T01:00:00.000Z', to: '2025-06-30T03:00:00.000Z' }],
  services: [{ code: 'PADF' }],
  complaint: '브레이크에서 소리가 납니다',
};
const slot = { reservationId, bayId: ids.bay, start: '2025-06-30T01:00:00.000Z', end: '2025-06-30T03:00:00.000Z' };
const other = { ...slot, start: '2025-07-01T01:00:00.000Z', end: '2025-07-01T03:00:00.000Z' };
const confirm = { ...slot, advisorId: ids.advisor };
const arrive = { reservationId, at: '2025-06-30T00:50:00.000Z', odometerKm: 42_100, by: 'advisor' };

const requested = tell(Reservation, [], [['RequestReservation', request]], world);
const proposed = tell(Reservation, requested, [['ProposeSlot', slot]], advisor);
const confirmed = tell(Reservation, requested, [['ConfirmReservation', confirm]], advisor);
const arrived = tell(Reservation, confirmed, [['CheckIn', arrive]]);

/** What a decision asks of other streams: `HoldSlot, ConfirmSlot | ReleaseSlot`, held before, sent after. */
const steps = (events: readonly AnyEvent[], type: string, data: Record<string, unknown>, at: World = advisor) => {
  const { decision } = given(Reservation, ...events).when(type, data, at);
  if (!decision.ok) throw new Error(decision.code);
  parseSteps(decision);
  const names = (list: readonly { type: string; data: Record<string, unknown> }[]) =>
    list.map((step) =>
      step.type.endsWith('Claim') ? `${step.type} ${String(step.data.value).slice(-10)}` : step.type,
    );
  return { before: names(decision.before), after: names(decision.after), decision };
};

describe('Reservation', () => {
  it('is seen by the workshop and by who asked for it', () => {
    expect(requested[0]?.data).toMatchObject({
      vehicle: { plate: '12가3456' },
      parties: [
        { kind: 'org', id: ids.workshopOrg, as: 'workshop' },
        { kind: 'user', id: ids.customer, as: 'requester' },
      ],
    });
    const [byPlan] = given(Reservation)
      .when('RequestReservation', { ...request, requester: { kind: 'process', id: 'fleet-maintenance' } }, world)
      .emits('ReservationRequested');
    expect(byPlan?.data).toMatchObject({ parties: [{}, { kind: 'user', id: ids.customer, as: 'requester' }] });
  });

  it('asks an open workshop for what it offers, in the future, with a car one may bring', () => {
    const asking = (change: object, at: World = world) =>
      given(Reservation).when('RequestReservation', { ...request, ...change }, at);
    const suspended = [
      ...workshopFact.events,
      { type: 'WorkshopSuspended', data: { workshopId: ids.workshop, reason: '휴가' } },
    ];
    asking({}, { ...world, facts: [{ ...workshopFact, events: suspended }, vehicleFact()] }).refuses(
      'WORKSHOP_NOT_OPEN',
    );
    asking({ services: [{ code: 'PAINT' }] }).refuses('SERVICE_NOT_OFFERED');
    asking({}, { ...world, now: '2025-06-30T02:00:00.000Z' }).refuses('WANTED_IN_PAST');
    asking({ requester: { kind: 'owner', id: ids.advisor } }).refuses('NO_ACCESS_TO_VEHICLE');
    asking({ requester: { kind: 'fleet', id: ids.customer } }).refuses('NO_ACCESS_TO_VEHICLE');
    asking({ vehicleId: id(98) }).refuses('NO_ACCESS_TO_VEHICLE');
    expect(() => asking({ wanted: [{ from: slot.end, to: slot.start }] })).toThrow('after');
    given(Reservation, ...requested)
      .when('RequestReservation', request, world)
      .refuses('ALREADY_EXISTS');
  });

  it('claims the car for the day, so that it is booked once', () => {
    const { decision } = steps([], 'RequestReservation', request, world);
    expect(decision.before).toMatchObject([
      {
        type: 'HoldClaim',
        refusal: 'VEHICLE_ALREADY_BOOKED',
        data: { kind: 'booking', value: `${ids.workshop}.${ids.vehicle}.2025-06-30` },
      },
    ]);
  });

  it('holds the time before it proposes or confirms it', () => {
    const proposal = steps(requested, 'ProposeSlot', slot);
    expect(proposal.before).toEqual(['HoldSlot']);
    expect(proposal.decision.before[0]).toMatchObject({
      data: { day: '2025-06-30', expiresAt: '2025-06-29T01:30:00.000Z' },
      undo: { type: 'ReleaseSlot' },
    });
    expect(steps(requested, 'ConfirmReservation', confirm)).toMatchObject({
      before: ['HoldSlot'],
      after: ['ConfirmSlot'],
    });
    expect(steps(proposed, 'ProposeSlot', other).after).toEqual(['ReleaseSlot']);
    given(Reservation, ...confirmed)
      .when('ProposeSlot', slot, advisor)
      .refuses('NOT_REQUESTED');
    given(Reservation, ...requested)
      .when('ProposeSlot', { ...slot, bayId: id(98) }, advisor)
      .refuses('NOT_YOURS');
  });

  it('shows the bay’s own answer when the time cannot be had', () => {
    const answer = (times: object, taken: readonly AnyEvent[] = []) => {
      const { decision } = steps(requested, 'ConfirmReservation', { ...confirm, ...times });
      const [hold] = decision.before;
      const bay = given(BayDay, ...taken).when('HoldSlot', hold?.data ?? {}, world).decision;
      expect(hold?.refusal).toBeUndefined();
      return bay.ok ? 'held' : Reservation.refusals[bay.code as 'SLOT_TAKEN'] && bay.code;
    };
    const { decision } = steps(requested, 'ConfirmReservation', confirm);
    const rival = { ...decision.before[0]?.data, holdId: id(70), forId: id(71) };
    const taken = given(BayDay).when('HoldSlot', rival, world).emits('SlotHeld');
    expect(answer({})).toBe('held');
    expect(answer({}, taken)).toBe('SLOT_TAKEN');
    expect(answer({ start: '2025-06-30T20:00:00.000Z', end: '2025-06-30T21:00:00.000Z' })).toBe('OUTSIDE_HOURS');
    expect(answer({ end: '2025-06-30T01:14:00.000Z' })).toBe('TOO_SHORT');
  });

  it('confirms a proposal with the hold it has', () => {
    const { decision } = steps(proposed, 'ConfirmReservation', slot, customer);
    const holdId = proposed.at(-1)?.data.holdId;
    expect(decision.events[0]?.data).toMatchObject({ holdId, advisorId: ids.advisor });
    expect(steps(proposed, 'ConfirmReservation', slot, customer).after).toEqual(['ConfirmSlot']);
  });

  it('lets a customer confirm only what was proposed, and a workshop only its own bay and staff', () => {
    given(Reservation, ...requested)
      .when('ConfirmReservation', slot, customer)
      .refuses('NOT_YOURS');
    given(Reservation, ...proposed)
      .when('ConfirmReservation', other, customer)
      .refuses('NOT_YOURS');
    given(Reservation, ...requested)
      .when('ConfirmReservation', { ...confirm, bayId: id(98) }, advisor)
      .refuses('NOT_YOURS');
    given(Reservation, ...requested)
      .when('ConfirmReservation', { ...confirm, advisorId: id(98) }, advisor)
      .refuses('NOT_YOURS');
    given(Reservation, ...confirmed)
      .when('ConfirmReservation', confirm, advisor)
      .refuses('WRONG_STATE');
  });

  it('moves to another day with its claim, three times at most', () => {
    const move = { ...other, by: 'customer', reason: '출장' };
    expect(steps(confirmed, 'RescheduleReservation', move)).toMatchObject({
      before: ['HoldSlot', 'HoldClaim 2025-07-01'],
      after: ['ConfirmSlot', 'ConfirmClaim 2025-07-01', 'ReleaseClaim 2025-06-30', 'ReleaseSlot'],
    });
    given(Reservation, ...confirmed)
      .when('RescheduleReservation', { ...move, ...slot }, advisor)
      .emits();
    given(Reservation, ...confirmed)
      .when('RescheduleReservation', { ...move, bayId: id(98) }, advisor)
      .refuses('NOT_YOURS');
    const there = ['RescheduleReservation', move] as const;
    const back = ['RescheduleReservation', { ...move, ...slot }] as const;
    const moved = tell(Reservation, confirmed, [there, back, there], advisor);
    given(Reservation, ...moved)
      .when('RescheduleReservation', { ...move, ...slot }, advisor)
      .refuses('TOO_MANY_RESCHEDULES');
    given(Reservation, ...requested)
      .when('RescheduleReservation', move, advisor)
      .refuses('WRONG_STATE');
  });

  it('is checked in on the day and fulfilled by its repair order', () => {
    given(Reservation, ...requested)
      .when('CheckIn', arrive)
      .refuses('NOT_CONFIRMED');
    given(Reservation, ...confirmed)
      .when('CheckIn', { ...arrive, at: '2025-06-29T00:59:00.000Z' })
      .refuses('TOO_EARLY');
    const link = { reservationId, repairOrderId: id(6) };
    given(Reservation, ...confirmed)
      .when('LinkRepairOrder', link)
      .refuses('NOT_ARRIVED');
    expect(
      given(Reservation, ...arrived)
        .when('LinkRepairOrder', link)
        .state().status,
    ).toBe('fulfilled');
    expect(steps(arrived, 'LinkRepairOrder', link).after).toEqual(['ReleaseClaim 2025-06-30']);
  });

  it('is cancelled freely until two hours before, then for a fee, unless the workshop cancels', () => {
    const cancel = { reservationId, by: 'customer', reasonCode: 'CHANGED_MIND' };
    const fee = (who: World, now: string) =>
      given(Reservation, ...confirmed)
        .when('CancelReservation', cancel, { ...who, now })
        .emits('ReservationCancelled')[0]?.data;
    expect(fee(customer, '2025-06-29T23:00:00.000Z')).toEqual({ ...cancel, minutesBefore: 120 });
    expect(fee(customer, '2025-06-29T23:01:00.000Z')).toEqual({ ...cancel, minutesBefore: 119, lateFeeKrw: 20_000 });
    expect(fee(advisor, '2025-06-29T23:01:00.000Z')).toEqual({ ...cancel, minutesBefore: 119 });
    expect(steps(confirmed, 'CancelReservation', cancel).after).toEqual(['ReleaseClaim 2025-06-30', 'ReleaseSlot']);
    expect(steps(requested, 'CancelReservation', cancel).after).toEqual(['ReleaseClaim 2025-06-30']);
    given(Reservation, ...arrived)
      .when('CancelReservation', cancel, customer)
      .refuses('ALREADY_ARRIVED');
  });

  it('is declined or expires while it waits, and gives the held time back', () => {
    expect(steps(proposed, 'DeclineReservation', { reservationId, reason: '부품 없음' }).after).toContain(
      'ReleaseSlot',
    );
    expect(steps(proposed, 'ExpireReservation', { reservationId }).after).toContain('ReleaseSlot');
    given(Reservation, ...confirmed)
      .when('DeclineReservation', { reservationId, reason: '부품 없음' })
      .refuses('WRONG_STATE');
    given(Reservation, ...confirmed)
      .when('ExpireReservation', { reservationId })
      .refuses('WRONG_STATE');
    const declined = tell(Reservation, requested, [['DeclineReservation', { reservationId, reason: '부품 없음' }]]);
    given(Reservation, ...declined)
      .when('ProposeSlot', slot, advisor)
      .refuses('NOT_REQUESTED');
  });

  it('is a no-show half an hour after its slot began', () => {
    const noShow = (now: string) =>
      given(Reservation, ...confirmed).when('RecordNoShow', { reservationId }, { ...world, now });
    noShow('2025-06-30T01:29:00.000Z').refuses('GRACE_NOT_OVER');
    expect(noShow('2025-06-30T01:30:00.000Z').state().status).toBe('noShow');
    given(Reservation, ...requested)
      .when('RecordNoShow', { reservationId }, world)
      .refuses('WRONG_STATE');
  });

  it('keeps the laws', () =>
    checkLaws(Reservation, {
      world,
      samples: {
        RequestReservation: [request],
        ProposeSlot: [slot, other],
        ConfirmReservation: [slot, confirm],
        RescheduleReservation: [
          { ...other, by: 'customer', reason: '출장' },
          { ...slot, by: 'customer', reason: '출장' },
        ],
        CheckIn: [arrive],
      },
    }));
});
