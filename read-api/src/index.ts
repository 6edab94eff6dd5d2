import { coreSubscriptions } from './subscriptions/core.ts';
import { repairSubscriptions } from './subscriptions/repair.ts';
import type { SubscriptionDef } from './types.ts';

export { RecordFilter, viewerOf } from './define.ts';
export { ReadError } from './errors.ts';
export { type ReadHttpDeps, startReadApi } from './http/app.ts';
export { lookups } from './lookups.ts';
export { queries } from './queries/index.ts';
export { createReadApi, type ReadApiDeps } from './read-api.ts';
export type * from './types.ts';

/** Every live query. */
export const subscriptions: readonly SubscriptionDef[] = [...repairSubscriptions, ...coreSubscriptions];
