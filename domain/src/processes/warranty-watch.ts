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
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { endOfDay } from './business-time.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly repairOrderId: string; readonly comebacks: number; readonly untilOn?: string | undefined };
const warnDays = 7;
const lastDayOf = ({ warrantyTerms }: Data): string | undefined =>
  ((warrantyTerms ?? []) as { untilOn: string }[])
    .map(({ untilOn }) => untilOn)
    .toSorted()
    .at(-1);

const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'RepairOrderCompleted')
    return { ...state, repairOrderId: String(data.repairOrderId), untilOn: lastDayOf(data) };
  return type === 'RepairOrderOpened' ? { ...state, comebacks: state.comebacks + 1 } : state;
};

/** P12: as long as the free after-service of an order runs (K2), its comebacks are counted and its end is announced. */
export const warrantyWatch: ProcessDef<State> = {
  name: 'WarrantyWatch',
  doc: text('무상 수리 기간과 재입고', 'Watches the warranty of an order and cars that come back under it'),
  starts: ['RepairOrderCompleted'],
  isPatient: true,
  correlate: {
    RepairOrderCompleted: ({ repairOrderId }) => String(repairOrderId),
    RepairOrderOpened: ({ warrantyOf }) => (warrantyOf === undefined ? undefined : String(warrantyOf)),
  },
  initial: { repairOrderId: '', comebacks: 0 },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: () => 'nobody needs to be told',
};
export const WarrantyWatch = defineProcess<State>()(warrantyWatch);

const step = (state: State, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { repairOrderId, comebacks, untilOn = '' } = state;
  if (type === 'RepairOrderCompleted') return begun(state, at);
  const order = ctx.fact(RepairOrder, repairOrderId);
  if (type === 'TimerFired' && data.timer === 'over') return [complete];
  if (order.status === 'none') return [];
  const { customer, vehicleId, workshopOrgId } = order;
  if (type === 'RepairOrderOpened') {
    const shop = { kind: 'org', id: workshopOrgId, roles: ['WORKSHOP_OWNER', 'LEAD_TECHNICIAN'] } as const;
    const back = { repairOrderId, vehicleId, comebackId: String(data.repairOrderId), comebacks };
    return [notify(ctx, 'warrantyComeback', shop, back)];
  }
  if (type !== 'TimerFired') return [];
  const client =
    customer.kind === 'owner'
      ? ({ kind: 'user', id: customer.id } as const)
      : ({ kind: 'org', id: customer.id, roles: ['FLEET_MANAGER'] } as const);
  return [notify(ctx, 'warrantyEnds', client, { repairOrderId, vehicleId, untilOn })];
};

const begun = ({ untilOn }: State, at: string): readonly Reaction[] => {
  if (untilOn === undefined) return [complete];
  const over = endOfDay(untilOn);
  const warning = plusDays(over, -warnDays);
  return [...(warning > at ? [schedule('warn', warning)] : []), schedule('over', over)];
};
