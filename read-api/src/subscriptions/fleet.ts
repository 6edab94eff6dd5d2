import { text } from '@cargoro/domain';
import { BudgetCrossing, bookRoles, FleetVehicle, TripMonth } from '@cargoro/projections';
import { z } from 'zod';
import { subscription } from '../define.ts';
import { tripRoles } from '../queries/fleet.ts';

const Ref = z.string().min(1).max(64);
const ofOrg = z.object({ orgId: Ref });

export const fleetSubscriptions = [
  subscription({
    name: 'fleetVehiclesChanged',
    doc: text('조직의 차량이 바뀔 때', 'When a vehicle of a fleet changes'),
    readModel: FleetVehicle,
    args: ofOrg,
    match: ({ orgId }) => ({ fleetOrgId: orgId }),
  }),
  subscription({
    name: 'budgetCrossed',
    doc: text('예산의 80%나 100%에 이를 때', 'When a budget reaches 80 or 100 percent'),
    readModel: BudgetCrossing,
    args: ofOrg,
    roles: bookRoles,
    match: ({ orgId }) => ({ fleetOrgId: orgId }),
  }),
  subscription({
    name: 'tripLogChanged',
    doc: text('차량의 운행기록부가 바뀔 때', 'When the trip log of a vehicle changes'),
    readModel: TripMonth,
    args: z.object({ vehicleId: Ref }),
    roles: tripRoles,
    match: ({ vehicleId }) => ({ vehicleId }),
  }),
];
