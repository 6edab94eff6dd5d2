import { describe, expect, it } from 'vitest';
import { RepairOrder } from '../../repair/repair-order/repair-order.ts';
import { opened, repairOrderId } from '../../repair/repair-order/sample-order.ts';
import { id, ids, vehicleFact } from '../../repair/sample-world.ts';
import { metresBetween } from '../../shared/geo.ts';
import { dispatcherId, driverId, paperlessId, rivalId, shiftFacts, started, transportOrg } from '../sample-world.ts';
import { Delivery } from './delivery.ts';
import {
  answer,
  as,
  assigned,
  atPickup,
  deliveryId,
  dispatching,
  driver,
  dropoff,
  fail,
  fare,
  go,
  inspectedOut,
  inTransit,
  offer,
  offered,
  offerId,
  pickup,
  ref,
  request,
  requested,
  stepsOf,
  whenIn,
  world,
} from './sample-delivery.ts';

const requesting = (data: object, at = world) => whenIn([]).when('RequestDelivery', { ...request, ...data }, at);
const withFacts = (...facts: NonNullable<typeof world.facts>[number][]) => ({
  ...world,
  facts: [...facts, ...(world.facts ?? [])],
});
const rival = { ...offer, offerId: id(42), driverId: rivalId };
const both = withFacts(...shiftFacts(rivalId));
const raced = [...offered, ...whenIn(offered).when('OfferToDriver', rival, both).emits('DriverOffered', 'PartyAdded')];
const later = { ...world, now: '2025-06-30T00:11:00.000Z' };

describe('Requesting a delivery', () => {
  it('is seen by everybody who takes part', () => {
    expect(requested[0]?.data).toMatchObject({
      vehicle: { plate: '12가3456' },
      parties: [
        { kind: 'user', id: ids.customer, as: 'requester' },
        { kind: 'user', id: ids.customer, as: 'payer' },
        { kind: 'user', id: ids.customer, as: 'owner' },
        { kind: 'org', id: transportOrg, as: 'transport' },
      ],
    });
    const order = { aggregate: RepairOrder, id: repairOrderId, events: opened };
    const [linked] = requesting({ links: { repairOrderId } }, withFacts(order)).emits('DeliveryRequested');
    expect(linked?.data.parties).toContainEqual({ kind: 'org', id: ids.workshopOrg, as: 'workshop' });
  });

  it('goes from one place to another, in the future', () => {
    requesting({}, { ...world, now: '2025-06-30T02:00:00.000Z' }).refuses('WINDOW_IN_PAST');
    requesting({ dropoff: { ...dropoff, addressRef: 'home' } }).refuses('SAME_PLACE');
    requesting({ dropoff: { ...dropoff, geo: pickup.geo } }).refuses('SAME_PLACE');
    requesting({ dropoff: { ...dropoff, geo: { lat: pickup.geo.lat - 15, lon: pickup.geo.lon } } }).refuses('TOO_FAR');
  });

  it('takes on from where another one left the same car, when that broke off', () => {
    const replacesId = id(70);
    const events = whenIn(inTransit).when('FailDelivery', fail).emits('DeliveryFailed');
    const broken = (vehicleId: string) => {
      const [first, ...rest] = [...inTransit, ...events];
      const log = [{ ...first!, data: { ...first?.data, deliveryId: replacesId, vehicleId } }, ...rest];
      return withFacts({ aggregate: Delivery, id: replacesId, events: log });
    };
    const [second] = requesting({ links: { replacesId } }, broken(ids.vehicle)).emits('DeliveryRequested');
    expect(second?.data.links).toEqual({ replacesId });
    requesting({ links: { replacesId } }, broken(id(60))).refuses('NO_ACCESS_TO_VEHICLE');
    const driven = withFacts({ aggregate: Delivery, id: replacesId, events: inTransit });
    requesting({ links: { replacesId } }, driven).refuses('NO_ACCESS_TO_VEHICLE');
    requesting({ links: { replacesId } }).refuses('NO_ACCESS_TO_VEHICLE');
  });

  it('moves a car one has access to, or has in the workshop', () => {
    const workshop = { requester: { kind: 'org', id: ids.workshopOrg }, links: { repairOrderId } };
    const order = { aggregate: RepairOrder, id: repairOrderId, events: opened };
    requesting(workshop, withFacts(order)).emits('DeliveryRequested');
    requesting({ ...workshop, requester: { kind: 'org', id: ids.fleetOrg } }, withFacts(order)).refuses(
      'NO_ACCESS_TO_VEHICLE',
    );
    requesting(workshop).refuses('NO_ACCESS_TO_VEHICLE');
    requesting({ ...workshop, vehicleId: id(60) }, withFacts(order, vehicleFact(id(60)))).refuses(
      'NO_ACCESS_TO_VEHICLE',
    );
    requesting({ vehicleId: id(97) }).refuses('NO_ACCESS_TO_VEHICLE');
    const parked = vehicleFact();
    const suspended = {
      ...parked,
      events: [...parked.events, { type: 'VehicleSuspended', data: { vehicleId: ids.vehicle, reason: '사고' } }],
    };
    requesting({}, withFacts(suspended)).refuses('VEHICLE_SUSPENDED');
  });

  it('claims the car, and gives it back when cancelled', () => {
    const { decision } = stepsOf([], 'RequestDelivery', request);
    expect(decision.before).toMatchObject([
      { type: 'HoldClaim', refusal: 'VEHICLE_IN_OTHER_DELIVERY', data: { kind: 'openDelivery' } },
    ]);
    expect(stepsOf(requested, 'CancelDelivery', { ...ref, by: 'customer', reasonCode: 'CHANGED' }).after).toEqual([
      'ReleaseClaim',
    ]);
  });

  it('has a fare by known rules that adds up', () => {
    const agreeing = (change: object) => whenIn(requested).when('AgreeFare', { ...fare, ...change });
    agreeing({}).emits('FareAgreed');
    agreeing({ totalKrw: 20_000 }).refuses('FARE_RULE_UNKNOWN');
    agreeing({ surcharges: [{ kind: 'love', krw: 8_001 }] }).refuses('FARE_RULE_UNKNOWN');
    agreeing({ baseKrw: -1 }).refuses('NEGATIVE');
    agreeing({ surcharges: [{ kind: 'night', krw: -1 }] }).refuses('NEGATIVE');
  });
});

