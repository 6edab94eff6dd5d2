/** Calendar arithmetic on business days `2025-06-30` and months `202506`, without clocks or time zones. */
const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};
const two = (n: number): string => String(n).padStart(2, '0');

/** The same day some months later (or earlier); the last day of a shorter month: 31 January + 1 = 28 February. */
export const plusMonths = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return `${toYear}-${two(toMonth)}-${two(Math.min(date, daysIn(toYear, toMonth)))}`;
};

/** The month of a day, `202506`. */
export const monthOf = (day: string): string => day.slice(0, 4) + day.slice(5, 7);

export const previousMonth = (month: string): string =>
  monthOf(plusMonths(`${month.slice(0, 4)}-${month.slice(4)}-01`, -1));
