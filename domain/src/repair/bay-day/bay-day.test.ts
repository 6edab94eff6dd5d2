import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusMinutes } from '../../kit/index.ts';
import { checkLaws, given } from '../../kit/testing.ts';
import { Reservation } from '../reservation/reservation.ts';
import { id, ids, requestedReservation, workshopFact } from '../sample-world.ts';
import { BayDay } from './bay-day.ts';

const key = { bayId: ids.bay, day: '2025-06-30' };
const world = { now: '2025-06-29T23:00:00.000Z', facts: [workshopFact] };
/** Hours in Seoul, which are nine ahead of UTC. */
const at = (hour: number, minute = 0) =>
  `2025-06-30T${String(hour - 9).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000Z`;
const hold = (n: number, start: string, end: string) => ({
  ...key,
  workshopId: ids.workshop,
  holdId: id(n),
  forKind: 'reservation',
  forId: id(1_000 + n),
  start,
  end,
  expiresAt: '2025-06-29T23:30:00.000Z',
});
const block = (n: number, start: string, end: string) => ({
  ...key,
  workshopId: ids.workshop,
  blockId: id(n),
  start,
  end,
  reason: '점검',
});
const ref = (n: number) => ({ ...key, holdId: id(n) });

const held = given(BayDay)
  .when('HoldSlot', hold(1, at(10), at(12)), world)
  .emits('SlotHeld');
const confirmed = [
  ...held,
  ...given(BayDay, ...held)
    .when('ConfirmSlot', ref(1), world)
    .emits('SlotConfirmed'),
];
const later = { ...world, now: '2025-06-30T00:00:00.000Z' };

