import { complete, defineProcess, type ProcessDef, type ProcessInput, plusDays, schedule, text } from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { customerDesk } from './desks.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly repairOrderId: string };
const order = ({ repairOrderId }: Data) => String(repairOrderId);
const parkingDays = 3;
/** Done, or called off: either way the car is to be fetched. */
const begins = ['RepairOrderCompleted', 'RepairOrderCancelled'];
const evolve = (state: State, { type, data }: ProcessInput): State =>
  begins.includes(type) ? { repairOrderId: order(data) } : state;

/** Of domain.md §3.6: a car that is ready and not collected in three days. */
export const collectionReminder: ProcessDef<State> = {
  name: 'CollectionReminder',
  doc: text('미인도 차량 알림', 'Reminds of a car that is ready and not collected'),
  starts: begins,
  correlate: { RepairOrderCompleted: order, RepairOrderCancelled: order, VehicleHandedOver: order },
  initial: { repairOrderId: '' },
  evolve,
  react: ({ repairOrderId }, input, ctx) => {
    if (begins.includes(input.type)) return [schedule('parking', plusDays(input.at, parkingDays))];
    if (input.type !== 'VehicleHandedOver' && input.type !== 'TimerFired') return [];
    const fact = ctx.fact(RepairOrder, repairOrderId);
    if (input.type === 'VehicleHandedOver' || (fact.status !== 'completed' && fact.status !== 'cancelled'))
      return [complete];
    const { customer, vehicleId } = fact;
    const to = customerDesk(customer, vehicleId, ctx);
    return [...(to ? [notify(ctx, 'carNotCollected', to, { repairOrderId, vehicleId })] : []), complete];
  },
  idle: () => 'it is the owner’s to answer',
};
export const CollectionReminder = defineProcess<State>()(collectionReminder);
