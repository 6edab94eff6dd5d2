import type { Check, Seen } from '../check.ts';
import { deliveryRates } from './deliveries.ts';
import { drivingRates } from './driving.ts';
import { partRates } from './parts.ts';
import { paymentRates } from './payments.ts';
import { holds, type MeasuredRate, type Rates } from './rate.ts';
import { rateLine } from './table.ts';
import { visitRates } from './visits.ts';

export type { MeasuredRate } from './rate.ts';
export { ratesTable } from './table.ts';

export type RateCheck = Check & { measured(): readonly MeasuredRate[] };

/** The rates that make a world lively (domain.md §7.7), in its order, measured from the events of a world. */
export const rateCheck = (): RateCheck => {
  const rates: readonly Rates[] = [
    ...visitRates(),
    ...partRates(),
    ...deliveryRates(),
    ...drivingRates(),
    ...paymentRates(),
  ];
  const measured = () => rates.flatMap((rate) => rate.measured());
  return {
    name: 'things happen as often as they are said to',
    see: (event: Seen) => {
      for (const rate of rates) rate.see(event);
    },
    measured,
    problems: () =>
      measured()
        .filter((rate) => !holds(rate))
        .map(rateLine),
  };
};
