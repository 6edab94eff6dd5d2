import type { ProcessInput } from '../kit/index.ts';

type Fare = {
  readonly distanceKm: number;
  readonly baseKrw: number;
  readonly surcharges: readonly { readonly kind: string; readonly krw: number }[];
  readonly totalKrw: number;
};
export type DispatchState = {
  readonly deliveryId: string;
  readonly fare?: Fare;
  /** How often a higher fare was agreed to find a driver. */
  readonly raises: number;
  readonly round: number;
  /** Drivers who were asked, or could not be, in this round; how often each was asked in all; and who said no. */
  readonly inRound: readonly string[];
  readonly asked: Readonly<Record<string, number>>;
  readonly declined: readonly string[];
  readonly driverOf: Readonly<Record<string, string>>;
  /** A dispatcher offers the job: the process stays out of the way. */
  readonly isByHand: boolean;
  readonly driver?: string | undefined;
};
export const initial: DispatchState = {
  ...{ deliveryId: '', raises: 0, round: 1, inRound: [], asked: {}, declined: [], driverOf: {}, isByHand: false },
};

const hex = (id: string): string => id.replaceAll('-', '').padEnd(32, '0');
/** The id of an offer follows from who is offered what in which round, so a process knows its own offers. */
export const offerIdOf = (deliveryId: string, driverId: string, round: number): string => {
  const [a, b] = [hex(deliveryId), hex(driverId)];
  const mixed = Array.from({ length: 32 }, (_, i) => {
    const digit = Number.parseInt(a.charAt(i), 16) ^ Number.parseInt(b.charAt(31 - i), 16);
    return (i < 8 ? (digit + (round >> (4 * (7 - i)))) & 15 : digit).toString(16);
  }).join('');
  return `${mixed.slice(0, 8)}-${mixed.slice(8, 12)}-8${mixed.slice(13, 16)}-a${mixed.slice(17, 20)}-${mixed.slice(20)}`;
};

const newRound = { inRound: [] } as const;

export const evolve = (state: DispatchState, { type, data }: ProcessInput): DispatchState => {
  switch (type) {
    case 'FareAgreed': {
      const fare = data as unknown as Fare;
      const isHigher = state.fare !== undefined && fare.totalKrw > state.fare.totalKrw;
      // At a better price everybody may be asked again.
      const { raises, round } = state;
      const afresh = isHigher ? { ...newRound, asked: {}, declined: [], raises: raises + 1, round: round + 1 } : {};
      return { ...state, ...afresh, deliveryId: String(data.deliveryId), fare };
    }
    case 'DriverOffered': {
      const [offerId, driverId] = [String(data.offerId), String(data.driverId)];
      const driverOf = { ...state.driverOf, [offerId]: driverId };
      if (offerId !== offerIdOf(state.deliveryId, driverId, Number(data.round)))
        return { ...state, driverOf, isByHand: true };
      const asked = { ...state.asked, [driverId]: (state.asked[driverId] ?? 0) + 1 };
      return { ...state, driverOf, asked, inRound: [...state.inRound, driverId] };
    }
    case 'OfferDeclined':
      return { ...state, declined: [...state.declined, state.driverOf[String(data.offerId)] ?? ''] };
    case 'OfferToDriverRejected':
      return { ...state, inRound: [...state.inRound, String((data.data as Record<string, unknown>).driverId)] };
    case 'OfferAccepted':
    case 'DriverAssigned':
      return { ...state, driver: String(data.driverId) };
    case 'DriverReleased':
      return {
        ...{ ...state, ...newRound, round: state.round + 1, driver: undefined, isByHand: false },
        declined: [...state.declined, String(data.driverId)],
      };
    case 'TimerFired':
      // A round nobody could be asked in goes on; else the hours till somebody comes would count as rounds.
      return data.timer === 'round' && state.inRound.length > 0
        ? { ...state, ...newRound, round: state.round + 1 }
        : state;
    default:
      return state;
  }
};
