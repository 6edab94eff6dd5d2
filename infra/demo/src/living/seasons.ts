import { plusDays, plusMinutes, seoulDay, seoulMinuteOfDay, weekday } from '@cargoro/domain';

/** Days off that move with the moon or fall on a fixed date; Seollal and Chuseok with the days around them. */
const moving = [
  ...['2024-02-09', '2024-02-10', '2024-02-11', '2024-02-12', '2024-05-15', '2024-09-16', '2024-09-17', '2024-09-18'],
  ...['2025-01-28', '2025-01-29', '2025-01-30', '2025-05-05', '2025-05-06', '2025-10-05', '2025-10-06', '2025-10-07'],
  ...['2026-02-16', '2026-02-17', '2026-02-18', '2026-05-24', '2026-05-25', '2026-09-24', '2026-09-25', '2026-09-26'],
  ...['2027-02-06', '2027-02-07', '2027-02-08', '2027-05-13', '2027-09-14', '2027-09-15', '2027-09-16'],
  ...['2028-01-26', '2028-01-27', '2028-01-28', '2028-05-02', '2028-10-02', '2028-10-03', '2028-10-04'],
];
const fixed = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];

export type Seasons = {
  /** First day of the world, and the last. */
  readonly days: readonly string[];
  /** Days off between them and a year on. */
  readonly holidays: readonly string[];
  isWorkday(day: string): boolean;
  /** How much comes in on a day, 1 on an ordinary one; 0 when closed. */
  rush(day: string): number;
  at(day: string, minute: number): string;
  /** Minutes after midnight. */
  closes(day: string): number;
  /** The same moment when workshops are open, else the next opening. */
  open(at: string): string;
  /** So many working minutes on. */
  work(at: string, minutes: number): string;
  /** So many working days later. */
  workdayAfter(day: string, count: number): string;
};

const opens = 9 * 60;
const closesOn = (day: string): number => (weekday(day) === 6 ? 13 * 60 : 18 * 60 + 30);
export const nextDay = (day: string, count = 1): string => plusDays(`${day}T00:00:00.000Z`, count).slice(0, 10);

export const seasonsOf = (anchor: string, length: number): Seasons => {
  const last = seoulDay(anchor);
  const days = Array.from({ length }, (_, index) => nextDay(last, index - length + 1));
  const first = days[0] ?? last;
  const years = [...new Set([first, last, nextDay(last, 365)].map((day) => day.slice(0, 4)))];
  const holidays = [...moving, ...years.flatMap((year) => fixed.map((day) => `${year}-${day}`))]
    .filter((day) => day >= first && day <= nextDay(last, 365))
    .sort();
  const off = new Set(holidays);
  const isWorkday = (day: string): boolean => weekday(day) !== 0 && !off.has(day);
  const at = (day: string, minute: number): string => plusMinutes(`${day}T00:00:00.000Z`, minute - 9 * 60);

  const open = (moment: string): string => {
    const minute = seoulMinuteOfDay(moment);
    let day = seoulDay(moment);
    if (isWorkday(day) && minute < closesOn(day)) return minute >= opens ? moment : at(day, opens);
    do day = nextDay(day);
    while (!isWorkday(day));
    return at(day, opens);
  };
  const work = (moment: string, minutes: number): string => {
    let from = open(moment);
    let left = minutes;
    for (;;) {
      const day = seoulDay(from);
      const today = closesOn(day) - seoulMinuteOfDay(from);
      if (left < today) return plusMinutes(from, left);
      left -= today;
      from = open(at(day, closesOn(day)));
    }
  };
  const workdayAfter = (day: string, count: number): string => {
    let found = day;
    for (let left = count; left > 0; ) {
      found = nextDay(found);
      if (isWorkday(found)) left -= 1;
    }
    return found;
  };
  const rush = (day: string): number => {
    if (!isWorkday(day)) return 0;
    const half = weekday(day) === 6 ? 0.5 : 1;
    const monday = weekday(day) === 1 ? 1.2 : 1;
    const afterHoliday = off.has(nextDay(day, -1)) ? 1.4 : off.has(nextDay(day)) ? 0.7 : 1;
    return half * monday * afterHoliday;
  };
  return { days, holidays, isWorkday, rush, at, closes: closesOn, open, work, workdayAfter };
};
