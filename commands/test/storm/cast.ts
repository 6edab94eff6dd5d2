import { type Actor, type Role, systemActor } from '@cargoro/domain';
import { idOf } from '../world.ts';

/** A command as the history before a storm tells it, by the system unless by somebody. */
export type Said = readonly [type: string, input: Record<string, unknown>, actor?: Actor];
const id = (name: string): string => idOf(`storm ${name}`);
const person = (name: string, role: Role, orgId?: string): Actor => ({
  ...{ kind: 'user', id: id(name), role },
  ...(orgId && { orgId }),
});

/** The closed world of a storm: who there is, and every id there can be besides those the storm makes. */
export const place = {
  garages: [id('garage gaon'), id('garage mapo')],
  workshops: [id('workshop gaon'), id('workshop mapo')],
  bays: [id('bay gaon'), id('bay mapo')],
  suppliers: [id('supplier hanbit'), id('supplier dongbang')],
  fleet: id('fleet'),
  transport: id('transport'),
  platform: id('platform'),
  parts: [id('pads'), id('filter'), id('bulb')],
  cars: [id('car one'), id('car two'), id('car three'), id('car four')],
  fleetCars: [id('car two'), id('car three')],
  policy: id('policy'),
  contract: id('contract'),
} as const;
const [gaon, mapo] = place.garages;

export const cast = {
  advisor: person('advisor gaon', 'SERVICE_ADVISOR', gaon),
  advisorMapo: person('advisor mapo', 'SERVICE_ADVISOR', mapo),
  chief: person('owner gaon', 'WORKSHOP_OWNER', gaon),
  chiefMapo: person('owner mapo', 'WORKSHOP_OWNER', mapo),
  lead: person('lead gaon', 'LEAD_TECHNICIAN', gaon),
  tech: person('tech gaon', 'TECHNICIAN', gaon),
  techMapo: person('tech mapo', 'TECHNICIAN', mapo),
  buyer: person('buyer gaon', 'PARTS_MANAGER', gaon),
  clerk: person('clerk gaon', 'WAREHOUSE_CLERK', gaon),
  accountant: person('accountant gaon', 'WORKSHOP_ACCOUNTANT', gaon),
  sales: person('sales hanbit', 'SUPPLIER_SALES', place.suppliers[0]),
  salesDongbang: person('sales dongbang', 'SUPPLIER_SALES', place.suppliers[1]),
  manager: person('fleet manager', 'FLEET_MANAGER', place.fleet),
  approver: person('fleet approver', 'FLEET_APPROVER', place.fleet),
  books: person('fleet accountant', 'FLEET_ACCOUNTANT', place.fleet),
  member: person('fleet member', 'FLEET_MEMBER', place.fleet),
  dispatcher: person('dispatcher', 'DISPATCHER', place.transport),
  driver: person('driver one', 'DRIVER', place.transport),
  driverTwo: person('driver two', 'DRIVER', place.transport),
  owner: person('private owner', 'OWNER'),
  admin: person('admin', 'PLATFORM_ADMIN', place.platform),
  support: person('support', 'PLATFORM_SUPPORT', place.platform),
  auditor: person('auditor', 'PLATFORM_AUDITOR', place.platform),
  system: systemActor('storm'),
} as const satisfies Record<string, Actor>;
export const people: readonly Actor[] = Object.values(cast).filter(({ kind }) => kind === 'user');
export const technicians = [cast.lead, cast.tech, cast.techMapo].map((actor) => actor.id);
export const drivers = [cast.driver, cast.driverTwo].map((actor) => actor.id);
export const nameOf = ({ id: actorId, role }: Actor): string =>
  Object.entries(cast).find(([, actor]) => actor.id === actorId)?.[0] ?? role ?? actorId;
export const stormId = id;
