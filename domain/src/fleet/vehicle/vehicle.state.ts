import type { z } from 'zod';
import { type Actor, type PartyKind, seoulDay } from '../../kit/index.ts';
import type { Reading } from './odometer.ts';
import type { AccessScope, Custodian, Register, VehicleOwner } from './vehicle.inputs.ts';

export type Owner = z.infer<typeof VehicleOwner>;
type Scope = z.infer<typeof AccessScope>;
type Assignment = {
  readonly userId: string;
  readonly from: string;
  readonly to?: string | undefined;
  readonly ended: boolean;
};
type Grant = { readonly grantee: Owner; readonly scope: Scope; readonly until: string; readonly revoked: boolean };
export type Car = z.infer<typeof Register> & {
  readonly custody: z.infer<typeof Custodian>;
  /** In the order they were recorded; corrected ones already corrected. Never empty. */
  readonly readings: readonly Reading[];
  readonly assignments: Readonly<Record<string, Assignment>>;
  readonly grants: Readonly<Record<string, Grant>>;
  /** Diagnostic sessions seen. */
  readonly sessions: readonly string[];
  /** Trouble codes read and not yet cured. */
  readonly openDtcs: readonly string[];
  readonly reminders: readonly string[];
  /** Recalls by the reminder that asks for an answer. */
  readonly recalls: Readonly<Record<string, string>>;
};
export type VehicleState =
  | { readonly status: 'none' }
  | ({ readonly status: 'active' | 'suspended' | 'retired' } & Car);

export const ownerOf = (state: VehicleState): Owner | undefined => ('owner' in state ? state.owner : undefined);
/** Kilometres on the clock by the last reading. */
export const odometerOf = (state: VehicleState): number | undefined =>
  'readings' in state ? state.readings.at(-1)?.km : undefined;
export const fuelOf = (state: VehicleState): Car['fuel'] | undefined => ('fuel' in state ? state.fuel : undefined);
/** Day, `2021-04-01`. */
export const firstRegisteredOnOf = (state: VehicleState): string | undefined =>
  'firstRegisteredOn' in state ? state.firstRegisteredOn : undefined;

type Who = { readonly kind: z.infer<typeof PartyKind>; readonly id: string };
const isSame = (a: Who, b: Who): boolean => a.kind === b.kind && a.id === b.id;

export const isAssigned = (car: Pick<Car, 'assignments'>, userId: string, on: string): boolean =>
  Object.values(car.assignments).some(
    (a) => a.userId === userId && !a.ended && a.from <= on && (a.to === undefined || on <= a.to),
  );

/**
 * May they see (or add to) this part of the vehicle's data now? Its owner all of it, who drives it everything but its
 * history elsewhere, others what they were granted until the last day of the grant; any grant includes `basic`.
 */
export const hasAccess = (state: VehicleState, who: Who, scope: Scope, now: string): boolean => {
  if (!('owner' in state)) return false;
  const today = seoulDay(now);
  if (isSame(state.owner, who)) return true;
  if (who.kind === 'user' && scope !== 'history' && isAssigned(state, who.id, today)) return true;
  return Object.values(state.grants).some(
    (grant) =>
      !grant.revoked &&
      grant.until >= today &&
      isSame(grant.grantee, who) &&
      (scope === 'basic' || grant.scope === scope),
  );
};

/** The person, and the organisation they act for. */
export const identitiesOf = (actor: Actor): readonly Who[] => [
  { kind: 'user', id: actor.id },
  ...(actor.orgId ? [{ kind: 'org' as const, id: actor.orgId }] : []),
];
export const isOwner = (car: Pick<Car, 'owner'>, actor: Actor): boolean =>
  identitiesOf(actor).some((who) => isSame(car.owner, who));
