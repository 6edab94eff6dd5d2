import { idOf } from '../ids.ts';
import { type Draws, drawsOf } from '../sim/draws.ts';
import { type Car, carOf } from './cars.ts';
import { fleetFirms, type Geo, type PlaceKey, places, shops, supplierFirms } from './country.ts';
import { type Good, goods } from './goods.ts';
import { type Crowd, crowdOf, type Org, type Person } from './people.ts';
import type { Seasons } from './seasons.ts';
import type { Size } from './size.ts';

export type Technician = {
  readonly person: Person;
  readonly ev: boolean;
  readonly isLead: boolean;
  job?: string;
  atWork?: boolean;
};
export type Bay = { readonly bayId: string; readonly kind: string; readonly taken: Map<string, number> };
export type Workshop = {
  readonly key: string;
  readonly org: Org;
  readonly workshopId: string;
  readonly geo: Geo;
  readonly shop: (typeof shops)[number];
  readonly rates: { readonly general: number; readonly ev: number };
  readonly advisor: Person;
  readonly accountant: Person;
  readonly buyer: Person;
  readonly clerk: Person;
  readonly technicians: readonly Technician[];
  readonly bays: readonly Bay[];
  readonly stocked: readonly Part[];
  /** Parts bought for a job that the store did not keep before. */
  readonly strange: Set<Part>;
  /** What runs low and is ordered in the evening. */
  low: { readonly part: Part; readonly episodeId: string }[];
};
export type Part = Good & {
  readonly partId: string;
  readonly partNo: string;
  readonly grade: 'oem' | 'certifiedAlt' | 'reman';
  readonly priceKrw: number;
  readonly supplier: Supplier;
};
export type Supplier = {
  readonly org: Org;
  readonly brand: string;
  readonly leadDays: readonly [number, number];
  readonly warehouseId: string;
  readonly sales: Person;
};
export type Fleet = {
  readonly key: string;
  readonly org: Org;
  readonly approver: Person;
  readonly accountant: Person;
  readonly members: readonly Person[];
  readonly cars: Car[];
  readonly geo: Geo;
  readonly policyId: string;
  readonly contractId: string;
};
export type Driver = { readonly person: Person; state: 'off' | 'free' | 'asked' | 'busy'; isLeaving: boolean };

const addressOf = (key: PlaceKey, street: string, no: number): string =>
  `${places[key].city} ${places[key].district} ${street} ${no}`;
const gradeOf = (supplier: number): Part['grade'] =>
  (['oem', 'certifiedAlt', 'oem', 'oem', 'oem', 'reman'] as const)[supplier % 6] ?? 'oem';
const hundreds = (krw: number): number => Math.round(krw / 100) * 100;

const suppliersOf = (crowd: Crowd, count: number): Supplier[] =>
  supplierFirms.slice(0, count).map(({ key, name, place, brand, leadDays }, index) => {
    const founder = { handle: `${key}.manager`, role: 'PARTS_MANAGER' as const };
    const org = crowd.org(key, 'supplier', { name, address: addressOf(place, '부품로', 10 + index), founder });
    const sales = crowd.person(`${key}.sales`, 'SUPPLIER_SALES', org.orgId);
    return { org, brand, leadDays, sales, warehouseId: idOf(`warehouse/${org.key}`) };
  });

/** Each kind of good by turns from every supplier that makes it, so that most have an alternative. */
const partsOf = (crowd: Crowd, suppliers: readonly Supplier[], count: number, draws: Draws): Part[] =>
  Array.from({ length: count }, (_, index) => {
    const kind = goods[index % goods.length] as Good;
    const turn = Math.floor(index / goods.length);
    const supplier = suppliers[turn % suppliers.length] as Supplier;
    const grade = gradeOf(turn % suppliers.length);
    const list = draws.int(kind.price[0], kind.price[1]);
    const share = grade === 'certifiedAlt' ? 65 : grade === 'reman' ? 55 : 100;
    const partNo = `${kind.prefix}-ZD${crowd.within('').replace('.', '')}${String(100 + turn)}`;
    const priceKrw = hundreds((list * share) / 100);
    return { ...kind, partId: idOf(`part/${supplier.org.key}/${partNo}`), partNo, grade, priceKrw, supplier };
  });

