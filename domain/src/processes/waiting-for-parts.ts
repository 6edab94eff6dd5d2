import {
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  send,
  text,
} from '../kit/index.ts';
import { isOpen, type Live, linesOf, type OrderLine } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';

type Data = Record<string, unknown>;
type State = {
  readonly repairOrderId: string;
  /** Requests whose shortage was looked at: another day of arrival is no reason to stop what a person resumed. */
  readonly known: readonly string[];
};
const order = ({ repairOrderId }: Data) => String(repairOrderId);
const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'PartShortageNoted')
    return { repairOrderId: order(data), known: [...new Set([...state.known, String(data.requestId)])] };
  if (type === 'PartArrived' || type === 'PartSubstituted')
    return { ...state, known: state.known.filter((requestId) => requestId !== data.requestId) };
  return state;
};

/** Is every line left to do one that lacks a part, or work of the same service as one? */
const isStuck = (job: Live): boolean => {
  const open = linesOf(job).filter(isOpen);
  const short = new Set(
    Object.values(job.requests).flatMap(({ state, lineId }) => (state === 'short' ? [lineId] : [])),
  );
  const lacking = open.filter(({ lineId }) => short.has(lineId));
  const services = new Set(lacking.flatMap(({ serviceCode }) => serviceCode ?? []));
  const waits = ({ lineId, serviceCode }: OrderLine) =>
    short.has(lineId) || (serviceCode !== undefined && services.has(serviceCode));
  return lacking.length > 0 && open.every(waits);
};

/** Step 3 of P1: a job is put on hold only if nothing else of it can go on; that changes as its lines begin and end. */
export const waitingForParts: ProcessDef<State> = {
  name: 'WaitingForParts',
  doc: text('부품 대기', 'Puts a job on hold once nothing is left to do without a missing part'),
  starts: ['PartShortageNoted'],
  correlate: {
    ...{ PartShortageNoted: order, PartArrived: order, PartSubstituted: order },
    ...{ WorkStarted: order, LineFinished: order, LineDropped: order },
    ...{ RepairOrderCompleted: order, RepairOrderCancelled: order },
  },
  initial: { repairOrderId: '', known: [] },
  evolve,
  react: ({ repairOrderId, known }, { type }, ctx, before): readonly Reaction[] => {
    if (type === 'RepairOrderCompleted' || type === 'RepairOrderCancelled') return [complete];
    const isNews = type === 'PartShortageNoted' && known.length > before.known.length;
    if (!isNews && !looksAgain.includes(type)) return [];
    const job = ctx.fact(RepairOrder, repairOrderId);
    return job.status === 'inProgress' && isStuck(job)
      ? [send('RepairOrder', 'PauseWork', { repairOrderId, reason: 'waitingParts' })]
      : [];
  },
  idle: ({ type }) => `${type} leaves something to do, or the job as it is`,
};
const looksAgain = ['WorkStarted', 'LineFinished', 'LineDropped'];
export const WaitingForParts = defineProcess<State>()(waitingForParts);
