import type { QueryDef } from '../types.ts';
import { adminQueries } from './admin.ts';
import { coreQueries } from './core.ts';
import { moneyQueries } from './money.ts';
import { repairQueries } from './repair.ts';

/** Every query; GraphQL fields and their arguments derive from this list. */
export const queries: readonly QueryDef[] = [...repairQueries, ...coreQueries, ...moneyQueries, ...adminQueries];
