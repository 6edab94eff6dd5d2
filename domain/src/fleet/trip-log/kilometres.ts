import type { z } from 'zod';
import type { TripPurpose } from '../policy/fleet-policy.schema.ts';

type Purpose = z.infer<typeof TripPurpose>;
/** Kilometres from one reading of the odometer up to another. */
export type Span = { readonly fromKm: number; readonly toKm: number };
export type Stretch = Span & { readonly purpose: Purpose };
export type Totals = {
  readonly totalKm: number;
  readonly commuteKm: number;
  readonly businessKm: number;
  readonly privateKm: number;
};

export const overlaps = (a: Span, b: Span): boolean => a.fromKm < b.toKm && b.fromKm < a.toKm;

/** What nobody accounted for between the opening reading and `toKm`; stretches do not overlap. */
export const gapsIn = (openingKm: number, toKm: number, stretches: readonly Span[]): readonly Span[] => {
  const sorted = [...stretches].sort((a, b) => a.fromKm - b.fromKm || a.toKm - b.toKm);
  const gaps: Span[] = [];
  let at = openingKm;
  for (const { fromKm, toKm: end } of [...sorted, { fromKm: toKm, toKm }]) {
    if (fromKm > at) gaps.push({ fromKm: at, toKm: fromKm });
    at = end;
  }
  return gaps;
};

/** Commute counts as business use before the tax office; small gaps that are tolerated count as private. */
export const totalsOf = (openingKm: number, toKm: number, stretches: readonly Stretch[]): Totals => {
  const kmOf = (purpose: Purpose) =>
    stretches.filter((s) => s.purpose === purpose).reduce((sum, s) => sum + s.toKm - s.fromKm, 0);
  const [totalKm, commuteKm, businessKm] = [toKm - openingKm, kmOf('commute'), kmOf('business')];
  return { totalKm, commuteKm, businessKm, privateKm: totalKm - commuteKm - businessKm };
};

/** Share of business use, four decimals; a month without a kilometre has none. */
export const ratioOf = ({ totalKm, commuteKm, businessKm }: Totals): number =>
  totalKm === 0 ? 0 : Math.round(((commuteKm + businessKm) / totalKm) * 10_000) / 10_000;
