import { sumOf, vatOf } from '../../shared/values.ts';
import type { EstimateLine } from './value.schema.ts';

type Priced = Pick<EstimateLine, 'kind' | 'qty' | 'hours' | 'rateKrw' | 'unitPriceKrw' | 'taxable'>;
export type Totals = { readonly supplyKrw: number; readonly vatKrw: number; readonly totalKrw: number };

/** Supply value of a line in whole won, negative for a discount. */
export const amountOf = ({ kind, qty, hours, rateKrw, unitPriceKrw }: Priced): number => {
  if (kind === 'labour' && hours !== undefined && rateKrw !== undefined) return Math.round(hours * rateKrw * qty);
  const amount = Math.round(unitPriceKrw * qty);
  return kind === 'discount' ? -Math.abs(amount) : amount;
};

/**
 * Totals of a document; VAT is taken once, on the taxable amount, and rounded down. Discounts never make it negative,
 * whichever lines of an estimate are left.
 */
export const totalsOf = (lines: readonly Priced[]): Totals => {
  const supplyKrw = Math.max(0, sumOf(lines, amountOf));
  const taxableKrw = sumOf(lines, (line) => (line.taxable ? amountOf(line) : 0));
  const vatKrw = supplyKrw === 0 ? 0 : vatOf(Math.max(0, taxableKrw));
  return { supplyKrw, vatKrw, totalKrw: supplyKrw + vatKrw };
};
