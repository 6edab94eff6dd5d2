import { DateTime, Day, Km, Vehicle } from '@cargoro/domain';
import { z } from 'zod';
import { DeliveryStatus } from '../delivery/delivery-row.ts';
import { DueItem } from '../fleet/plan.ts';
import { OrderStatus } from './order-row.ts';

const { events } = Vehicle;
const registered = events.VehicleRegistered.schema.shape;

const Grant = events.AccessGranted.schema
  .pick({ grantId: true, grantee: true, scope: true, until: true })
  .meta({ id: 'VehicleGrant' });
const Assignment = z
  .object({
    assignmentId: z.string(),
    userId: z.string(),
    department: z.string(),
    from: Day,
    to: Day.nullable(),
    purpose: z.string(),
  })
  .meta({ id: 'VehicleAssignment' });
const Reminder = z
  .object({
    reminderId: z.string(),
    kind: events.ReminderSet.schema.shape.kind,
    dueOn: Day.nullable(),
    dueKm: Km.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'VehicleReminder' });
const OpenOrder = z
  .object({
    repairOrderId: z.string(),
    number: z.string(),
    status: OrderStatus,
    workshopId: z.string(),
    promisedAt: DateTime.nullable(),
    dueAt: DateTime.nullable(),
  })
  .meta({ id: 'VehicleOpenOrder' });

const OpenDelivery = z
  .object({ deliveryId: z.string(), number: z.string(), status: DeliveryStatus, eta: DateTime.nullable() })
  .meta({ id: 'VehicleOpenDelivery' });

export const vehicleRow = z.object({
  status: z.enum(['active', 'suspended', 'retired']).meta({ id: 'VehicleStatus' }),
  ownerId: z.string(),
  owner: registered.owner,
  plate: z.string(),
  plateColour: registered.plateColour,
  vin: z.string(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  modelYear: z.int(),
  fuel: registered.fuel,
  displacementCc: z.int().nullable(),
  usage: registered.usage,
  bodyKind: registered.bodyKind,
  firstRegisteredOn: Day,
  odometerKm: Km,
  odometerAt: DateTime,
  custody: events.CustodyTransferred.schema.shape.to,
  custodySince: DateTime,
  assignments: z.array(Assignment),
  grants: z.array(Grant),
  openDtcs: z.array(z.string()),
  reminders: z.array(Reminder),
  openOrderId: z.string().nullable(),
  openOrder: OpenOrder.nullable(),
  openDeliveryId: z.string().nullable(),
  openDelivery: OpenDelivery.nullable(),
  dueItems: z.array(DueItem),
});
export type VehicleRow = z.infer<typeof vehicleRow>;
