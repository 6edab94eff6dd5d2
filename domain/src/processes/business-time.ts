import { minutesBetween, plusDays, plusHours, plusMinutes, seoulDay, seoulMinuteOfDay, weekday } from '../kit/index.ts';

/** Midnight in Seoul at which a business day begins. */
export const startOfDay = (day: string): string => plusHours(`${day}T00:00:00.000Z`, -9);
/** Midnight in Seoul with which a business day ends. */
export const endOfDay = (day: string): string => plusDays(startOfDay(day), 1);
export const dayAfter = (day: string): string => seoulDay(endOfDay(day));

const opens = 9 * 60;
const closes = 18 * 60;

/** The moment after so many business hours: Monday to Friday, 09:00 to 18:00 in Seoul. */
export const plusBusinessHours = (at: string, hours: number): string => {
  let left = hours * 60;
  for (let now = at; ; ) {
    const day = seoulDay(now);
    const isWeekend = weekday(day) === 0 || weekday(day) === 6;
    const from = Math.max(opens, seoulMinuteOfDay(now));
    const room = isWeekend ? 0 : Math.max(0, closes - from);
    const start = plusMinutes(startOfDay(day), from);
    const begun = minutesBetween(now, start) > 0 ? start : now;
    if (left <= room) return plusMinutes(begun, left);
    left -= room;
    now = startOfDay(dayAfter(day));
  }
};

/** A moment as people in Seoul read it: `2025-07-01 10:00`. */
export const seoulClock = (at: string): string => {
  const minute = seoulMinuteOfDay(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${seoulDay(at)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};
