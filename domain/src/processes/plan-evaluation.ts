import { nextLook } from '../fleet/maintenance-plan/due.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { odometerOf, Vehicle } from '../fleet/vehicle/vehicle.ts';
import {
  begin,
  type Context,
  defineProcess,
  type ProcessDef,
  plusDays,
  type Reaction,
  schedule,
  seoulDay,
  text,
} from '../kit/index.ts';
import { startOfDay } from './business-time.ts';

type State = { readonly vehicleId: string };
const vehicle = ({ vehicleId }: Record<string, unknown>) => String(vehicleId);

/**
 * P2, step 1: a plan is evaluated with every reading of the odometer, and at dawn of the days on which an item may come
 * due. Each evaluation begins a journey of its own, the one its maintenance will be.
 */
export const planEvaluation: ProcessDef<State> = {
  name: 'PlanEvaluation',
  doc: text('정비 계획 살피기', 'Looks at a maintenance plan whenever something may be due'),
  starts: ['PlanStarted'],
  isPatient: true,
  correlate: {
    ...{ PlanStarted: vehicle, PlanItemAdded: vehicle, PlanItemChanged: vehicle, PlanResumed: vehicle },
    ...{
      OdometerRecorded: vehicle,
      OdometerCorrected: vehicle,
      MaintenanceNotDue: vehicle,
      MaintenanceDone: vehicle,
      MaintenanceSkipped: vehicle,
      MaintenanceUnbooked: vehicle,
    },
  },
  initial: { vehicleId: '' },
  evolve: (state, { type, data }) => (type === 'PlanStarted' ? { vehicleId: vehicle(data) } : state),
  react: ({ vehicleId }, input, ctx) => look(vehicleId, ctx, input.at),
  idle: () => 'nothing can come due',
};
export const PlanEvaluation = defineProcess<State>()(planEvaluation);

const look = (vehicleId: string, ctx: Context, at: string): readonly Reaction[] => {
  const plan = ctx.fact(MaintenancePlan, vehicleId);
  const odometerKm = odometerOf(ctx.fact(Vehicle, vehicleId));
  if (plan.status !== 'active' || odometerKm === undefined) return [];
  const asOf = seoulDay(at);
  const { now, next } = nextLook(Object.values(plan.items), asOf, odometerKm);
  return [
    ...(now ? [begin('MaintenancePlan', 'EvaluatePlan', { vehicleId, asOf, odometerKm })] : []),
    // Something that comes due today and is not taken up is looked at again tomorrow.
    ...(next
      ? [schedule('dawn', startOfDay(next))]
      : now
        ? [schedule('dawn', startOfDay(seoulDay(plusDays(at, 1))))]
        : []),
  ];
};
