import { type Context, plusDays, type Reaction, schedule, send, seoulDay } from '../kit/index.ts';
import { isWork, linesOf } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { fleetOf } from './fleet-facts.ts';
import { unbook } from './fleet-maintenance.booking.ts';
import type { ChainState } from './fleet-maintenance.state.ts';
import { takeBack } from './fleet-maintenance.transport.ts';

type Data = Record<string, unknown>;
/** So long after the work its cost must have been booked. */
const bookingDays = 14;

/** The car was brought by our driver and has been checked in: its order is opened for the fleet. */
export const open = (state: ChainState, ctx: Context, at: string): readonly Reaction[] => {
  const { vehicleId, workshopId, reservationId, pickup, broughtIn, itemCodes, fuelPct, odometerKm } = state;
  const fleet = fleetOf(ctx, vehicleId, at);
  if (!broughtIn || !fleet) return [];
  const repairOrderId = ctx.newId();
  return [
    send('RepairOrder', 'OpenRepairOrder', {
      ...{
        repairOrderId,
        workshopId,
        vehicleId,
        customer: { kind: 'fleet', id: fleet.fleetOrgId },
        payer: fleet.payer,
      },
      ...{ reservationId, deliveryId: pickup, policyId: fleet.policyId, odometerInKm: odometerKm, fuelPct },
      complaint: `정기 정비: ${itemCodes.join(', ')}`,
    }),
  ];
};

/** An estimate of planned work only, below the policy's limit and in allowed grades, is approved by the policy itself. */
export const approve = (state: ChainState, data: Data, ctx: Context, at: string): readonly Reaction[] => {
  const { repairOrderId, itemCodes, vehicleId } = state;
  const order = repairOrderId === data.repairOrderId ? ctx.fact(RepairOrder, String(repairOrderId)) : undefined;
  const fleet = fleetOf(ctx, vehicleId, at);
  if (!order || order.status === 'none' || !fleet) return [];
  const { content, version, sha256 } = fleet.policy;
  const lineIds = data.lineIds as string[];
  const lines = linesOf(order).filter(({ lineId }) => lineIds.includes(lineId));
  const isPlanned = lines.every(
    ({ kind, serviceCode, grade }) =>
      kind === 'discount' ||
      (serviceCode !== undefined &&
        itemCodes.includes(serviceCode) &&
        (!grade || content.gradesAllowed.includes(grade))),
  );
  if (!isPlanned || lines.length === 0 || Number(data.totalKrw) >= content.autoApproveUnderKrw) return [];
  return [
    send('RepairOrder', 'ApproveLines', {
      ...{ repairOrderId, version: data.version, lineIds, approver: { kind: 'policy', id: fleet.policyId } },
      ...{ method: 'policyAuto', evidence: { objectId: `policy/${fleet.policyId}/v${version}`, sha256 } },
    }),
  ];
};

/** What was done is done in the plan too; what was not is free to be booked again; and the car goes home. */
export const finish = (state: ChainState, data: Data, ctx: Context, at: string): readonly Reaction[] => {
  const { repairOrderId = '', itemCodes, vehicleId, reservationId, broughtIn } = state;
  const order = ctx.fact(RepairOrder, repairOrderId);
  if (data.repairOrderId !== repairOrderId || order.status === 'none') return [];
  const done = new Set(
    linesOf(order).flatMap((line) => (isWork(line) && line.state === 'done' ? [line.serviceCode] : [])),
  );
  const items = itemCodes.filter((code) => done.has(code));
  return [
    ...items.map((itemCode) =>
      send('MaintenancePlan', 'CompleteItem', {
        ...{ vehicleId, itemCode, doneOn: seoulDay(at), doneKm: data.odometerOutKm, evidence: { repairOrderId } },
      }),
    ),
    ...(items.length < itemCodes.length && reservationId ? [unbook(state, reservationId, 'not done')] : []),
    ...(broughtIn ? takeBack(state, ctx, at) : []),
    schedule('booked', plusDays(at, bookingDays)),
  ];
};

/** Cancelled on the way: nothing was done, and the car still goes home. */
export const abandon = (state: ChainState, data: Data, ctx: Context, at: string): readonly Reaction[] => {
  const { repairOrderId, reservationId, broughtIn } = state;
  if (data.repairOrderId !== repairOrderId) return [];
  return [
    ...(reservationId ? [unbook(state, reservationId, 'the order was cancelled')] : []),
    ...(broughtIn ? takeBack(state, ctx, at) : []),
    schedule('booked', plusDays(at, bookingDays)),
  ];
};
