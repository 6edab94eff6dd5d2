import type { Story } from '../sim/play.ts';
import type { Car } from './cars.ts';
import type { Fleet, Workshop } from './cast.ts';
import { chainOf } from './chain.ts';
import { deliver } from './delivering.ts';
import { type Due, monthlyFees } from './fleet-books.ts';
import { evServices, type ServiceCode, seasonal, serviceCodes, services } from './goods.ts';
import { shift } from './shifts.ts';
import { countStock, eveningOrders, newPrices } from './store-days.ts';
import { visit } from './visit.ts';
import type { VisitOf } from './visit-of.ts';
import { later, type World } from './world.ts';

const complaints: Readonly<Partial<Record<ServiceCode, string>>> = {
  OIL: '엔진오일 교환 부탁드립니다.',
  PADF: '브레이크를 밟으면 소리가 납니다.',
  DISCF: '제동할 때 차가 떨립니다.',
  PLUG: '가속이 굼뜹니다.',
  BATT: '시동이 잘 걸리지 않습니다.',
  TYRE: '타이어가 많이 닳았습니다.',
  ACGAS: '에어컨 바람이 시원하지 않습니다.',
  STRUT: '과속방지턱에서 덜컹거립니다.',
  WPUMP: '냉각수가 줄어듭니다.',
};

type Guest = { readonly car: Car; readonly fleet?: Fleet };
/** Whose cars come to which workshop: those that stand near it. */
const guestsOf = (w: World): ReadonlyMap<Workshop, readonly Guest[]> => {
  const { workshops, privateCars, fleets } = w.cast;
  const all: Guest[] = [
    ...privateCars.map((car) => ({ car })),
    ...fleets.flatMap((fleet) => fleet.cars.map((car) => ({ car, fleet }))),
  ];
  return new Map(
    workshops.map((shop) => [
      shop,
      all.filter(({ car }) => car.geo.lat === shop.geo.lat && car.geo.lon === shop.geo.lon),
    ]),
  );
};

/** Begins a visit for a car that is free for one. */
const begin = (w: World, of: VisitOf): void => {
  of.car.isBooked = true;
  w.begin(of.at, of.path, () => visit(w, of));
};

/** What is due by a fleet's plan is booked, brought, done and paid in one journey. */
export const planVisit = (
  w: World,
  { car, fleet, day, due, onEnd }: { car: Car; fleet: Fleet; day: string; due: Due; onEnd: () => void },
): void => {
  const shop = w.cast.workshops.find(({ geo }) => geo.lat === car.geo.lat && geo.lon === car.geo.lon);
  const codes = due.itemCodes.filter((code): code is ServiceCode => code in services);
  if (!shop || car.isBooked || codes.length === 0) {
    onEnd();
    return;
  }
  const path = `chain/${car.vehicleId}/${day}`;
  const isFetched = w.draws(path).chance(0.6);
  begin(w, {
    ...{
      path,
      shop,
      car,
      fleet,
      codes,
      isFetched,
      isBooked: true,
      at: later(due.at, 5),
      day: w.seasons.workdayAfter(day, 2),
    },
    ...{ complaint: `정기 정비: ${codes.join(', ')}`, chain: chainOf(car, due.correlationId, codes, onEnd) },
  });
};

