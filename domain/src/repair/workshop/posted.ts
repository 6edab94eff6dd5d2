import type { z } from 'zod';
import { minutesBetween, seoulDay, seoulMinuteOfDay, weekday } from '../../kit/index.ts';
import type { events, OpeningHours, ServiceMenuItem } from './workshop.schema.ts';

/** What a workshop has posted, each with the day it takes effect: legal facts, so nothing of it is ever overwritten. */
export type PostedRate = {
  readonly category: string;
  readonly ratePerHourKrw: number;
  readonly effectiveFrom: string;
};
export type PostedMenu = {
  readonly menuVersion: number;
  readonly effectiveFrom: string;
  readonly items: Readonly<Record<string, ServiceMenuItem>>;
};
export type PostedHours = Omit<z.infer<typeof events.HoursSet.schema>, 'workshopId'>;
export type Posted = {
  readonly hours: readonly PostedHours[];
  readonly rates: readonly PostedRate[];
  readonly menus: readonly PostedMenu[];
};

const inForce = <T extends { readonly effectiveFrom: string }>(posted: readonly T[], day: string): T | undefined =>
  posted
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<T | undefined>((last, next) => (last && last.effectiveFrom > next.effectiveFrom ? last : next), undefined);

/** The labour rate of a category on a day (won per hour); undefined when none was posted. */
export const rateOn = ({ rates }: Posted, category: string, day: string): number | undefined =>
  inForce(
    rates.filter((rate) => rate.category === category),
    day,
  )?.ratePerHourKrw;

/** Every labour rate in force on a day, one per category. */
export const ratesOn = (posted: Posted, day: string): readonly number[] =>
  [...new Set(posted.rates.map(({ category }) => category))].flatMap((category) => rateOn(posted, category, day) ?? []);

export const menuOn = ({ menus }: Posted, day: string): PostedMenu | undefined => inForce(menus, day);
export const menuOfVersion = ({ menus }: Posted, version: number): PostedMenu | undefined =>
  menus.find(({ menuVersion }) => menuVersion === version);

/** The spans in which the workshop is open on a day, in opening order; none on a holiday. */
export const hoursOn = ({ hours }: Posted, day: string): readonly OpeningHours[] => {
  const posted = inForce(hours, day);
  if (!posted || posted.holidays.includes(day)) return [];
  return posted.weekly.filter((span) => span.weekday === weekday(day)).toSorted((a, b) => (a.opens < b.opens ? -1 : 1));
};

export const minuteOf = (timeOfDay: string): number => Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));

/** Whether a time lies wholly within the opening hours of one business day. Spans that touch count as one. */
export const isWithinHours = (posted: Posted, day: string, start: string, end: string): boolean => {
  if (seoulDay(start) !== day) return false;
  const from = seoulMinuteOfDay(start);
  const reach = hoursOn(posted, day).reduce(
    (to, span) => (minuteOf(span.opens) <= to ? Math.max(to, minuteOf(span.closes)) : to),
    from,
  );
  return from + minutesBetween(start, end) <= reach;
};

/** Two spans of one weekday share time, or a span ends before it begins. */
export const hoursOverlap = (weekly: readonly OpeningHours[]): boolean =>
  weekly.some(
    (a, i) =>
      a.opens >= a.closes ||
      weekly.some((b, j) => i < j && a.weekday === b.weekday && a.opens < b.closes && b.opens < a.closes),
  );
