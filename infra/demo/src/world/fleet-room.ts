import { seoulDay } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { orgs, personaOf } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, cars, workshops } from './cast.ts';
import { sha256Of } from './files.ts';
import type { Script } from './script.ts';

const fleetCars = ['van', 'sedan', 'sport', 'truck'] as const;

/** A fleet's policy, contract, budget, plan and trip log; and an auditor looking into it. */
export const fleetRoom = (script: Script, { daysAgo, ago, day }: Calendar): void => {
  const story = script.story('fleet');
  const [manager, accountant, member] = [as('hangyeol.manager'), as('hangyeol.accountant'), as('hangyeol.driver')];
  const fleetOrgId = orgs.hangyeol.id;
  const policyId = story.id('policy');
  const contractId = story.id('contract');
  const vehicleIds = fleetCars.map((key) => cars[key].vehicleId);
  const at = (minute: number) => daysAgo(3, minute);

  story.tell(at(220), { ...member, role: 'ANYONE' }, 'RecordLicence', {
    ...{ userId: member.id, licenceClass: 'class2Ordinary', numberHash: sha256Of('driver'), validTo: day(1_200) },
  });
  story.tell(at(215), manager, 'DraftPolicy', { policyId, fleetOrgId, appliesTo: { scope: 'all' } });
  story.tell(at(214), manager, 'PublishPolicy', {
    ...{ policyId, version: 1, effectiveFrom: seoulDay(at(214)) },
    content: {
      autoApproveUnderKrw: 100_000,
      limits: [
        { role: 'FLEET_APPROVER', maxKrw: 1_000_000 },
        { role: 'FLEET_MANAGER', maxKrw: 3_000_000 },
      ],
      allowedWorkshops: [workshops.gaon.workshopId, workshops.mapo.workshopId],
      gradesAllowed: ['oem', 'certifiedAlt'],
      planTemplateId: 'standard',
      pickupRule: { needed: false, payer: 'fleet' },
      slaHours: { firstReply: 4, repair: 48 },
      tripRules: { purposes: ['commute', 'business', 'private'], entryWithinDays: 7, gapToleranceKm: 0 },
      hardStop: false,
    },
  });
  story.tell(at(210), manager, 'DraftContract', {
    ...{ contractId, fleetOrgId, kind: 'rental', vehicleIds, startsOn: day(-3), endsOn: day(1_090), policyId },
    ...{ counterparty: '이음렌터카', monthlyFeeKrw: 2_450_000, depositKrw: 8_000_000, includes: ['insurance'] },
    ...{ mileageCapKm: 20_000, excessKrwPerKm: 120 },
  });
  story.tell(
    at(209),
    manager,
    'SignContract',
    { contractId, signedOn: day(-3), exclusiveInsurance: true },
    'DOCUMENT_MISSING',
  );
  story.tell(at(208), manager, 'SignContract', {
    ...{ contractId, signedOn: day(-3), exclusiveInsurance: true, documentSha256: sha256Of('contract') },
  });
  story.tell(at(205), accountant, 'SetBudget', {
    ...{ contractId, year: Number(day(0).slice(0, 4)), category: 'maintenance', amountKrw: 6_000_000 },
  });
  story.tell(at(200), manager, 'AssignVehicle', {
    ...{ vehicleId: cars.sedan.vehicleId, assignmentId: story.id('assignment'), userId: member.id },
    ...{ department: '영업1팀', from: seoulDay(at(200)), purpose: '거래처 방문' },
  });
  story.tell(at(190), manager, 'StartPlan', {
    ...{ vehicleId: cars.sedan.vehicleId, templateId: 'standard' },
    items: [
      { itemCode: 'OIL', everyKm: 10_000, everyMonths: 12, warnKm: 1_000, warnDays: 30, mandatory: false },
      { itemCode: 'LEGAL', everyMonths: 24, warnKm: 0, warnDays: 60, mandatory: true },
    ].map((item) => ({ ...item, lastDoneKm: cars.sedan.odometerKm - 8_500, lastDoneOn: day(-330) })),
  });
  const car = { vehicleId: cars.sedan.vehicleId, odometerKm: cars.sedan.odometerKm };
  story.tell(at(189), manager, 'EvaluatePlan', { ...car, asOf: seoulDay(at(189)) });

  const month = seoulDay(ago(178)).slice(0, 7).replace('-', '');
  const log = { vehicleId: cars.sedan.vehicleId, month };
  const trip = { ...log, tripId: idOf('trip/1'), userId: member.id, department: '영업1팀' };
  story.tell(ago(180), member, 'OpenTripLog', { ...log, openingKm: car.odometerKm, policyId });
  story.tell(ago(178), member, 'StartTrip', { ...trip, startKm: car.odometerKm, at: ago(178), purpose: 'business' });
  story.tell(ago(120), member, 'EndTrip', {
    ...{ ...log, tripId: trip.tripId, endKm: car.odometerKm + 32, at: ago(120), to: '거래처' },
  });
  story.tell(ago(110), manager, 'OpenAudit', {
    ...{ caseId: story.id('audit'), auditorId: personaOf('hangyeol.auditor').userId, orgIds: [fleetOrgId] },
    ...{ period: { from: day(-90), to: day(0) }, scopes: ['fleetLedger', 'tripLog'], until: ago(-60 * 24 * 30) },
    ...{ approvedBy: personaOf('hangyeol.manager').userId },
  });
};
