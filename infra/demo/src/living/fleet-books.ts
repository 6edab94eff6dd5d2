import { processActor } from '@cargoro/domain';
import type { Story } from '../sim/play.ts';
import { sha256Of } from '../world/files.ts';
import type { Act } from './act.ts';
import type { Car } from './cars.ts';
import type { Fleet } from './cast.ts';
import { costs } from './costs.ts';
import { nextDay } from './seasons.ts';
import { later, tell, type World } from './world.ts';

/** A fleet's rules, contract, budgets, who drives what, and the plan of every car. */
export function* fleetBooks(w: World, fleet: Fleet, at: string): Story {
  const { org, policyId, contractId, cars, accountant } = fleet;
  const manager = org.founder.actor;
  const today = w.seasons.days[1] ?? '';
  yield tell(at, manager, 'DraftPolicy', { policyId, fleetOrgId: org.orgId, appliesTo: { scope: 'all' } });
  const content = {
    autoApproveUnderKrw: 300_000,
    limits: [
      { role: 'FLEET_APPROVER', maxKrw: 900_000 },
      { role: 'FLEET_MANAGER', maxKrw: 10_000_000 },
    ],
    allowedWorkshops: w.cast.workshops.map(({ workshopId }) => workshopId),
    ...{ gradesAllowed: ['oem', 'certifiedAlt', 'reman'], planTemplateId: 'standard', hardStop: false },
    ...{ pickupRule: { needed: true, payer: 'fleet' }, slaHours: { firstReply: 4, repair: 48 } },
    tripRules: { purposes: ['commute', 'business', 'private'], entryWithinDays: 7, gapToleranceKm: 0 },
  };
  const inverted = { ...content, limits: [...content.limits].reverse() };
  const publish = { policyId, version: 1, effectiveFrom: today };
  yield tell(at, manager, 'PublishPolicy', { ...publish, content: inverted }, { may: ['LIMITS_NOT_ASCENDING'] });
  yield tell(later(at, 5), manager, 'PublishPolicy', { ...publish, content });
  yield tell(later(at, 10), manager, 'DraftContract', {
    ...{
      contractId,
      fleetOrgId: org.orgId,
      kind: 'rental',
      vehicleIds: cars.map(({ vehicleId }) => vehicleId),
      policyId,
    },
    ...{
      startsOn: today,
      endsOn: nextDay(today, 1_460),
      counterparty: '이음렌터카',
      monthlyFeeKrw: cars.length * 610_000,
    },
    ...{ depositKrw: cars.length * 3_000_000, mileageCapKm: 20_000, excessKrwPerKm: 120, includes: ['insurance'] },
  });
  const signed = { contractId, signedOn: today, exclusiveInsurance: true };
  yield tell(later(at, 11), manager, 'SignContract', signed, { may: ['DOCUMENT_MISSING'] });
  yield tell(later(at, 15), manager, 'SignContract', { ...signed, documentSha256: sha256Of(contractId) });
  for (const [category, amountKrw] of [
    ['maintenance', 250_000],
    ['repair', 900_000],
    ['delivery', 160_000],
  ] as const)
    yield tell(later(at, 20), accountant.actor, 'SetBudget', {
      ...{ contractId, year: Number(today.slice(0, 4)), category, amountKrw: amountKrw * cars.length },
    });
  for (const [index, car] of cars.entries()) {
    const { vehicleId, driver } = car;
    const department = ['영업1팀', '영업2팀', '현장지원', '총무'][index % 4];
    yield tell(later(at, 30), manager, 'AssignVehicle', {
      ...{ vehicleId, assignmentId: w.id(`assignment/${vehicleId}`), userId: driver.userId, department, from: today },
      purpose: '업무',
    });
    yield tell(later(at, 40), manager, 'StartPlan', {
      vehicleId,
      templateId: 'standard',
      items: planOf(w, car, today),
    });
  }
}

const planOf = (w: World, car: Car, today: string) => {
  const draws = w.draws(`plan/${car.vehicleId}`);
  const item = (itemCode: string, everyKm: number | undefined, everyMonths: number, mandatory = false) => ({
    ...{ itemCode, ...(everyKm && { everyKm }), everyMonths, warnKm: everyKm ? 1_000 : 0, warnDays: 30, mandatory },
    lastDoneKm: Math.max(0, car.km - draws.int(0, Math.floor((everyKm ?? 10_000) * 0.99))),
    lastDoneOn: nextDay(today, -draws.int(10, Math.floor(everyMonths * 30))),
  });
  const common = [
    item('CABIN', 15_000, 12),
    item('BRKF', 40_000, 24),
    item('TYRE', 45_000, 48),
    item('LEGAL', undefined, 24, true),
  ];
  return car.isEv ? common : [item('OIL', 10_000, 12), ...common];
};

/** The monthly fee of each car, on the first working day. */
export function* monthlyFees(w: World, fleet: Fleet, day: string): Story {
  const at = w.seasons.at(day, 600);
  for (const { vehicleId } of fleet.cars) {
    const source = {
      kind: 'contract' as const,
      id: `${fleet.contractId.slice(0, 8)}.${vehicleId.slice(0, 13)}.${day}`,
    };
    const fee = {
      vehicleId,
      category: 'lease' as const,
      supplyKrw: 610_000,
      vatKrw: 61_000,
      occurredOn: day,
      source,
      at,
    };
    yield* costs(w, fleet, fee);
  }
}

/** Once a week the plan of a car is looked at with its mileage; what is due comes back. */
export function* evaluate(car: Car, day: string, at: string): Act<Due | undefined> {
  const asked = { vehicleId: car.vehicleId, asOf: day, odometerKm: car.km };
  const told = yield tell(at, processActor('planEvaluation'), 'EvaluatePlan', asked);
  const due = told.events.filter(({ type }) => type === 'MaintenanceDue');
  if (due.length === 0) return undefined;
  const soon = told.events.filter(({ type }) => type === 'MaintenanceDueSoon' || type === 'MaintenanceDue');
  const itemCodes = [...new Set(soon.map(({ data }) => (data as { itemCode: string }).itemCode))];
  return { itemCodes, correlationId: told.correlationId, at: told.at };
}
export type Due = { readonly itemCodes: readonly string[]; readonly correlationId: string; readonly at: string };
