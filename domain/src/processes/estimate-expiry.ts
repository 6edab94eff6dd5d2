import {
  cancel,
  complete,
  defineProcess,
  ignore,
  type ProcessDef,
  type ProcessInput,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { pendingLines } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';

type Data = Record<string, unknown>;
type State = { readonly repairOrderId: string; readonly version: number };
const estimate = ({ repairOrderId, version }: Data) => `${repairOrderId}.${version}`;
const evolve = (state: State, { type, data }: ProcessInput): State =>
  type === 'EstimateSent' ? { repairOrderId: String(data.repairOrderId), version: Number(data.version) } : state;

/** P3 (domain.md §3.3): an estimate that is not answered in two days ends; it is sent again at the prices of that day. */
export const estimateExpiry: ProcessDef<State> = {
  name: 'EstimateExpiry',
  doc: text('답이 없는 견적 만료', 'Ends an estimate nobody answered in time'),
  starts: ['EstimateSent'],
  correlate: {
    ...{ EstimateSent: estimate, EstimateExpired: estimate },
    ...{ LinesApproved: estimate, LinesDeclined: estimate, LinesDeferred: estimate },
  },
  initial: { repairOrderId: '', version: 0 },
  evolve,
  react: (before, input, ctx) => {
    const { repairOrderId, version } = evolve(before, input);
    const order = ctx.fact(RepairOrder, repairOrderId);
    const waits = order.status !== 'none' && order.sent?.version === version && pendingLines(order).length > 0;
    switch (input.type) {
      case 'EstimateSent':
        return [schedule('due', String(input.data.dueAt))];
      case 'TimerFired':
        return waits ? [send('RepairOrder', 'ExpireEstimate', { repairOrderId, version })] : [complete];
      case 'LinesApproved':
      case 'LinesDeclined':
      case 'LinesDeferred':
        return waits ? [ignore('other lines wait for their answer')] : [cancel('due'), complete];
      default:
        return [complete];
    }
  },
};
export const EstimateExpiry = defineProcess<State>()(estimateExpiry);
