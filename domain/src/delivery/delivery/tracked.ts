import type { Carrying, DeliveryState } from './delivery.state.ts';

/** From departure to hand-over: while a car is on its way, and only then, its position is taken in and shown. */
export const trackedStatuses = ['inTransit', 'interrupted', 'atDropoff', 'disputed'] as const;
type Tracked = Extract<DeliveryState, Carrying>;

export const isTracked = (state: DeliveryState): state is Tracked =>
  (trackedStatuses as readonly string[]).includes(state.status);
