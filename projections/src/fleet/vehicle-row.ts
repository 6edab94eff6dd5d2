import { DateTime, Day, Km, SignedWon, Vehicle } from '@cargoro/domain';
import { z } from 'zod';
import { ContractKind, ContractStatus } from './contract.ts';
import { DueItem } from './plan.ts';

const { events } = Vehicle;
const registered = events.VehicleRegistered.schema.shape;
export const VehicleContract = z
  .object({
    contractId: z.string(),
    kind: ContractKind,
    status: ContractStatus,
    endsOn: Day,
    exclusiveInsurance: z.boolean(),
  })
  .meta({ id: 'FleetVehicleContract' });

const OffRoad = z.object({ from: DateTime, to: DateTime }).meta({ id: 'OffRoadTime' });

export const fleetVehicleRow = z.object({
  status: z.enum(['active', 'suspended', 'retired']).meta({ id: 'VehicleStatus' }),
  /** Null while a private person owns it: no fleet sees it then. */
  fleetOrgId: z.string().nullable(),
  plate: z.string(),
  plateColour: registered.plateColour,
  make: z.string(),
  model: z.string(),
  modelYear: z.int(),
  fuel: registered.fuel,
  firstRegisteredOn: Day,
  acquisitionKrw: SignedWon.nullable(),
  odometerKm: Km,
  odometerAt: DateTime,
  custody: events.CustodyTransferred.schema.shape.to,
  custodySince: DateTime,
  /** Since when it cannot be driven: in a workshop, or suspended. */
  offRoadSince: DateTime.nullable(),
  /** Times before that it could not be driven. */
  offRoad: z.array(OffRoad),
  assignmentId: z.string().nullable(),
  assigneeId: z.string().nullable(),
  department: z.string().nullable(),
  assignedFrom: Day.nullable(),
  assignedTo: Day.nullable(),
  contractIds: z.array(z.string()),
  contracts: z.array(VehicleContract),
  /** The year `kmYear` and `costYearKrw` are of: the latest anything was recorded in. */
  year: z.int(),
  yearStartKm: Km,
  kmYear: z.int(),
  costYearKrw: SignedWon.nullable(),
  due: z.array(DueItem),
});
export type FleetVehicleRow = z.infer<typeof fleetVehicleRow>;
