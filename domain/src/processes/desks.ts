import { ownerOf, Vehicle } from '../fleet/vehicle/vehicle.ts';
import type { Context } from '../kit/index.ts';
import { Id } from '../shared/values.ts';
import type { Addressee } from './notify.ts';

type Who = { readonly kind: string; readonly id: string };

/** The people of an organisation in some roles. */
export const deskOf = (orgId: string, ...roles: string[]): Addressee => ({ kind: 'org', id: orgId, roles });
/** Those who issue an organisation's invoices, where it is a workshop. */
export const cashierDesk = (orgId: string): Addressee => deskOf(orgId, 'WORKSHOP_OWNER', 'WORKSHOP_ACCOUNTANT');
export const workshopDesk = (orgId: string): Addressee => deskOf(orgId, 'WORKSHOP_OWNER', 'SERVICE_ADVISOR');

/** Those who speak for a customer: a private person, a fleet's managers, or the owner of a car one of us asked for. */
export const customerDesk = ({ kind, id }: Who, vehicleId: string, ctx: Context): Addressee | undefined => {
  if (kind === 'process') {
    const owner = ownerOf(ctx.fact(Vehicle, vehicleId));
    return owner && customerDesk(owner, vehicleId, ctx);
  }
  // Whoever signed up on paper may be somebody the platform does not know by id.
  if (!Id.safeParse(id).success) return undefined;
  return kind === 'fleet' || kind === 'org' ? deskOf(id, 'FLEET_MANAGER') : { kind: 'user', id };
};
