import { DateTime, Delivery, Geo, Won } from '@cargoro/domain';
import { z } from 'zod';
import { bodyKind } from './cards.ts';

const { events } = Delivery;
const requested = events.DeliveryRequested.schema.shape;
const inspected = events.PickupInspected.schema.shape;
const handedOver = events.HandoverCompleted.schema.shape;
const incident = events.IncidentReported.schema.shape;

export const DeliveryStatus = z
  .enum([
    'requested',
    'dispatching',
    'unassigned',
    'assigned',
    'enRouteToPickup',
    'atPickup',
    'inspectedOut',
    'inTransit',
    'interrupted',
    'atDropoff',
    'disputed',
    'completed',
    'cancelled',
    'failed',
  ])
  .meta({ id: 'DeliveryStatus' });

/** A place without the fingerprint of its one-time code; whom to call is forgotten once the delivery is over. */
export const Leg = z
  .object({
    addressRef: z.string(),
    geo: Geo,
    contactRef: z.string().nullable(),
    window: requested.pickup.shape.window,
  })
  .meta({ id: 'DeliveryLeg' });
const Fare = events.FareAgreed.schema.omit({ deliveryId: true }).meta({ id: 'DeliveryFare' });
const Links = z
  .object({
    reservationId: z.string().nullable(),
    repairOrderId: z.string().nullable(),
    contractId: z.string().nullable(),
    replacesId: z.string().nullable(),
  })
  .meta({ id: 'DeliveryLinkIds' });
const Inspection = z
  .object({
    odometerKm: z.int(),
    fuelPct: z.int().nullable(),
    photos: inspected.photos,
    damages: handedOver.newDamages,
    personRef: z.string(),
    proof: inspected.proof,
    at: DateTime,
  })
  .meta({ id: 'DeliveryInspection' });
const Incident = z
  .object({
    kind: incident.kind,
    severity: incident.severity,
    geo: Geo,
    photos: incident.photos,
    claimNo: z.string().nullable(),
    at: DateTime,
    resolution: z.string().nullable(),
    resolvedAt: DateTime.nullable(),
  })
  .meta({ id: 'DeliveryIncident' });
const Track = events.TrackSealed.schema.omit({ deliveryId: true }).meta({ id: 'SealedTrack' });

export const deliveryRow = z.object({
  status: DeliveryStatus,
  number: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  bodyKind: bodyKind.nullable(),
  kind: requested.kind,
  mode: requested.mode,
  requester: requested.requester,
  payer: requested.payer.nullable(),
  transportOrgId: z.string().nullable(),
  pickup: Leg,
  dropoff: Leg,
  links: Links,
  notes: z.string(),
  fare: Fare.nullable(),
  driverId: z.string().nullable(),
  /** Round of the search and how many drivers hold an open offer. */
  round: z.int(),
  eta: DateTime.nullable(),
  arrivedAtPickupAt: DateTime.nullable(),
  departedAt: DateTime.nullable(),
  pickupInspection: Inspection.nullable(),
  handover: Inspection.nullable(),
  distanceKm: z.int().nullable(),
  minutes: z.int().nullable(),
  incidents: z.array(Incident),
  track: Track.nullable(),
  vehicleLeftAt: events.DeliveryFailed.schema.shape.vehicleLeftAt.nullable(),
  /** Why it was refused, cancelled or broken off. */
  reason: z.string().nullable(),
  cancelFeeKrw: Won.nullable(),
  requestedAt: DateTime,
  endedAt: DateTime.nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;
