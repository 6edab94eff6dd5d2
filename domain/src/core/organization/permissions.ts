import { type OrgKind, ownerRoleOf, type Role, rolesOfKind } from '../../kit/index.ts';

const counter: readonly Role[] = ['SERVICE_ADVISOR'];
const garage: readonly Role[] = ['TECHNICIAN', 'LEAD_TECHNICIAN'];
const books: readonly Role[] = ['WORKSHOP_ACCOUNTANT'];
const store: readonly Role[] = ['PARTS_MANAGER', 'WAREHOUSE_CLERK'];
const fleetBooks: readonly Role[] = ['FLEET_ACCOUNTANT'];
const approver: readonly Role[] = ['FLEET_APPROVER'];

/**
 * Every permission there is, `context:thing.verb`, with the built-in roles that hold it. The owner's role of an
 * organisation holds all of its kind besides. Custom roles and API keys are made of these names.
 */
const holders = {
  'core:organization.manage': [],
  'core:member.manage': [],
  'core:apiKey.manage': [],
  'core:partner.manage': store,
  'repair:workshop.manage': [],
  'repair:reservation.read': [...counter, ...garage, ...books, ...approver],
  'repair:reservation.manage': [...counter],
  'repair:order.read': [...counter, ...garage, ...books, ...approver, ...fleetBooks, ...store],
  'repair:order.write': [...counter],
  'repair:order.work': [...garage],
  'repair:order.inspect': ['LEAD_TECHNICIAN'],
  'repair:order.approve': [...approver],
  'repair:invoice.read': [...counter, ...books, ...fleetBooks, 'SUPPLIER_SALES'],
  'repair:invoice.issue': [...counter, ...books, 'SUPPLIER_SALES'],
  'repair:payment.record': [...counter, ...books, 'SUPPLIER_SALES'],
  'delivery:delivery.read': ['DISPATCHER', 'DRIVER', ...counter, ...approver],
  'delivery:delivery.request': [...counter, 'DISPATCHER'],
  'delivery:delivery.dispatch': ['DISPATCHER'],
  'delivery:delivery.drive': ['DRIVER'],
  'parts:catalog.read': [...store, ...counter, ...garage, 'SUPPLIER_SALES'],
  'parts:catalog.manage': ['PARTS_MANAGER', 'SUPPLIER_SALES'],
  'parts:stock.read': [...store, ...counter, ...garage],
  'parts:stock.move': [...store],
  'parts:stock.adjust': ['PARTS_MANAGER'],
  'parts:purchase.read': [...store, ...books, 'SUPPLIER_SALES'],
  'parts:purchase.write': [...store],
  'parts:purchase.approve': ['PARTS_MANAGER'],
  'parts:purchase.supply': ['SUPPLIER_SALES'],
  'fleet:vehicle.read': [...approver, ...fleetBooks, 'FLEET_MEMBER', 'DISPATCHER'],
  'fleet:vehicle.manage': [],
  'fleet:contract.read': [...approver, ...fleetBooks],
  'fleet:contract.manage': [],
  'fleet:cost.read': [...approver, ...fleetBooks],
  'fleet:cost.book': [...fleetBooks],
  'fleet:policy.manage': [],
  'fleet:trip.log': ['FLEET_MEMBER'],
  'fleet:trip.approve': [...approver],
  'audit:own': ['AUDITOR'],
  'analytics:kpi.read': ['ANALYST', 'AUDITOR', ...books, ...fleetBooks],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof holders;

export const permissions = Object.keys(holders) as readonly Permission[];
export const isPermission = (name: string): name is Permission => Object.hasOwn(holders, name);

/** What a built-in role may do in an organisation of this kind. */
export const permissionsOfRole = (role: Role, kind: OrgKind): readonly Permission[] => {
  const held = (by: readonly Role[]) =>
    permissions.filter((permission) => (holders[permission] as readonly Role[]).some((holder) => by.includes(holder)));
  if (role !== ownerRoleOf(kind)) return held([role]);
  const own = permissions.filter((permission) => permission.startsWith('core:') || permission === 'audit:own');
  return [...new Set([...own, ...ownContext(kind), ...held(rolesOfKind[kind])])];
};

/**
 * The role a key with these scopes acts in: of those whose every permission is among them, the one that holds most.
 * Scopes short of any role give none, and such a key may do nothing.
 */
export const roleOfScopes = (kind: OrgKind, scopes: readonly string[]): Role | undefined => {
  const covered = rolesOfKind[kind]
    .map((role) => ({ role, needs: permissionsOfRole(role, kind) }))
    .filter(({ needs }) => needs.length > 0 && needs.every((permission) => scopes.includes(permission)));
  return covered.sort((a, b) => b.needs.length - a.needs.length)[0]?.role;
};

/** The owner's role also holds what no other role of its kind does. */
const ownContext = (kind: OrgKind): readonly Permission[] => {
  const context = { workshop: 'repair:', fleet: 'fleet:', supplier: 'parts:', transport: 'delivery:', platform: '' }[
    kind
  ];
  return permissions.filter((permission) => permission.startsWith(context));
};
