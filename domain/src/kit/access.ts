import { type Actor, isOurs, isParty } from './actor.ts';
import type { Party, PartyAs } from './party.ts';
import type { Role } from './roles.ts';

/** These roles may, when the actor is a party of the record in one of these capacities (`any`: no party needed). */
export type Grant = { readonly roles: readonly Role[]; readonly as: readonly PartyAs[] | 'any' };

/**
 * Who may send a command. `allow(['SERVICE_ADVISOR'], 'workshop')` reads: a service advisor whose organisation is the
 * record's workshop. A person's own role (`OWNER`, `ANYONE`) is matched through the user's party.
 */
export const allow = (roles: readonly Role[], ...as: readonly PartyAs[]): Grant => ({ roles, as });
export const allowAny = (...roles: readonly Role[]): Grant => ({ roles, as: 'any' });

const holdsRole = (actor: Actor, grant: Grant): boolean =>
  grant.roles.includes('ANYONE') || (actor.role !== undefined && grant.roles.includes(actor.role));

/** First gate, before anything is read: does any grant name the actor's role? */
export const roleMay = (grants: readonly Grant[], actor: Actor): boolean =>
  isOurs(actor) || grants.some((grant) => holdsRole(actor, grant));

/** Second gate, on the record: is the actor a party in the capacity its grant asks for? */
export const partyMay = (grants: readonly Grant[], actor: Actor, parties: readonly Party[]): boolean =>
  isOurs(actor) ||
  grants.some(
    (grant) =>
      holdsRole(actor, grant) &&
      (grant.as === 'any' || parties.some((party) => grant.as.includes(party.as) && isParty(actor, party))),
  );