describe('Finding a driver', () => {
  it('offers the job to drivers on shift without a job', () => {
    whenIn(dispatching).when('OfferToDriver', rival, world).refuses('DRIVER_OFF_SHIFT');
    const bound = [
      ...started(),
      { type: 'DeliveryBound', data: { driverId, day: '2025-06-30', n: 1, deliveryId: id(50) } },
    ];
    whenIn(dispatching)
      .when('OfferToDriver', offer, withFacts(...shiftFacts(driverId, bound)))
      .refuses('DRIVER_BUSY');
    whenIn(offered).when('OfferToDriver', offer, world).refuses('ALREADY_EXISTS');
    whenIn(assigned).when('OfferToDriver', rival, both).refuses('ALREADY_ASSIGNED');
    expect(offered.at(-1)).toMatchObject({
      type: 'PartyAdded',
      data: { party: { kind: 'user', id: driverId, as: 'driver' } },
    });
  });

  it('is accepted though the shift is bound by this very offer, and by no other', () => {
    const boundBy = (offerId: string) => [
      ...started(),
      { type: 'DeliveryBound', data: { driverId, day: '2025-06-30', n: 1, deliveryId: answer.deliveryId, offerId } },
    ];
    const withBound = (offerId: string) => ({ ...driver, ...withFacts(...shiftFacts(driverId, boundBy(offerId))) });
    whenIn(offered).when('AcceptOffer', answer, withBound(answer.offerId)).emits('OfferAccepted');
    whenIn(offered)
      .when('AcceptOffer', answer, withBound(id(77)))
      .refuses('DRIVER_BUSY');
  });

  it('goes to the first who accepts in time, and binds the shift before', () => {
    whenIn(raced).when('AcceptOffer', answer, driver).emits('OfferAccepted', 'PartyRemoved');
    const { decision } = stepsOf(offered, 'AcceptOffer', answer);
    expect(decision.before).toMatchObject([
      {
        type: 'BindDelivery',
        refusal: 'DRIVER_BUSY',
        data: { driverId, day: '2025-06-30', n: 1, deliveryId, offerId },
        undo: { type: 'UnbindDelivery' },
      },
    ]);
    const won = [...raced, ...whenIn(raced).when('AcceptOffer', answer, driver).emits('OfferAccepted', 'PartyRemoved')];
    whenIn(won)
      .when('AcceptOffer', { ...answer, offerId: id(42), driverId: rivalId }, both)
      .refuses('ALREADY_ASSIGNED');
    whenIn(offered)
      .when('AcceptOffer', answer, { ...driver, now: later.now })
      .refuses('OFFER_EXPIRED');
    whenIn(offered)
      .when('AcceptOffer', answer, { ...driver, facts: [] })
      .refuses('DRIVER_OFF_SHIFT');
  });

  it('is accepted only by the driver it was offered to', () => {
    whenIn(raced)
      .when('AcceptOffer', { ...answer, offerId: id(42) }, driver)
      .refuses('NOT_OFFERED_TO_YOU');
    whenIn(raced)
      .when('AcceptOffer', answer, as({ id: rivalId, role: 'DRIVER' }))
      .refuses('NOT_OFFERED_TO_YOU');
    whenIn(offered)
      .when('AcceptOffer', { ...answer, offerId: id(97) }, driver)
      .refuses('NOT_OFFERED_TO_YOU');
  });

  it('hides from a driver whose offer is over', () => {
    const reasoned = { deliveryId, offerId, reason: '멀어요' };
    whenIn(offered).when('DeclineOffer', reasoned, driver).emits('OfferDeclined', 'PartyRemoved');
    whenIn(offered).when('ExpireOffer', { deliveryId, offerId }).emits('OfferExpired', 'PartyRemoved');
    whenIn(offered).when('WithdrawOffer', reasoned).emits('OfferWithdrawn', 'PartyRemoved');
    whenIn(offered)
      .when('DeclineOffer', { ...reasoned, offerId: id(97) }, driver)
      .refuses('OFFER_UNKNOWN');
    whenIn(raced)
      .when('DeclineOffer', { ...reasoned, offerId: id(42) }, driver)
      .refuses('NOT_OFFERED_TO_YOU');
    const declined = go(offered, ['DeclineOffer', reasoned]);
    whenIn(declined).when('DeclineOffer', reasoned, driver).refuses('OFFER_CLOSED');
    whenIn(declined).when('AcceptOffer', answer, driver).refuses('OFFER_CLOSED');
    whenIn(assigned).when('ExpireOffer', { deliveryId, offerId }).refuses('OFFER_CLOSED');
    whenIn(requested).when('WithdrawOffer', reasoned).refuses('OFFER_CLOSED');
    const expired = go(offered, ['ExpireOffer', { deliveryId, offerId }]);
    whenIn(expired).when('AcceptOffer', answer, driver).refuses('OFFER_EXPIRED');
    const again = go(offered, ['OfferToDriver', { ...offer, offerId: id(43) }]);
    whenIn(again).when('DeclineOffer', reasoned, driver).emits('OfferDeclined');
  });

  it('lets a dispatcher assign a driver with papers for the car', () => {
    const assign = (to: string) => ({ deliveryId, driverId: to, dispatcherId, reason: '가까움' });
    whenIn(dispatching).when('AssignDriver', assign(paperlessId), world).refuses('INSURANCE_INVALID');
    whenIn(dispatching).when('AssignDriver', assign(rivalId), world).refuses('DRIVER_OFF_SHIFT');
    whenIn(dispatching).when('AssignDriver', assign(rivalId), both).emits('DriverAssigned', 'PartyAdded');
    const car = vehicleFact();
    const truck = {
      ...car,
      events: car.events.map((event) => ({ ...event, data: { ...event.data, bodyKind: 'truck' } })),
    };
    whenIn(dispatching)
      .when('AssignDriver', assign(rivalId), withFacts(truck, ...shiftFacts(rivalId)))
      .refuses('LICENCE_CLASS');
    whenIn(dispatching).when('AssignDriver', assign(driverId), withFacts(truck)).emits('DriverAssigned', 'PartyAdded');
    expect(stepsOf(dispatching, 'AssignDriver', assign(driverId)).before).toEqual(['BindDelivery']);
    whenIn(raced).when('AssignDriver', assign(driverId), both).emits('DriverAssigned', 'PartyAdded', 'PartyRemoved');
    whenIn(assigned).when('AssignDriver', assign(driverId), world).refuses('ALREADY_ASSIGNED');
  });

  it('gives up, and begins again with the next offer', () => {
    const exhausted = [
      ...offered,
      ...whenIn(offered).when('ExhaustDispatch', ref).emits('DispatchExhausted', 'PartyRemoved'),
    ];
    whenIn(exhausted).when('AcceptOffer', answer, driver).refuses('OFFER_CLOSED');
    expect(whenIn(exhausted).when('AgreeFare', fare).state().status).toBe('unassigned');
    expect(
      whenIn(exhausted)
        .when('OfferToDriver', { ...offer, offerId: id(43) }, world)
        .state().status,
    ).toBe('dispatching');
    whenIn(requested).when('ExhaustDispatch', ref).refuses('WRONG_STATE');
  });

  it('releases a driver before pick-up only', () => {
    const release = { deliveryId, driverId, reason: '고장' };
    expect(stepsOf(atPickup, 'ReleaseDriver', release).after).toEqual(['UnbindDelivery']);
    expect(whenIn(atPickup).when('ReleaseDriver', release).state().status).toBe('dispatching');
    whenIn(assigned)
      .when('ReleaseDriver', { ...release, driverId: rivalId })
      .refuses('NOT_YOUR_JOB');
    whenIn(inspectedOut).when('ReleaseDriver', release).refuses('AFTER_PICKUP');
  });

  it('cancels for a fee once the driver is on the way', () => {
    const cancel = { ...ref, by: 'customer', reasonCode: 'CHANGED' };
    const feeOf = (events: typeof assigned) =>
      whenIn(events).when('CancelDelivery', cancel).emits('DeliveryCancelled')[0]?.data.feeKrw;
    // The base fare and 283 m.
    expect([feeOf(dispatching), feeOf(assigned), feeOf(atPickup)]).toEqual([0, 0, 12_156]);
    expect(stepsOf(assigned, 'CancelDelivery', cancel).after).toEqual(['UnbindDelivery', 'ReleaseClaim']);
    const { decision } = whenIn(atPickup).when('CancelDelivery', cancel);
    expect(decision.ok && decision.after[0]?.data).toMatchObject({ outcome: 'cancelled', earningKrw: 9_724 });
    whenIn(inspectedOut).when('CancelDelivery', cancel).refuses('AFTER_PICKUP');
  });

  it('pays for the way that was driven, at what the agreed fare is a kilometre, and no more than the fare', () => {
    const cancel = { ...ref, by: 'customer', reasonCode: 'CHANGED' };
    const after = (wayM: number, ...events: typeof assigned) =>
      events.map((event) => (event.type === 'PickupStarted' ? { ...event, data: { ...event.data, wayM } } : event));
    const setOut = go(assigned, ['StartToPickup', ref]);
    const feeOf = (events: typeof assigned, now: string) =>
      whenIn(events)
        .when('CancelDelivery', cancel, { ...world, now })
        .emits('DeliveryCancelled')[0]?.data.feeKrw;
    const [atOnce, fiveMinutesOn] = ['2025-06-30T01:00:00.000Z', '2025-06-30T01:05:00.000Z'];
    // 8,001 won above the base for 14.5 km: 5,517 for ten of them, 1,379 for the two and a half of five minutes.
    expect(feeOf(after(10_000, ...setOut), atOnce)).toBe(12_000);
    expect(feeOf(after(10_000, ...setOut), fiveMinutesOn)).toBe(13_379);
    expect(feeOf(after(10_000, ...atPickup), fiveMinutesOn)).toBe(17_517);
    expect(feeOf(after(30_000, ...atPickup), fiveMinutesOn)).toBe(20_001);
  });

  it('knows how far the pick-up is from where the driver’s shift began, or their last job ended', () => {
    const wayOf = (facts: typeof world.facts) =>
      whenIn(assigned)
        .when('StartToPickup', ref, { ...world, facts: facts ?? [] })
        .emits('PickupStarted')[0]?.data.wayM;
    expect(wayOf(world.facts)).toBe(metresBetween({ lat: 37.5, lon: 127.03 }, pickup.geo));
    expect(wayOf([])).toBeUndefined();
  });
});
