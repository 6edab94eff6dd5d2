import { z } from 'zod';

/** Every role a membership can hold (domain.md §1.1). `ANYONE` is a signed-in person without a membership in play. */
export const Role = z
  .enum([
    'ANYONE',
    'OWNER',
    'WORKSHOP_OWNER',
    'SERVICE_ADVISOR',
    'WORKSHOP_ACCOUNTANT',
    'TECHNICIAN',
    'LEAD_TECHNICIAN',
    'DRIVER',
    'DISPATCHER',
    'FLEET_MANAGER',
    'FLEET_APPROVER',
    'FLEET_ACCOUNTANT',
    'FLEET_MEMBER',
    'PARTS_MANAGER',
    'WAREHOUSE_CLERK',
    'SUPPLIER_SALES',
    'PLATFORM_ADMIN',
    'PLATFORM_SUPPORT',
    'PLATFORM_AUDITOR',
    'AUDITOR',
    'ANALYST',
  ])
  .meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export const OrgKind = z.enum(['workshop', 'fleet', 'supplier', 'transport', 'platform']).meta({ id: 'OrgKind' });
export type OrgKind = z.infer<typeof OrgKind>;

/** Built-in roles a member of an organisation of this kind may hold; the first one is the owner's. */
export const rolesOfKind: Record<OrgKind, readonly Role[]> = {
  workshop: [
    'WORKSHOP_OWNER',
    'SERVICE_ADVISOR',
    'WORKSHOP_ACCOUNTANT',
    'TECHNICIAN',
    'LEAD_TECHNICIAN',
    'PARTS_MANAGER',
    'WAREHOUSE_CLERK',
    'AUDITOR',
    'ANALYST',
  ],
  fleet: ['FLEET_MANAGER', 'FLEET_APPROVER', 'FLEET_ACCOUNTANT', 'FLEET_MEMBER', 'DISPATCHER', 'AUDITOR', 'ANALYST'],
  supplier: ['PARTS_MANAGER', 'WAREHOUSE_CLERK', 'SUPPLIER_SALES', 'AUDITOR', 'ANALYST'],
  transport: ['DISPATCHER', 'DRIVER', 'AUDITOR', 'ANALYST'],
  platform: ['PLATFORM_ADMIN', 'PLATFORM_SUPPORT', 'PLATFORM_AUDITOR', 'DISPATCHER', 'ANALYST'],
};

export const ownerRoleOf = (kind: OrgKind): Role => rolesOfKind[kind][0] ?? 'ANYONE';