describe('BayDay', () => {
  it('is one stream per bay and day, seen by the workshop', () => {
    expect(BayDay.idOf(key)).toBe(`${ids.bay}.20250630`);
    expect(held[0]?.data).toMatchObject({ parties: [{ kind: 'org', id: ids.workshopOrg, as: 'workshop' }] });
  });

  it('gives a time once: neighbours fit, overlaps do not', () => {
    const day = given(BayDay, ...held);
    day.when('HoldSlot', hold(2, at(12), at(13)), world).emits('SlotHeld');
    day.when('HoldSlot', hold(2, at(9), at(10)), world).emits('SlotHeld');
    day.when('HoldSlot', hold(2, at(11), at(13)), world).refuses('SLOT_TAKEN');
    day.when('BlockTime', block(2, at(11), at(13)), world).refuses('SLOT_TAKEN');
    day.when('HoldSlot', hold(1, at(10), at(12)), world).emits();
  });

  it('holds a time for longer, under that name another only if that is free, and for nobody else', () => {
    const day = given(
      BayDay,
      ...held,
      ...given(BayDay, ...held)
        .when('BlockTime', block(2, at(14), at(15)), world)
        .emits('TimeBlocked'),
    );
    const longer = { ...hold(1, at(10), at(12)), expiresAt: '2025-06-29T23:50:00.000Z' };
    day.when('HoldSlot', longer, world).emits('SlotHeld');
    day.when('HoldSlot', { ...longer, end: at(16) }, world).refuses('SLOT_TAKEN');
    day.when('HoldSlot', { ...longer, start: at(16), end: at(17) }, world).emits('SlotHeld');
    day.when('HoldSlot', { ...longer, forId: id(77) }, world).refuses('SLOT_TAKEN');
  });

  it('keeps to the opening hours, to bays in use, and to 15 minutes at least', () => {
    const wants = (start: string, end: string, more = {}) =>
      given(BayDay).when('HoldSlot', { ...hold(1, start, end), ...more }, world);
    wants(at(17), at(18, 30)).emits('SlotHeld');
    wants(at(17), at(18, 31)).refuses('OUTSIDE_HOURS');
    wants('2025-06-29T23:59:00.000Z', at(10)).refuses('OUTSIDE_HOURS');
    wants(at(10), at(11), { day: '2025-07-01' }).refuses('OUTSIDE_HOURS');
    wants(at(10), at(11), { bayId: id(9) }).refuses('OUTSIDE_HOURS');
    wants(at(10), at(11), { workshopId: id(9) }).refuses('OUTSIDE_HOURS');
    wants(at(10), at(10, 14)).refuses('TOO_SHORT');
    wants(at(11), at(10)).refuses('TOO_SHORT');
  });

  it('lets an unconfirmed hold lapse, and keeps a confirmed one', () => {
    given(BayDay, ...held)
      .when('ConfirmSlot', ref(1), later)
      .refuses('HOLD_EXPIRED');
    given(BayDay, ...held)
      .when('HoldSlot', hold(2, at(11), at(13)), later)
      .emits('SlotHeld');
    given(BayDay, ...confirmed)
      .when('ConfirmSlot', ref(1), later)
      .emits();
    given(BayDay, ...confirmed)
      .when('HoldSlot', hold(2, at(11), at(13)), later)
      .refuses('SLOT_TAKEN');
    given(BayDay, ...held)
      .when('ConfirmSlot', ref(2), world)
      .refuses('HOLD_UNKNOWN');
    given(BayDay).when('ConfirmSlot', ref(2), world).refuses('NOT_FOUND');
  });

  it('holds a time longer when asked again, and another time under the same name only if that is free', () => {
    const longer = { ...hold(1, at(10), at(12)), expiresAt: at(12) };
    const day = given(BayDay, ...held);
    day.when('HoldSlot', longer, world).emits('SlotHeld');
    const blocked = day.when('BlockTime', block(2, at(14), at(15)), world).emits('TimeBlocked');
    const other = given(BayDay, ...held, ...blocked);
    other.when('HoldSlot', { ...longer, start: at(14), end: at(15) }, world).refuses('SLOT_TAKEN');
    other.when('HoldSlot', { ...longer, start: at(15), end: at(16) }, world).emits('SlotHeld');
    other.when('HoldSlot', { ...longer, forId: id(8) }, world).refuses('SLOT_TAKEN');
  });

  it('lets a record move its own slot over the old one', () => {
    const moved = { ...hold(2, at(11), at(13)), forId: id(1_001) };
    given(BayDay, ...confirmed)
      .when('HoldSlot', moved, world)
      .emits('SlotHeld');
  });

  it('gives released time back', () => {
    const release = { ...ref(1), reason: '취소' };
    const free = [
      ...confirmed,
      ...given(BayDay, ...confirmed)
        .when('ReleaseSlot', release)
        .emits('SlotReleased'),
    ];
    given(BayDay, ...free)
      .when('ReleaseSlot', release)
      .refuses('HOLD_UNKNOWN');
    given(BayDay, ...free)
      .when('HoldSlot', hold(2, at(11), at(13)), world)
      .emits('SlotHeld');
  });

  it('keeps the time of an appointment that stands; whoever wants it cancels or moves that', () => {
    const reservationId = id(1_001);
    const slot = { bayId: ids.bay, start: at(10), end: at(12), holdId: id(1) };
    const booked = (holdId: string, ...more: { type: string; data: object }[]) => ({
      aggregate: Reservation,
      id: reservationId,
      events: [
        requestedReservation(reservationId),
        { type: 'ReservationConfirmed', data: { reservationId, ...slot, holdId } },
        ...more,
      ],
    });
    const releasing = (fact: ReturnType<typeof booked>) =>
      given(BayDay, ...confirmed).when(
        'ReleaseSlot',
        { ...ref(1), reason: '취소' },
        { ...world, facts: [fact as never] },
      );
    releasing(booked(id(1))).refuses('STILL_BOOKED');
    releasing(booked(id(2))).emits('SlotReleased');
    const cancelled = { type: 'ReservationCancelled', data: { reservationId, by: 'kim', reasonCode: 'X' } };
    releasing(booked(id(1), cancelled)).emits('SlotReleased');
  });

  it('blocks and unblocks time on the day itself', () => {
    const blocked = given(BayDay)
      .when('BlockTime', block(1, at(13), at(14)), world)
      .emits('TimeBlocked');
    given(BayDay, ...blocked)
      .when('HoldSlot', hold(2, at(13), at(14)), world)
      .refuses('SLOT_TAKEN');
    given(BayDay, ...blocked)
      .when('BlockTime', block(1, at(13), at(14)), world)
      .emits();
    given(BayDay, ...blocked)
      .when('UnblockTime', { ...key, blockId: id(2) })
      .refuses('NOT_FOUND');
    given(BayDay, ...blocked)
      .when('UnblockTime', { ...key, blockId: id(1) })
      .emits('TimeUnblocked');
    given(BayDay)
      .when('BlockTime', { ...block(1, at(13), at(14)), day: '2025-07-01' }, world)
      .refuses('OUTSIDE_HOURS');
    given(BayDay)
      .when('BlockTime', { ...block(1, at(13), at(14)), bayId: id(9) }, world)
      .refuses('NOT_FOUND');
  });

  it('measures how long a confirmed slot was used', () => {
    const use = { ...ref(1), at: at(10, 5) };
    given(BayDay, ...held)
      .when('StartUse', use)
      .refuses('NOT_CONFIRMED');
    given(BayDay, ...confirmed)
      .when('EndUse', use)
      .refuses('NOT_CONFIRMED');
    const using = [
      ...confirmed,
      ...given(BayDay, ...confirmed)
        .when('StartUse', use)
        .emits('BayUseStarted'),
    ];
    given(BayDay, ...using)
      .when('StartUse', use)
      .refuses('ALREADY_STARTED');
    const [ended] = given(BayDay, ...using)
      .when('EndUse', { ...use, at: at(11, 35) })
      .emits('BayUseEnded');
    expect(ended?.data).toMatchObject({ minutes: 90 });
    given(BayDay, ...using, ended!)
      .when('EndUse', { ...use, at: at(12) })
      .emits();
  });

  it('gives back the rest of a time whose car left early, or never needed it', () => {
    const left = (minute: number, hour = 11) => [
      ...confirmed,
      ...given(BayDay, ...confirmed)
        .when('StartUse', { ...ref(1), at: at(10, 5) })
        .emits('BayUseStarted'),
      { type: 'BayUseEnded', data: { ...ref(1), at: at(hour, minute), minutes: 0, workshopId: ids.workshop } },
    ];
    const wants = (events: ReturnType<typeof left>, start: string) =>
      given(BayDay, ...events).when('HoldSlot', hold(2, start, at(13)), world);
    wants(left(30), at(11, 30)).emits('SlotHeld');
    wants(left(30), at(11)).refuses('SLOT_TAKEN');
    wants(left(0, 10), at(9)).emits('SlotHeld');
  });

  it('never holds the same minute twice, whatever is asked', () => {
    const quarter = fc.integer({ min: 0, max: 37 });
    const wish = fc.record({ from: quarter, length: fc.integer({ min: 1, max: 8 }), release: fc.boolean() });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
        const taken = new Set<number>();
        let log: typeof held = [];
        for (const [n, { from, length, release }] of wishes.entries()) {
          const [start, end] = [from, from + length].map((q) => plusMinutes(at(9), q * 15));
          const quarters = Array.from({ length }, (_, i) => from + i);
          const { decision } = given(BayDay, ...log).when('HoldSlot', hold(100 + n, start!, end!), world);
          expect(decision.ok).toBe(from + length <= 38 && !quarters.some((q) => taken.has(q)));
          if (!decision.ok) continue;
          log = log.concat(decision.events);
          if (release)
            log = log.concat(
              given(BayDay, ...log)
                .when('ReleaseSlot', { ...ref(100 + n), reason: '취소' })
                .emits('SlotReleased'),
            );
          else for (const q of quarters) taken.add(q);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the laws', () =>
    checkLaws(BayDay, {
      world,
      samples: {
        HoldSlot: [1, 2, 3].map((n) => hold(n, at(9 + n), at(10 + n))),
        BlockTime: [block(1, at(15), at(16))],
        ConfirmSlot: [ref(1), ref(2)],
        StartUse: [{ ...ref(1), at: at(10) }],
      },
    }));
});
