import type { Evolve, Job, Live, Offer } from './delivery.state.ts';
import type { requestEvents } from './request.schema.ts';

const withOffer = (state: Live, offerId: string, after: Offer['state']): Live => {
  const offer = state.offers[offerId];
  return offer ? { ...state, offers: { ...state.offers, [offerId]: { ...offer, state: after } } } : state;
};
/** Open offers end when somebody has the job, or nobody could be found. */
const closed = (offers: Job['offers']): Job['offers'] =>
  Object.fromEntries(
    Object.entries(offers).map(([id, offer]) => [
      id,
      offer.state === 'open' ? { ...offer, state: 'withdrawn' } : offer,
    ]),
  );
const jobOf = ({ vehicleId, requester, kind, mode, pickup, dropoff, links, fare, offers, eta }: Job): Job => ({
  ...{ vehicleId, requester, kind, mode, pickup, dropoff, links, fare, offers, eta },
});

export const requestEvolve: Evolve<typeof requestEvents> = {
  DeliveryRequested: (_state, { vehicleId, requester, kind, mode, pickup, dropoff, links }) => ({
    ...{ status: 'requested', vehicleId, requester, kind, mode, pickup, dropoff, links },
    offers: {},
  }),
  FareAgreed: (state, { distanceKm, baseKrw, totalKrw }) => ({
    ...jobOf(state),
    status: state.status === 'unassigned' ? 'unassigned' : 'dispatching',
    fare: { distanceKm, baseKrw, totalKrw },
  }),
  DriverOffered: (state, { offerId, driverId, expiresAt }) => ({
    ...jobOf(state),
    status: 'dispatching',
    offers: { ...state.offers, [offerId]: { driverId, expiresAt, state: 'open' } },
  }),
  OfferAccepted: (state, { offerId, driverId, shiftId }) => ({
    ...jobOf(state),
    status: 'assigned',
    driverId,
    shiftId,
    offers: closed(withOffer(state, offerId, 'accepted').offers),
  }),
  OfferDeclined: (state, { offerId }) => withOffer(state, offerId, 'declined'),
  OfferExpired: (state, { offerId }) => withOffer(state, offerId, 'expired'),
  OfferWithdrawn: (state, { offerId }) => withOffer(state, offerId, 'withdrawn'),
  DriverAssigned: (state, { driverId, shiftId }) => ({
    ...jobOf(state),
    status: 'assigned',
    driverId,
    shiftId,
    offers: closed(state.offers),
  }),
  DriverReleased: (state) => ({ ...jobOf(state), status: 'dispatching' }),
  DispatchExhausted: (state) => ({ ...jobOf(state), status: 'unassigned', offers: closed(state.offers) }),
  DeliveryCancelled: (state) => ({ ...jobOf(state), status: 'cancelled', offers: closed(state.offers) }),
};
