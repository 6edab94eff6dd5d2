import type { z } from 'zod';
import type { AggregateDef, Events, PartyEvent } from '../../kit/index.ts';
import type { refusals } from './delivery.refusals.ts';
import type { commands, events } from './delivery.schema.ts';

type Requested = z.infer<typeof events.DeliveryRequested.schema>;
export type Offer = {
  readonly driverId: string;
  readonly expiresAt: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
};
export type Job = Pick<Requested, 'vehicleId' | 'requester' | 'kind' | 'mode' | 'pickup' | 'dropoff' | 'links'> & {
  readonly fare?: { readonly distanceKm: number; readonly baseKrw: number; readonly totalKrw: number } | undefined;
  readonly offers: Readonly<Record<string, Offer>>;
  readonly eta?: string | undefined;
};
export type Driven = Job & {
  readonly driverId: string;
  readonly shiftId: string;
  /** Once the driver has set out for the car: when, and how far it was. */
  readonly setOutAt?: string;
  readonly wayM?: number | undefined;
};
/** The driver has the car. */
export type Carrying = Driven & {
  readonly odometerOutKm: number;
  readonly departedAt?: string | undefined;
  readonly sealed: boolean;
};
export type DeliveryState =
  | { readonly status: 'none' }
  | ({ readonly status: 'requested' | 'dispatching' | 'unassigned' | 'cancelled' } & Job)
  | ({ readonly status: 'assigned' | 'enRouteToPickup' | 'atPickup' } & Driven)
  | ({
      readonly status: 'inspectedOut' | 'inTransit' | 'interrupted' | 'atDropoff' | 'disputed' | 'completed' | 'failed';
    } & Carrying);
export type Live = Exclude<DeliveryState, { status: 'none' }>;

type Def = AggregateDef<typeof commands, typeof events, typeof refusals, DeliveryState>;
export type Decide<Commands> = Pick<Def['decide'], keyof Commands & keyof typeof commands>;
export type Evolve<Events> = Pick<Def['evolve'], keyof Events & keyof typeof events>;
/** Assigning and offering also change who may see the job. */
export type DeliveryEvent = Events<typeof events> | PartyEvent;
