import { DateTime } from '@cargoro/domain';
import { z } from 'zod';
import { derivedModel } from '../kit/read-model.ts';
import { DeliveryView } from './delivery.ts';
import { type DeliveryRow, DeliveryStatus, deliveryRow } from './delivery-row.ts';
import { regionOf } from './region.ts';

const Column = z
  .enum(['new', 'searching', 'unassigned', 'assigned', 'underway', 'incident', 'done'])
  .meta({ id: 'DispatchColumn' });
const columns: Readonly<Record<DeliveryRow['status'], z.infer<typeof Column>>> = {
  ...{ requested: 'new', dispatching: 'searching', unassigned: 'unassigned', assigned: 'assigned' },
  ...{ enRouteToPickup: 'assigned', atPickup: 'assigned', inspectedOut: 'underway', inTransit: 'underway' },
  ...{ interrupted: 'incident', disputed: 'incident', atDropoff: 'underway' },
  ...{ completed: 'done', cancelled: 'done', failed: 'done' },
};

const row = z.object({
  status: DeliveryStatus,
  column: Column,
  /** Where the car is to be picked up. */
  region: z.string(),
  number: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  kind: deliveryRow.shape.kind,
  driverId: z.string().nullable(),
  round: z.int(),
  pickup: deliveryRow.shape.pickup,
  dropoff: deliveryRow.shape.dropoff,
  /** It is late once this has passed and the car is not picked up, or not handed over. */
  dueAt: DateTime,
  eta: DateTime.nullable(),
  requestedAt: DateTime,
});
const beforePickup: ReadonlySet<string> = new Set([
  'requested',
  'dispatching',
  'unassigned',
  'assigned',
  'enRouteToPickup',
]);

/** A card of the dispatchers’ board: what searches a driver, what is under way, what went wrong. */
export const DispatchBoard = derivedModel(
  DeliveryView,
  {
    name: 'rm_dispatch_board',
    type: 'DispatchCard',
    version: 1,
    row,
    scope: ['region'],
    indexes: [['region', 'requestedAt', 'id']],
    seenBy: ({ parties }) =>
      parties.filter(({ kind, as }) => as === 'transport' || (kind === 'org' && as === 'requester')),
  },
  (source) => {
    const delivery = source as unknown as DeliveryRow;
    return {
      ...delivery,
      column: columns[delivery.status],
      region: regionOf(delivery.pickup.geo),
      dueAt: beforePickup.has(delivery.status) ? delivery.pickup.window.to : delivery.dropoff.window.to,
    };
  },
);
