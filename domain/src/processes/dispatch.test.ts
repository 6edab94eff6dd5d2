import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import * as journey from '../delivery/delivery/sample-delivery.ts';
import { world as base, driverId, paperlessId, rivalId, shiftFacts, start } from '../delivery/sample-world.ts';
import type { AnyEvent } from '../kit/index.ts';
import { id, ids, tell } from '../repair/sample-world.ts';
import { offerIdOf } from './dispatch.state.ts';
import { Dispatch } from './dispatch.ts';
import { setting } from './fleet.fixture.ts';
import { dataOf, instanceOf, refusalOf, type Told, timerOf } from './spec.ts';

const { deliveryId, fare, ref } = journey;
const now = '2025-06-30T00:10:00.000Z';
const window = { from: '2025-06-30T01:30:00.000Z', to: '2025-06-30T03:00:00.000Z' };
const request = {
  ...journey.request,
  pickup: { ...journey.pickup, window },
  dropoff: { ...journey.dropoff, window },
};
const dispatching = (more: object = {}) =>
  tell(
    Delivery,
    [],
    [
      ['RequestDelivery', { ...request, ...more }],
      ['AgreeFare', fare],
    ],
    journey.world,
  );
const drivers = [driverId, rivalId, paperlessId];
/** Shifts that began some kilometres north of the car. */
const at = (of: string, km: number) =>
  shiftFacts(of, [
    { type: 'ShiftStarted', data: { ...start(of), geo: { lat: 37.498 + km / 111.2, lon: 127.028 }, parties: [] } },
  ]);
const shifts = [...at(driverId, 4), ...at(rivalId, 2), ...at(paperlessId, 1)];
const knowing = (events: readonly AnyEvent[], more: readonly object[] = [], list: readonly string[] = drivers) => ({
  ...{ now, lists: { driversOnShift: list } },
  facts: [...(base.facts ?? []), ...shifts, { aggregate: Delivery, id: deliveryId, events }, ...more] as never,
});
const searchOf = (...args: Parameters<typeof knowing>) => {
  const search = instanceOf(Dispatch, knowing(...args));
  return { search, first: search.tell('FareAgreed', fare) };
};
const offered = (told: Told) =>
  told.reactions.flatMap((r) => (r.kind === 'send' && r.type === 'OfferToDriver' ? [r.data] : []));
const driversOf = (told: Told) => offered(told).map((offer) => offer.driverId);
const answer = (offer: Record<string, unknown> | undefined) => ({ deliveryId, offerId: offer?.offerId });
const notified = ({ sent }: Told) => sent.filter((one) => one.startsWith('notice:'));

