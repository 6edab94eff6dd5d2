import { EventIndex } from './admin/event-index.ts';
import { StreamChain } from './admin/stream-chain.ts';
import { StreamParty } from './admin/stream-party.ts';
import { ApiKey } from './core/api-key.ts';
import { CorePerson, Membership } from './core/membership.ts';
import { Org } from './core/organization.ts';
import { User } from './core/user.ts';
import type { AnyReadModel } from './kit/types.ts';
import { InvoiceView } from './money/invoice.ts';

export type { Column } from './kit/columns.ts';
export type * from './kit/types.ts';
export { ApiKey, EventIndex, InvoiceView, Membership, Org, StreamChain, StreamParty, User };

/** Every read model: tables, projectors, rebuild, proof and the GraphQL schema are loops over this list. */
export const readModels: readonly AnyReadModel[] = [
  User,
  CorePerson,
  Org,
  Membership,
  ApiKey,
  InvoiceView,
  StreamParty,
  StreamChain,
  EventIndex,
];
