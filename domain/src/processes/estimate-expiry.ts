import { approversOf, FleetPolicy, policyInForce } from '../fleet/policy/fleet-policy.ts';
import {
  type Context,
  cancel,
  complete,
  defineProcess,
  ignore,
  isBefore,
  type ProcessDef,
  type ProcessInput,
  plusHours,
  plusMinutes,
  type Reaction,
  type Role,
  schedule,
  send,
  seoulDay,
  text,
} from '../kit/index.ts';
import { approverRoles } from '../repair/repair-order/approval.ts';
import { isAgreed, isOpen, linesOf, pendingLines } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder, type RepairOrderState, totalsOf } from '../repair/repair-order/repair-order.ts';
import { seoulClock } from './business-time.ts';
import { customerDesk, deskOf } from './desks.ts';
import { notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly repairOrderId: string; readonly version: number; readonly dueAt: string };
type Order = Exclude<RepairOrderState, { status: 'none' }>;
const estimate = ({ repairOrderId, version }: Data) => `${repairOrderId}.${version}`;
const evolve = (state: State, { type, data }: ProcessInput): State =>
  type === 'EstimateSent'
    ? { repairOrderId: String(data.repairOrderId), version: Number(data.version), dueAt: String(data.dueAt) }
    : state;

/** So long after a supplement was sent, a job with nothing else to do gives up its bay. */
const bayHours = 2;
/** When the customer is reminded, and then the desk is to call, in hours after the estimate was sent. */
const reminders = { remind: 4, urge: 24, call: 44 } as const;

/**
 * P3 (domain.md §3.3): an estimate is called to mind while it waits, and ends when it is not answered in two days; it is
 * sent again at the prices of that day.
 */
export const estimateExpiry: ProcessDef<State> = {
  name: 'EstimateExpiry',
  doc: text('답이 없는 견적 알림과 만료', 'Calls an estimate to mind, and ends it when nobody answers in time'),
  starts: ['EstimateSent'],
  correlate: {
    ...{ EstimateSent: estimate, EstimateExpired: estimate },
    ...{ LinesApproved: estimate, LinesDeclined: estimate, LinesDeferred: estimate },
  },
  initial: { repairOrderId: '', version: 0, dueAt: '' },
  evolve,
  react: (state, input, ctx) => {
    const { repairOrderId, version } = state;
    const order = ctx.fact(RepairOrder, repairOrderId);
    const waits = order.status !== 'none' && order.sent?.version === version && pendingLines(order).length > 0;
    switch (input.type) {
      case 'EstimateSent':
        return sent(state, order, input.at, ctx);
      case 'TimerFired':
        return waits ? timer(state, order, String(input.data.timer), input.at, ctx) : [complete];
      case 'PauseWorkRejected':
      case 'LeaveBayRejected':
        return [];
      case 'LinesApproved':
      case 'LinesDeclined':
      case 'LinesDeferred':
        return waits ? [] : [cancel('due'), complete];
      default:
        return [complete];
    }
  },
  idle: () => 'other lines wait for their answer',
};
export const EstimateExpiry = defineProcess<State>()(estimateExpiry);

const sent = ({ dueAt }: State, order: RepairOrderState, at: string, ctx: Context): readonly Reaction[] => {
  const firstReply = policyOf(order, at, ctx)?.slaHours.firstReply;
  const moments = Object.entries(reminders).map(([name, hours]) => [name, plusHours(at, hours)] as const);
  // Half of the time the fleet gives itself for a first answer; then somebody else is to look at it.
  const escalation = firstReply ? [['escalate', plusMinutes(at, firstReply * 30)] as const] : [];
  const isSupplement = order.status === 'inProgress' || order.status === 'onHold';
  const bay = isSupplement ? [['bay', plusHours(at, bayHours)] as const] : [];
  return [
    schedule('due', dueAt),
    ...[...moments, ...escalation, ...bay]
      .filter(([, moment]) => isBefore(moment, dueAt))
      .map(([name, moment]) => schedule(name, moment)),
  ];
};
const policyOf = (order: RepairOrderState, at: string, ctx: Context) => {
  if (order.status === 'none' || !order.policyId || order.customer.kind !== 'fleet') return undefined;
  return policyInForce(ctx.fact(FleetPolicy, order.policyId), seoulDay(at))?.content;
};
/** Whoever has the next higher limit than the first who may say yes to all of it; where nobody has, those who set limits. */
const nextApprover = (order: Order, at: string, ctx: Context): Role => {
  const content = policyOf(order, at, ctx);
  const agreedKrw = totalsOf(linesOf(order).filter((line) => isAgreed(line) || line.state === 'proposed')).totalKrw;
  const may = content ? approversOf(content, agreedKrw).filter((role) => approverRoles.includes(role)) : [];
  return may[1] ?? may[0] ?? 'FLEET_MANAGER';
};

/** Without an answer and with no other agreed work, the job waits outside: the next one may have the bay. */
const bay = (
  order: Order,
  what: { readonly repairOrderId: string; readonly vehicleId: string; readonly until: string },
  ctx: Context,
): readonly Reaction[] => {
  if (linesOf(order).some(isOpen)) return [];
  const { repairOrderId } = what;
  const pauses = order.status === 'inProgress';
  return [
    ...(pauses ? [send('RepairOrder', 'PauseWork', { repairOrderId, reason: 'waitingApproval' })] : []),
    send('RepairOrder', 'LeaveBay', { repairOrderId }),
    notify(ctx, 'supplementFreesBay', deskOf(order.workshopOrgId, 'SERVICE_ADVISOR', 'LEAD_TECHNICIAN'), what),
  ];
};

const timer = (
  { repairOrderId, version, dueAt }: State,
  order: Order,
  name: string,
  at: string,
  ctx: Context,
): readonly Reaction[] => {
  if (name === 'due') return [send('RepairOrder', 'ExpireEstimate', { repairOrderId, version })];
  const { customer, vehicleId, workshopOrgId } = order;
  const what = { repairOrderId, vehicleId, until: seoulClock(dueAt) };
  if (name === 'bay') return bay(order, what, ctx);
  if (name === 'call')
    return [notify(ctx, 'estimateNeedsCall', deskOf(workshopOrgId, 'SERVICE_ADVISOR', 'WORKSHOP_OWNER'), what)];
  if (name === 'escalate')
    return [notify(ctx, 'estimateNeedsApprover', deskOf(customer.id, nextApprover(order, at, ctx)), what)];
  const to = customerDesk(customer, vehicleId, ctx);
  if (!to) return [ignore('nobody the platform knows is to answer')];
  return [notify(ctx, name === 'urge' ? 'estimateEndsSoon' : 'estimateAwaitsAnswer', to, what)];
};