describe('a delivery that needs a driver', () => {
  it('is offered to the nearest driver with valid papers for a minute, then to the next', () => {
    const { search, first } = searchOf(dispatching());
    expect(offered(first)).toEqual([
      {
        ...{ deliveryId, driverId: rivalId, round: 1, offerId: offerIdOf(deliveryId, rivalId, 1) },
        expiresAt: '2025-06-30T00:11:00.000Z',
      },
    ]);
    expect(timerOf(first, 'round')).toBe('2025-06-30T00:15:00.000Z');
    expect(timerOf(first, 'exhaust')).toBe('2025-06-30T01:15:00.000Z');
    const [offer] = offered(first);
    const made = search.tell('DriverOffered', offer);
    expect(made.sent).toEqual([`timer:expire.${offer?.offerId}`]);
    const next = search.tell('OfferDeclined', { ...answer(offer), reason: '멀어요' });
    expect(driversOf(next)).toEqual([driverId]);
    search.tell('DriverOffered', offered(next)[0]);
    expect(driversOf(search.tell('OfferExpired', answer(offered(next)[0])))).toEqual([]);
  });

  it('goes first to who has the time for it, then to the near, where standing is worth some of the way', () => {
    const until = (to: string) =>
      shiftFacts(rivalId, [
        { type: 'ShiftPlanned', data: { driverId: rivalId, day: '2025-06-30', n: 1, from: now, to, area: 'x' } },
        { type: 'ShiftStarted', data: { ...start(rivalId), geo: { lat: 37.498 + 2 / 111.2, lon: 127.028 } } },
      ]);
    const facts = (...shift: object[]) => ({
      ...knowing(dispatching()),
      facts: [...(base.facts ?? []), ...shift, { aggregate: Delivery, id: deliveryId, events: dispatching() }] as never,
    });
    const first = (world: ReturnType<typeof facts>) => driversOf(instanceOf(Dispatch, world).tell('FareAgreed', fare));
    expect(first(facts(...until('2025-06-30T02:00:00.000Z'), ...at(driverId, 9)))).toEqual([driverId]);
    expect(first(facts(...until('2025-06-30T09:00:00.000Z'), ...at(driverId, 9)))).toEqual([rivalId]);
    // The list names the well-tried first: 200 m more are not too far for them.
    expect(first(facts(...at(rivalId, 2), ...at(driverId, 2.2)))).toEqual([driverId]);
    expect(first(facts(...at(rivalId, 2), ...at(driverId, 2.3)))).toEqual([rivalId]);
  });

  it('waits while an offer is open, and ends one that nobody answered', () => {
    const { search, first } = searchOf(dispatching());
    const [offer] = offered(first);
    search.tell('DriverOffered', offer);
    search.know(knowing([...dispatching(), { type: 'DriverOffered', data: offer ?? {} }]));
    expect(driversOf(search.fire('round'))).toEqual([]);
    const expired = search.fire(`expire.${offer?.offerId}`);
    expect(dataOf(expired, 'ExpireOffer')).toEqual(answer(offer));
    expect(search.tell(...refusalOf(expired, 'ExpireOffer', 'OFFER_CLOSED')).sent).toEqual([]);
    search.know(knowing(dispatching()));
    expect(search.fire(`expire.${offer?.offerId}`).sent).toEqual([]);
  });

  it('goes to everybody near at once after five single offers, in the smallest circle with somebody in it', () => {
    const many = Array.from({ length: 5 }, (_, n) => id(100 + n));
    const { search } = searchOf(dispatching(), [], []);
    for (const of of many)
      search.tell('DriverOffered', {
        deliveryId,
        driverId: of,
        round: 1,
        offerId: offerIdOf(deliveryId, of, 1),
        expiresAt: now,
      });
    search.know(knowing(dispatching()));
    const broadcast = search.tell('OfferExpired', { deliveryId, offerId: offerIdOf(deliveryId, id(104), 1) });
    expect(driversOf(broadcast)).toEqual([rivalId, driverId]);
    const far = [...at(driverId, 12), ...at(rivalId, 4)];
    const others = {
      ...knowing(dispatching()),
      facts: [...(base.facts ?? []), ...far, { aggregate: Delivery, id: deliveryId, events: dispatching() }] as never,
    };
    search.know(others);
    const near = search.tell('OfferExpired', { deliveryId, offerId: offerIdOf(deliveryId, id(104), 1) });
    expect(driversOf(near)).toEqual([rivalId]);
  });

  it('is offered to another when a driver was busy after all', () => {
    const { search, first } = searchOf(dispatching());
    const next = search.tell(...refusalOf(first, 'OfferToDriver', 'DRIVER_BUSY'));
    expect(driversOf(next)).toEqual([driverId]);
    expect(search.tell(...refusalOf(next, 'OfferToDriver', 'DRIVER_OFF_SHIFT')).sent).toEqual([]);
    search.know(knowing(journey.assigned));
    expect(search.tell(...refusalOf(first, 'OfferToDriver', 'ALREADY_ASSIGNED')).sent).toEqual([]);
  });

  it('is not searched for long before it is to be fetched', () => {
    const late = { from: '2025-06-30T09:00:00.000Z', to: '2025-06-30T10:00:00.000Z' };
    const { search, first } = searchOf(dispatching({ pickup: { ...request.pickup, window: late } }));
    expect(first.sent).toEqual(['timer:exhaust', 'timer:search']);
    expect(timerOf(first, 'search')).toBe('2025-06-30T06:00:00.000Z');
    expect(driversOf(search.fire('search'))).toEqual([rivalId]);
  });

  it('is nobody’s to offer when no transport company is named', () => {
    const [requested, ...rest] = dispatching();
    const parties = ((requested?.data.parties ?? []) as { as: string }[]).filter((party) => party.as !== 'transport');
    const own = [{ type: 'DeliveryRequested', data: { ...requested?.data, parties } }, ...rest];
    expect(searchOf(own).first.sent).toEqual(['complete']);
  });

  it('is left to a dispatcher who offers it by hand, whose offers end by themselves too', () => {
    const { search } = searchOf(dispatching(), [], []);
    search.know(knowing(dispatching()));
    const byHand = { deliveryId, offerId: id(90), driverId, round: 1, expiresAt: '2025-06-30T00:20:00.000Z' };
    expect(search.tell('DriverOffered', byHand).sent).toEqual([`timer:expire.${id(90)}`]);
    expect(driversOf(search.tell('OfferWithdrawn', { ...answer(byHand), reason: 'x' }))).toEqual([]);
    expect(driversOf(search.fire('round'))).toEqual([]);
  });
});

