import { evaluate, type Item } from '../fleet/maintenance-plan/due.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { odometerOf, ownerOf, Vehicle } from '../fleet/vehicle/vehicle.ts';
import { type Context, complete, plusDays, plusHours, type Reaction, schedule, send, seoulDay } from '../kit/index.ts';
import { endOfDay } from './business-time.ts';
import { fleetDesk, fleetOf, pickupPlaceOf } from './fleet-facts.ts';
import type { ChainState } from './fleet-maintenance.state.ts';
import { notify } from './notify.ts';
import { chooseWorkshop, freeSlot } from './workshop-choice.ts';

/** What comes due this soon after goes along. */
const bundleDays = 30;
const bundleKm = 1_500;
const answerHours = 24;

/** Everything of the car that is due, or soon will be, and is not booked. */
export const bundle = (vehicleId: string, ctx: Context, at: string): readonly string[] => {
  const plan = ctx.fact(MaintenancePlan, vehicleId);
  if (plan.status !== 'active') return [];
  const km = (odometerOf(ctx.fact(Vehicle, vehicleId)) ?? 0) + bundleKm;
  const day = seoulDay(plusDays(at, bundleDays));
  const isNear = (item: Item) => item.status === 'due' || evaluate(item, day, km) === 'due';
  return Object.values(plan.items)
    .filter((item) => item.status !== 'booked' && isNear(item))
    .map(({ itemCode }) => itemCode);
};

/** The chain begins; a private owner is only told. */
export const start = (state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  const { vehicleId } = state;
  const itemCodes = bundle(vehicleId, ctx, at);
  const owner = ownerOf(ctx.fact(Vehicle, vehicleId));
  if (itemCodes.length === 0 || !owner) return [complete];
  const what = { vehicleId, items: itemCodes.join(', ') };
  if (owner.kind === 'user') return [notify(ctx, 'maintenanceDue', owner, what), complete];
  if (!fleetOf(ctx, vehicleId, at)) return [notify(ctx, 'maintenanceDue', fleetDesk(owner.id), what), complete];
  return request(state, itemCodes, ctx, at);
};

/** Asks the best workshop not asked yet. */
export const request = (
  state: ChainState,
  itemCodes: readonly string[],
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const { vehicleId, triedWorkshops } = state;
  const fleet = fleetOf(ctx, vehicleId, at);
  if (!fleet) return [complete];
  const { fleetOrgId, policyId, policy } = fleet;
  const { allowedWorkshops, pickupRule } = policy.content;
  const allowed = allowedWorkshops.filter((id) => !triedWorkshops.includes(id));
  // A day to get ready and for somebody to fetch the car.
  const from = endOfDay(seoulDay(at));
  const base = pickupPlaceOf(ctx, fleetOrgId);
  const choice = chooseWorkshop(ctx, allowed, itemCodes, base, from);
  if (!choice) {
    const what = { vehicleId, items: itemCodes.join(', ') };
    return [notify(ctx, 'maintenanceNeedsPerson', fleetDesk(fleetOrgId), what), complete];
  }
  const reservationId = ctx.newId();
  return [
    send('Reservation', 'RequestReservation', {
      ...{ reservationId, workshopId: choice.workshopId, vehicleId, requester: { kind: 'fleet', id: fleetOrgId } },
      ...{ wanted: choice.wanted, services: choice.services.map((code) => ({ code })) },
      ...{ complaint: `정기 정비: ${itemCodes.join(', ')}`, policyId, planItemCodes: itemCodes },
      ...{ pickupWanted: pickupRule.needed, returnWanted: pickupRule.needed },
    }),
    schedule('confirm', plusHours(at, answerHours)),
  ];
};

/** The items are spoken for, and a time is held for the workshop to confirm. */
export const requested = (state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  const { vehicleId, itemCodes, services, reservationId, workshopId = '' } = state;
  const slot = freeSlot(ctx, workshopId, services, endOfDay(seoulDay(at)));
  return [
    send('MaintenancePlan', 'BookItems', { vehicleId, itemCodes, reservationId }),
    ...(slot ? [send('Reservation', 'ProposeSlot', { reservationId, ...slot })] : []),
  ];
};

export const cancelReservation = ({ reservationId }: ChainState, reasonCode: string): Reaction =>
  send('Reservation', 'CancelReservation', { reservationId, by: 'FleetMaintenance', reasonCode });
export const unbook = ({ vehicleId }: ChainState, reservationId: string, reason: string): Reaction =>
  send('MaintenancePlan', 'UnbookItems', { vehicleId, reservationId, reason });

/** The appointment came to nothing: another workshop while none had confirmed, else people take over. */
export const fallen = (before: ChainState, state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  const { reservationId, vehicleId, itemCodes, pickup, broughtIn } = before;
  if (!reservationId || state.reservationId) return [];
  const given = unbook(before, reservationId, 'the appointment came to nothing');
  if (!before.slot) return [given, ...request(state, itemCodes, ctx, at)];
  const fleet = fleetOf(ctx, vehicleId, at);
  return [
    given,
    ...(pickup && !broughtIn
      ? [
          send('Delivery', 'CancelDelivery', {
            deliveryId: pickup,
            by: 'FleetMaintenance',
            reasonCode: 'RESERVATION_ENDED',
          }),
        ]
      : []),
    ...(fleet
      ? [notify(ctx, 'maintenanceCancelled', fleetDesk(fleet.fleetOrgId), { vehicleId, items: itemCodes.join(', ') })]
      : []),
    complete,
  ];
};
