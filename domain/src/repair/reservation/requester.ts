import { hasAccess, ownerOf, type VehicleState } from '../../fleet/vehicle/vehicle.ts';
import { org, type Party, user } from '../../kit/index.ts';
import type { Requester } from './reservation.schema.ts';

type Who = { readonly kind: 'user' | 'org'; readonly id: string };
const who = ({ kind, id }: Requester): Who => ({ kind: kind === 'fleet' ? 'org' : 'user', id });

/**
 * On whose behalf a car comes to the workshop, if they may bring it: its owner, whoever it is assigned to, or a holder of
 * access. Our processes ask for the owner, on a plan the owner made.
 */
export const customerOf = (vehicle: VehicleState, requester: Requester, now: string): Who | undefined => {
  if (requester.kind === 'process') return ownerOf(vehicle);
  return hasAccess(vehicle, who(requester), 'basic', now) ? who(requester) : undefined;
};

export const requesterParty = ({ kind, id }: Who): Party =>
  kind === 'org' ? org(id, 'requester') : user(id, 'requester');
