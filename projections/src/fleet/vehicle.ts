import { FleetContract, FleetLedger, org, type Role, seoulDay, user, Vehicle } from '@cargoro/domain';
import type { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { type ContractRow, ContractView } from './contract.ts';
import { type PlanRow, PlanView } from './plan.ts';
import { type FleetVehicleRow, fleetVehicleRow, type VehicleContract } from './vehicle-row.ts';

/** Who in a fleet reads what things cost and what was agreed about them; employees who drive do not. */
export const bookRoles: readonly Role[] = ['FLEET_MANAGER', 'FLEET_APPROVER', 'FLEET_ACCOUNTANT', 'AUDITOR', 'ANALYST'];
const forBooks =
  (otherwise: unknown) =>
  (value: unknown, { role, as }: Onlooker): unknown =>
    role !== undefined && bookRoles.includes(role) && as.includes('owner') ? value : otherwise;

/** A car as the fleet that owns it sees it: who drives it, under which contracts, what it costs, what is due. */
export const FleetVehicle = readModel({
  name: 'rm_fleet_vehicle',
  type: 'FleetVehicle',
  version: 2,
  group: 'fleet',
  record: 'Vehicle',
  row: fleetVehicleRow,
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'plate', 'id']],
  from: [Vehicle, FleetContract, FleetLedger],
  key: ({ data }) => {
    const { vehicleIds, vehicleId } = data as { vehicleIds?: readonly string[]; vehicleId?: string };
    return vehicleIds ?? vehicleId;
  },
  seenBy: ({ fleetOrgId, assigneeId }) => [
    ...(typeof fleetOrgId === 'string' ? [org(fleetOrgId, 'owner')] : []),
    ...(typeof fleetOrgId === 'string' && typeof assigneeId === 'string' ? [user(assigneeId, 'assignee')] : []),
  ],
  masks: {
    acquisitionKrw: forBooks(null),
    costYearKrw: forBooks(null),
    contracts: forBooks([]),
    contractIds: forBooks([]),
  },
  joins: [
    { from: ContractView, by: 'contractIds', take: (_, __, others) => ({ contracts: others.map(contractOf) }) },
    { from: PlanView, by: 'id', take: (plan) => ({ due: (plan as PlanRow | undefined)?.due ?? [] }) },
  ],
}).folds({
  start: {
    VehicleRegistered: ({ data, meta }) => {
      const { plate, plateColour, make, model, modelYear, fuel, firstRegisteredOn, odometerKm, owner } = data;
      return {
        ...{ plate, plateColour, make, model, modelYear, fuel, firstRegisteredOn, odometerKm, status: 'active' },
        fleetOrgId: owner.kind === 'org' ? owner.id : null,
        acquisitionKrw: data.acquisitionKrw ?? null,
        odometerAt: meta.occurredAt,
        custody: { kind: 'owner', id: owner.id },
        custodySince: meta.occurredAt,
        offRoadSince: null,
        offRoad: [],
        ...unassigned,
        ...{ contractIds: [], contracts: [], due: [] },
        ...{ year: yearOf(meta.occurredAt), yearStartKm: odometerKm, kmYear: 0, costYearKrw: 0 },
      };
    },
  },
  on: {
    PlateChanged: (row, { data: { plate, plateColour } }) => ({ ...row, plate, plateColour }),
    OwnershipTransferred: (row, { data: { to }, meta }) => ({
      ...row,
      fleetOrgId: to.kind === 'org' ? to.id : null,
      ...unassigned,
      ...{ contractIds: [], contracts: [], costYearKrw: 0 },
      custody: { kind: 'owner', id: to.id },
      custodySince: meta.occurredAt,
    }),
    OdometerRecorded: (row, { data: { km, at } }) => {
      if (at < row.odometerAt) return row;
      const current = inYear(row, yearOf(at));
      return { ...current, odometerKm: km, odometerAt: at, kmYear: km - current.yearStartKm };
    },
    // A replaced cluster starts anew: what was driven in the year stays.
    OdometerCorrected: (row, { data: { odometerKm } }) => ({
      ...row,
      odometerKm,
      yearStartKm: Math.max(0, odometerKm - row.kmYear),
    }),
    CustodyTransferred: (row, { data: { to }, meta }) =>
      offRoad({ ...row, custody: to, custodySince: meta.occurredAt }, meta.occurredAt),
    VehicleAssigned: (row, { data: { assignmentId, userId, department, from, to = null } }) => ({
      ...row,
      ...{ assignmentId, assigneeId: userId, department, assignedFrom: from, assignedTo: to },
    }),
    AssignmentEnded: (row, { data }) => (row.assignmentId === data.assignmentId ? { ...row, ...unassigned } : row),
    VehicleSuspended: (row, { meta }) => offRoad({ ...row, status: 'suspended' }, meta.occurredAt),
    VehicleResumed: (row, { meta }) => offRoad({ ...row, status: 'active' }, meta.occurredAt),
    VehicleRetired: (row, { meta }) => ({ ...back(row, meta.occurredAt), status: 'retired' }),
    ContractDrafted: (row, { data: { contractId } }) => ({ ...row, contractIds: [...row.contractIds, contractId] }),
    ContractVehicleAdded: (row, { data: { contractId } }) => ({
      ...row,
      contractIds: [...row.contractIds, contractId],
    }),
    ContractVehicleRemoved: (row, { data }) => ({
      ...row,
      contractIds: row.contractIds.filter((id) => id !== data.contractId),
    }),
    CostBooked: (row, { data: { occurredOn, supplyKrw, vatKrw } }) => costing(row, occurredOn, supplyKrw + vatKrw),
    CostReversed: (row, { data: { occurredOn, supplyKrw, vatKrw } }) => costing(row, occurredOn, -supplyKrw - vatKrw),
  },
});

const unassigned = { assignmentId: null, assigneeId: null, department: null, assignedFrom: null, assignedTo: null };
const yearOf = (at: string): number => Number(seoulDay(at).slice(0, 4));
/** A new year begins where the odometer stands, without a cost. */
const inYear = <R extends FleetVehicleRow>(row: R, year: number): R =>
  year > row.year ? { ...row, year, yearStartKm: row.odometerKm, kmYear: 0, costYearKrw: 0 } : row;
const costing = <R extends FleetVehicleRow>(row: R, day: string, krw: number): R => {
  const year = Number(day.slice(0, 4));
  const current = inYear(row, year);
  return year === current.year ? { ...current, costYearKrw: (current.costYearKrw ?? 0) + krw } : row;
};
const back = <R extends FleetVehicleRow>(row: R, to: string): R =>
  row.offRoadSince === null
    ? row
    : { ...row, offRoadSince: null, offRoad: [...row.offRoad, { from: row.offRoadSince, to }] };
const offRoad = <R extends FleetVehicleRow>(row: R, at: string): R =>
  row.status === 'suspended' || row.custody.kind === 'workshop'
    ? { ...row, offRoadSince: row.offRoadSince ?? at }
    : back(row, at);
const contractOf = (other: Record<string, unknown>): z.infer<typeof VehicleContract> => {
  const { id, kind, status, endsOn, exclusiveInsurance } = other as ContractRow;
  return { contractId: id, kind, status, endsOn, exclusiveInsurance };
};
