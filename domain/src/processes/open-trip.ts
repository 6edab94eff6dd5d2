import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusHours,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = {
  readonly trip: { readonly vehicleId: string; readonly month: string; readonly tripId: string };
  readonly userId: string;
  readonly startKm: number;
  readonly startedAt: string;
};
const trip = ({ tripId }: Data) => String(tripId);
const askHours = 12;
const endHours = 24;

const evolve = (state: State, { type, data }: ProcessInput): State =>
  type === 'TripStarted'
    ? {
        trip: { vehicleId: String(data.vehicleId), month: String(data.month), tripId: trip(data) },
        ...{ userId: String(data.userId), startKm: Number(data.startKm), startedAt: String(data.at) },
      }
    : state;

/**
 * Of domain.md §3.6: a trip nobody ended is asked about, then ended where it began, which is all that is known of it; the
 * kilometres it leaves out are explained with the month, or the trip is corrected.
 */
export const openTrip: ProcessDef<State> = {
  name: 'OpenTrip',
  doc: text('끝나지 않은 운행 정리', 'Asks about a trip that is not ended, and ends it after a day'),
  starts: ['TripStarted'],
  correlate: { TripStarted: trip, TripEnded: trip, TripVoided: trip },
  initial: { trip: { vehicleId: '', month: '', tripId: '' }, userId: '', startKm: 0, startedAt: '' },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} leaves the trip open`,
};
export const OpenTrip = defineProcess<State>()(openTrip);

const step = (
  { trip: of, userId, startKm, startedAt }: State,
  { type, data, at }: ProcessInput,
  ctx: Context,
): readonly Reaction[] => {
  switch (type) {
    case 'TripStarted':
      return [schedule('ask', plusHours(at, askHours)), schedule('end', plusHours(at, endHours))];
    case 'TripEnded':
    case 'TripVoided':
    // The month was closed, or the trip is gone: a person has seen to it.
    case 'EndTripRejected':
      return [complete];
    case 'TimerFired':
      return data.timer === 'ask'
        ? [notify(ctx, 'tripStillOpen', { kind: 'user', id: userId }, of)]
        : [
            send('TripLog', 'EndTrip', { ...of, endKm: startKm, at: startedAt }),
            notify(ctx, 'tripEndedUnread', { kind: 'user', id: userId }, of),
          ];
    default:
      return [];
  }
};
