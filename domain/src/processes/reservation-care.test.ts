import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import * as journey from '../delivery/delivery/sample-delivery.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import type { AnyEvent } from '../kit/index.ts';
import { given } from '../kit/testing.ts';
import { Invoice } from '../repair/invoice/invoice.ts';
import { Reservation } from '../repair/reservation/reservation.ts';
import { id, ids, tell, vehicleFact, workshopFact } from '../repair/sample-world.ts';
import { plan } from './fleet.fixture.ts';
import { ReservationCare } from './reservation-care.ts';
import { dataOf, instanceOf, keysOf, refusalOf, type Told, timerOf } from './spec.ts';

const reservationId = id(70);
const now = '2025-06-30T01:00:00.000Z';
const request = {
  ...{ reservationId, workshopId: ids.workshop, vehicleId: ids.vehicle, complaint: '점검' },
  ...{ requester: { kind: 'owner', id: ids.customer }, services: [{ code: 'PADF' }] },
  wanted: [{ from: '2025-07-02T01:00:00.000Z', to: '2025-07-02T02:00:00.000Z' }],
};
const slot = {
  ...{ reservationId, bayId: ids.bay, start: '2025-07-02T01:00:00.000Z', end: '2025-07-02T02:00:00.000Z' },
};
const world = { now, facts: [workshopFact, vehicleFact()] };
const desk = { ...world, actor: { kind: 'user', id: ids.advisor, orgId: ids.workshopOrg } } as const;
const requested = tell(Reservation, [], [['RequestReservation', request]], world);
const proposed = tell(Reservation, requested, [['ProposeSlot', slot]], desk);
const confirmed = tell(Reservation, requested, [['ConfirmReservation', slot]], desk);
const knowing = (events: readonly AnyEvent[], ...more: object[]) => ({
  now,
  facts: [...world.facts, { aggregate: Reservation, id: reservationId, events }, ...more] as never,
});
const careOf = (events: readonly AnyEvent[], ...more: object[]) => {
  const care = instanceOf(ReservationCare, knowing(events, ...more));
  return { care, first: care.tell('ReservationRequested', request) };
};
const noticed = (told: Told) => told.reactions.flatMap((r) => (r.kind === 'send' ? [r.data.to] : []));
const customer = { kind: 'user', id: ids.customer };
const advisors = { kind: 'org', id: ids.workshopOrg, roles: ['WORKSHOP_OWNER', 'SERVICE_ADVISOR'] };

describe('a request', () => {
  it('is called to mind after two business hours and ends after a day without an answer', () => {
    const { care, first } = careOf(requested);
    expect(timerOf(first, 'remind')).toBe('2025-06-30T03:00:00.000Z');
    expect(timerOf(first, 'expire')).toBe('2025-07-01T01:00:00.000Z');
    expect(noticed(care.fire('remind'))).toEqual([advisors]);
    const due = care.fire('expire');
    expect(dataOf(due, 'ExpireReservation')).toEqual({ reservationId });
    expect(care.tell(...refusalOf(due, 'ExpireReservation', 'WRONG_STATE')).sent).toEqual([]);
    const expired = care.tell('ReservationExpired', { reservationId });
    expect(expired.sent).toEqual(['notice:reservationEnded', 'complete']);
  });

  it('that a desk answers with a time is the customer’s to answer, before that time comes', () => {
    const { care } = careOf(proposed);
    const told = care.tell('SlotProposed', { ...slot, advisorId: ids.advisor });
    expect(noticed(told)).toEqual([customer]);
    expect(timerOf(told, 'expire')).toBe('2025-07-01T01:00:00.000Z');
    expect(noticed(care.fire('remind'))).toEqual([customer]);
    const close = care.tell('SlotProposed', { ...slot, advisorId: ids.advisor }, '2025-07-01T09:00:00.000Z');
    expect(timerOf(close, 'expire')).toBe(slot.start);
  });

  it('with a time that a process proposed is the desk’s to answer', () => {
    const { care } = careOf(tell(Reservation, requested, [['ProposeSlot', slot]], world));
    expect(care.tell('SlotProposed', slot).sent).toEqual([]);
    expect(noticed(care.fire('remind'))).toEqual([advisors]);
  });

  it('that was answered waits for nothing', () => {
    const { care } = careOf(confirmed);
    expect(care.tell('ReservationConfirmed', slot).sent).toEqual([
      ...['-remind', '-expire', 'timer:soon', 'timer:late', 'timer:noShow'],
    ]);
    for (const timer of ['remind', 'expire']) expect(care.fire(timer).sent).toEqual([]);
    expect(care.tell('CustomerArrived', { reservationId }).sent).toEqual(['complete']);
    expect(care.fire('noShow').sent).toEqual([]);
  });
});

