import { UserAccount } from './core/user-account/user-account.ts';
import type { AnyAggregate } from './kit/index.ts';
import { Claim } from './kit/index.ts';
import { Invoice } from './repair/invoice/invoice.ts';

export * from './kit/index.ts';
export * from './shared/values.ts';
export { Invoice, UserAccount };

/** Every aggregate; dispatch, the GraphQL schema, the HTTP API, the laws and the book are loops over this list. */
export const aggregates: readonly AnyAggregate[] = [Claim, UserAccount, Invoice];
