import { processActor } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Booked } from './booking.ts';
import { costs } from './costs.ts';
import { type Brought, deliver, type Stop } from './delivering.ts';
import type { Left, VisitOf } from './visit-of.ts';
import { later, latest, tell, type World } from './world.ts';

const stopsOf = (w: World, { car, shop }: VisitOf): { home: Stop; garage: Stop } => {
  const draws = w.draws(`home/${car.vehicleId}`);
  const geo = { lat: car.geo.lat + draws.int(20, 90) / 1_000, lon: car.geo.lon + draws.int(20, 90) / 1_000 };
  return { home: { ref: `home-${car.vehicleId}`, geo }, garage: { ref: `shop-${shop.workshopId}`, geo: shop.geo } };
};

/** Has the car brought to the workshop in time for its slot, and checks it in. */
export function* fetch(w: World, of: VisitOf, booked: Booked): Act<Brought | undefined> {
  const { path, chain, car } = of;
  const { home, garage } = stopsOf(w, of);
  const { reservationId } = booked;
  const brought = yield* deliver(w, {
    ...{ path: `${path}/in`, car, fleet: of.fleet, kind: 'toWorkshop', from: home, to: garage },
    ...{
      at: later(booked.start, -w.draws(`${path}/in/when`).int(115, 150)),
      links: { reservationId },
      journey: chain?.correlationId,
    },
  });
  if (!brought) return undefined;
  const checked = { reservationId, at: brought.at, odometerKm: car.km, by: '탁송 기사' };
  const told = yield tell(brought.at, processActor('fleetMaintenance'), 'CheckIn', checked);
  yield* fare(w, of, brought);
  return { ...brought, at: latest(told.at, booked.start) };
}

export function* takeBack(w: World, of: VisitOf, { at, repairOrderId }: Left): Act<void> {
  const { path, chain, car } = of;
  const { home, garage } = stopsOf(w, of);
  const back = yield* deliver(w, {
    ...{ path: `${path}/out`, car, fleet: of.fleet, kind: 'fromWorkshop', from: garage, to: home },
    ...{ at: later(at, 20), links: { repairOrderId }, journey: chain?.correlationId },
  });
  if (back) yield* fare(w, of, back);
}

function* fare(w: World, { fleet, car, chain }: VisitOf, { deliveryId, totalKrw, at }: Brought): Act<void> {
  if (!fleet) return;
  const source = { kind: 'delivery' as const, id: deliveryId };
  const vatKrw = Math.floor(totalKrw / 11);
  const cost = { vehicleId: car.vehicleId, category: 'delivery' as const, supplyKrw: totalKrw - vatKrw, vatKrw };
  yield* costs(w, fleet, { ...cost, occurredOn: at.slice(0, 10), source, at, journey: chain?.correlationId });
}
