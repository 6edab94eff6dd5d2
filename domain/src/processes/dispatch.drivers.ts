import { isTransportInsured, UserAccount } from '../core/user-account/user-account.ts';
import { placeOf } from '../delivery/delivery/call-out.ts';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { coversVehicle } from '../delivery/delivery/dispatching.ts';
import { latestShiftOf } from '../delivery/driver-shift/driver-shift.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import { type Context, isBefore, plusMinutes, type Reaction, send, seoulDay } from '../kit/index.ts';
import { metresBetween } from '../shared/geo.ts';
import { type DispatchState, offerIdOf } from './dispatch.state.ts';

const singleOffers = 5;
const broadcastDrivers = 8;
const radiusesM = [5_000, 10_000, 20_000] as const;
/** So often one driver is asked at one fare. */
const mostAsked = 3;
const answerMinutes = 1;
/** A place further down in standing is worth so much of the way. */
const standingM = 250;

type Free = {
  readonly driverId: string;
  readonly metres: number;
  /** The shift is to end before the car has to be there. */
  readonly isOvertime: boolean;
  /** Place among the colleagues, the best first. */
  readonly standing: number;
};
const searching = ['dispatching', 'unassigned'];

/** The delivery while somebody is looked for and nobody has an open offer. */
const openJob = (deliveryId: string, ctx: Context) => {
  const job = ctx.fact(Delivery, deliveryId);
  if (job.status === 'none' || !searching.includes(job.status)) return undefined;
  return Object.values(job.offers).some(({ state }) => state === 'open') ? undefined : job;
};

export const transportOf = (deliveryId: string, ctx: Context): string | undefined =>
  ctx.partiesOf(Delivery, deliveryId).find(({ as, kind }) => as === 'transport' && kind === 'org')?.id;

/** Drivers who could take the job and may be asked: who has the time for it, then the near and the well-tried. */
const freeDrivers = (state: DispatchState, ctx: Context): readonly Free[] => {
  const job = openJob(state.deliveryId, ctx);
  const orgId = transportOf(state.deliveryId, ctx);
  if (!job || !orgId) return [];
  const vehicle = ctx.fact(Vehicle, job.vehicleId);
  const { inRound, declined, asked } = state;
  const free = ctx.list('driversOnShift', orgId).flatMap((driverId, standing): Free[] => {
    if (inRound.includes(driverId) || declined.includes(driverId) || (asked[driverId] ?? 0) >= mostAsked) return [];
    const shift = latestShiftOf(driverId, ctx)?.state;
    if (shift?.status !== 'available') return [];
    const account = ctx.fact(UserAccount, driverId);
    const licence = 'licence' in account ? account.licence?.licenceClass : undefined;
    if (!licence || !coversVehicle(licence, vehicle) || !isTransportInsured(account, seoulDay(ctx.now))) return [];
    const isOvertime = shift.plannedTo !== undefined && isBefore(shift.plannedTo, job.dropoff.window.to);
    return [{ driverId, metres: metresBetween(placeOf(shift, Delivery, ctx), job.pickup.geo), isOvertime, standing }];
  });
  return free.toSorted(
    (a, b) => Number(a.isOvertime) - Number(b.isOvertime) || way(a) - way(b) || (a.driverId < b.driverId ? -1 : 1),
  );
};
const way = ({ metres, standing }: Free): number => metres + standing * standingM;

/** One driver after the other, five of them; then everybody near at once, in a circle as wide as it has to be. */
export const offers = (state: DispatchState, ctx: Context, at: string): readonly Reaction[] => {
  if (state.isByHand || state.driver) return [];
  const free = freeDrivers(state, ctx);
  const { deliveryId, round } = state;
  const circle = radiusesM.find((radius) => free.some(({ metres }) => metres <= radius)) ?? 0;
  const chosen =
    state.inRound.length < singleOffers
      ? free.slice(0, 1)
      : free.filter(({ metres }) => metres <= circle).slice(0, broadcastDrivers);
  return chosen.map(({ driverId }) =>
    send('Delivery', 'OfferToDriver', {
      ...{ deliveryId, offerId: offerIdOf(deliveryId, driverId, round), driverId, round },
      expiresAt: plusMinutes(at, answerMinutes),
    }),
  );
};
