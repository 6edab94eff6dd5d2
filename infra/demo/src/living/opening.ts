import { plusDays } from '@cargoro/domain';
import type { Story } from '../sim/play.ts';
import { fleetBooks } from './fleet-books.ts';
import { accounts, garage, organisation, papers, platform } from './founding.ts';
import { costOf } from './goods.ts';
import type { Org } from './people.ts';
import { rhythm } from './rhythm.ts';
import type { Size } from './size.ts';
import { driving } from './trips.ts';
import { later, tell, type World } from './world.ts';

/** The district on its first morning: everybody there, every door open, nothing done yet. */
export function* foundDistrict(w: World): Story {
  const { cast } = w;
  const at = foundedAt(w);
  yield* platform(w, at);
  yield* accounts(w, at, cast.people);
  const membersOf = ({ orgId, founder }: Org) =>
    cast.people.filter((person) => person !== founder && person.actor.orgId === orgId);
  for (const org of cast.orgs) yield* organisation(at, org, membersOf(org));
  yield* papers(w, later(at, 70));
  for (const shop of cast.workshops) yield* garage(w, later(at, 80), shop);
  yield* cars(w, later(at, 90));
  yield* lists(w, later(at, 90));
  yield* stores(w, later(at, 95));
}

/** A world is founded whole days before its anchor, so that its first event tells the anchor of one that was cut off. */
const foundedAt = ({ anchor, size }: World): string => plusDays(anchor, 1 - size.days);
/** The anchor of a world whose first event this is the moment of. */
export const anchorOf = (founded: string, { days }: Size): string => plusDays(founded, days - 1);

/** Begins everything a district does; days are lived from the one after the founding on. */
export const openDistrict = (w: World): void => {
  const { fleets } = w.cast;
  const founded = foundedAt(w);
  const ready = later(founded, 120);
  w.begin(founded, foundingPath, () => foundDistrict(w));
  for (const fleet of fleets) w.begin(ready, `fleet/${fleet.key}`, () => fleetBooks(w, fleet, ready));
  for (const fleet of fleets)
    for (const car of fleet.cars) w.begin(ready, `driving/${car.vehicleId}`, () => driving(w, fleet, car));
  w.begin(ready, 'rhythm', () => rhythm(w));
};
/** The thread a district begins with. */
export const foundingPath = 'founding';

function* cars(w: World, at: string): Story {
  const { privateCars, fleets } = w.cast;
  for (const car of privateCars) yield tell(at, car.driver.actor, 'RegisterVehicle', car.registration);
  for (const { org, cars: own } of fleets)
    for (const car of own) yield tell(at, org.founder.actor, 'RegisterVehicle', car.registration);
  const [first, second] = privateCars;
  if (!first || !second) return;
  const copy = { ...first.registration, vehicleId: w.id('vehicle/copy'), owner: second.owner };
  yield tell(at, second.driver.actor, 'RegisterVehicle', copy, { may: ['PLATE_TAKEN'] });
}

/** What the suppliers offer. */
function* lists(w: World, at: string): Story {
  for (const { supplier, partId, partNo, grade, name, en, prefix, unit, priceKrw } of w.cast.parts) {
    const { org, brand, sales } = supplier;
    const category = prefix.split('-')[0] ?? prefix;
    yield tell(at, sales.actor, 'ListPart', {
      ...{ partId, supplierOrgId: org.orgId, partNo, brand, grade, nameKo: name, nameEn: en, category, unit },
      ...{ listPriceKrw: priceKrw, warrantyMonths: grade === 'oem' ? 12 : 6, warrantyKm: 20_000 },
    });
  }
}

/** Opening stock: the suppliers' warehouses full, the workshops' stores as they happen to be. */
function* stores(w: World, at: string): Story {
  const { suppliers, parts, workshops } = w.cast;
  for (const { warehouseId, org } of suppliers)
    for (const { partId, demand, priceKrw } of parts.filter((part) => part.supplier.org === org)) {
      const ref = { warehouseId, partId };
      const opened = { ...ref, orgId: org.orgId, bin: 'S-1', minQty: demand * 4, reorderQty: demand * 40 };
      yield tell(at, org.founder.actor, 'OpenStock', opened);
      const unitCostKrw = Math.round((priceKrw * 60) / 100);
      yield tell(at, org.founder.actor, 'ReceiveStock', {
        ...{ ...ref, movementId: w.id(`opening/${warehouseId}/${partId}`), qty: demand * 60, unitCostKrw },
        ...{ purchaseOrderId: w.id(`factory/${org.key}`), poLineId: w.id(`factory/${partId}`) },
      });
    }
  for (const { key, workshopId, org, clerk, stocked } of workshops) {
    const draws = w.draws(`stores/${key}`);
    for (const [index, { partId, demand, priceKrw }] of stocked.entries()) {
      const ref = { warehouseId: workshopId, partId };
      const bin = `${String.fromCharCode(65 + (index % 8))}-${1 + Math.floor(index / 8)}`;
      yield tell(at, clerk.actor, 'OpenStock', {
        ...ref,
        orgId: org.orgId,
        bin,
        minQty: demand,
        reorderQty: demand * 6,
      });
      const qty = demand + draws.int(0, demand * 4);
      yield tell(at, clerk.actor, 'ReceiveStock', {
        ...{ ...ref, movementId: w.id(`opening/${workshopId}/${partId}`), qty, unitCostKrw: costOf(priceKrw) },
        ...{ purchaseOrderId: w.id(`bought/${key}`), poLineId: w.id(`bought/${key}/${partId}`) },
      });
    }
  }
}