describe('a search without success', () => {
  const noAnswer = (more: readonly object[] = []) => {
    const made = searchOf(dispatching(), more, [rivalId]);
    const [offer] = offered(made.first);
    made.search.tell('DriverOffered', offer);
    made.search.tell('OfferExpired', answer(offer));
    return made.search;
  };

  it('begins another round after five minutes and proposes a higher fare once', () => {
    const search = noAnswer();
    const second = search.fire('round');
    expect(second.sent).toEqual(['timer:round', 'notice:fareRaiseProposed', 'OfferToDriver']);
    expect(dataOf(second, 'RequestNotice')).toMatchObject({
      values: { proposedKrw: 22_101 },
      to: { id: ids.customer },
    });
    expect(offered(second)[0]).toMatchObject({ driverId: rivalId, round: 2 });
    for (const round of [2, 3])
      search.tell('DriverOffered', { ...offered(second)[0], round, offerId: offerIdOf(deliveryId, rivalId, round) });
    const third = search.fire('round');
    // Asked three times, that is enough.
    expect(third.sent).toEqual(['timer:round']);
  });

  it('raises the fare by itself as far as that is set, and asks again at the new one', () => {
    const search = noAnswer([setting('platform', 'delivery.redispatchPercent', 10)]);
    search.know({ now: '2025-06-30T01:05:00.000Z' });
    const raised = search.fire('round');
    expect(raised.sent).toEqual(['timer:round', 'AgreeFare']);
    const surcharges = [...fare.surcharges, { kind: 'redispatch', krw: 2_100 }];
    expect(dataOf(raised, 'AgreeFare')).toMatchObject({ baseKrw: fare.baseKrw, totalKrw: 22_101, surcharges });
    expect(driversOf(search.tell(...refusalOf(raised, 'AgreeFare', 'FARE_RULE_UNKNOWN')))).toEqual([rivalId]);
    const agreed = search.tell('FareAgreed', dataOf(raised, 'AgreeFare'));
    expect(offered(agreed)[0]).toMatchObject({ driverId: rivalId, round: 3 });
  });

  it('is given up a quarter of an hour before the car is to be fetched, after the last offer', () => {
    const search = noAnswer();
    const given = search.fire('exhaust');
    expect(dataOf(given, 'ExhaustDispatch')).toEqual(ref);
    expect(search.tell(...refusalOf(given, 'ExhaustDispatch', 'WRONG_STATE')).sent).toEqual([]);
    const told = search.tell('DispatchExhausted', ref);
    expect(notified(told)).toEqual(['notice:dispatchExhausted', 'notice:dispatchExhausted']);
    search.know(knowing([...dispatching(), { type: 'DispatchExhausted', data: ref }], [], [rivalId]));
    const higher = search.tell('FareAgreed', { ...fare, totalKrw: 30_000 });
    expect([timerOf(higher, 'exhaust'), driversOf(higher)]).toEqual(['2025-06-30T01:15:00.000Z', [rivalId]]);
    const open = { deliveryId, offerId: id(90), driverId, round: 1, expiresAt: '2025-06-30T00:20:00.000Z' };
    search.know(knowing([...dispatching(), { type: 'DriverOffered', data: open }]));
    expect(timerOf(search.fire('exhaust'), 'exhaust')).toBe('2025-06-30T00:21:00.000Z');
    search.know(knowing(journey.assigned));
    for (const timer of ['exhaust', 'search', 'round']) expect(search.fire(timer).sent).toEqual([]);
  });

  it('counts a round only once somebody was asked in it, however long nobody is there', () => {
    const { search } = searchOf(dispatching(), [], []);
    for (let waited = 0; waited < 120; waited++) expect(search.fire('round').sent).toEqual(['timer:round']);
    search.know(knowing(dispatching()));
    expect(offered(search.fire('round'))[0]).toMatchObject({ driverId: rivalId, round: 1 });
  });

  it('ends with the time in which the car was to be fetched', () => {
    expect(noAnswer().fire('round', '2025-06-30T03:01:00.000Z').sent).toEqual([]);
  });
});

