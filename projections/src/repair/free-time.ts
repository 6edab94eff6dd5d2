import { hoursOn, minuteOf, Workshop } from '@cargoro/domain';
import type { z } from 'zod';
import type { WorkshopRow } from './workshop.ts';

const { events } = Workshop;
type BayKind = z.infer<typeof events.BayAdded.schema>['kind'];
export type Busy = { readonly bayId: string; readonly start: string; readonly end: string };
export type FreeCell = { readonly start: string; readonly end: string; readonly kind: BayKind; readonly free: number };

export const cellMinutes = 30;
const minuteMs = 60_000;
/** Midnight in Seoul; Korea keeps no daylight saving time. */
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
const iso = (ms: number): string => new Date(ms).toISOString();

type Calendar = Pick<WorkshopRow, 'status' | 'hours' | 'bays'>;

/**
 * Free half hours of a workshop's day, per kind of bay: in how many bays could a job of `minutes` begin then? Spans of
 * opening hours are taken one by one, so a job does not reach over lunch.
 */
export const freeCells = (
  { status, hours, bays }: Calendar,
  day: string,
  busy: readonly Busy[],
  minutes = cellMinutes,
): readonly FreeCell[] => {
  if (status !== 'open') return [];
  const inUse = bays.filter(({ retiredOn }) => retiredOn === null || day < retiredOn);
  const kinds = [...new Set(inUse.map(({ kind }) => kind))].toSorted();
  const taken = busy.map(({ bayId, start, end }) => ({ bayId, from: Date.parse(start), to: Date.parse(end) }));
  const isFree = (bayId: string, from: number, to: number) =>
    !taken.some((span) => span.bayId === bayId && span.from < to && from < span.to);
  return hoursOn({ hours, rates: [], menus: [] }, day).flatMap(({ opens, closes }) => {
    const start = midnight(day) + minuteOf(opens) * minuteMs;
    const end = midnight(day) + minuteOf(closes) * minuteMs;
    const count = Math.max(0, Math.floor((end - start) / (cellMinutes * minuteMs)));
    return Array.from({ length: count }, (_, index) => start + index * cellMinutes * minuteMs).flatMap((at) => {
      const until = at + minutes * minuteMs;
      if (until > end) return [];
      return kinds.map((kind) => ({
        start: iso(at),
        end: iso(at + cellMinutes * minuteMs),
        kind,
        free: inUse.filter((bay) => bay.kind === kind && isFree(bay.bayId, at, until)).length,
      }));
    });
  });
};
