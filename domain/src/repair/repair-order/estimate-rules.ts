import { type Context, seoulDay } from '../../kit/index.ts';
import { ratesOn } from '../workshop/posted.ts';
import type { WorkshopFacts } from '../workshop/workshop.ts';
import { type Live, linesOf, type Order, type OrderLine } from './repair-order.state.ts';
import type { EstimateLine } from './value.schema.ts';

export const isNegative = (line: EstimateLine): boolean =>
  (line.kind !== 'discount' && line.unitPriceKrw < 0) ||
  (line.rateKrw ?? 0) < 0 ||
  (line.alternatives ?? []).some(({ unitPriceKrw }) => unitPriceKrw < 0);

/** Labour costs what is posted (K6); less is possible when a discount line says so, more never. */
export const hasUnpostedRate = (lines: readonly EstimateLine[], workshop: WorkshopFacts, ctx: Context): boolean => {
  const posted = ratesOn(workshop, seoulDay(ctx.now));
  const discounted = lines.some(({ kind }) => kind === 'discount');
  return lines.some(({ kind, rateKrw }) => {
    if (kind !== 'labour' || (rateKrw !== undefined && posted.includes(rateKrw))) return false;
    return !discounted || rateKrw === undefined || rateKrw > Math.max(0, ...posted);
  });
};

/** K1: the client chooses the grade, so a part names its own and the alternatives. */
export const lacksGradeChoice = ({ kind, grade, alternatives }: EstimateLine): boolean =>
  kind === 'part' && (grade === undefined || (alternatives ?? []).length === 0);

/** Lines under way keep their price: during work an estimate is a supplement of new lines. */
export const isFixed = (state: Live, line: OrderLine | undefined): boolean => {
  if (!line) return false;
  if (line.state === 'inWork' || line.state === 'done' || line.state === 'dropped') return true;
  return line.state === 'approved' && isSupplement(state);
};
export const isSupplement = ({ status }: Live): boolean => status === 'inProgress' || status === 'onHold';

export const isExempt = ({ draft }: Order): boolean =>
  draft?.lines.every(({ lineId }) => draft.exemptLineIds.includes(lineId)) === true;
export const touchesFixed = (state: Live): boolean =>
  (state.draft?.lines ?? []).some(({ lineId }) => isFixed(state, state.lines[lineId]));

/** The draft's lines take the place of what was proposed before and never answered. */
export const withDraft = (state: Live): Live => {
  const kept = linesOf(state).filter((line) => line.state !== 'proposed');
  const proposed = (state.draft?.lines ?? []).map((line) => ({
    ...line,
    state: 'proposed' as const,
    version: state.version,
  }));
  return { ...state, lines: Object.fromEntries([...kept, ...proposed].map((line) => [line.lineId, line])) };
};