describe('a driver who has the job', () => {
  const assigned = (type: 'OfferAccepted' | 'DriverAssigned') => {
    const { search } = searchOf(dispatching());
    const taken = search.tell(type, { deliveryId, driverId, offerId: journey.offerId });
    search.know(knowing(journey.assigned));
    return { search, taken };
  };

  it('is called to set out ten minutes after the planned time, and loses the job after twenty', () => {
    const { search, taken } = assigned('OfferAccepted');
    expect(taken.sent).toEqual(['-search', '-round', '-exhaust', 'timer:nudge', 'timer:stalled']);
    expect(timerOf(taken, 'nudge')).toBe('2025-06-30T01:40:00.000Z');
    expect(dataOf(search.fire('nudge'), 'RequestNotice')).toMatchObject({ to: { kind: 'user', id: driverId } });
    const stalled = search.fire('stalled');
    expect(stalled.sent).toEqual(['notice:driverDoesNotMove', 'ReleaseDriver']);
    expect(search.tell(...refusalOf(stalled, 'ReleaseDriver', 'AFTER_PICKUP')).sent).toEqual([]);
    search.know(knowing(dispatching()));
    const released = search.tell('DriverReleased', { deliveryId, driverId, reason: '출발하지 않음' });
    expect(driversOf(released)).toEqual([rivalId]);
    expect(timerOf(released, 'exhaust')).toBe('2025-06-30T01:15:00.000Z');
  });

  it('loses it as well when a dispatcher chose them; the dispatcher is told, and the search goes on', () => {
    const { search } = assigned('DriverAssigned');
    expect(search.fire('stalled').sent).toEqual(['notice:driverDoesNotMove', 'ReleaseDriver']);
    search.know(knowing(dispatching()));
    expect(driversOf(search.tell('DriverReleased', { deliveryId, driverId, reason: '출발하지 않음' }))).toEqual([
      rivalId,
    ]);
  });

  it('is left alone once on the way', () => {
    const { search } = assigned('OfferAccepted');
    expect(search.tell('PickupStarted', ref).sent).toEqual(['-nudge', '-stalled']);
    search.know(knowing(journey.atPickup));
    expect(search.fire('stalled').sent).toEqual([]);
    expect(search.tell('PickupInspected', ref).sent).toEqual(['complete']);
  });

  it('needs none for a delivery that was cancelled', () => {
    expect(assigned('OfferAccepted').search.tell('DeliveryCancelled', ref).sent).toEqual(['complete']);
  });
});

it('makes the same offer of the same driver, delivery and round, and no other', () => {
  const all = [1, 2].flatMap((round) => drivers.map((one) => offerIdOf(deliveryId, one, round)));
  expect(new Set(all).size).toBe(6);
});
