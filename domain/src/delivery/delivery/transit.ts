import { odometerOf, Vehicle } from '../../fleet/vehicle/vehicle.ts';
import { accept, type Context, minutesBetween, reject } from '../../kit/index.ts';
import { metresBetween } from '../../shared/geo.ts';
import { ending } from './binding.ts';
import { isOthers } from './call-out.ts';
import type { Carrying, Decide, DeliveryState, Driven, Evolve, Live } from './delivery.state.ts';
import type { transitCommands, transitEvents } from './transit.schema.ts';
import { requiredSlots } from './value.schema.ts';

const nearMetres = 500;
const leastEtaChangeMinutes = 10;

type Point = { readonly lat: number; readonly lon: number };
type Place = { readonly geo: Point; readonly codeHash?: string | undefined };

const lacksPhotos = (photos: readonly { readonly slot: string }[]): boolean =>
  requiredSlots.some((slot) => !photos.some((photo) => photo.slot === slot));

/** How the person at the place agreed: by the code only they know, or by signature. */
const proofOf = (place: Place, code: string | undefined, signature: object | undefined, ctx: Context) => {
  if (code !== undefined)
    return place.codeHash === ctx.hash(code) ? { proof: 'code' as const } : { refusal: 'CODE_WRONG' as const };
  return signature ? { proof: 'signature' as const } : { refusal: 'SIGNATURE_REQUIRED' as const };
};

const arrival = (place: Place, at: Point, reason: string | undefined) => {
  const distanceFromTargetM = metresBetween(place.geo, at);
  return distanceFromTargetM > nearMetres && !reason ? undefined : { distanceFromTargetM };
};

export const transitDecide: Omit<Decide<typeof transitCommands>, 'StartToPickup'> = {
  ArriveAtPickup: (state, data, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    const arrived = arrival(state.pickup, data.geo, data.reason);
    return arrived ? accept({ type: 'ArrivedAtPickup', data: { ...data, ...arrived } }) : reject('GEOFENCE_MISMATCH');
  },
  InspectAtPickup: (state, { code, ...data }, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    if (lacksPhotos(data.photos)) return reject('PHOTOS_MISSING');
    if (data.odometerKm < (odometerOf(ctx.fact(Vehicle, state.vehicleId)) ?? 0)) return reject('ODOMETER_BACKWARDS');
    const given = proofOf(state.pickup, code, data.signature, ctx);
    return given.refusal ? reject(given.refusal) : accept({ type: 'PickupInspected', data: { ...data, ...given } });
  },
  Depart: (state, data, ctx) => (isOthers(state, ctx) ? reject('NOT_YOUR_JOB') : accept({ type: 'Departed', data })),
  ReportIncident: (state, data, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    return state.status === 'interrupted' ? reject('INCIDENT_OPEN') : accept({ type: 'IncidentReported', data });
  },
  ResolveIncident: (state, data, ctx) =>
    isOthers(state, ctx) ? reject('NOT_YOUR_JOB') : accept({ type: 'IncidentResolved', data }),
  ReviseEta: (state, data, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    // Whole minutes are floored, so both directions are looked at.
    const moved =
      state.eta === undefined ||
      Math.max(minutesBetween(state.eta, data.eta), minutesBetween(data.eta, state.eta)) >= leastEtaChangeMinutes;
    return moved ? accept({ type: 'EtaRevised', data }) : reject('CHANGE_TOO_SMALL');
  },
  ArriveAtDropoff: (state, data, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    if (state.status === 'interrupted') return reject('INCIDENT_OPEN');
    const arrived = arrival(state.dropoff, data.geo, data.reason);
    return arrived ? accept({ type: 'ArrivedAtDropoff', data: { ...data, ...arrived } }) : reject('GEOFENCE_MISMATCH');
  },
  CompleteHandover: (state, { code, ...data }, ctx) => {
    if (isOthers(state, ctx)) return reject('NOT_YOUR_JOB');
    if (state.status === 'interrupted') return reject('INCIDENT_OPEN');
    if (lacksPhotos(data.photos)) return reject('PHOTOS_MISSING');
    if (data.odometerKm < state.odometerOutKm) return reject('ODOMETER_BACKWARDS');
    const given = proofOf(state.dropoff, code, data.signature, ctx);
    if (given.refusal) return reject(given.refusal);
    const completed = accept({
      type: 'HandoverCompleted' as const,
      data: {
        ...data,
        ...given,
        distanceKm: data.odometerKm - state.odometerOutKm,
        minutes: Math.max(0, minutesBetween(state.departedAt ?? ctx.now, ctx.now)),
      },
    });
    return ending(completed, state, data.deliveryId, 'completed', state.fare?.totalKrw ?? 0);
  },
  RejectHandover: (state, data, ctx) =>
    isOthers(state, ctx) ? reject('NOT_YOUR_JOB') : accept({ type: 'HandoverRejected', data }),
  SealTrack: (state, data) => (state.sealed ? reject('ALREADY_SEALED') : accept({ type: 'TrackSealed', data })),
  FailDelivery: (state, data) => {
    const feeKrw = fareTo(data.vehicleLeftAt.geo, state);
    const failed = accept({ type: 'DeliveryFailed' as const, data: { ...data, feeKrw } });
    return ending(failed, state, data.deliveryId, 'failed', feeKrw);
  },
};

/** What the way so far is worth: the fare by the part of the distance the car is nearer to its goal, in whole won. */
const fareTo = (geo: Point, { pickup, dropoff, fare }: Pick<Live, 'pickup' | 'dropoff' | 'fare'>): number => {
  const whole = metresBetween(pickup.geo, dropoff.geo);
  const left = Math.min(whole, metresBetween(geo, dropoff.geo));
  return whole === 0 ? 0 : Math.floor(((fare?.totalKrw ?? 0) * (whole - left)) / whole);
};

export const transitEvolve: Evolve<typeof transitEvents> = {
  PickupStarted: (state, { wayM }, { meta }) => driven(state, 'enRouteToPickup', { wayM, setOutAt: meta.occurredAt }),
  ArrivedAtPickup: (state) => driven(state, 'atPickup'),
  PickupInspected: (state, { odometerKm }) => ({
    ...(state as Driven),
    status: 'inspectedOut',
    odometerOutKm: odometerKm,
    sealed: false,
  }),
  Departed: (state, _data, { meta }) => carrying(state, 'inTransit', { departedAt: meta.occurredAt }),
  IncidentReported: (state) => carrying(state, 'interrupted'),
  IncidentResolved: (state) => carrying(state, 'inTransit'),
  EtaRevised: (state, { eta }) => ({ ...state, eta }),
  ArrivedAtDropoff: (state) => carrying(state, 'atDropoff'),
  HandoverCompleted: (state) => carrying(state, 'completed'),
  HandoverRejected: (state) => carrying(state, 'disputed'),
  TrackSealed: (state) => ({ ...(state as Carried), sealed: true }),
  DeliveryFailed: (state) => carrying(state, 'failed'),
};

type Carried = Extract<DeliveryState, Carrying>;
/** These events follow an assignment, or a pick-up, in every stream; the guards of their commands see to it. */
const driven = (state: Live, status: 'enRouteToPickup' | 'atPickup', change: Partial<Driven> = {}): DeliveryState => ({
  ...(state as Driven),
  ...change,
  status,
});
const carrying = (state: Live, status: Carried['status'], change: Partial<Carrying> = {}): DeliveryState => ({
  ...(state as Carried),
  ...change,
  status,
});
