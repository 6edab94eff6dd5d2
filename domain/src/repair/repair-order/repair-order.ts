import { type Aggregate, defineAggregate, text } from '../../kit/index.ts';
import { closingDecide, closingEvolve } from './closing.ts';
import { estimateDecide, estimateEvolve } from './estimate.ts';
import { offers } from './offers.ts';
import { openingDecide, openingEvolve } from './opening.ts';
import { partsDecide, partsEvolve } from './parts.ts';
import { moves } from './repair-order.moves.ts';
import { refusals } from './repair-order.refusals.ts';
import { commands, events } from './repair-order.schema.ts';
import type { RepairOrderState } from './repair-order.state.ts';
import { workDecide, workEvolve } from './work.ts';

export { amountOf, totalsOf } from './money.ts';
export { type OrderLine, pendingLines, type RepairOrderState } from './repair-order.state.ts';

const self = (): Aggregate<RepairOrderState> => RepairOrder;

/** A visit of one car: each file of this folder holds the commands of one stage of it. */
export const RepairOrder = defineAggregate<RepairOrderState>()({
  name: 'RepairOrder',
  category: 'repairOrder',
  context: 'repair',
  journey: true,
  doc: text('정비 지시서', 'Repair order'),
  id: 'repairOrderId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  offers,
  decide: { ...openingDecide(self), ...estimateDecide, ...partsDecide, ...workDecide, ...closingDecide },
  evolve: { ...openingEvolve, ...estimateEvolve, ...partsEvolve, ...workEvolve, ...closingEvolve },
});
