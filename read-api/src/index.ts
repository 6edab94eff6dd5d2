import { adminQueries } from './queries/admin.ts';
import { coreQueries } from './queries/core.ts';
import { moneyQueries } from './queries/money.ts';
import { repairQueries } from './queries/repair.ts';
import { coreSubscriptions } from './subscriptions/core.ts';
import { repairSubscriptions } from './subscriptions/repair.ts';
import type { QueryDef, SubscriptionDef } from './types.ts';

export { RecordFilter, viewerOf } from './define.ts';
export { ReadError } from './errors.ts';
export { lookups } from './lookups.ts';
export { createReadApi, type ReadApiDeps } from './read-api.ts';
export type * from './types.ts';

/** Every query; GraphQL fields and their arguments derive from this list. */
export const queries: readonly QueryDef[] = [...repairQueries, ...coreQueries, ...moneyQueries, ...adminQueries];
/** Every live query. */
export const subscriptions: readonly SubscriptionDef[] = [...repairSubscriptions, ...coreSubscriptions];
