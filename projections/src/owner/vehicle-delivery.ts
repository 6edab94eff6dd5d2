import { DateTime, Delivery } from '@cargoro/domain';
import { z } from 'zod';
import { DeliveryStatus } from '../delivery/delivery-row.ts';
import { readModel } from '../kit/read-model.ts';

/** How far a car's delivery is, for the rows of the car itself. */
export const VehicleDelivery = readModel({
  name: 'rm_vehicle_delivery',
  type: 'VehicleDelivery',
  version: 1,
  group: 'repair',
  row: z.object({
    vehicleId: z.string(),
    number: z.string(),
    status: DeliveryStatus,
    open: z.boolean(),
    eta: DateTime.nullable(),
  }),
  scope: [],
  indexes: [],
  from: [Delivery],
  seenBy: () => [],
}).folds({
  start: {
    DeliveryRequested: ({ data: { vehicleId, number } }) => ({
      ...{ vehicleId, number, status: 'requested', open: true, eta: null },
    }),
  },
  on: {
    FareAgreed: (row) => ({ ...row, status: 'dispatching' }),
    OfferAccepted: (row) => ({ ...row, status: 'assigned' }),
    DriverAssigned: (row) => ({ ...row, status: 'assigned' }),
    DriverReleased: (row) => ({ ...row, status: 'dispatching' }),
    DispatchExhausted: (row) => ({ ...row, status: 'unassigned' }),
    PickupStarted: (row) => ({ ...row, status: 'enRouteToPickup' }),
    ArrivedAtPickup: (row) => ({ ...row, status: 'atPickup' }),
    PickupInspected: (row) => ({ ...row, status: 'inspectedOut' }),
    Departed: (row) => ({ ...row, status: 'inTransit' }),
    EtaRevised: (row, { data: { eta } }) => ({ ...row, eta }),
    IncidentReported: (row) => ({ ...row, status: 'interrupted' }),
    IncidentResolved: (row) => ({ ...row, status: 'inTransit' }),
    ArrivedAtDropoff: (row) => ({ ...row, status: 'atDropoff' }),
    HandoverRejected: (row) => ({ ...row, status: 'disputed' }),
    HandoverCompleted: (row) => ({ ...row, status: 'completed', open: false }),
    DeliveryCancelled: (row) => ({ ...row, status: 'cancelled', open: false }),
    DeliveryFailed: (row) => ({ ...row, status: 'failed', open: false }),
  },
});
