import type { QueryDef } from '../types.ts';
import { adminQueries } from './admin.ts';
import { coreQueries } from './core.ts';
import { deliveryQueries } from './delivery.ts';
import { fleetQueries } from './fleet.ts';
import { moneyQueries } from './money.ts';
import { ownerQueries } from './owner.ts';
import { partsQueries } from './parts.ts';
import { platformQueries } from './platform.ts';
import { repairQueries } from './repair.ts';

/** Every query; GraphQL fields and their arguments derive from this list. */
export const queries: readonly QueryDef[] = [
  ...repairQueries,
  ...coreQueries,
  ...moneyQueries,
  ...fleetQueries,
  ...partsQueries,
  ...deliveryQueries,
  ...ownerQueries,
  ...adminQueries,
  ...platformQueries,
];
