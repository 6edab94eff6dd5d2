import { Delivery } from '@cargoro/domain';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { CarCard } from './cards.ts';
import { type DeliveryRow, deliveryRow } from './delivery-row.ts';

/** Somebody who has more to do with it than to drive. */
const clients = ({ as }: Onlooker): boolean =>
  as.some((one) => one === 'requester' || one === 'payer' || one === 'owner');
const isDriverAlone = ({ as }: Onlooker): boolean => as.every((one) => one === 'driver');

type Place = {
  addressRef: string;
  geo: { lat: number; lon: number };
  contactRef: string;
  window: { from: string; to: string };
};
const leg = ({ addressRef, geo, contactRef, window }: Place): DeliveryRow['pickup'] => ({
  ...{ addressRef, geo, contactRef, window },
});
/** Nobody has to be called any more. */
const ended = <R extends DeliveryRow>(row: R, status: DeliveryRow['status'], at: string): R => ({
  ...{ ...row, status, endedAt: at },
  pickup: { ...row.pickup, contactRef: null },
  dropoff: { ...row.dropoff, contactRef: null },
});

/** A car on its way (탁송): who drives it, how it was when it was taken and given, what went wrong. */
export const DeliveryView = readModel({
  name: 'rm_delivery',
  type: 'Delivery',
  version: 2,
  group: 'delivery',
  record: 'Delivery',
  row: deliveryRow,
  scope: ['driverId', 'vehicleId', 'transportOrgId'],
  indexes: [
    ['requestedAt', 'id'],
    ['driverId', 'requestedAt', 'id'],
    ['vehicleId'],
    ['transportOrgId', 'requestedAt', 'id'],
  ],
  from: [Delivery],
  joins: [{ from: CarCard, by: 'vehicleId', take: (car) => ({ bodyKind: car?.bodyKind ?? null }) }],
  masks: {
    // A workshop and a driver know neither which contract pays nor who.
    links: (links, onlooker) => (clients(onlooker) ? links : { ...(links as DeliveryRow['links']), contractId: null }),
    payer: (payer, onlooker) => (isDriverAlone(onlooker) ? null : payer),
  },
  // The request holds the fingerprints of one-time codes and whom to call; offers are between dispatcher and driver.
  hides: ({ type, data }, onlooker) => {
    if (type === 'DeliveryRequested') return !onlooker.as.includes('requester');
    if (!/^(DriverOffered|Offer)/.test(type)) return false;
    const { driverId } = data as { driverId?: string };
    return !onlooker.as.includes('transport') && driverId !== onlooker.id;
  },
}).folds({
  start: {
    DeliveryRequested: ({ data, meta }) => {
      const { number, vehicleId, vehicle, kind, mode, requester, payer, pickup, dropoff, links, notes } = data;
      return {
        ...{ status: 'requested', number, vehicleId, plate: vehicle.plate, make: vehicle.make, model: vehicle.model },
        ...{ bodyKind: null, kind, mode, requester, payer, transportOrgId: data.transportOrgId ?? null, notes },
        ...{ pickup: leg(pickup), dropoff: leg(dropoff) },
        links: {
          reservationId: links.reservationId ?? null,
          repairOrderId: links.repairOrderId ?? null,
          contractId: links.contractId ?? null,
          replacesId: links.replacesId ?? null,
        },
        ...{ fare: null, driverId: null, round: 0, eta: null, arrivedAtPickupAt: null, departedAt: null },
        ...{ pickupInspection: null, handover: null, distanceKm: null, minutes: null, incidents: [], track: null },
        ...{ vehicleLeftAt: null, reason: null, cancelFeeKrw: null, requestedAt: meta.occurredAt, endedAt: null },
      };
    },
  },
  on: {
    FareAgreed: (row, { data: { deliveryId: _, ...fare } }) => ({
      ...{ ...row, fare, status: row.status === 'unassigned' ? 'unassigned' : 'dispatching' },
    }),
    DriverOffered: (row, { data: { round } }) => ({ ...row, status: 'dispatching', round }),
    OfferAccepted: (row, { data: { driverId } }) => ({ ...row, status: 'assigned', driverId }),
    DriverAssigned: (row, { data: { driverId } }) => ({ ...row, status: 'assigned', driverId }),
    DriverReleased: (row) => ({ ...row, status: 'dispatching', driverId: null, eta: null, arrivedAtPickupAt: null }),
    DispatchExhausted: (row) => ({ ...row, status: 'unassigned' }),
    PickupStarted: (row) => ({ ...row, status: 'enRouteToPickup' }),
    ArrivedAtPickup: (row, { meta }) => ({ ...row, status: 'atPickup', arrivedAtPickupAt: meta.occurredAt }),
    PickupInspected: (row, { data: { odometerKm, fuelPct, photos, damages, giver, proof }, meta }) => ({
      ...{ ...row, status: 'inspectedOut' },
      pickupInspection: { odometerKm, fuelPct, photos, damages, personRef: giver, proof, at: meta.occurredAt },
    }),
    Departed: (row, { meta }) => ({ ...row, status: 'inTransit', departedAt: meta.occurredAt }),
    IncidentReported: (row, { data: { kind, severity, geo, photos, claimNo = null }, meta }) => ({
      ...{ ...row, status: 'interrupted' },
      incidents: [
        ...row.incidents,
        { kind, severity, geo, photos, claimNo, at: meta.occurredAt, resolution: null, resolvedAt: null },
      ],
    }),
    IncidentResolved: (row, { data: { resolution }, meta }) => ({
      ...{ ...row, status: 'inTransit' },
      incidents: row.incidents.map((one) =>
        one.resolvedAt === null ? { ...one, resolution, resolvedAt: meta.occurredAt } : one,
      ),
    }),
    EtaRevised: (row, { data: { eta } }) => ({ ...row, eta }),
    ArrivedAtDropoff: (row) => ({ ...row, status: 'atDropoff' }),
    HandoverRejected: (row, { data: { reason } }) => ({ ...row, status: 'disputed', reason }),
    HandoverCompleted: (row, { data, meta }) => {
      const { odometerKm, photos, newDamages, receiver, proof, distanceKm, minutes } = data;
      const handover = { odometerKm, fuelPct: null, photos, damages: newDamages, personRef: receiver, proof };
      return {
        ...ended(row, 'completed', meta.occurredAt),
        ...{ handover: { ...handover, at: meta.occurredAt }, distanceKm, minutes },
      };
    },
    TrackSealed: (row, { data: { deliveryId: _, ...track } }) => ({ ...row, track }),
    DeliveryCancelled: (row, { data: { reasonCode, feeKrw }, meta }) => ({
      ...{ ...ended(row, 'cancelled', meta.occurredAt), reason: reasonCode, cancelFeeKrw: feeKrw },
    }),
    DeliveryFailed: (row, { data: { reason, vehicleLeftAt }, meta }) => ({
      ...{ ...ended(row, 'failed', meta.occurredAt), reason, vehicleLeftAt },
    }),
  },
});