describe('an appointment', () => {
  it('is called to mind the day before; who has not come by its end did not come', () => {
    const { care } = careOf(confirmed);
    const told = care.tell('ReservationConfirmed', slot);
    expect(timerOf(told, 'soon')).toBe('2025-07-01T01:00:00.000Z');
    expect(timerOf(told, 'late')).toBe('2025-07-02T01:30:00.000Z');
    expect(timerOf(told, 'noShow')).toBe(slot.end);
    expect(care.fire('soon').sent).toEqual(['notice:reservationSoon']);
    expect(care.fire('late').sent).toEqual(['notice:reservationLate']);
    const missed = care.fire('noShow', slot.end);
    expect(dataOf(missed, 'RecordNoShow')).toEqual({ reservationId });
    const again = care.tell(...refusalOf(missed, 'RecordNoShow', 'GRACE_NOT_OVER'));
    expect(again.sent).toEqual(['timer:noShow']);
    expect(care.tell(...refusalOf(missed, 'RecordNoShow', 'WRONG_STATE')).sent).toEqual([]);
    const ended = care.tell('NoShowRecorded', { reservationId });
    expect(ended.sent).toEqual([
      ...['notice:reservationMissed', 'notice:reservationMissed'],
      ...['DraftInvoice', 'notice:lateFeeToCharge', 'notice:lateFeeOwed', 'complete'],
    ]);
  });

  it('that is moved is looked at by its new time', () => {
    const { care } = careOf(confirmed);
    care.tell('ReservationConfirmed', slot);
    const short = { ...slot, start: '2025-06-30T05:00:00.000Z', end: '2025-06-30T05:15:00.000Z' };
    const told = care.tell('ReservationRescheduled', short);
    expect(told.sent).toContain('-soon');
    expect(timerOf(told, 'noShow')).toBe('2025-06-30T05:31:00.000Z');
  });

  it('to which a driver brings the car waits for the driver, and a car that was brought did come', () => {
    const bringing = (events: readonly AnyEvent[]) => {
      const { care } = careOf(confirmed, { aggregate: Delivery, id: journey.deliveryId, events });
      care.tell('DeliveryRequested', { deliveryId: journey.deliveryId, links: { reservationId } });
      return care;
    };
    const underWay = bringing(journey.inTransit);
    expect(underWay.fire('late').sent).toEqual([]);
    expect(timerOf(underWay.fire('noShow', slot.end), 'noShow')).toBe('2025-07-02T03:00:00.000Z');
    expect(bringing(journey.completed).fire('noShow').sent).toEqual(['notice:reservationLate']);
    expect(bringing(journey.requested).fire('noShow').sent).toEqual(['RecordNoShow']);
  });
});

describe('what hangs on a reservation that came to nothing', () => {
  const late = { reservationId, by: 'customer', reasonCode: 'CHANGED', lateFeeKrw: 20_000 };
  it('is undone: the driver is called off and the plan’s items are free again', () => {
    const booked = plan(['BookItems', { itemCodes: ['OIL'], reservationId }]);
    const { care } = careOf(
      confirmed,
      { aggregate: Delivery, id: journey.deliveryId, events: journey.assigned },
      { ...booked, aggregate: MaintenancePlan },
    );
    care.tell('DeliveryRequested', { deliveryId: journey.deliveryId, links: { reservationId } });
    const ended = care.tell('ReservationCancelled', late);
    expect(dataOf(ended, 'CancelDelivery')).toMatchObject({ deliveryId: journey.deliveryId });
    expect(dataOf(ended, 'UnbookItems')).toMatchObject({ vehicleId: ids.vehicle, reservationId });
    expect(ended.sent.slice(2)).toEqual([
      ...['notice:reservationCancelled', 'notice:reservationCancelled'],
      ...['DraftInvoice', 'notice:lateFeeToCharge', 'notice:lateFeeOwed', 'complete'],
    ]);
    expect(care.tell(...refusalOf(ended, 'CancelDelivery', 'AFTER_PICKUP')).sent).toEqual([]);
    const draft = dataOf(ended, 'DraftInvoice');
    expect(draft).toMatchObject({ payer: { kind: 'owner', id: ids.customer }, totalKrw: 20_000, vatKrw: 0 });
    given(Invoice).when('DraftInvoice', draft, knowing(confirmed)).emits('InvoiceDrafted');
  });

  it('stays when the car is on its way, and nothing is owed by who was declined', () => {
    const { care } = careOf(requested, { aggregate: Delivery, id: journey.deliveryId, events: journey.inTransit });
    care.tell('DeliveryRequested', { deliveryId: journey.deliveryId, links: { reservationId } });
    const declined = care.tell('ReservationDeclined', { reservationId, reason: '휴무' });
    expect(declined.sent).toEqual(['notice:reservationDeclined', 'complete']);
  });
});

it('hears of the deliveries that were ordered for it only', () => {
  expect(keysOf(ReservationCare, 'DeliveryRequested', { links: { reservationId } })).toEqual([reservationId]);
  expect(keysOf(ReservationCare, 'DeliveryRequested', { links: {} })).toEqual([]);
});
