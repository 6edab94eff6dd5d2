import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  schedule,
  text,
} from '../kit/index.ts';
import { hasInvoice } from '../repair/repair-order/closing.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { deskOf } from './desks.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly repairOrderId: string; readonly endedAt: string; readonly times: number };
const order = ({ repairOrderId }: Data) => String(repairOrderId);
/** Done, or called off with something to pay for. */
const begins = ['RepairOrderCompleted', 'RepairOrderCancelled'];
/** Days after its end on which an order without an invoice is called to mind. */
const remindDays = [1, 7, 30] as const;

const evolve = (state: State, { type, data, at }: ProcessInput): State => {
  if (begins.includes(type)) return { ...state, repairOrderId: order(data), endedAt: at };
  return type === 'TimerFired' ? { ...state, times: state.times + 1 } : state;
};

/** P6: what was repaired is invoiced, or those who issue invoices hear of it. */
export const invoiceWatch: ProcessDef<State> = {
  name: 'InvoiceWatch',
  doc: text('청구하지 않은 정비 알림', 'Calls to mind a repair that is over and not invoiced'),
  starts: begins,
  correlate: { RepairOrderCompleted: order, RepairOrderCancelled: order },
  initial: { repairOrderId: '', endedAt: '', times: 0 },
  evolve,
  react: (state, { type }, ctx) => {
    if (begins.includes(type)) return [next(state)];
    return type === 'TimerFired' ? look(state, ctx) : [];
  },
  idle: () => 'it is called to mind again',
};
export const InvoiceWatch = defineProcess<State>()(invoiceWatch);

const next = ({ endedAt, times }: State): Reaction => {
  const days = remindDays[times];
  return days === undefined ? complete : schedule('invoice', plusDays(endedAt, days));
};
const look = (state: State, ctx: Context): readonly Reaction[] => {
  const { repairOrderId } = state;
  const fact = ctx.fact(RepairOrder, repairOrderId);
  if (fact.status === 'none' || fact.dueKrw === 0 || hasInvoice('invoiceIssued', repairOrderId, ctx)) return [complete];
  const desk = deskOf(fact.workshopOrgId, 'WORKSHOP_OWNER', 'WORKSHOP_ACCOUNTANT', 'SERVICE_ADVISOR');
  const what = { repairOrderId, vehicleId: fact.vehicleId, dueKrw: fact.dueKrw };
  return [notify(ctx, 'repairNotInvoiced', desk, what), next(state)];
};
