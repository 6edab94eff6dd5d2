import { plusDays, plusYears, seoulDay } from '../../kit/index.ts';
import type { WarrantyTerm } from './value.schema.ts';

/** K2: the younger or less driven the car, the longer faults of the repair are put right for free. */
const steps = [
  { years: 1, km: 20_000, days: 90 },
  { years: 3, km: 60_000, days: 60 },
  { years: 5, km: 100_000, days: 30 },
] as const;

/** Days of free after-service of a repair finished on `day` (Seoul) at `odometerKm`; 0 when the law grants none. */
export const warrantyDays = (firstRegisteredOn: string, odometerKm: number, day: string): number =>
  steps.find(({ years, km }) => day < plusYears(firstRegisteredOn, years) || odometerKm <= km)?.days ?? 0;

export const warrantyTerms = (
  lineIds: readonly string[],
  { firstRegisteredOn, odometerKm, now }: { firstRegisteredOn: string; odometerKm: number; now: string },
): WarrantyTerm[] => {
  const days = warrantyDays(firstRegisteredOn, odometerKm, seoulDay(now));
  return days === 0 ? [] : lineIds.map((lineId) => ({ lineId, untilOn: seoulDay(plusDays(now, days)) }));
};
