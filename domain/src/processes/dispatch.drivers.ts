import { UserAccount } from '../core/user-account/user-account.ts';
import { placeOf } from '../delivery/delivery/call-out.ts';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { type FreeDriver, rankedDrivers } from '../delivery/delivery/ranking.ts';
import { latestShiftOf } from '../delivery/driver-shift/driver-shift.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import { type Context, plusMinutes, type Reaction, send, seoulDay } from '../kit/index.ts';
import { type DispatchState, offerIdOf } from './dispatch.state.ts';

const singleOffers = 5;
const broadcastDrivers = 8;
const radiusesM = [5_000, 10_000, 20_000] as const;
/** So often one driver is asked at one fare. */
const mostAsked = 3;
const answerMinutes = 1;
const searching = ['dispatching', 'unassigned'];

/** The delivery while somebody is looked for and nobody has an open offer. */
const openJob = (deliveryId: string, ctx: Context) => {
  const job = ctx.fact(Delivery, deliveryId);
  if (job.status === 'none' || !searching.includes(job.status)) return undefined;
  return Object.values(job.offers).some(({ state }) => state === 'open') ? undefined : job;
};

export const transportOf = (deliveryId: string, ctx: Context): string | undefined =>
  ctx.partiesOf(Delivery, deliveryId).find(({ as, kind }) => as === 'transport' && kind === 'org')?.id;

/** Drivers who could take the job and may be asked, the best first. */
const freeDrivers = (state: DispatchState, ctx: Context) => {
  const job = openJob(state.deliveryId, ctx);
  const orgId = transportOf(state.deliveryId, ctx);
  if (!job || !orgId) return [];
  const vehicle = ctx.fact(Vehicle, job.vehicleId);
  const { inRound, declined, asked } = state;
  const free = ctx.list('driversOnShift', orgId).flatMap((driverId, standing): FreeDriver[] => {
    if (inRound.includes(driverId) || declined.includes(driverId) || (asked[driverId] ?? 0) >= mostAsked) return [];
    const shift = latestShiftOf(driverId, ctx)?.state;
    if (shift?.status !== 'available') return [];
    const account = ctx.fact(UserAccount, driverId);
    return [
      {
        ...{ driverId, place: placeOf(shift, Delivery, ctx), plannedTo: shift.plannedTo, standing },
        licenceClass: 'licence' in account ? account.licence?.licenceClass : undefined,
        insuredTo: 'transportInsurance' in account ? account.transportInsurance?.validTo : undefined,
      },
    ];
  });
  const bodyKind = 'bodyKind' in vehicle ? vehicle.bodyKind : undefined;
  return rankedDrivers({ pickup: job.pickup.geo, until: job.dropoff.window.to, bodyKind }, free, seoulDay(ctx.now));
};

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
