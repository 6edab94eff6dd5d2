import { hasAccess, ownerOf, Vehicle } from '../../fleet/vehicle/vehicle.ts';
import { type Aggregate, accept, type Context, claiming, isAfter, org, type Party, reject } from '../../kit/index.ts';
import { RepairOrder } from '../../repair/repair-order/repair-order.ts';
import { Reservation } from '../../repair/reservation/reservation.ts';
import { metresBetween, roadKmBetween } from '../../shared/geo.ts';
import { sumOf } from '../../shared/values.ts';
import { ending, vehicleClaim } from './binding.ts';
import { callOutFee } from './call-out.ts';
import type { Decide, DeliveryEvent, DeliveryState } from './delivery.state.ts';
import type { requestCommands } from './request.schema.ts';
import { mostRoadKm } from './value.schema.ts';

const samePlaceMetres = 50;
/** Surcharges the fare rules know (domain.md §7.6). */
const surchargeKinds = ['night', 'weekend', 'importOrLarge', 'carrier', 'toll', 'waiting', 'redispatch'];

type Links = {
  readonly reservationId?: string | undefined;
  readonly repairOrderId?: string | undefined;
  readonly replacesId?: string | undefined;
};
type Deliveries = () => Aggregate<DeliveryState>;
/** The workshops at either end, by the documents the delivery serves; undefined when one is about another car. */
const linkedWorkshops = (
  links: Links,
  vehicleId: string,
  ctx: Context,
  deliveries: Deliveries,
): readonly string[] | undefined => {
  const replaced = links.replacesId ? ctx.fact(deliveries(), links.replacesId) : undefined;
  if (replaced && (replaced.status !== 'failed' || replaced.vehicleId !== vehicleId)) return undefined;
  const documents = [
    ...(links.reservationId ? [ctx.fact(Reservation, links.reservationId)] : []),
    ...(links.repairOrderId ? [ctx.fact(RepairOrder, links.repairOrderId)] : []),
  ];
  const workshops = documents.map((doc) =>
    doc.status !== 'none' && doc.vehicleId === vehicleId ? doc.workshopOrgId : '',
  );
  return workshops.includes('') ? undefined : [...new Set(workshops)];
};
type Decided = Pick<Decide<typeof requestCommands>, 'RequestDelivery' | 'AgreeFare' | 'CancelDelivery'>;
export const requestDecide = (deliveries: Deliveries): Decided => ({
  RequestDelivery: (_state, data, ctx) => {
    const { deliveryId, vehicleId, requester, payer, pickup, dropoff, transportOrgId } = data;
    if ([pickup, dropoff].some(({ window }) => !isAfter(window.to, ctx.now))) return reject('WINDOW_IN_PAST');
    if (pickup.addressRef === dropoff.addressRef || metresBetween(pickup.geo, dropoff.geo) < samePlaceMetres)
      return reject('SAME_PLACE');
    if (roadKmBetween(pickup.geo, dropoff.geo) > mostRoadKm) return reject('TOO_FAR');
    const vehicle = ctx.fact(Vehicle, vehicleId);
    const owner = ownerOf(vehicle);
    const workshops = linkedWorkshops(data.links, vehicleId, ctx, deliveries);
    if (vehicle.status === 'none' || !owner || !workshops) return reject('NO_ACCESS_TO_VEHICLE');
    // A workshop may bring back the car it has, and an owner may always move it.
    const linked = requester.kind === 'org' && workshops.includes(requester.id);
    if (!linked && !hasAccess(vehicle, requester, 'basic', ctx.now)) return reject('NO_ACCESS_TO_VEHICLE');
    if (vehicle.status === 'suspended') return reject('VEHICLE_SUSPENDED');
    const { plate, make, model, modelYear } = vehicle;
    const parties: Party[] = [
      { ...requester, as: 'requester' },
      { ...payer, as: 'payer' },
      { ...owner, as: 'owner' },
      ...workshops.map((id) => org(id, 'workshop')),
      ...(transportOrgId ? [org(transportOrgId, 'transport')] : []),
    ];
    const requested = accept<DeliveryEvent>({
      type: 'DeliveryRequested',
      data: { ...data, vehicle: { plate, make, model, modelYear }, parties },
    });
    return claiming(requested, { ...vehicleClaim(vehicleId, deliveryId), refusal: 'VEHICLE_IN_OTHER_DELIVERY' });
  },
  AgreeFare: (_state, data) => {
    const { baseKrw, surcharges, totalKrw } = data;
    if ([baseKrw, totalKrw, ...surcharges.map(({ krw }) => krw)].some((krw) => krw < 0)) return reject('NEGATIVE');
    const known = surcharges.every(({ kind }) => surchargeKinds.includes(kind));
    if (!known || baseKrw + sumOf(surcharges, ({ krw }) => krw) !== totalKrw) return reject('FARE_RULE_UNKNOWN');
    return accept({ type: 'FareAgreed', data });
  },
  CancelDelivery: (state, data, ctx) => {
    // Whoever is on the way is paid for coming.
    const feeKrw = callOutFee(state, ctx.now);
    return ending(
      accept({ type: 'DeliveryCancelled' as const, data: { ...data, feeKrw } }),
      state,
      data.deliveryId,
      'cancelled',
      feeKrw,
    );
  },
});
