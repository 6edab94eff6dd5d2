import { Setting } from '../admin/setting/setting.ts';
import { FleetContract } from '../fleet/contract/fleet-contract.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { FleetPolicy } from '../fleet/policy/fleet-policy.ts';
import { type AnyEvent, Claim } from '../kit/index.ts';
import { given, type World } from '../kit/testing.ts';
import { id, ids, organizationFacts, vehicleFact, workshopFact } from '../repair/sample-world.ts';

/** A fleet's car under contract and policy, with a plan that has oil due and pads near, and one allowed workshop. */
export const now = '2025-06-30T01:00:00.000Z';
export const [contractId, policyId] = [id(60), id(61)] as const;
export const { vehicle: vehicleId, fleetOrg: fleetOrgId, workshop: workshopId, bay: bayId } = ids;
const contractDraft = {
  ...{ contractId, fleetOrgId, kind: 'maintenance', counterparty: '온누리정비', vehicleIds: [vehicleId], policyId },
  ...{ startsOn: '2025-01-01', endsOn: '2025-12-31', monthlyFeeKrw: 0, depositKrw: 0, includes: [] },
};
export const car = vehicleFact(vehicleId, { owner: { kind: 'org', id: fleetOrgId } });
const told = (aggregate: Parameters<typeof given>[0], events: readonly AnyEvent[], type: string, data: object) => {
  const { decision } = given(aggregate, ...events).when(type, data as Record<string, unknown>, { now, facts: [car] });
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const signing = { contractId, signedOn: '2024-12-20', documentSha256: 'd'.repeat(64), exclusiveInsurance: true };
export const contractEvents = told(
  FleetContract,
  told(FleetContract, [], 'DraftContract', contractDraft),
  'SignContract',
  signing,
);
export const contract = { aggregate: FleetContract, id: contractId, events: contractEvents };
const claimed = {
  aggregate: Claim,
  id: `contractKind.maintenance.${vehicleId}`,
  events: [
    { type: 'ClaimConfirmed', data: { kind: 'contractKind', value: `maintenance.${vehicleId}`, holder: contractId } },
  ],
};
export const content = {
  autoApproveUnderKrw: 200_000,
  limits: [{ role: 'FLEET_APPROVER', maxKrw: 1_000_000 }],
  ...{ allowedWorkshops: [workshopId], gradesAllowed: ['oem'], planTemplateId: 'standard', hardStop: false },
  pickupRule: { needed: true, payer: 'fleet' },
  slaHours: { firstReply: 4, repair: 48 },
  tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 0 },
};
export const policy = (more: object = {}) => ({
  aggregate: FleetPolicy,
  id: policyId,
  events: told(
    FleetPolicy,
    told(FleetPolicy, [], 'DraftPolicy', { policyId, fleetOrgId, appliesTo: { scope: 'all' } }),
    'PublishPolicy',
    { policyId, version: 1, effectiveFrom: '2025-06-30', content: { ...content, ...more } },
  ),
});
export const item = (itemCode: string, lastDoneKm: number) => ({
  ...{ itemCode, everyKm: 10_000, warnKm: 500, warnDays: 30, mandatory: false, lastDoneKm, lastDoneOn: '2024-12-01' },
});
/** 42,000 km on the clock: oil is due, pads within the next 1,500 km, the diagnosis is not. */
const items = [item('OIL', 32_000), item('PADF', 33_000), item('DIAG', 41_000)];
export const plan = (...more: readonly (readonly [string, object])[]) => {
  let events = told(MaintenancePlan, [], 'StartPlan', { vehicleId, templateId: 'standard', items });
  for (const [type, data] of more) events = told(MaintenancePlan, events, type, { vehicleId, ...data });
  return { aggregate: MaintenancePlan, id: vehicleId, events };
};
export const evaluated = plan(['EvaluatePlan', { asOf: '2025-06-30', odometerKm: 42_000 }]);
export const place = { addressRef: 'hq', geo: { lat: 37.55, lon: 127.0 }, contactRef: 'front' };
export const setting = (orgId: string, key: string, value: unknown) => ({
  aggregate: Setting,
  id: orgId === 'platform' ? `platform.${key}` : `org:${orgId}.${key}`,
  events: [
    {
      type: 'SettingDefined',
      data: {
        ...{ scope: orgId === 'platform' ? orgId : `org:${orgId}`, key, value, secret: false, parties: [] },
        type: typeof value === 'number' ? 'integer' : 'text',
      },
    },
  ],
});
export const hq = setting(fleetOrgId, 'fleet.pickupPlace', JSON.stringify(place));
const always = [...organizationFacts, workshopFact, car, contract, claimed];
export const worldOf = (...facts: NonNullable<World['facts']>): World => ({ now, facts: [...always, ...facts] });
export const fleetWorld = worldOf(policy(), evaluated, hq);
