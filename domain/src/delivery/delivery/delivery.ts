import { type Aggregate, defineAggregate, text } from '../../kit/index.ts';
import { startToPickup } from './call-out.ts';
import { moves } from './delivery.moves.ts';
import { refusals } from './delivery.refusals.ts';
import { commands, events } from './delivery.schema.ts';
import type { DeliveryState } from './delivery.state.ts';
import { dispatchDecide } from './dispatching.ts';
import { requestEvolve } from './request.evolve.ts';
import { requestDecide } from './request.ts';
import { transitDecide, transitEvolve } from './transit.ts';

export type { DeliveryState } from './delivery.state.ts';

/** What another delivery tells stands in a record of this kind. */
const self = (): Aggregate<DeliveryState> => Delivery;

/** A car brought by a driver: asked for in request.ts, given to a driver in dispatching.ts, under way in transit.ts. */
export const Delivery = defineAggregate<DeliveryState>()({
  name: 'Delivery',
  category: 'delivery',
  context: 'delivery',
  journey: true,
  doc: text('탁송', 'Delivery of a car'),
  id: 'deliveryId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: { ...requestDecide(self), ...dispatchDecide, ...transitDecide, StartToPickup: startToPickup(self) },
  evolve: { ...requestEvolve, ...transitEvolve },
});
