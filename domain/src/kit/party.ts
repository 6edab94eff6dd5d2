import { z } from 'zod';

export const PartyKind = z.enum(['org', 'user']).meta({ id: 'PartyKind' });

/** In which capacity somebody is a party to a record. */
export const PartyAs = z
  .enum([
    'self',
    'member',
    'org',
    'platform',
    'workshop',
    'customer',
    'payer',
    'owner',
    'assignee',
    'technician',
    'seller',
    'buyer',
    'requester',
    'driver',
    'transport',
    'fleet',
    'supplier',
    'warehouse',
    'grantee',
    'auditor',
  ])
  .meta({ id: 'PartyAs' });
export type PartyAs = z.infer<typeof PartyAs>;

/** Somebody who may see a record: the first event of a stream lists them, `PartyAdded`/`PartyRemoved` change the list. */
export const Party = z.object({ kind: PartyKind, id: z.string(), as: PartyAs }).meta({ id: 'Party' });
export type Party = z.infer<typeof Party>;

export const org = (id: string, as: PartyAs): Party => ({ kind: 'org', id, as });
export const user = (id: string, as: PartyAs): Party => ({ kind: 'user', id, as });

/** The form in which read models store a party and viewers are matched: `org:<id>` or `user:<id>`. */
export const partyKey = (party: Pick<Party, 'kind' | 'id'>): string => `${party.kind}:${party.id}`;
export const sameParty = (a: Party, b: Party): boolean => a.kind === b.kind && a.id === b.id && a.as === b.as;
