import { sha256 } from '@cargoro/infra/ids';
import { idOf, orgs, people } from './cast.ts';
import { dayOf, registerCar, type Stage, workshopId } from './founding.ts';

export const contractId = idOf('contract');
export const policyId = idOf('policy');
export const fleetOrgId = orgs.pureunsol.id;
/** Where the fleet’s cars stand. */
export const headOffice = { lat: 37.55, lon: 127.0 };

/** A fleet’s rules: what it lets pass by itself, who may agree to how much, and that its cars are fetched. */
export const policyContent = {
  autoApproveUnderKrw: 200_000,
  limits: [{ role: 'FLEET_APPROVER', maxKrw: 1_000_000 }],
  ...{ allowedWorkshops: [workshopId], gradesAllowed: ['oem', 'certifiedAlt'], planTemplateId: 'standard' },
  pickupRule: { needed: true, payer: 'fleet' },
  slaHours: { firstReply: 4, repair: 48 },
  tripRules: { purposes: ['commute', 'business', 'private'], entryWithinDays: 7, gapToleranceKm: 0 },
  hardStop: false,
};

export const sorento = {
  ...{ plate: '197호4071', plateColour: 'white', vin: 'KNAXX00XXXX797702', make: '기아', model: '쏘렌토' },
  ...{ usage: 'rental', fuel: 'diesel', odometerKm: 59_900, acquisitionKrw: 42_000_000 },
};

/** The manager of a fleet registers its car, publishes the rules and signs the contract that covers it. */
export const runFleet = async (stage: Stage, car: Record<string, unknown> = {}): Promise<string> => {
  const manager = stage.as(people.manager);
  const vehicleId = await registerCar(stage, people.manager, 'sorento', { ...sorento, ...car });
  await manager.command('DraftPolicy', { policyId, fleetOrgId, appliesTo: { scope: 'all' } });
  const version = { policyId, version: 1, effectiveFrom: dayOf(stage), content: policyContent };
  await manager.command('PublishPolicy', version);
  await manager.command('DraftContract', {
    ...{ contractId, fleetOrgId, policyId, kind: 'rental', counterparty: '온빛렌터카', vehicleIds: [vehicleId] },
    ...{ startsOn: dayOf(stage, -300), endsOn: dayOf(stage, 700), monthlyFeeKrw: 610_000, depositKrw: 5_000_000 },
    includes: ['insurance'],
  });
  const documentSha256 = sha256('contract');
  await manager.command('SignContract', {
    ...{ contractId, signedOn: dayOf(stage, -300), documentSha256, exclusiveInsurance: true },
  });
  return vehicleId;
};

/** Says where its cars are fetched and who fetches them. */
export const arrangePickups = async (stage: Stage): Promise<void> => {
  const manager = stage.as(people.manager);
  const place = { addressRef: 'head office', geo: headOffice, contactRef: 'reception' };
  const values = { 'fleet.pickupPlace': JSON.stringify(place), 'fleet.transportOrgId': orgs.transport.id };
  for (const [key, value] of Object.entries(values))
    await manager.command('DefineSetting', { scope: `org:${fleetOrgId}`, key, type: 'text', value, secret: false });
};

/** One item of a plan, last done so many kilometres ago. */
export const planItem = (itemCode: string, everyKm: number, lastDoneKm: number, lastDoneOn: string) => ({
  ...{ itemCode, everyKm, lastDoneKm, lastDoneOn, warnKm: 1_000, warnDays: 30, mandatory: false },
});
