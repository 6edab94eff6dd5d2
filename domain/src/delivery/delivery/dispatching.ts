import { isTransportInsured, UserAccount } from '../../core/user-account/user-account.ts';
import { Vehicle, type VehicleState } from '../../fleet/vehicle/vehicle.ts';
import { type Accepted, accept, type Context, isAfter, isOurs, reject, seoulDay } from '../../kit/index.ts';
import { binding, candidates, freeShiftOf, hideFrom, showTo, unbinding } from './binding.ts';
import type { Decide, DeliveryEvent, Live, Offer } from './delivery.state.ts';
import { coversBody } from './ranking.ts';
import type { requestCommands } from './request.schema.ts';

const coversVehicle = (licenceClass: string, vehicle: VehicleState): boolean =>
  coversBody(licenceClass, 'bodyKind' in vehicle ? vehicle.bodyKind : undefined);

const isOthers = (driverId: string, { actor }: Context): boolean =>
  !isOurs(actor) && actor.role === 'DRIVER' && actor.id !== driverId;
const closedRefusal = (offer: Offer | undefined, ctx: Context) => {
  if (!offer) return 'OFFER_UNKNOWN';
  if (isOthers(offer.driverId, ctx)) return 'NOT_OFFERED_TO_YOU';
  return offer.state === 'open' ? undefined : 'OFFER_CLOSED';
};
/** An offer is over: its driver sees the job no longer, unless there is another open offer or the job is theirs. */
const closing = (state: Live, offerId: string, event: DeliveryEvent): Accepted<DeliveryEvent> => {
  const driverId = state.offers[offerId]?.driverId ?? '';
  const { [offerId]: _, ...others } = state.offers;
  const stays =
    candidates({ ...state, offers: others }).includes(driverId) || ('driverId' in state && state.driverId === driverId);
  return stays ? accept(event) : accept(event, hideFrom(driverId));
};
export const dispatchDecide: Omit<
  Decide<typeof requestCommands>,
  'RequestDelivery' | 'AgreeFare' | 'CancelDelivery'
> = {
  OfferToDriver: (state, data, ctx) => {
    if (data.offerId in state.offers) return reject('ALREADY_EXISTS');
    const shift = freeShiftOf(data.driverId, ctx);
    if (shift.refusal) return reject(shift.refusal);
    return accept<DeliveryEvent>({ type: 'DriverOffered', data }, showTo(data.driverId));
  },
  AcceptOffer: (state, data, ctx) => {
    const offer = state.offers[data.offerId];
    if (!offer || offer.driverId !== data.driverId || isOthers(data.driverId, ctx)) return reject('NOT_OFFERED_TO_YOU');
    if (offer.state === 'expired' || !isAfter(offer.expiresAt, ctx.now)) return reject('OFFER_EXPIRED');
    if (offer.state !== 'open') return reject('OFFER_CLOSED');
    const shift = freeShiftOf(data.driverId, ctx, data.offerId);
    if (shift.refusal) return reject(shift.refusal);
    const { shiftId } = shift;
    const losers = candidates(state, data.driverId).map(hideFrom);
    const accepted = accept<DeliveryEvent>({ type: 'OfferAccepted', data: { ...data, shiftId } }, ...losers);
    return binding(accepted, shiftId, data.deliveryId, data.offerId);
  },
  DeclineOffer: (state, data, ctx) => {
    const refusal = closedRefusal(state.offers[data.offerId], ctx);
    return refusal ? reject(refusal) : closing(state, data.offerId, { type: 'OfferDeclined', data });
  },
  ExpireOffer: (state, data, ctx) => {
    const refusal = closedRefusal(state.offers[data.offerId], ctx);
    return refusal ? reject(refusal) : closing(state, data.offerId, { type: 'OfferExpired', data });
  },
  WithdrawOffer: (state, data, ctx) => {
    const refusal = closedRefusal(state.offers[data.offerId], ctx);
    return refusal ? reject(refusal) : closing(state, data.offerId, { type: 'OfferWithdrawn', data });
  },
  AssignDriver: (state, data, ctx) => {
    const account = ctx.fact(UserAccount, data.driverId);
    if (!isTransportInsured(account, seoulDay(ctx.now))) return reject('INSURANCE_INVALID');
    const licenceClass = 'licence' in account ? account.licence?.licenceClass : undefined;
    if (!licenceClass || !coversVehicle(licenceClass, ctx.fact(Vehicle, state.vehicleId)))
      return reject('LICENCE_CLASS');
    const shift = freeShiftOf(data.driverId, ctx);
    if (shift.refusal) return reject(shift.refusal);
    const { shiftId } = shift;
    const losers = candidates(state, data.driverId).map(hideFrom);
    const assigned = accept<DeliveryEvent>(
      { type: 'DriverAssigned', data: { ...data, shiftId } },
      showTo(data.driverId),
      ...losers,
    );
    return binding(assigned, shiftId, data.deliveryId);
  },
  ReleaseDriver: (state, data, ctx) => {
    if (state.driverId !== data.driverId || isOthers(data.driverId, ctx)) return reject('NOT_YOUR_JOB');
    const released = accept<DeliveryEvent>({ type: 'DriverReleased', data }, hideFrom(data.driverId));
    return unbinding(released, state, data.deliveryId, 'released');
  },
  ExhaustDispatch: (state, data) =>
    accept<DeliveryEvent>({ type: 'DispatchExhausted', data }, ...candidates(state).map(hideFrom)),
};
