import { type Context, minutesBetween, plusDays, plusMinutes, seoulDay } from '../kit/index.ts';
import { BayDay, bayDayId, isFree } from '../repair/bay-day/bay-day.ts';
import { inClassScope } from '../repair/workshop/class-scope.ts';
import { hoursOn, menuOn, minuteOf } from '../repair/workshop/posted.ts';
import { isBayInUse, Workshop, type WorkshopFacts } from '../repair/workshop/workshop.ts';
import { metresBetween } from '../shared/geo.ts';
import { startOfDay } from './business-time.ts';
import type { Place } from './fleet-facts.ts';

export type Slot = { readonly bayId: string; readonly start: string; readonly end: string };
export type Choice = {
  readonly workshopId: string;
  readonly services: readonly string[];
  /** Days on which the car may come. */
  readonly wanted: readonly { readonly from: string; readonly to: string }[];
};
/** A decision may rely on some 60 streams, so only the nearest workshops and the next days are looked at. */
const nearest = 5;
const daysLooked = 2;
const daysWanted = 5;
const bays = 2;
const stepMinutes = 30;
/** Of a hundred orders, one more that was not right at once is worth so much of the way. */
const flawM = 1_000;
/** One flawed order out of twenty is assumed of who has completed none. */
const assumed = { flawed: 1, completed: 20 };

/** What of the work a workshop offers, and may do by its class (K5). */
const serving = (workshop: WorkshopFacts, itemCodes: readonly string[], day: string): readonly string[] => {
  const items = menuOn(workshop, day)?.items ?? {};
  return itemCodes.filter((code) => Object.hasOwn(items, code) && inClassScope(workshop.class, code));
};
/** How much of the way a workshop's past work is worth: what came back under warranty or failed its first inspection. */
const flawsOf = (workshopId: string, ctx: Context): number => {
  const flawed = ctx.count('flawedOrdersOfWorkshop', workshopId) + assumed.flawed;
  const completed = ctx.count('completedOrdersOfWorkshop', workshopId) + assumed.completed;
  return (100 * flawed * flawM) / completed;
};
const openDays = (workshop: WorkshopFacts, from: string, days: number): readonly string[] =>
  Array.from({ length: 14 }, (_, i) => seoulDay(plusDays(from, i)))
    .filter((day) => hoursOn(workshop, day).length > 0)
    .slice(0, days);
const spansOf = (workshop: WorkshopFacts, day: string) =>
  hoursOn(workshop, day).map(({ opens, closes }) => ({
    from: plusMinutes(startOfDay(day), minuteOf(opens)),
    to: plusMinutes(startOfDay(day), minuteOf(closes)),
  }));

/** Minutes the items take by the workshop's own standard hours, in half hours. */
const minutesFor = (workshop: WorkshopFacts, services: readonly string[], day: string): number => {
  const items = menuOn(workshop, day)?.items ?? {};
  const hours = services.reduce((sum, code) => sum + (items[code]?.standardHours ?? 0.5), 0);
  return Math.max(stepMinutes, Math.ceil((hours * 60) / stepMinutes) * stepMinutes);
};

/** The first time from a moment on at which a bay is free long enough. */
export const freeSlot = (
  ctx: Context,
  workshopId: string,
  services: readonly string[],
  from: string,
): Slot | undefined => {
  const workshop = ctx.fact(Workshop, workshopId);
  if (workshop.status !== 'open') return undefined;
  for (const day of openDays(workshop, from, daysLooked)) {
    const minutes = minutesFor(workshop, services, day);
    const inUse = Object.keys(workshop.bays).filter((id) => isBayInUse(workshop, id, day));
    for (const bayId of inUse.slice(0, bays)) {
      const bayDay = ctx.fact(BayDay, bayDayId(bayId, day));
      for (const span of spansOf(workshop, day))
        for (
          let start = span.from;
          minutesBetween(start, span.to) >= minutes;
          start = plusMinutes(start, stepMinutes)
        ) {
          const slot = { bayId, start, end: plusMinutes(start, minutes) };
          if (minutesBetween(from, start) >= 0 && isFree(bayDay, slot, ctx.now)) return slot;
        }
    }
  }
  return undefined;
};

/** The allowed workshop that is open, may do most of the work, is near and well-tried, and has time; none is asked twice. */
export const chooseWorkshop = (
  ctx: Context,
  allowed: readonly string[],
  itemCodes: readonly string[],
  base: Place | undefined,
  from: string,
): Choice | undefined => {
  const metres = (workshop: WorkshopFacts) => (base ? metresBetween(base.geo, workshop.geo) : 0);
  const candidates = allowed.slice(0, 3 * nearest).flatMap((workshopId) => {
    const workshop = ctx.fact(Workshop, workshopId);
    if (workshop.status !== 'open') return [];
    const services = serving(workshop, itemCodes, seoulDay(from));
    if (services.length === 0) return [];
    return [{ workshopId, workshop, services, way: metres(workshop) + flawsOf(workshopId, ctx) }];
  });
  const sorted = candidates.toSorted((a, b) => b.services.length - a.services.length || a.way - b.way);
  for (const { workshopId, workshop, services } of sorted.slice(0, nearest)) {
    if (!freeSlot(ctx, workshopId, services, from)) continue;
    const wanted = openDays(workshop, from, daysWanted).flatMap((day) => spansOf(workshop, day).slice(0, 3));
    return { workshopId, services, wanted: wanted.filter(({ to }) => minutesBetween(from, to) > 0).slice(0, 10) };
  }
  return undefined;
};