/** The days of a district, one after the other: who comes, who drives, what is ordered. */
export function* rhythm(w: World): Story {
  const guests = guestsOf(w);
  const { cast, seasons, size } = w;
  for (const [index, day] of seasons.days.entries()) {
    if (index === 0) continue;
    yield { at: seasons.at(day, 5) };
    const draws = w.draws(`day/${day}`);
    const rush = seasons.rush(day);
    const isFirst =
      seasons.isWorkday(day) &&
      !seasons.days.some((other) => other.slice(0, 7) === day.slice(0, 7) && other < day && seasons.isWorkday(other));
    if (isFirst)
      for (const fleet of cast.fleets)
        w.begin(seasons.at(day, 600), `fees/${fleet.key}/${day}`, () => monthlyFees(w, fleet, day));
    if (rush === 0) continue;
    for (const driver of cast.drivers)
      if (driver.state === 'off' && draws.chance(0.6))
        w.begin(seasons.at(day, 355), `shift/${driver.person.handle}/${day}`, () => shift(w, driver, day));
    for (const shop of cast.workshops) {
      const expected = shop.bays.length * size.carsPerBay * rush;
      const count = Math.floor(expected + draws.next());
      for (let n = 0; n < count; n++) guest(w, shop, guests.get(shop) ?? [], day, n);
      w.begin(seasons.at(day, seasons.closes(day) - 45), `orders/${shop.key}/${day}`, () =>
        eveningOrders(w, shop, day),
      );
      if (draws.chance(0.2)) w.begin(seasons.at(day, 560), `count/${shop.key}/${day}`, () => countStock(w, shop, day));
    }
    if (draws.chance(0.1)) w.begin(seasons.at(day, 545), `prices/${day}`, () => newPrices(w, day));
    for (let n = Math.floor(size.relocations * rush + draws.next()); n > 0; n--) relocate(w, guests, day, n);
  }
}

function guest(w: World, shop: Workshop, guests: readonly Guest[], day: string, n: number): void {
  const path = `visit/${shop.key}/${day}/${n}`;
  const draws = w.draws(`${path}/who`);
  const free = guests.filter(({ car }) => !car.isBooked);
  if (free.length === 0) return;
  const { car, fleet } = draws.pick(free);
  const month = Number(day.slice(5, 7));
  const choice = (car.isEv ? evServices : serviceCodes).map(
    (code) => [code, services[code].weight * seasonal(code, month)] as const,
  );
  const first = draws.weighted(choice);
  const second = draws.chance(0.3) ? draws.weighted(choice) : first;
  const codes = [...new Set([first, second])];
  const isBooked = draws.chance(0.5);
  const isFetched = isBooked && fleet !== undefined && draws.chance(0.5);
  const minute =
    draws.weighted([
      [545, 6],
      [570, 5],
      [620, 3],
      [700, 2],
      [785, 3],
      [860, 2],
      [960, 1],
    ] as const) + draws.int(0, 25);
  begin(w, {
    ...{
      path,
      shop,
      car,
      fleet,
      codes,
      isBooked,
      isFetched,
      complaint: complaints[first] ?? `${services[first].name} 부탁드립니다.`,
    },
    ...{
      at: w.seasons.at(day, isBooked ? draws.int(480, 1_260) : minute),
      day: w.seasons.workdayAfter(day, draws.int(1, 4)),
    },
  });
}

/** A car moved for its owner, without a workshop. */
function relocate(w: World, guests: ReadonlyMap<Workshop, readonly Guest[]>, day: string, n: number): void {
  const path = `relocation/${day}/${n}`;
  const draws = w.draws(path);
  const free = guests.get(draws.pick(w.cast.workshops))?.filter(({ car }) => !car.isBooked && !car.isAway) ?? [];
  if (free.length === 0) return;
  const { car, fleet } = draws.pick(free);
  const target = draws.pick(w.cast.workshops).geo;
  const shifted = (by: number) => ({ lat: car.geo.lat + by, lon: car.geo.lon + by });
  const to = draws.chance(0.3) && target.lat !== car.geo.lat ? target : shifted(0.09);
  const at = w.seasons.at(
    day,
    draws.weighted([
      [510, 4],
      [600, 2],
      [990, 4],
    ] as const) + draws.int(0, 60),
  );
  w.begin(at, path, function* () {
    if (car.isBooked || car.isAway) return;
    car.isAway = car.isBooked = true;
    const home = { ref: `home-${car.vehicleId}`, geo: shifted(0.02) };
    yield* deliver(w, {
      path,
      car,
      fleet,
      kind: 'relocation',
      from: home,
      to: { ref: `place-${path}`, geo: to },
      at,
      links: {},
    });
    car.isAway = car.isBooked = false;
  });
}
