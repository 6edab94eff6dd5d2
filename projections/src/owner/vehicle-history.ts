import {
  DateTime,
  Day,
  Delivery,
  MaintenancePlan,
  type Party,
  RepairOrder,
  SignedWon,
  seoulDay,
  Vehicle,
} from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { AnyRow } from '../kit/types.ts';
import { OrderView } from '../repair/order.ts';
import type { OrderRow } from '../repair/order-row.ts';
import { OwnerVehicle } from '../repair/vehicle.ts';
import type { VehicleRow } from '../repair/vehicle-row.ts';
import { VehicleDelivery } from './vehicle-delivery.ts';

const row = z.object({
  kind: z.enum(['repair', 'externalService', 'maintenance', 'incident']).meta({ id: 'VehicleHistoryKind' }),
  vehicleId: z.string().nullable(),
  on: Day,
  at: DateTime,
  /** Workshop here, or the name of the place outside. */
  workshopId: z.string().nullable(),
  place: z.string().nullable(),
  items: z.array(z.string()),
  odometerKm: z.int().nullable(),
  /** For the owner alone: another workshop’s prices are its own. */
  costKrw: SignedWon.nullable(),
  repairOrderId: z.string().nullable(),
  deliveryId: z.string().nullable(),
  statementNumber: z.string().nullable(),
  note: z.string().nullable(),
});
type HistoryRow = z.infer<typeof row>;
const entry = (at: string, given: Partial<HistoryRow> & Pick<HistoryRow, 'kind'>): HistoryRow => ({
  ...{ vehicleId: null, on: seoulDay(at), at, workshopId: null, place: null, items: [], odometerKm: null },
  ...{ costKrw: null, repairOrderId: null, deliveryId: null, statementNumber: null, note: null },
  ...given,
});

/** Owners, and those whom they let see the history. */
const readersOf = (car: AnyRow | undefined): readonly Party[] => {
  const { grants = [], parties = [] } = (car ?? {}) as Partial<VehicleRow> & { parties?: readonly Party[] };
  const opened = new Set(grants.filter(({ scope }) => scope !== 'basic').map(({ grantee }) => grantee.id));
  return parties.filter(({ as, id }) => as === 'owner' || (as === 'grantee' && opened.has(id)));
};
const ownerOnly = (value: unknown, { as }: { as: readonly string[] }): unknown => (as.includes('owner') ? value : null);

/** What was ever done to a car, wherever it was done. For its owner, and for whom the owner lets see the history. */
export const VehicleHistory = readModel({
  name: 'rm_vehicle_history',
  type: 'VehicleHistoryEntry',
  version: 2,
  group: 'repair',
  row,
  scope: ['vehicleId'],
  indexes: [['vehicleId', 'at', 'id'], ['repairOrderId'], ['deliveryId']],
  from: [RepairOrder, Vehicle, MaintenancePlan, Delivery],
  key: ({ id, type, data }) => {
    const { repairOrderId, serviceId } = data as { repairOrderId?: string; serviceId?: string };
    if (type === 'RepairOrderCompleted') return `order.${repairOrderId}`;
    if (type === 'ExternalServiceRecorded') return `service.${serviceId}`;
    return type.startsWith('Party') ? undefined : id;
  },
  computed: {
    workshopName: {
      schema: z.string(),
      sql: 'select w.name from rm_workshop w where w.id = rm_vehicle_history.workshop_id',
    },
  },
  masks: { costKrw: ownerOnly, statementNumber: ownerOnly },
  joins: [
    {
      from: OrderView,
      by: 'repairOrderId',
      take: (other, row) => {
        const order = other as unknown as OrderRow | undefined;
        if (!order || row.kind !== 'repair') return {};
        return {
          vehicleId: order.vehicleId,
          workshopId: order.workshopId,
          items: order.lines
            .filter(({ state }) => state === 'done')
            .map(({ name, serviceCode }) => name ?? serviceCode ?? ''),
          odometerKm: order.odometerOutKm ?? order.odometerInKm,
          costKrw: order.statement?.totalKrw ?? null,
          statementNumber: order.statement?.number ?? null,
        };
      },
    },
    {
      from: VehicleDelivery,
      by: 'deliveryId',
      take: (delivery) => (delivery ? { vehicleId: delivery.vehicleId } : {}),
    },
    { from: OwnerVehicle, by: 'vehicleId', take: (car) => ({ parties: readersOf(car) }) },
  ],
}).folds({
  start: {
    RepairOrderCompleted: ({ data: { repairOrderId }, meta }) =>
      entry(meta.occurredAt, { kind: 'repair', repairOrderId }),
    ExternalServiceRecorded: ({ data: { vehicleId, on, odometerKm, items, costKrw, place }, meta }) =>
      entry(meta.occurredAt, {
        kind: 'externalService',
        vehicleId,
        on,
        odometerKm,
        items: items.map(({ text }) => text),
        costKrw,
        place,
      }),
    MaintenanceDone: ({ data: { vehicleId, itemCode, doneOn, doneKm, evidence }, meta }) =>
      entry(meta.occurredAt, {
        ...{ kind: 'maintenance', vehicleId, on: doneOn, odometerKm: doneKm, items: [itemCode] },
        repairOrderId: evidence.repairOrderId ?? null,
      }),
    IncidentReported: ({ data: { deliveryId, kind, severity }, meta }) =>
      entry(meta.occurredAt, { kind: 'incident', deliveryId, note: `${kind} ${severity}` }),
  },
});
