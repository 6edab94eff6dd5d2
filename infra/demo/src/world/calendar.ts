import { plusDays, plusMinutes, seoulDay } from '@cargoro/domain';

/** Moments of a world, told from its anchor: the "now" somebody who opens it sees. */
export type Calendar = {
  readonly anchor: string;
  /** Minutes before the anchor. */
  readonly ago: (minutes: number) => string;
  /** So many days before the anchor and minutes further back. */
  readonly daysAgo: (days: number, minutes?: number) => string;
  /** The business day in Seoul, `0` today, `1` tomorrow. */
  readonly day: (offset: number) => string;
  /** A time of day in Seoul, `at(0, '13:30')`, in UTC. */
  readonly at: (dayOffset: number, timeOfDay: string) => string;
};

export const calendarOf = (anchor: string): Calendar => {
  const day = (offset: number) => seoulDay(plusDays(anchor, offset));
  return {
    anchor,
    ago: (minutes) => plusMinutes(anchor, -minutes),
    daysAgo: (days, minutes = 0) => plusMinutes(plusDays(anchor, -days), -minutes),
    day,
    at: (dayOffset, timeOfDay) => new Date(`${day(dayOffset)}T${timeOfDay}:00.000+09:00`).toISOString(),
  };
};
