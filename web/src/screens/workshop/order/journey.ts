import type { JourneyStep, StepState } from '../../../ui/journey.tsx';
import type { Order } from './queries.ts';

/** Where a visit stands in the chain; steps it does not have are neutral. */
export const journeyOf = (
  order: Pick<Order, 'status' | 'reservationId' | 'deliveryId' | 'parts' | 'statement'>,
  paid: boolean,
): Record<JourneyStep, StepState> => {
  const over = ['completed', 'closed', 'cancelled'].includes(order.status);
  const gone = order.status === 'closed';
  const missing = order.parts.some((part) => part.state === 'requested' || part.state === 'short');
  return {
    due: 'none',
    booked: order.reservationId ? 'done' : 'none',
    pickup: order.deliveryId ? 'done' : 'none',
    repair: over ? 'done' : 'now',
    parts: order.parts.length === 0 ? 'none' : missing ? 'now' : 'done',
    return: gone ? 'done' : over ? 'now' : 'todo',
    cost: paid ? 'done' : gone ? 'now' : 'todo',
  };
};