const workshopsOf = (crowd: Crowd, size: Size, parts: readonly Part[], draws: Draws): Workshop[] =>
  shops.slice(0, size.workshops).map((shop, index) => {
    const { key, name, place } = shop;
    const founder = { handle: `${key}.owner`, role: 'WORKSHOP_OWNER' as const };
    const org = crowd.org(key, 'workshop', { name, address: addressOf(place, '정비길', 5 + index), founder });
    const staff = (handle: string, role: Parameters<Crowd['person']>[1]) =>
      crowd.person(`${key}.${handle}`, role, org.orgId);
    const technicians = Array.from({ length: shop.technicians }, (_, n): Technician => {
      const isLead = n === 0;
      const handle = isLead ? 'lead' : n === 1 ? 'tech' : `tech${n}`;
      const person = staff(handle, isLead ? 'LEAD_TECHNICIAN' : 'TECHNICIAN');
      return { person, isLead, ev: shop.ev || n % 3 !== 2 };
    });
    const bays = Array.from({ length: shop.bays }, (_, n): Bay => {
      const kind = n === 0 && shop.ev ? 'ev' : n % 4 === 3 ? 'quick' : n % 5 === 4 ? 'alignment' : 'lift';
      return { bayId: idOf(`workshop/${org.key}/bay/${n + 1}`), kind, taken: new Map() };
    });
    const general = { general: 65_000, smallGeneral: 60_000, specialist: 45_000 + 2_500 * (index % 5) }[shop.class];
    // The first of each kind is always there, the others by chance.
    const must = parts.slice(0, goods.length);
    const rest = [...parts.slice(goods.length)].map((part) => ({ part, by: draws.next() })).sort((a, b) => a.by - b.by);
    return {
      ...{ key: org.key, org, workshopId: idOf(`workshop/${org.key}`), geo: places[place].geo, shop },
      ...{ rates: { general, ev: 77_000 }, technicians, bays, strange: new Set(), low: [] },
      ...{ advisor: staff('advisor', 'SERVICE_ADVISOR'), accountant: staff('accountant', 'WORKSHOP_ACCOUNTANT') },
      ...{ buyer: staff('parts', 'PARTS_MANAGER'), clerk: staff('clerk', 'WAREHOUSE_CLERK') },
      stocked: [...must, ...rest.map(({ part }) => part)].slice(0, size.stocked),
    };
  });

/** Everybody and everything of one district, before anything happens. */
export const castOf = (seed: string, district: number, size: Size, seasons: Seasons) => {
  const draws = drawsOf(`${seed}/cast`);
  const crowd = crowdOf(district, draws);
  const today = seasons.days[0] ?? '';
  let cars = district * 10_000;
  const carFor = (path: string, rest: Omit<Parameters<typeof carOf>[1], 'path' | 'no' | 'today'>): Car =>
    carOf(drawsOf(`${seed}/${path}`), { path: crowd.within(path), no: cars++, today, ...rest });

  const suppliers = suppliersOf(crowd, size.suppliers);
  const parts = partsOf(crowd, suppliers, size.parts, draws);
  const workshops = workshopsOf(crowd, size, parts, draws);
  const nearest = workshops.map(({ geo }) => geo);
  const fleets = fleetFirms.slice(0, size.fleets).map(({ key, name, place }, index): Fleet => {
    const founder = { handle: `${key}.manager`, role: 'FLEET_MANAGER' as const };
    const org = crowd.org(key, 'fleet', { name, address: addressOf(place, '새벽길', 30 + index), founder });
    const staff = (handle: string, role: Parameters<Crowd['person']>[1]) =>
      crowd.person(`${key}.${handle}`, role, org.orgId);
    const approver = staff('approver', 'FLEET_APPROVER');
    const accountant = staff('accountant', 'FLEET_ACCOUNTANT');
    staff('auditor', 'AUDITOR');
    const count = Math.max(1, Math.floor(size.members / size.fleets) - 4);
    const members = Array.from({ length: count }, (_, n) => staff(n === 0 ? 'driver' : `driver${n}`, 'FLEET_MEMBER'));
    const made = { key: org.key, org, approver, accountant, members, geo: places[place].geo };
    const fleet = { ...made, cars: [], policyId: idOf(`policy/${org.key}`), contractId: idOf(`contract/${org.key}`) };
    const owner = { kind: 'org' as const, id: org.orgId };
    const carsOf = Math.floor(size.fleetCars / size.fleets);
    return {
      ...fleet,
      cars: Array.from({ length: carsOf }, (_, n) => {
        const driver = members[n % members.length] as Person;
        const usage = draws.chance(0.6) ? ('rental' as const) : ('private' as const);
        return carFor(`vehicle/${key}/${n}`, { owner, driver, geo: places[place].geo, usage });
      }),
    };
  });
  const owners = Array.from({ length: size.owners }, (_, n) =>
    crowd.person(n === 0 ? 'owner.kim' : n === 1 ? 'owner.lee' : `owner.${n}`, 'OWNER'),
  );
  const privateCars = Array.from({ length: size.privateCars }, (_, n) => {
    const driver = owners[n % owners.length] as Person;
    const owner = { kind: 'user' as const, id: driver.userId };
    return carFor(`vehicle/private/${n}`, { owner, driver, geo: nearest[n % nearest.length] as Geo, usage: 'private' });
  });
  const founder = { handle: 'baro.dispatcher', role: 'DISPATCHER' as const };
  const transport = crowd.org('baro', 'transport', { name: '바로탁송', address: '서울 영등포구 나루길 5', founder });
  const dispatchers = [
    transport.founder,
    ...Array.from({ length: size.dispatchers - 1 }, (_, n) =>
      crowd.person(`baro.dispatcher${n + 2}`, 'DISPATCHER', transport.orgId),
    ),
  ];
  const drivers = Array.from(
    { length: size.drivers },
    (_, n): Driver => ({
      person: crowd.person(n === 0 ? 'baro.driver' : `baro.driver${n + 1}`, 'DRIVER', transport.orgId),
      state: 'off',
      isLeaving: false,
    }),
  );
  return { ...crowd, suppliers, parts, workshops, fleets, owners, privateCars, transport, dispatchers, drivers };
};
export type Cast = ReturnType<typeof castOf>;
