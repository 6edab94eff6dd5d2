import { DateTime, Delivery, SignedWon, user } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel } from '../kit/read-model.ts';
import { DeliveryView } from './delivery.ts';
import { type DeliveryRow, Leg } from './delivery-row.ts';

/** Of what the customer pays, the driver gets four fifths. */
const driverShare = 0.8;
const Place = Leg.omit({ contactRef: true, addressRef: true }).meta({ id: 'OfferPlace' });

const row = z.object({
  status: z.enum(['open', 'accepted', 'declined', 'expired', 'withdrawn']).meta({ id: 'OfferStatus' }),
  deliveryId: z.string(),
  driverId: z.string(),
  round: z.int(),
  expiresAt: DateTime,
  offeredAt: DateTime,
  /** Still to be had: nobody else took the job meanwhile. */
  open: z.boolean(),
  number: z.string().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  mode: z.string().nullable(),
  pickup: Place.nullable(),
  dropoff: Place.nullable(),
  distanceKm: z.number().nullable(),
  earningKrw: SignedWon.nullable(),
});
const place = ({ geo, window }: DeliveryRow['pickup']) => ({ geo, window });
const searching: ReadonlySet<string> = new Set(['dispatching', 'unassigned']);

/** A job offered to a driver: what there is to drive and to earn. For that driver and the dispatchers alone. */
export const OfferView = readModel({
  name: 'rm_offer',
  type: 'Offer',
  version: 1,
  group: 'delivery',
  row,
  scope: ['driverId'],
  indexes: [['driverId', 'offeredAt', 'id'], ['deliveryId']],
  from: [Delivery],
  key: ({ data }) => (data as { offerId?: string }).offerId,
  seenBy: ({ driverId, parties }) => [
    user(String(driverId), 'driver'),
    ...parties.filter(({ as }) => as === 'transport'),
  ],
  joins: [
    partiesFrom(DeliveryView, 'deliveryId'),
    {
      from: DeliveryView,
      by: 'deliveryId',
      take: (other, offer) => {
        const job = other as unknown as DeliveryRow | undefined;
        if (!job) return {};
        const { number, make, model, mode, fare } = job;
        return {
          ...{ number, make, model, mode, pickup: place(job.pickup), dropoff: place(job.dropoff) },
          distanceKm: fare?.distanceKm ?? null,
          earningKrw: fare ? Math.floor(fare.totalKrw * driverShare) : null,
          open: offer.status === 'open' && searching.has(job.status),
        };
      },
    },
  ],
}).folds({
  start: {
    DriverOffered: ({ data: { deliveryId, driverId, round, expiresAt }, meta }) => ({
      ...{ status: 'open', deliveryId, driverId, round, expiresAt, offeredAt: meta.occurredAt, open: true },
      ...{ number: null, make: null, model: null, mode: null, pickup: null, dropoff: null },
      ...{ distanceKm: null, earningKrw: null },
    }),
  },
  on: {
    OfferAccepted: (row) => ({ ...row, status: 'accepted', open: false }),
    OfferDeclined: (row) => ({ ...row, status: 'declined', open: false }),
    OfferExpired: (row) => ({ ...row, status: 'expired', open: false }),
    OfferWithdrawn: (row) => ({ ...row, status: 'withdrawn', open: false }),
  },
});
