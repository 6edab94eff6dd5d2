import { z } from 'zod';
import { textSetting } from '../admin/setting/setting.ts';
import { coversOn, FleetContract, termsOn } from '../fleet/contract/fleet-contract.ts';
import { FleetPolicy, type PublishedVersion, policyInForce } from '../fleet/policy/fleet-policy.ts';
import { Claim, type Context, claimId, holderOf, seoulDay } from '../kit/index.ts';
import { Geo, Id } from '../shared/values.ts';

export type FleetFacts = {
  readonly fleetOrgId: string;
  readonly contractId: string;
  readonly policyId: string;
  readonly policy: PublishedVersion;
  /** Who pays for maintenance: the lessor when the contract includes it, else the fleet. */
  readonly payer: { readonly kind: 'fleet'; readonly id: string };
};
/** Contracts in the order in which they answer for maintenance. */
const kinds = ['maintenance', 'lease', 'rental', 'owned'] as const;

/** The contract that covers a car now, its policy in force and who pays; undefined when no contract names a policy. */
export const fleetOf = (ctx: Context, vehicleId: string, at: string): FleetFacts | undefined => {
  const day = seoulDay(at);
  for (const kind of kinds) {
    const contractId = holderOf(ctx.fact(Claim, claimId('contractKind', `${kind}.${vehicleId}`)));
    const contract = contractId === undefined ? undefined : ctx.fact(FleetContract, contractId);
    if (!contractId || !contract || !('policyId' in contract) || !contract.policyId) continue;
    const policy = policyInForce(ctx.fact(FleetPolicy, contract.policyId), day);
    if (!policy || !coversOn(contract, vehicleId, day)) continue;
    const { fleetOrgId, policyId } = contract;
    const terms = termsOn(contract, day);
    const lessor = Id.safeParse(terms?.counterparty);
    const payerId = terms?.includes?.includes('maintenance') && lessor.success ? lessor.data : fleetOrgId;
    return { fleetOrgId, contractId, policyId, policy, payer: { kind: 'fleet', id: payerId } };
  }
  return undefined;
};

/** The contracts a car is under, one of each of these kinds at most. */
export const contractsOf = (ctx: Context, vehicleId: string, among: readonly (typeof kinds)[number][] = kinds) =>
  among.flatMap((kind) => holderOf(ctx.fact(Claim, claimId('contractKind', `${kind}.${vehicleId}`))) ?? []);

/** The contract of a fleet that a car's costs are booked on. */
export const contractOf = (ctx: Context, vehicleId: string, fleetOrgId: string, day: string): string | undefined =>
  contractsOf(ctx, vehicleId).find((contractId) => {
    const contract = ctx.fact(FleetContract, contractId);
    return 'fleetOrgId' in contract && contract.fleetOrgId === fleetOrgId && coversOn(contract, vehicleId, day);
  });

const Place = z.object({ addressRef: z.string().min(1).max(64), geo: Geo, contactRef: z.string().min(1).max(64) });
export type Place = z.infer<typeof Place>;

/** Where a fleet's cars are fetched and brought back: the setting `fleet.pickupPlace`, a place as JSON. */
export const pickupPlaceOf = (ctx: Context, fleetOrgId: string): Place | undefined => {
  const value = textSetting(ctx, `org:${fleetOrgId}`, 'fleet.pickupPlace');
  if (value === undefined) return undefined;
  try {
    return Place.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
};
export const fleetDesk = (fleetOrgId: string, ...roles: string[]) =>
  ({ kind: 'org', id: fleetOrgId, roles: roles.length > 0 ? roles : ['FLEET_MANAGER'] }) as const;
