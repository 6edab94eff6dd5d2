import {
  type Context,
  cancel,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  type RecordedEvent,
  send,
  text,
} from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { fleetDesk, fleetOf } from './fleet-facts.ts';
import { cancelReservation, fallen, request, requested, start } from './fleet-maintenance.booking.ts';
import { type ChainState, evolve, initial } from './fleet-maintenance.state.ts';
import { agreeFare, fetch, unassigned } from './fleet-maintenance.transport.ts';
import { abandon, approve, finish, open } from './fleet-maintenance.work.ts';
import { type NoticeName, notify } from './notify.ts';

type Data = Record<string, unknown>;
const journey = (_data: Data, { meta }: RecordedEvent) => meta.correlationId;

/**
 * P2 (domain.md §3.2): from an item that comes due to the cost on the contract. An instance is a journey: all its events
 * carry the correlation of the evaluation that found the item due.
 */
export const fleetMaintenance: ProcessDef<ChainState> = {
  name: 'FleetMaintenance',
  doc: text('법인 차량 정기 정비', 'Takes a fleet’s car from a due item to the booked cost'),
  starts: ['MaintenanceDue'],
  correlate: {
    ...{ MaintenanceDue: journey, ReservationRequested: journey, ReservationConfirmed: journey },
    ...{ ReservationRescheduled: journey, ReservationDeclined: journey, ReservationExpired: journey },
    ...{ ReservationCancelled: journey, NoShowRecorded: journey, CustomerArrived: journey },
    ...{ DeliveryRequested: journey, PickupInspected: journey, HandoverCompleted: journey },
    ...{ RepairOrderOpened: journey, EstimateSent: journey, RepairOrderCompleted: journey },
    ...{ RepairOrderCancelled: journey, CostBooked: journey },
  },
  initial,
  evolve,
  react: (state, input, ctx, before) => step(before, state, input, ctx),
  idle: ({ type }) => `${type} changes nothing for the chain`,
};
export const FleetMaintenance = defineProcess<ChainState>()(fleetMaintenance);

const step = (before: ChainState, state: ChainState, input: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { type, data, at } = input;
  switch (type) {
    case 'MaintenanceDue':
      return before.vehicleId === '' ? start(state, ctx, at) : [];
    case 'ReservationRequested':
      return requested(state, ctx, at);
    case 'RequestReservationRejected':
      return request(state, ((data.data as Data).planItemCodes ?? []) as string[], ctx, at);
    case 'BookItemsRejected':
      return [cancelReservation(state, 'ITEMS_TAKEN'), complete];
    case 'ReservationConfirmed':
      return [cancel('confirm'), ...fetch(state, ctx, at)];
    case 'ReservationRescheduled':
      return [...recall(before, data), ...fetch(state, ctx, at)];
    case 'ReservationDeclined':
    case 'ReservationExpired':
    case 'ReservationCancelled':
    case 'NoShowRecorded':
      return fallen(before, state, ctx, at);
    case 'DeliveryRequested': {
      const fleet = fleetOf(ctx, state.vehicleId, at);
      return fleet ? [agreeFare(data, fleet.fleetOrgId, ctx)] : [];
    }
    case 'HandoverCompleted':
      return arrived(before, state, data, ctx, at);
    case 'CustomerArrived':
      return open(state, ctx, at);
    case 'EstimateSent':
      return approve(state, data, ctx, at);
    case 'RepairOrderCompleted':
      return [...finish(state, data, ctx, at), ...over(state, ctx)];
    case 'RepairOrderCancelled':
      return abandon(state, data, ctx, at);
    case 'CostBooked':
      return over(state, ctx);
    case 'RequestDeliveryRejected':
    case 'RescheduleReservationRejected':
    case 'CompleteItemRejected':
    case 'CheckInRejected':
    case 'OpenRepairOrderRejected':
      return tell(state, 'maintenanceStepRefused', { step: type, code: String(data.code) }, ctx, at);
    case 'TimerFired':
      return timer(state, String(data.timer), ctx, at);
    default:
      return [];
  }
};

const tell = (state: ChainState, template: NoticeName, more: Record<string, string>, ctx: Context, at: string) => {
  const { vehicleId } = state;
  const fleet = fleetOf(ctx, vehicleId, at);
  return fleet ? [notify(ctx, template, fleetDesk(fleet.fleetOrgId), { vehicleId, ...more })] : [];
};

/** People moved the appointment: the delivery for the old time is called off. */
const recall = ({ pickup, broughtIn }: ChainState, { by }: Data): readonly Reaction[] =>
  pickup && !broughtIn && by !== 'FleetMaintenance'
    ? [send('Delivery', 'CancelDelivery', { deliveryId: pickup, by: 'FleetMaintenance', reasonCode: 'RESCHEDULED' })]
    : [];

const arrived = (before: ChainState, state: ChainState, data: Data, ctx: Context, at: string): readonly Reaction[] => {
  if (state.takenBack && !before.takenBack) return over(state, ctx);
  if (!state.broughtIn || before.broughtIn) return [];
  const { reservationId } = state;
  return [
    send('Reservation', 'CheckIn', { reservationId, at, odometerKm: data.odometerKm, by: 'FleetMaintenance' }),
    cancel('unassigned'),
  ];
};

/** Booked, or for somebody else to pay, and the car is home. */
const over = (state: ChainState, ctx: Context): readonly Reaction[] => {
  const { completed, booked, broughtIn, takenBack } = state;
  return completed && (booked || !isFleets(state, ctx)) && (takenBack || !broughtIn) ? [complete] : [];
};
/** Is the order the fleet's to pay, rather than a lessor's? */
const isFleets = ({ repairOrderId = '', vehicleId }: ChainState, ctx: Context): boolean => {
  const order = ctx.fact(RepairOrder, repairOrderId);
  return order.status !== 'none' && order.payer.id === fleetOf(ctx, vehicleId, ctx.now)?.fleetOrgId;
};

const timer = (state: ChainState, name: string, ctx: Context, at: string): readonly Reaction[] => {
  if (name === 'confirm') return state.reservationId && !state.slot ? [cancelReservation(state, 'NO_ANSWER')] : [];
  if (name === 'unassigned') return unassigned(state, ctx, at);
  const isOwed = state.completed && !state.booked && isFleets(state, ctx);
  return [...(isOwed ? tell(state, 'maintenanceCostMissing', {}, ctx, at) : []), complete];
};
