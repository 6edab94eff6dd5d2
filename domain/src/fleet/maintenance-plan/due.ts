import type { z } from 'zod';
import { plusDays } from '../../kit/index.ts';
import { plusMonths } from '../../shared/calendar.ts';
import type { PlanItem } from './maintenance-plan.schema.ts';

/** When an item has to be done: at a mileage, on a day, or whichever comes first. */
export type Due = { readonly dueKm?: number | undefined; readonly dueOn?: string | undefined };
export type Item = z.infer<typeof PlanItem> &
  Due & {
    readonly status: 'ok' | 'dueSoon' | 'due' | 'booked' | 'skipped';
    /** The day and the mileage at which it was found due, or soon due. */
    readonly seen?: { readonly on: string; readonly km: number } | undefined;
    readonly reservationId?: string;
    /** What it was before it was booked. */
    readonly unbooked?: 'ok' | 'dueSoon' | 'due' | 'skipped';
  };

type Interval = Pick<Item, 'everyKm' | 'everyMonths'>;
export const hasInterval = ({ everyKm, everyMonths }: Interval): boolean =>
  everyKm !== undefined || everyMonths !== undefined;

/** One interval after it was last done. */
export const dueAfter = ({ everyKm, everyMonths }: Interval, km: number, on: string): Due => ({
  dueKm: everyKm === undefined ? undefined : km + everyKm,
  dueOn: everyMonths === undefined ? undefined : plusMonths(on, everyMonths),
});

/** One interval after it is due now: what skipping a turn means. */
export const dueAfterNext = (item: Item): Due => dueAfter(item, item.dueKm ?? 0, item.dueOn ?? item.lastDoneOn);

const reached = (due: Due, day: string, km: number): boolean =>
  (due.dueKm !== undefined && km >= due.dueKm) || (due.dueOn !== undefined && day >= due.dueOn);

const warning = ({ dueKm, dueOn, warnKm, warnDays }: Item): Due => ({
  dueKm: dueKm === undefined ? undefined : dueKm - warnKm,
  dueOn: dueOn === undefined ? undefined : plusDays(`${dueOn}T00:00:00.000Z`, -warnDays).slice(0, 10),
});

/** The clock shows less than when the item was found due: that reading was wrong, and was corrected. */
const isCorrected = ({ seen }: Item, day: string, km: number): boolean =>
  seen !== undefined && km < seen.km && day >= seen.on;

/** What an item becomes on that day at that mileage; undefined when it stays what it is. */
export const evaluate = (item: Item, day: string, km: number): 'due' | 'dueSoon' | 'ok' | undefined => {
  const { status } = item;
  const corrected = isCorrected(item, day, km);
  if (status === 'booked' || (status === 'due' && !corrected)) return undefined;
  if (reached(item, day, km)) return status === 'due' ? undefined : 'due';
  if (reached(warning(item), day, km)) return status === 'dueSoon' ? undefined : 'dueSoon';
  return corrected && (status === 'due' || status === 'dueSoon') ? 'ok' : undefined;
};

/** Is there anything to say about the items today, and on which later day may there be? */
export const nextLook = (
  items: readonly Item[],
  day: string,
  km: number,
): { readonly now: boolean; readonly next?: string | undefined } => {
  const days = items
    .filter(({ status }) => status !== 'booked' && status !== 'due')
    .flatMap((item) => [warning(item).dueOn, item.dueOn])
    .filter((on): on is string => on !== undefined && on > day);
  return { now: items.some((item) => evaluate(item, day, km) !== undefined), next: days.toSorted()[0] };
};
