import type { Seen } from '../check.ts';
import { division, type Rates, share } from './rate.ts';

const delivery = ({ data }: Seen): string => data.deliveryId;
const answers: Readonly<Record<string, string>> = {
  OfferAccepted: 'accepted',
  OfferDeclined: 'declined',
  OfferExpired: 'expired',
};
const searched = { OfferAccepted: delivery, DispatchExhausted: delivery };
const departed = { Departed: delivery };
const arrived = { ArrivedAtDropoff: delivery };

export const deliveryRates = (): Rates[] => [
  division('offers', { accepted: 66, declined: 22, expired: 12 }, ({ type }) => {
    const answer = answers[type];
    return answer ? [answer] : [];
  }),
  share('searches for a driver: a second round', 9, searched, {
    DriverOffered: (event) => (event.data.round > 1 ? delivery(event) : undefined),
    DispatchExhausted: delivery,
  }),
  share('searches for a driver: nobody took it', 0.7, searched, { DispatchExhausted: delivery }),
  share('deliveries: something happened on the way', 0.8, departed, { IncidentReported: delivery }),
  share('hand-overs: disputed', 0.4, arrived, { HandoverRejected: delivery }),
  share('hand-overs: new damage', 0.9, arrived, {
    HandoverCompleted: (event) => (event.data.newDamages?.length > 0 ? delivery(event) : undefined),
  }),
];
