import {
  type Accepted,
  after,
  before,
  type Context,
  type FollowUp,
  type Party,
  type PartyEvent,
  releasing,
  user,
} from '../../kit/index.ts';
import { latestShiftOf, shiftRef } from '../driver-shift/driver-shift.ts';
import type { Job, Live } from './delivery.state.ts';

/** Of what the customer pays, the driver gets four fifths. */
const driverShare = 0.8;

type Outcome = 'completed' | 'released' | 'cancelled' | 'failed' | 'undone';
const unbind = (shiftId: string, deliveryId: string, outcome: Outcome, earningKrw: number): FollowUp => ({
  aggregate: 'DriverShift',
  type: 'UnbindDelivery',
  data: { ...shiftRef(shiftId), deliveryId, outcome, earningKrw },
});

/**
 * The shift in which a driver could take a job now, or why there is none. One that is bound by this very offer is free for
 * it: the record moved on after the binding, and the decision is made again.
 */
export const freeShiftOf = (driverId: string, ctx: Context, offerId?: string) => {
  const shift = latestShiftOf(driverId, ctx);
  if (shift?.state.status === 'busy')
    return offerId !== undefined && shift.state.offerId === offerId
      ? { shiftId: shift.id }
      : { refusal: 'DRIVER_BUSY' as const };
  return shift?.state.status === 'available' ? { shiftId: shift.id } : { refusal: 'DRIVER_OFF_SHIFT' as const };
};

/** The shift is bound before the job is given away: that a driver has one job is decided there, in one stream. */
export const binding = <E>(accepted: Accepted<E>, shiftId: string, deliveryId: string, offerId?: string): Accepted<E> =>
  before(accepted, {
    aggregate: 'DriverShift',
    type: 'BindDelivery',
    data: { ...shiftRef(shiftId), deliveryId, ...(offerId && { offerId }) },
    refusal: 'DRIVER_BUSY',
    undo: unbind(shiftId, deliveryId, 'undone', 0),
    // Nothing ends a binding but the end of its delivery, and that must know of it.
    serves: (delivery) => 'shiftId' in delivery && delivery.shiftId === shiftId,
  });

/** `owedKrw`: what the customer pays for it, the driver's share included. */
export const unbinding = <E>(
  accepted: Accepted<E>,
  state: Live,
  deliveryId: string,
  outcome: Outcome,
  owedKrw = 0,
): Accepted<E> =>
  'shiftId' in state
    ? after(accepted, unbind(state.shiftId, deliveryId, outcome, Math.floor(owedKrw * driverShare)))
    : accepted;

/** A car is in one delivery at a time. */
export const vehicleClaim = (vehicleId: string, deliveryId: string) => ({
  kind: 'openDelivery',
  value: vehicleId,
  holder: deliveryId,
});
export const ending = <E>(
  accepted: Accepted<E>,
  state: Live,
  deliveryId: string,
  outcome: Outcome,
  owedKrw: number,
): Accepted<E> =>
  releasing(unbinding(accepted, state, deliveryId, outcome, owedKrw), vehicleClaim(state.vehicleId, deliveryId));

const asDriver = (driverId: string): Party => user(driverId, 'driver');
/** A driver sees the job from the offer on. */
export const showTo = (driverId: string): PartyEvent => ({ type: 'PartyAdded', data: { party: asDriver(driverId) } });
export const hideFrom = (driverId: string): PartyEvent => ({
  type: 'PartyRemoved',
  data: { party: asDriver(driverId) },
});
/** Drivers whose offers are open, but for one. */
export const candidates = ({ offers }: Job, except?: string): readonly string[] => [
  ...new Set(
    Object.values(offers).flatMap(({ driverId, state }) => (state === 'open' && driverId !== except ? [driverId] : [])),
  ),
];
