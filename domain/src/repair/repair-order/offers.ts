import type { AggregateDef } from '../../kit/index.ts';
import { isExempt } from './estimate-rules.ts';
import type { refusals } from './repair-order.refusals.ts';
import type { commands, events } from './repair-order.schema.ts';
import {
  isAgreed,
  isOpen,
  type LineStatus,
  linesOf,
  type Order,
  pendingLines,
  type RepairOrderState,
} from './repair-order.state.ts';

const hasLine = (order: Order, ...states: readonly LineStatus[]): boolean =>
  linesOf(order).some(({ state }) => states.includes(state));
const hasRequest = ({ requests }: Order): boolean => Object.keys(requests).length > 0;

/** What a person can do with the order now: the states of its lines and parts decide, not the state of the order alone. */
export const offers: NonNullable<
  AggregateDef<typeof commands, typeof events, typeof refusals, RepairOrderState>['offers']
> = {
  SendEstimate: ({ draft }) => draft !== undefined && draft.lines.length > 0,
  ApproveLines: (state) =>
    (state.sent?.expired === false && hasLine(state, 'proposed', 'declined', 'deferred')) ||
    (state.draft !== undefined && isExempt(state)),
  DeclineLines: (state) => hasLine(state, 'proposed', 'declined', 'deferred'),
  DeferLines: (state) => hasLine(state, 'proposed', 'declined', 'deferred'),
  RequestPart: (state) => linesOf(state).some((line) => line.kind === 'part' && isAgreed(line)),
  NotePartReserved: hasRequest,
  NotePartShortage: hasRequest,
  NotePartArrived: hasRequest,
  SubstitutePart: hasRequest,
  UsePart: (state) =>
    Object.values(state.requests).some(
      ({ state: at, usedQty, qty }) => (at === 'reserved' || at === 'arrived') && usedQty < qty,
    ),
  ReturnPart: ({ requests }) => Object.values(requests).some(({ usedQty }) => usedQty > 0),
  StartWork: (state) => hasLine(state, 'approved', 'inWork'),
  FinishLine: (state) => hasLine(state, 'inWork'),
  DropLine: (state) => hasLine(state, 'approved', 'inWork'),
  FinishWork: (state) => !linesOf(state).some(isOpen) && pendingLines(state).length === 0,
};
