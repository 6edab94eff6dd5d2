import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusMinutes,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { chargeWay, deliveryCancelled, deliveryFailed, type Left, replace } from './cancellation-care.delivery.ts';
import { invoiceDiagnosis, returnCar } from './cancellation-care.order.ts';
import { cashierDesk, customerDesk, deskOf, workshopDesk } from './desks.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
export type CareState = {
  readonly repairOrderId: string;
  readonly reservationId?: string;
  /** The delivery that brought the car. */
  readonly deliveryId?: string;
  /** Where a delivery that failed left the car. */
  readonly leftAt?: Left;
  /** A fleet's planned maintenance sees to its own car. */
  readonly isPlanned: boolean;
};
const replaceMinutes = 10;
const order = ({ repairOrderId }: Data) => String(repairOrderId);
const delivery = ({ deliveryId }: Data) => String(deliveryId);

const evolve = (state: CareState, { type, data }: ProcessInput): CareState => {
  if (type === 'DeliveryFailed') return { ...state, deliveryId: delivery(data), leftAt: data.vehicleLeftAt as Left };
  return type === 'RepairOrderOpened'
    ? {
        repairOrderId: order(data),
        isPlanned: data.policyId !== undefined,
        ...(data.reservationId !== undefined && { reservationId: String(data.reservationId) }),
        ...(data.deliveryId !== undefined && { deliveryId: delivery(data) }),
      }
    : state;
};

/**
 * P9 (domain.md §3.5), as far as no other process does it: PartForJob gives parts back, PurchaseCare drops what was to
 * come, ReservationCare undoes an appointment, FleetMaintenance its own chain, CostBooking a credited cost.
 */
export const cancellationCare: ProcessDef<CareState> = {
  name: 'CancellationCare',
  doc: text(
    '취소 뒷정리',
    'Undoes what hangs on a repair or a delivery that came to nothing, and tells who has to know',
  ),
  starts: ['RepairOrderOpened', 'DeliveryCancelled', 'DeliveryFailed'],
  correlate: {
    ...{ RepairOrderOpened: order, RepairOrderCompleted: order, RepairOrderCancelled: order },
    ...{ DeliveryCancelled: delivery, DeliveryFailed: delivery },
  },
  initial: { repairOrderId: '', isPlanned: false },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} leaves nothing to undo`,
};
export const CancellationCare = defineProcess<CareState>()(cancellationCare);

const step = (state: CareState, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  switch (type) {
    case 'RepairOrderCompleted':
      return [complete];
    case 'RepairOrderCancelled':
      return [...undone(state, Number(data.diagnosisFeeKrw ?? 0), ctx, at), ...makeSafe(data, ctx)];
    case 'DeliveryCancelled':
      return [...deliveryCancelled(data, ctx), ...chargeWay(data, ctx), complete];
    case 'DeliveryFailed':
      // Whoever is on the spot may have asked for another driver; ours comes after that.
      return [
        ...deliveryFailed(data, ctx),
        ...chargeWay(data, ctx),
        schedule('replace', plusMinutes(at, replaceMinutes)),
      ];
    case 'TimerFired':
      return [...replace(state, ctx, at), complete];
    case 'DraftInvoiceRejected':
      return data.code === 'SOURCE_ALREADY_INVOICED' ? addByHand(state, data, ctx) : refused(state, type, data, ctx);
    case 'RequestDeliveryRejected':
      // On its way already, by whoever asked first.
      return data.code === 'VEHICLE_IN_OTHER_DELIVERY' ? [] : refused(state, type, data, ctx);
    default:
      return [];
  }
};

const undone = (state: CareState, feeKrw: number, ctx: Context, at: string): readonly Reaction[] => {
  const { repairOrderId, reservationId, deliveryId, isPlanned } = state;
  const fact = ctx.fact(RepairOrder, repairOrderId);
  if (fact.status === 'none') return [];
  const { vehicleId, workshopOrgId, payer } = fact;
  const plan = ctx.fact(MaintenancePlan, vehicleId);
  const items = plan.status === 'none' ? [] : Object.values(plan.items);
  const isBooked = reservationId !== undefined && items.some((item) => item.reservationId === reservationId);
  const to = payer.kind === 'owner' || payer.kind === 'fleet' ? customerDesk(payer, vehicleId, ctx) : undefined;
  return [
    ...(isBooked
      ? [send('MaintenancePlan', 'UnbookItems', { vehicleId, reservationId, reason: 'the order was cancelled' })]
      : []),
    ...(deliveryId && !isPlanned ? returnCar(repairOrderId, deliveryId, ctx, at) : []),
    ...(feeKrw > 0 ? invoiceDiagnosis(repairOrderId, fact, feeKrw, ctx) : []),
    ...(to ? [notify(ctx, 'repairCancelled', to, { repairOrderId, vehicleId })] : []),
    ...(feeKrw > 0
      ? [
          notify(ctx, 'diagnosisFeeDrafted', cashierDesk(workshopOrgId), {
            ...{ repairOrderId, vehicleId, feeKrw },
          }),
        ]
      : []),
  ];
};

/** A car that may stand there in pieces, and nobody said that it does not. */
const makeSafe = ({ repairOrderId, wasInWork, safeState }: Data, ctx: Context): readonly Reaction[] => {
  const fact = ctx.fact(RepairOrder, String(repairOrderId));
  if (wasInWork !== true || (Array.isArray(safeState) && safeState.length > 0) || fact.status === 'none') return [];
  const { vehicleId, workshopOrgId } = fact;
  const to = deskOf(workshopOrgId, 'WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'LEAD_TECHNICIAN');
  return [notify(ctx, 'carToMakeSafe', to, { repairOrderId: String(repairOrderId), vehicleId })];
};

/** What was done is invoiced already, and a document has one invoice: the fee is for the cashier to add. */
const addByHand = ({ repairOrderId }: CareState, { data }: Data, ctx: Context): readonly Reaction[] => {
  const fact = ctx.fact(RepairOrder, repairOrderId);
  if (fact.status === 'none') return [];
  const { vehicleId, workshopOrgId } = fact;
  const feeKrw = Number((data as Data).supplyKrw);
  return [notify(ctx, 'diagnosisFeeToAdd', cashierDesk(workshopOrgId), { repairOrderId, vehicleId, feeKrw })];
};

const refused = ({ repairOrderId }: CareState, step: string, { code }: Data, ctx: Context): readonly Reaction[] => {
  const fact = ctx.fact(RepairOrder, repairOrderId);
  if (fact.status === 'none') return [];
  const { vehicleId, workshopOrgId } = fact;
  const what = { repairOrderId, vehicleId, step, code: String(code) };
  return [notify(ctx, 'cancellationStepRefused', workshopDesk(workshopOrgId), what)];
};
