import { Delivery } from '../delivery/delivery/delivery.ts';
import { odometerOf, ownerOf, Vehicle } from '../fleet/vehicle/vehicle.ts';
import {
  type Context,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  send,
  text,
} from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { Reservation } from '../repair/reservation/reservation.ts';
import { Id } from '../shared/values.ts';

type Data = Record<string, unknown>;
/** Each event says all there is to do; nothing has to be remembered. */
type State = Readonly<Record<string, never>>;
type Holder = { readonly kind: 'owner' | 'driver' | 'workshop'; readonly id: string };
type Cause = { readonly kind: 'delivery' | 'repairOrder'; readonly id: string };
const delivery = ({ deliveryId }: Data) => String(deliveryId);
const order = ({ repairOrderId }: Data) => String(repairOrderId);
const log = ({ vehicleId, month }: Data) => `${vehicleId}.${month}`;

/** P5: who has the car follows from what was signed for, and its odometer from whoever read it on the way. */
export const custodyCare: ProcessDef<State> = {
  name: 'CustodyCare',
  doc: text('차량 인계와 주행거리', 'Keeps who has a car, and what its odometer shows, by what happens to it'),
  starts: ['PickupInspected', 'HandoverCompleted', 'RepairOrderOpened', 'VehicleHandedOver', 'TripEnded'],
  correlate: {
    ...{ PickupInspected: delivery, HandoverCompleted: delivery },
    ...{ RepairOrderOpened: order, VehicleHandedOver: order, TripEnded: log },
  },
  initial: {},
  evolve: (state) => state,
  react: (_state, input, ctx) => step(input, ctx),
  idle: ({ type }) => `${type} moves no car`,
};
export const CustodyCare = defineProcess<State>()(custodyCare);

const step = ({ type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  switch (type) {
    case 'PickupInspected':
    case 'HandoverCompleted':
      return delivered(type, data, at, ctx);
    case 'RepairOrderOpened': {
      const { vehicleId, odometerInKm, workshopId, repairOrderId } = data;
      const cause: Cause = { kind: 'repairOrder', id: String(repairOrderId) };
      const read = reading(vehicleId, odometerInKm, 'workshop', cause.id, at);
      return [...handed(vehicleId, workshop(workshopId), cause, odometerInKm), read];
    }
    case 'VehicleHandedOver':
      return handedBack(data, ctx);
    case 'TripEnded':
      return [reading(data.vehicleId, data.endKm, 'trip', data.tripId, String(data.at))];
    default:
      return [];
  }
};

const reading = (vehicleId: unknown, km: unknown, source: string, sourceId: unknown, at: string): Reaction =>
  send('Vehicle', 'RecordOdometer', { vehicleId, km, source, sourceId, at, confirm: true });
const handed = (
  vehicleId: unknown,
  to: Holder | undefined,
  cause: Cause,
  odometerKm: unknown,
  from?: Holder,
): readonly Reaction[] =>
  // Whoever signed may be somebody the platform does not know by id.
  to && Id.safeParse(to.id).success
    ? [send('Vehicle', 'TransferCustody', { vehicleId, to, cause, odometerKm, ...(from && { from }) })]
    : [];

/** Taken by the driver, and given at the other end to the workshop that awaits the car or else to its owner. */
const delivered = (type: string, data: Data, at: string, ctx: Context): readonly Reaction[] => {
  const { deliveryId, odometerKm } = data;
  const job = ctx.fact(Delivery, String(deliveryId));
  if (!('driverId' in job)) return [];
  const { vehicleId, driverId, links } = job;
  const driver: Holder = { kind: 'driver', id: driverId };
  const cause: Cause = { kind: 'delivery', id: String(deliveryId) };
  const read = reading(vehicleId, odometerKm, 'delivery', deliveryId, at);
  if (type === 'PickupInspected') return [...handed(vehicleId, driver, cause, odometerKm), read];
  const visit = links.reservationId ? ctx.fact(Reservation, links.reservationId) : undefined;
  const to = visit && visit.status !== 'none' ? workshop(visit.workshopId) : ownerHolder(vehicleId, ctx);
  // From the driver: whoever has taken the car in meanwhile keeps it.
  return [...handed(vehicleId, to, cause, odometerKm, driver), read];
};
const workshop = (id: unknown): Holder => ({ kind: 'workshop', id: String(id) });
const ownerHolder = (vehicleId: string, ctx: Context): Holder | undefined => {
  const owner = ownerOf(ctx.fact(Vehicle, vehicleId));
  return owner && { kind: 'owner', id: owner.id };
};

const handedBack = ({ repairOrderId, receiver, at }: Data, ctx: Context): readonly Reaction[] => {
  const id = String(repairOrderId);
  const visit = ctx.fact(RepairOrder, id);
  if (visit.status === 'none') return [];
  const { kind, id: driverId } = receiver as { kind: string; id: string };
  const to: Holder | undefined =
    kind === 'driver' ? { kind: 'driver', id: driverId } : ownerHolder(visit.vehicleId, ctx);
  const { vehicleId, odometerInKm, odometerOutKm } = visit;
  const odometerKm = odometerOutKm ?? Math.max(odometerInKm, odometerOf(ctx.fact(Vehicle, vehicleId)) ?? 0);
  return [
    ...handed(vehicleId, to, { kind: 'repairOrder', id }, odometerKm),
    // Read when the work was completed; one that was called off was not read again.
    ...(odometerOutKm === undefined ? [] : [reading(vehicleId, odometerOutKm, 'workshop', id, String(at))]),
  ];
};
