import { z } from 'zod';
import { type Party, partyKey } from './party.ts';
import { Role } from './roles.ts';

/** Who sends a command: a person under one membership, a partner system, one of our processes, or the system itself. */
export const Actor = z
  .object({
    kind: z.enum(['user', 'apiKey', 'process', 'system']),
    id: z.string(),
    orgId: z.string().optional(),
    role: Role.optional(),
    sessionId: z.string().optional(),
  })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof Actor>;

export const systemActor = (id = 'cargoro'): Actor => ({ kind: 'system', id });
export const processActor = (name: string): Actor => ({ kind: 'process', id: name });

/** Our own code: process managers, the scheduler, the demo's builder. It is trusted with every command. */
export const isOurs = (actor: Actor): boolean => actor.kind === 'process' || actor.kind === 'system';

/** The party keys under which this actor sees and acts: the person, and the organisation of the membership in play. */
export const partyKeysOf = (actor: Actor): readonly string[] => [
  ...(actor.kind === 'user' ? [`user:${actor.id}`] : []),
  ...(actor.orgId ? [`org:${actor.orgId}`] : []),
];

export const isParty = (actor: Actor, party: Party): boolean => partyKeysOf(actor).includes(partyKey(party));
