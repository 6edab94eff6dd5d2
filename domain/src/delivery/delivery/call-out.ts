import { type Aggregate, accept, type Context, isOurs, minutesBetween, reject } from '../../kit/index.ts';
import { metresBetween } from '../../shared/geo.ts';
import { latestShiftOf } from '../driver-shift/driver-shift.ts';
import type { Decide, DeliveryState, Driven, Live } from './delivery.state.ts';
import type { transitCommands } from './transit.schema.ts';

type Point = { readonly lat: number; readonly lon: number };
/** Thirty kilometres an hour, in metres a minute: how far somebody is who has not arrived yet. */
const metresAMinute = 500;
type Deliveries = Aggregate<DeliveryState>;

/** Where a driver is as far as is known: where the last job of the shift ended, or where the shift began. */
export const placeOf = (
  shift: { readonly geo: Point; readonly lastJob?: string | undefined },
  deliveries: Deliveries,
  ctx: Context,
): Point => {
  const last = shift.lastJob ? ctx.fact(deliveries, shift.lastJob) : undefined;
  return last && last.status !== 'none' ? last.dropoff.geo : shift.geo;
};

/** A driver may do what is theirs to do; whoever dispatches, and we, may do it for them. */
export const isOthers = ({ driverId }: Driven, { actor }: Context): boolean =>
  !isOurs(actor) && actor.role === 'DRIVER' && actor.id !== driverId;

/** The driver sets out; how far it is to the pick-up is what a call-out is paid by. */
export const startToPickup =
  (deliveries: () => Deliveries): Decide<typeof transitCommands>['StartToPickup'] =>
  (state, data, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    const shift = latestShiftOf(state.driverId, ctx)?.state;
    if (!shift || !('geo' in shift)) return accept({ type: 'PickupStarted', data });
    const wayM = metresBetween(placeOf(shift, deliveries(), ctx), state.pickup.geo);
    return accept({ type: 'PickupStarted', data: { ...data, wayM } });
  };

/**
 * What a driver who is called off has earned on the way: the base fare and what the agreed fare is a kilometre, for as far
 * as they came; never more than the fare. In whole won.
 */
export const callOutFee = (state: Live, now: string): number => {
  if (state.status !== 'enRouteToPickup' && state.status !== 'atPickup') return 0;
  const { fare, wayM = 0, setOutAt = now } = state;
  if (!fare) return 0;
  const driven = metresAMinute * Math.max(0, minutesBetween(setOutAt, now));
  const metres = state.status === 'atPickup' ? wayM : Math.min(wayM, driven);
  const wonAKm = fare.distanceKm > 0 ? (fare.totalKrw - fare.baseKrw) / fare.distanceKm : 0;
  return Math.min(fare.totalKrw, fare.baseKrw + Math.floor((wonAKm * metres) / 1_000));
};
