import { z } from 'zod';
import { PartyKind } from '../../kit/index.ts';
import { Code, DateTime, Day, FileRef, Id, Km, Line, Prose, Won } from '../../shared/values.ts';

export const Fuel = z.enum(['gasoline', 'diesel', 'lpg', 'hybrid', 'phev', 'ev', 'hydrogen']).meta({ id: 'Fuel' });
export const VehicleUsage = z.enum(['private', 'rental', 'commercial']).meta({ id: 'VehicleUsage' });
export const BodyKind = z.enum(['car', 'van', 'truck', 'special']).meta({ id: 'BodyKind' });
/** Light blue: electric and hydrogen; light green: companies' cars of 80 million won and more; yellow: commercial. */
export const PlateColour = z.enum(['white', 'green', 'lightBlue', 'lightGreen', 'yellow']).meta({ id: 'PlateColour' });
export const VehicleOwner = z.object({ kind: PartyKind, id: Id }).meta({ id: 'VehicleOwner' });
/** Who has the car and its key. */
export const Custodian = z
  .object({ kind: z.enum(['owner', 'assignee', 'driver', 'workshop']).meta({ id: 'CustodyKind' }), id: Id })
  .meta({ id: 'Custodian' });
export const AccessScope = z.enum(['basic', 'history', 'diagnostics']).meta({ id: 'AccessScope' });
const Cause = z
  .object({ kind: z.enum(['delivery', 'repairOrder', 'assignment']).meta({ id: 'CustodyCauseKind' }), id: Id })
  .meta({ id: 'CustodyCause' });
const Plate = z.string().trim().min(1).max(20);

export const Ref = z.object({ vehicleId: Id });
export const Register = Ref.extend({
  plate: Plate,
  plateColour: PlateColour,
  vin: z.string().trim().min(1).max(30),
  make: Line,
  model: Line,
  trim: Line.optional(),
  modelYear: z.int().min(1950).max(2100),
  fuel: Fuel,
  displacementCc: z.int().min(0).max(30_000).optional(),
  usage: VehicleUsage,
  bodyKind: BodyKind,
  firstRegisteredOn: Day,
  owner: VehicleOwner,
  odometerKm: Km,
  acquisitionKrw: Won.optional(),
});
export const NewPlate = Ref.extend({ plate: Plate, plateColour: PlateColour, reason: Line, on: Day });
export const NewOwner = Ref.extend({ to: VehicleOwner, on: Day });

export const Reading = Ref.extend({
  km: Km,
  source: z.enum(['owner', 'trip', 'workshop', 'delivery', 'obd']).meta({ id: 'OdometerSource' }),
  sourceId: Id.optional(),
  at: DateTime,
  photo: FileRef.optional(),
});
/** Answers “are you sure?” to a jump no car drives in the time. */
export const confirm = { confirm: z.boolean().optional() };
export const Correction = Ref.extend({
  km: Km,
  reasonCode: z.enum(['typo', 'clusterReplaced', 'unit']).meta({ id: 'OdometerCorrectionReason' }),
  /** Id of the event whose reading was wrong. */
  supersedesEventId: Code,
  approverId: Id,
});

export const Custody = Ref.extend({
  /** Who has it now; left out, whoever does. */
  from: Custodian.optional(),
  to: Custodian,
  cause: Cause,
  odometerKm: Km,
  evidence: FileRef.optional(),
});
export const Assignment = Ref.extend({
  assignmentId: Id,
  userId: Id,
  department: Line,
  from: Day,
  to: Day.optional(),
  purpose: Line,
});
export const AssignmentEnd = Ref.extend({ assignmentId: Id, on: Day });
/** `until` is the last day of the access, in Seoul. */
export const Grant = Ref.extend({ grantId: Id, grantee: VehicleOwner, scope: AccessScope, until: Day });
export const GrantRef = Ref.extend({ grantId: Id });

export const TroubleCode = z
  .object({
    dtc: z.string().trim().min(1).max(10),
    state: z.enum(['pending', 'stored', 'cleared']).meta({ id: 'TroubleCodeStatus' }),
    severity: z.enum(['info', 'soon', 'urgent']).meta({ id: 'TroubleCodeSeverity' }),
  })
  .meta({ id: 'TroubleCode' });
export const TroubleCodes = Ref.extend({
  sessionId: Id,
  source: z.enum(['obd', 'manual', 'workshop']).meta({ id: 'TroubleCodeSource' }),
  codes: z.array(TroubleCode).max(100),
  at: DateTime,
});
export const Resolution = Ref.extend({ dtc: z.string().trim().min(1).max(10), repairOrderId: Id });

export const Reminder = Ref.extend({
  reminderId: Id,
  kind: z.enum(['service', 'inspection', 'insurance', 'tax', 'tyres', 'battery', 'other']).meta({ id: 'ReminderKind' }),
  dueOn: Day.optional(),
  dueKm: Km.optional(),
  note: Prose.optional(),
  /** The recall it asks an answer to; closing the reminder is the answer. */
  recallId: Id.optional(),
});
export const ReminderEnd = Ref.extend({
  reminderId: Id,
  outcome: z.enum(['done', 'dismissed']).meta({ id: 'ReminderOutcome' }),
});
const ServiceItem = z
  .object({ text: Line, itemCode: Code.optional(), costKrw: Won.optional() })
  .meta({ id: 'ExternalServiceItem' });
export const ExternalService = Ref.extend({
  serviceId: Id,
  on: Day,
  odometerKm: Km,
  items: z.array(ServiceItem).min(1).max(100),
  costKrw: Won,
  place: Line,
  document: FileRef.optional(),
});
export const Suspension = Ref.extend({ reason: Line });
export const Retirement = Ref.extend({
  reason: z.enum(['sold', 'scrapped', 'exported']).meta({ id: 'RetirementReason' }),
  on: Day,
});
