/** The one place of the domain that reads dates; everything is UTC text, `2025-06-30T05:00:00.000Z`. */
const Calendar = globalThis.Date;
const minute = 60_000;
const day = 24 * 60 * minute;
const seoulOffset = 9 * 60 * minute;

const ms = (iso: string): number => Calendar.parse(iso);
const iso = (milliseconds: number): string => new Calendar(milliseconds).toISOString();

export const plusMinutes = (at: string, minutes: number): string => iso(ms(at) + minutes * minute);
export const plusHours = (at: string, hours: number): string => plusMinutes(at, hours * 60);
export const plusDays = (at: string, days: number): string => iso(ms(at) + days * day);
export const minutesBetween = (from: string, to: string): number => Math.floor((ms(to) - ms(from)) / minute);
export const daysBetween = (from: string, to: string): number => Math.floor((ms(to) - ms(from)) / day);
export const isBefore = (a: string, b: string): boolean => ms(a) < ms(b);
export const isAfter = (a: string, b: string): boolean => ms(a) > ms(b);

/** The business day in Seoul, `2025-06-30`; Korea keeps no daylight saving time. */
export const seoulDay = (at: string): string => iso(ms(at) + seoulOffset).slice(0, 10);
/** Minutes after midnight in Seoul. */
export const seoulMinuteOfDay = (at: string): number => {
  const shifted = new Calendar(ms(at) + seoulOffset);
  return shifted.getUTCHours() * 60 + shifted.getUTCMinutes();
};
/** 0 = Sunday … 6 = Saturday, of a day `2025-06-30`. */
export const weekday = (isoDay: string): number => new Calendar(`${isoDay}T00:00:00.000Z`).getUTCDay();
/** The same day n years later; 29 February becomes 1 March. */
export const plusYears = (isoDay: string, years: number): string => {
  const date = new Calendar(`${isoDay}T00:00:00.000Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
};
