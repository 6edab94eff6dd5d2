import type { AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import { fleetId, id, registered, vehicleId } from '../vehicle/vehicle.fixture.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { FleetContract } from './fleet-contract.ts';

/** A signed lease of the fixture's vehicle, for the tests of contracts and ledgers. */
export const contractId = id(1);
export const document = 'd'.repeat(64);
export const draft = {
  ...{ contractId, fleetOrgId: fleetId, kind: 'lease', counterparty: '온누리캐피탈', vehicleIds: [vehicleId] },
  ...{ startsOn: '2025-01-01', endsOn: '2025-12-31', monthlyFeeKrw: 600_000, depositKrw: 0, includes: ['tyres'] },
  ...{ mileageCapKm: 20_000, excessKrwPerKm: 120, policyId: id(9) },
};
export const sign = { contractId, signedOn: '2024-12-20', documentSha256: document, exclusiveInsurance: true };
export const garage: World = { facts: [{ aggregate: Vehicle, id: vehicleId, events: registered }] };
export const when = (
  events: readonly AnyEvent[],
  type: string,
  input: Record<string, unknown>,
  world: World = garage,
) => given(FleetContract, ...events).when(type, { contractId, ...input }, world);
export const step = (
  events: readonly AnyEvent[],
  type: string,
  input: Record<string, unknown>,
  world: World = garage,
) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
export const drafted = step([], 'DraftContract', draft);
export const signed = step(drafted, 'SignContract', sign);
