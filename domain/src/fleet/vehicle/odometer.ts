import { minutesBetween, seoulDay } from '../../kit/index.ts';

/** One reading of the odometer: the event that recorded it, when it was taken, and by whom it was recorded. */
export type Reading = { readonly eventId: string; readonly km: number; readonly at: string; readonly by: string };

const maxKmPerDay = 1_500;
const minutesPerDay = 24 * 60;

/** Why a new reading cannot be right; a jump no car drives in the time may be confirmed. */
export const readingRefusal = (
  readings: readonly Reading[],
  km: number,
  at: string,
  confirmed: boolean | undefined,
): 'ODOMETER_BACKWARDS' | 'IMPLAUSIBLE_JUMP' | undefined => {
  const last = readings.at(-1);
  if (!last) return undefined;
  if (km < last.km) return 'ODOMETER_BACKWARDS';
  const days = Math.max(1, minutesBetween(last.at, at) / minutesPerDay);
  return km - last.km > maxKmPerDay * days && !confirmed ? 'IMPLAUSIBLE_JUMP' : undefined;
};

/** Readings with one of them put right; the correction takes its place in the order, under its own event. */
export const corrected = (readings: readonly Reading[], eventId: string, by: Reading): readonly Reading[] =>
  readings.map((reading) => (reading.eventId === eventId ? { ...by, at: reading.at } : reading));

/** A corrected reading still has to lie between its neighbours, unless the clock itself was replaced. */
export const fitsBetween = (readings: readonly Reading[], eventId: string, km: number): boolean => {
  const index = readings.findIndex((reading) => reading.eventId === eventId);
  return km >= (readings[index - 1]?.km ?? 0) && km <= (readings[index + 1]?.km ?? Number.POSITIVE_INFINITY);
};

/** A mileage noted on an earlier day agrees with what was read before and after that day. */
export const fitsOnDay = (readings: readonly Reading[], km: number, day: string): boolean =>
  readings.every((reading) => {
    const readOn = seoulDay(reading.at);
    return readOn === day || (readOn < day ? reading.km <= km : reading.km >= km);
  });
