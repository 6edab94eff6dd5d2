import { Day, MaintenancePlan, type Party, Vehicle } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { OwnerVehicle } from '../repair/vehicle.ts';
import type { VehicleRow } from '../repair/vehicle-row.ts';

const Urgency = z.enum(['later', 'soon', 'due', 'closed']).meta({ id: 'ReminderUrgency' });
const row = z.object({
  source: z.enum(['reminder', 'maintenance']).meta({ id: 'ReminderSource' }),
  vehicleId: z.string(),
  plate: z.string().nullable(),
  reminderId: z.string().nullable(),
  kind: z.string(),
  itemCode: z.string().nullable(),
  dueOn: Day.nullable(),
  dueKm: z.int().nullable(),
  note: z.string().nullable(),
  /** What the owner and the plan say of it. */
  stage: Urgency,
  /** The same, and due once the car has reached the mileage; a day that has come is for the reader to see. */
  urgency: Urgency,
});
type ReminderRow = z.infer<typeof row>;
type Item = { vehicleId: string; itemCode: string; dueKm?: number | undefined; dueOn?: string | undefined };
const ofPlan = ({ vehicleId, itemCode, dueKm, dueOn }: Item, stage: ReminderRow['stage']): ReminderRow => ({
  ...{ source: 'maintenance', vehicleId, plate: null, reminderId: null, kind: itemCode, itemCode, note: null },
  ...{ dueOn: dueOn ?? null, dueKm: dueKm ?? null, stage, urgency: stage },
});
const closed = <R extends ReminderRow>(row: R): R => ({ ...row, stage: 'closed' });

/** What the owner or driver of a car has to think of: reminders of their own, and what the plan says. */
export const ReminderView = readModel({
  name: 'rm_reminder',
  type: 'Reminder',
  version: 2,
  group: 'repair',
  row,
  scope: ['urgency', 'vehicleId'],
  indexes: [
    ['vehicleId', 'id'],
    ['urgency', 'vehicleId', 'id'],
  ],
  from: [Vehicle, MaintenancePlan],
  key: ({ data }) => {
    const { reminderId, vehicleId, itemCode, itemCodes } = data as {
      reminderId?: string;
      vehicleId?: string;
      itemCode?: string;
      itemCodes?: readonly string[];
    };
    const codes = itemCodes ?? (itemCode === undefined ? [] : [itemCode]);
    return reminderId ?? codes.map((code) => `${vehicleId}.${code}`);
  },
  joins: [
    {
      from: OwnerVehicle,
      by: 'vehicleId',
      take: (other, row) => {
        const car = other as unknown as (VehicleRow & { parties: readonly Party[] }) | undefined;
        const reached = car && typeof row.dueKm === 'number' && car.odometerKm >= row.dueKm;
        return {
          plate: car?.plate ?? null,
          parties: car?.parties.filter(({ as }) => as === 'owner' || as === 'assignee') ?? [],
          urgency: reached && row.stage === 'later' ? 'due' : row.stage,
        };
      },
    },
  ],
}).folds({
  start: {
    ReminderSet: ({ data: { vehicleId, reminderId, kind, dueOn = null, dueKm = null, note = null } }) => ({
      ...{ source: 'reminder', vehicleId, plate: null, reminderId, kind, itemCode: null, dueOn, dueKm, note },
      ...{ stage: 'later', urgency: 'later' },
    }),
    MaintenanceDueSoon: ({ data }) => ofPlan(data, 'soon'),
    MaintenanceDue: ({ data }) => ofPlan(data, 'due'),
  },
  on: {
    ReminderSet: (row, { data: { kind, dueOn = null, dueKm = null, note = null } }) => ({
      ...{ ...row, kind, dueOn, dueKm, note, stage: 'later' },
    }),
    ReminderClosed: closed,
    MaintenanceDueSoon: (row, { data }) => ({ ...row, ...ofPlan(data, 'soon') }),
    MaintenanceDue: (row, { data }) => ({ ...row, ...ofPlan(data, 'due') }),
    MaintenanceNotDue: (row) => ({ ...row, stage: 'later' }),
    MaintenanceBooked: closed,
    MaintenanceUnbooked: (row) => ({ ...row, stage: 'due' }),
    MaintenanceDone: closed,
    MaintenanceSkipped: closed,
    PlanItemRemoved: closed,
  },
});
