import { adminQueries } from './queries/admin.ts';
import { coreQueries } from './queries/core.ts';
import { moneyQueries } from './queries/money.ts';
import { coreSubscriptions } from './subscriptions/core.ts';
import type { QueryDef, SubscriptionDef } from './types.ts';

export { RecordFilter, viewerOf } from './define.ts';
export type * from './types.ts';

/** Every query; GraphQL fields and their arguments derive from this list. */
export const queries: readonly QueryDef[] = [...coreQueries, ...moneyQueries, ...adminQueries];
/** Every live query. */
export const subscriptions: readonly SubscriptionDef[] = [...coreSubscriptions];
