import { numberSetting } from '../admin/setting/setting.ts';
import { Delivery, type DeliveryState } from '../delivery/delivery/delivery.ts';
import {
  type Context,
  cancel,
  complete,
  defineProcess,
  isAfter,
  type ProcessDef,
  type ProcessInput,
  plusMinutes,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { customerDesk, deskOf } from './desks.ts';
import { offers, transportOf } from './dispatch.drivers.ts';
import { raise } from './dispatch.fare.ts';
import { type DispatchState, evolve, initial } from './dispatch.state.ts';
import { type NoticeName, notify } from './notify.ts';

type Data = Record<string, unknown>;
type Job = Exclude<DeliveryState, { status: 'none' }>;
const delivery = ({ deliveryId }: Data) => String(deliveryId);
const roundMinutes = 5;
/** So long before the car is to be fetched the search gives up; at least one round is made. */
const giveUpMinutes = 15;
const nudgeMinutes = 10;
const stalledMinutes = 20;

/** P4 (domain.md §3.4): finds a driver of the transport company for a delivery, unless a dispatcher does. */
export const dispatch: ProcessDef<DispatchState> = {
  name: 'Dispatch',
  doc: text('탁송 배차', 'Offers a delivery to drivers until one takes it, and sees that the driver sets out'),
  starts: ['FareAgreed'],
  correlate: {
    ...{ FareAgreed: delivery, DriverOffered: delivery, OfferDeclined: delivery, OfferExpired: delivery },
    ...{ OfferWithdrawn: delivery, OfferAccepted: delivery, DriverAssigned: delivery, DriverReleased: delivery },
    ...{ DispatchExhausted: delivery, DeliveryCancelled: delivery, PickupStarted: delivery, PickupInspected: delivery },
  },
  initial,
  evolve,
  react: (state, input, ctx, before) => {
    const job = ctx.fact(Delivery, state.deliveryId);
    return job.status === 'none' ? [] : step(before, state, input, job, ctx);
  },
  idle: ({ type }) => `${type} needs no driver asked`,
};
export const Dispatch = defineProcess<DispatchState>()(dispatch);

const later = (a: string, b: string): string => (isAfter(a, b) ? a : b);
const search = (state: DispatchState, ctx: Context, at: string): readonly Reaction[] => [
  schedule('round', plusMinutes(at, roundMinutes)),
  ...offers(state, ctx, at),
];
const alarm = ({ pickup }: Job, at: string): Reaction =>
  schedule('exhaust', later(plusMinutes(pickup.window.from, -giveUpMinutes), plusMinutes(at, roundMinutes)));

const step = (
  before: DispatchState,
  state: DispatchState,
  { type, data, at }: ProcessInput,
  job: Job,
  ctx: Context,
): readonly Reaction[] => {
  switch (type) {
    case 'FareAgreed':
      return before.deliveryId === '' ? begin(state, job, ctx, at) : again(state, job, ctx, at);
    case 'DriverOffered':
      return [schedule(`expire.${data.offerId}`, String(data.expiresAt))];
    case 'OfferDeclined':
    case 'OfferExpired':
    case 'OfferWithdrawn':
      return [cancel(`expire.${data.offerId}`), ...offers(state, ctx, at)];
    case 'OfferToDriverRejected':
    case 'AgreeFareRejected':
      return offers(state, ctx, at);
    case 'OfferAccepted':
    case 'DriverAssigned':
      return [...[cancel('search'), cancel('round'), cancel('exhaust')], ...watch(job, at)];
    case 'DriverReleased':
      return [cancel('nudge'), cancel('stalled'), alarm(job, at), ...search(state, ctx, at)];
    case 'DispatchExhausted':
      return [cancel('search'), cancel('round'), ...exhausted(state, job, ctx)];
    case 'PickupStarted':
      return [cancel('nudge'), cancel('stalled')];
    case 'PickupInspected':
    case 'DeliveryCancelled':
      return [complete];
    case 'TimerFired':
      if (data.timer === 'round') return nextRound(before, state, job, ctx, at);
      return timer(state, String(data.timer), job, ctx, at);
    default:
      return [];
  }
};

/** Not before drivers can know whether they will be free; whoever names no transport company drives the car themself. */
const begin = (state: DispatchState, job: Job, ctx: Context, at: string): readonly Reaction[] => {
  const orgId = transportOf(state.deliveryId, ctx);
  if (!orgId) return [complete];
  const lead = numberSetting(ctx, `org:${orgId}`, 'delivery.searchMinutes', 180);
  const from = plusMinutes(job.pickup.window.from, -lead);
  return [alarm(job, at), ...(isAfter(from, at) ? [schedule('search', from)] : search(state, ctx, at))];
};
/** A new fare: whoever is asked now is asked at that; a search that was given up begins again. */
const again = (state: DispatchState, job: Job, ctx: Context, at: string): readonly Reaction[] =>
  job.status === 'unassigned' ? [alarm(job, at), ...search(state, ctx, at)] : offers(state, ctx, at);

const watch = ({ pickup }: Job, at: string): readonly Reaction[] => {
  const planned = later(pickup.window.from, at);
  return [
    schedule('nudge', plusMinutes(planned, nudgeMinutes)),
    schedule('stalled', plusMinutes(planned, stalledMinutes)),
  ];
};

const toDispatchers = ({ deliveryId }: DispatchState, template: NoticeName, { vehicleId }: Job, ctx: Context) => {
  const orgId = transportOf(deliveryId, ctx);
  return orgId ? [notify(ctx, template, deskOf(orgId, 'DISPATCHER'), { deliveryId, vehicleId })] : [];
};
const exhausted = (state: DispatchState, job: Job, ctx: Context): readonly Reaction[] => {
  const { deliveryId } = state;
  const to = customerDesk(job.requester, job.vehicleId, ctx);
  const what = { deliveryId, vehicleId: job.vehicleId };
  return [
    ...toDispatchers(state, 'dispatchExhausted', job, ctx),
    ...(to ? [notify(ctx, 'dispatchExhausted', to, what)] : []),
  ];
};

const timer = (state: DispatchState, name: string, job: Job, ctx: Context, at: string): readonly Reaction[] => {
  const { deliveryId, driver } = state;
  const isSearching = job.status === 'dispatching';
  const open = Object.entries(job.offers).filter(([, offer]) => offer.state === 'open');
  if (name.startsWith('expire.')) {
    const offerId = name.slice('expire.'.length);
    return open.some(([id]) => id === offerId) ? [send('Delivery', 'ExpireOffer', { deliveryId, offerId })] : [];
  }
  if (name === 'search') return isSearching ? search(state, ctx, at) : [];
  if (name === 'exhaust') {
    const last = open
      .map(([, { expiresAt }]) => expiresAt)
      .toSorted()
      .at(-1);
    if (!isSearching) return [];
    return last && isAfter(last, at)
      ? [schedule('exhaust', plusMinutes(last, 1))]
      : [send('Delivery', 'ExhaustDispatch', { deliveryId })];
  }
  return job.status === 'assigned' && driver ? stalled(state, name, driver, job, ctx) : [];
};

/** Nobody took it in this round: at a higher fare if that may be, else to those who were not asked too often. */
const nextRound = (
  before: DispatchState,
  state: DispatchState,
  job: Job,
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const isSearching = job.status === 'dispatching' || job.status === 'unassigned';
  if (!isSearching || isAfter(at, job.pickup.window.to)) return [];
  const raised = before.inRound.length > 0 && !state.isByHand ? raise(state, ctx) : [];
  // Once the fare is agreed, its event goes on with the search.
  const isAgreed = raised.some((reaction) => reaction.kind === 'send' && reaction.type === 'AgreeFare');
  const next = schedule('round', plusMinutes(at, roundMinutes));
  return isAgreed ? [next, ...raised] : [next, ...raised, ...offers(state, ctx, at)];
};

const stalled = (state: DispatchState, name: string, driver: string, job: Job, ctx: Context): readonly Reaction[] => {
  const { deliveryId } = state;
  const what = { deliveryId, vehicleId: job.vehicleId };
  if (name === 'nudge') return [notify(ctx, 'driverMustMove', { kind: 'user', id: driver }, what)];
  return [
    ...toDispatchers(state, 'driverDoesNotMove', job, ctx),
    send('Delivery', 'ReleaseDriver', { deliveryId, driverId: driver, reason: '출발하지 않음' }),
  ];
};
