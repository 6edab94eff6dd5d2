import { numberSetting, textSetting } from '../admin/setting/setting.ts';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { type Context, plusHours, plusMinutes, type Reaction, schedule, send } from '../kit/index.ts';
import { Workshop } from '../repair/workshop/workshop.ts';
import { roadKmBetween } from '../shared/geo.ts';
import { Id } from '../shared/values.ts';
import { fleetDesk, fleetOf, pickupPlaceOf } from './fleet-facts.ts';
import type { ChainState } from './fleet-maintenance.state.ts';
import { notify } from './notify.ts';
import { freeSlot } from './workshop-choice.ts';

const mostReschedules = 2;
/** So long before the driver is to come, one has to be found. */
const alarmMinutes = 60;

/** A delivery between the fleet's place and the workshop, to be there before `by` or to leave after `from`. */
const delivery = (
  state: ChainState,
  kind: 'toWorkshop' | 'fromWorkshop',
  windows: { readonly pickup: readonly [string, string]; readonly dropoff: readonly [string, string] },
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const { vehicleId, reservationId, repairOrderId, workshopId = '' } = state;
  const fleet = fleetOf(ctx, vehicleId, at);
  const workshop = ctx.fact(Workshop, workshopId);
  if (!fleet || workshop.status === 'none' || !fleet.policy.content.pickupRule.needed) return [];
  const { fleetOrgId, contractId, policy } = fleet;
  const base = pickupPlaceOf(ctx, fleetOrgId);
  if (!base) return [notify(ctx, 'pickupPlaceMissing', fleetDesk(fleetOrgId), { vehicleId })];
  const deliveryId = ctx.newId();
  const garage = { addressRef: workshopId, geo: workshop.geo, contactRef: workshopId };
  const [from, to] = kind === 'toWorkshop' ? [base, garage] : [garage, base];
  const window = ([start, end]: readonly [string, string]) => ({ window: { from: start, to: end } });
  const payerId = policy.content.pickupRule.payer === 'workshop' ? workshop.orgId : fleetOrgId;
  // A setting is free text; what names no organisation leaves the choice to the fleet's dispatchers.
  const transport = Id.safeParse(textSetting(ctx, `org:${fleetOrgId}`, 'fleet.transportOrgId'));
  return [
    send('Delivery', 'RequestDelivery', {
      ...{ deliveryId, vehicleId, requester: { kind: 'org', id: fleetOrgId }, kind, mode: 'road' },
      pickup: { ...from, ...window(windows.pickup) },
      dropoff: { ...to, ...window(windows.dropoff) },
      payer: { kind: 'org', id: payerId },
      links: { contractId, ...(kind === 'toWorkshop' ? { reservationId } : { repairOrderId }) },
      ...(transport.success && { transportOrgId: transport.data }),
    }),
  ];
};

/** Fetched so that the car is there when its slot begins; an alarm rings when nobody was found in time. */
export const fetch = (state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  if (!state.slot) return [];
  const { start } = state.slot;
  const pickup = [plusHours(start, -3), plusHours(start, -1)] as const;
  const asked = delivery(state, 'toWorkshop', { pickup, dropoff: [plusHours(start, -2), start] }, ctx, at);
  const isAsked = asked.some((reaction) => reaction.kind === 'send' && reaction.type === 'RequestDelivery');
  return isAsked ? [...asked, schedule('unassigned', plusMinutes(pickup[0], -alarmMinutes))] : asked;
};
/** Brought back within the working day. */
export const takeBack = (state: ChainState, ctx: Context, at: string): readonly Reaction[] =>
  delivery(
    state,
    'fromWorkshop',
    { pickup: [plusHours(at, 1), plusHours(at, 5)], dropoff: [plusHours(at, 2), plusHours(at, 8)] },
    ctx,
    at,
  );

type Place = { readonly geo: { readonly lat: number; readonly lon: number } };
/** The fare by distance, as the fleet or the platform has set it. */
export const agreeFare = (data: Record<string, unknown>, fleetOrgId: string, ctx: Context): Reaction => {
  const distanceKm = roadKmBetween((data.pickup as Place).geo, (data.dropoff as Place).geo);
  const scope = `org:${fleetOrgId}`;
  const perKm = numberSetting(ctx, scope, 'delivery.perKmKrw', 1_200);
  const raw = numberSetting(ctx, scope, 'delivery.baseFareKrw', 30_000) + distanceKm * perKm;
  const totalKrw = Math.round(raw / 1_000) * 1_000;
  return send('Delivery', 'AgreeFare', { deliveryId: data.deliveryId, distanceKm, baseKrw: totalKrw, totalKrw });
};

const searching = ['requested', 'dispatching', 'unassigned'];
/** Nobody to fetch the car: the appointment moves, twice at most. */
export const unassigned = (state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  const { pickup, slot, reservationId, workshopId = '', services, vehicleId, reschedules } = state;
  if (!pickup || !slot || !reservationId || !searching.includes(ctx.fact(Delivery, pickup).status)) return [];
  const fleet = fleetOf(ctx, vehicleId, at);
  const next = reschedules < mostReschedules ? freeSlot(ctx, workshopId, services, plusHours(slot.end, 3)) : undefined;
  if (next)
    return [
      send('Delivery', 'CancelDelivery', { deliveryId: pickup, by: 'FleetMaintenance', reasonCode: 'UNASSIGNED' }),
      send('Reservation', 'RescheduleReservation', {
        ...{ reservationId, ...next, by: 'FleetMaintenance', reason: '탁송 기사 미배정' },
      }),
    ];
  return fleet
    ? [
        notify(ctx, 'pickupUnassigned', fleetDesk(fleet.fleetOrgId, 'FLEET_MANAGER', 'DISPATCHER'), {
          vehicleId,
          deliveryId: pickup,
        }),
      ]
    : [];
};
