import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  ArrivedAtDropoff: { inTransit: 'atDropoff' },
  ArrivedAtPickup: { enRouteToPickup: 'atPickup' },
  DeliveryCancelled: {
    assigned: 'cancelled',
    atPickup: 'cancelled',
    dispatching: 'cancelled',
    enRouteToPickup: 'cancelled',
    requested: 'cancelled',
    unassigned: 'cancelled',
  },
  DeliveryFailed: {
    atDropoff: 'failed',
    disputed: 'failed',
    inTransit: 'failed',
    inspectedOut: 'failed',
    interrupted: 'failed',
  },
  DeliveryRequested: { none: 'requested' },
  Departed: { inspectedOut: 'inTransit' },
  DispatchExhausted: { dispatching: 'unassigned' },
  DriverAssigned: { dispatching: 'assigned', unassigned: 'assigned' },
  DriverOffered: { unassigned: 'dispatching' },
  DriverReleased: { assigned: 'dispatching', atPickup: 'dispatching', enRouteToPickup: 'dispatching' },
  FareAgreed: { requested: 'dispatching' },
  HandoverCompleted: { atDropoff: 'completed', disputed: 'completed' },
  HandoverRejected: { atDropoff: 'disputed' },
  IncidentReported: { inTransit: 'interrupted' },
  IncidentResolved: { interrupted: 'inTransit' },
  OfferAccepted: { dispatching: 'assigned' },
  PickupInspected: { atPickup: 'inspectedOut' },
  PickupStarted: { assigned: 'enRouteToPickup' },
} as const satisfies Moves;
