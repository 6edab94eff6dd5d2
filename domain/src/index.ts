import { Organization } from './core/organization/organization.ts';
import { UserAccount } from './core/user-account/user-account.ts';
import type { AnyAggregate } from './kit/index.ts';
import { Claim } from './kit/index.ts';
import { BayDay } from './repair/bay-day/bay-day.ts';
import { Invoice } from './repair/invoice/invoice.ts';
import { Workshop } from './repair/workshop/workshop.ts';

export * from './kit/index.ts';
export * from './shared/values.ts';
export { BayDay, Invoice, Organization, UserAccount, Workshop };

/** Every aggregate; dispatch, the GraphQL schema, the HTTP API, the laws and the book are loops over this list. */
export const aggregates: readonly AnyAggregate[] = [Claim, UserAccount, Organization, Workshop, BayDay, Invoice];
