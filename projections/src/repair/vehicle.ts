import { Delivery, MaintenancePlan, RepairOrder, Vehicle } from '@cargoro/domain';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { dueItemFolds } from '../owner/due-items.ts';
import { VehicleDelivery } from '../owner/vehicle-delivery.ts';
import { BoardView } from './board.ts';
import { type VehicleRow, vehicleRow } from './vehicle-row.ts';

const isInsider = ({ as }: Onlooker): boolean => as.includes('owner') || as.includes('assignee');
const insiders = (value: unknown, onlooker: Onlooker): unknown => (isInsider(onlooker) ? value : []);

const outsiders = (value: unknown, onlooker: Onlooker): unknown => (isInsider(onlooker) ? value : null);

/** A car as its owner sees it: where it stands, who has it, who may look at it and which order is open. */
export const OwnerVehicle = readModel({
  name: 'rm_owner_vehicle',
  type: 'Vehicle',
  version: 2,
  group: 'repair',
  record: 'Vehicle',
  row: vehicleRow,
  scope: ['ownerId'],
  indexes: [['ownerId', 'plate', 'id'], ['plate', 'id'], ['openOrderId'], ['openDeliveryId']],
  from: [Vehicle, RepairOrder, MaintenancePlan, Delivery],
  key: (event) => (event.data as { vehicleId?: string }).vehicleId,
  masks: {
    dueItems: insiders,
    openDelivery: outsiders,
    openDeliveryId: outsiders,
    grants: insiders,
    reminders: insiders,
    assignments: insiders,
  },
  joins: [
    { from: BoardView, by: 'openOrderId', take: (order) => ({ openOrder: openOrderOf(order) }) },
    { from: VehicleDelivery, by: 'openDeliveryId', take: (delivery) => ({ openDelivery: openDeliveryOf(delivery) }) },
  ],
}).folds({
  start: {
    VehicleRegistered: ({ data: { vehicleId: _, parties: __, acquisitionKrw: ___, ...car }, meta }) => ({
      ...car,
      status: 'active',
      ownerId: car.owner.id,
      trim: car.trim ?? null,
      displacementCc: car.displacementCc ?? null,
      odometerAt: meta.occurredAt,
      custody: { kind: 'owner', id: car.owner.id },
      custodySince: meta.occurredAt,
      assignments: [],
      grants: [],
      openDtcs: [],
      reminders: [],
      openOrderId: null,
      openOrder: null,
      openDeliveryId: null,
      openDelivery: null,
      dueItems: [],
    }),
  },
  on: {
    PlateChanged: (row, { data: { plate, plateColour } }) => ({ ...row, plate, plateColour }),
    OwnershipTransferred: (row, { data: { to }, meta }) => ({
      ...row,
      owner: to,
      ownerId: to.id,
      assignments: [],
      grants: [],
      ...(row.custody.kind === 'owner' || row.custody.kind === 'assignee'
        ? { custody: { kind: 'owner' as const, id: to.id }, custodySince: meta.occurredAt }
        : {}),
    }),
    OdometerRecorded: (row, { data: { km, at } }) =>
      at >= row.odometerAt ? { ...row, odometerKm: km, odometerAt: at } : row,
    OdometerCorrected: (row, { data }) => ({ ...row, odometerKm: data.odometerKm }),
    CustodyTransferred: (row, { data, meta }) => ({ ...row, custody: data.to, custodySince: meta.occurredAt }),
    VehicleAssigned: (row, { data: { vehicleId: _, to = null, ...assignment } }) => ({
      ...row,
      assignments: [...row.assignments, { ...assignment, to }],
    }),
    AssignmentEnded: (row, { data: { assignmentId, on } }) => ({
      ...row,
      assignments: row.assignments.map((one) => (one.assignmentId === assignmentId ? { ...one, to: on } : one)),
    }),
    AccessGranted: (row, { data: { grantId, grantee, scope, until } }) => ({
      ...row,
      grants: [...row.grants, { grantId, grantee, scope, until }],
    }),
    AccessRevoked: (row, { data }) => ({
      ...row,
      grants: row.grants.filter(({ grantId }) => grantId !== data.grantId),
    }),
    TroubleCodesReported: (row, { data: { codes } }) => {
      const read = new Set(codes.map(({ dtc }) => dtc));
      const found = codes.filter(({ state }) => state !== 'cleared').map(({ dtc }) => dtc);
      return { ...row, openDtcs: [...new Set([...row.openDtcs.filter((dtc) => !read.has(dtc)), ...found])] };
    },
    TroubleCodeResolved: (row, { data }) => ({ ...row, openDtcs: row.openDtcs.filter((dtc) => dtc !== data.dtc) }),
    ReminderSet: (row, { data: { reminderId, kind, dueOn = null, dueKm = null, note = null } }) => ({
      ...row,
      reminders: [
        ...row.reminders.filter((one) => one.reminderId !== reminderId),
        { reminderId, kind, dueOn, dueKm, note },
      ],
    }),
    ReminderClosed: (row, { data }) => ({
      ...row,
      reminders: row.reminders.filter(({ reminderId }) => reminderId !== data.reminderId),
    }),
    VehicleSuspended: (row) => ({ ...row, status: 'suspended' }),
    VehicleResumed: (row) => ({ ...row, status: 'active' }),
    VehicleRetired: (row) => ({ ...row, status: 'retired' }),
    RepairOrderOpened: (row, { data }) => ({ ...row, openOrderId: data.repairOrderId }),
    DeliveryRequested: (row, { data }) => ({ ...row, openDeliveryId: data.deliveryId }),
    ...dueItemFolds,
  },
});

const openDeliveryOf = (delivery: Record<string, unknown> | undefined): VehicleRow['openDelivery'] => {
  if (!delivery?.open) return null;
  const { id, number, status, eta } = delivery as NonNullable<VehicleRow['openDelivery']> & { id: string };
  return { deliveryId: id, number, status, eta };
};
const openOrderOf = (order: Record<string, unknown> | undefined): VehicleRow['openOrder'] => {
  if (!order || order.status === 'closed') return null;
  const { id, number, status, workshopId, promisedAt, dueAt } = order as VehicleRow['openOrder'] & { id: string };
  return { repairOrderId: id, number, status, workshopId, promisedAt, dueAt };
};
