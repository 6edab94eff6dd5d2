/** One stretch of time in a bay, as the timeline draws it. */
export type Block = {
  readonly id: string;
  readonly kind: 'held' | 'confirmed' | 'inUse' | 'used' | 'blocked';
  readonly start: string;
  readonly end: string;
  /** What was planned, where the bay was used otherwise; nobody else gets this time. */
  readonly planned?: { readonly start: string; readonly end: string };
  readonly label: string;
  readonly plate?: string;
  readonly href?: string;
  /** The confirmed appointment behind it that the viewer may move. */
  readonly moves?: string;
};
/** A stretch of time in one bay. */
export type Place = Slot & { readonly bayId: string };
export type BayLane = {
  readonly bayId: string;
  readonly name: string;
  readonly kind: string;
  readonly blocks: readonly Block[];
};

export type Hours = { readonly opens: string; readonly closes: string };

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
/** Minutes after midnight in Seoul. */
const minuteOfDay = (at: string, day: string): number =>
  (Date.parse(at) - Date.parse(`${day}T00:00:00+09:00`)) / 60_000;

/** The hours drawn: opening to closing in whole hours, wider when something lies outside. */
export const spanOf = (
  hours: readonly Hours[],
  lanes: readonly BayLane[],
  day: string,
): { from: number; to: number } => {
  const all = [
    ...hours.flatMap(({ opens, closes }) => [minutesOf(opens), minutesOf(closes)]),
    ...lanes.flatMap(({ blocks }) =>
      blocks.flatMap(({ start, end }) => [minuteOfDay(start, day), minuteOfDay(end, day)]),
    ),
  ];
  if (all.length === 0) return { from: 9, to: 18 };
  return { from: Math.max(0, Math.floor(Math.min(...all) / 60)), to: Math.min(24, Math.ceil(Math.max(...all) / 60)) };
};

/** Where a block lies within the span, in parts of the whole. */
export const placeOf = (
  { start, end }: Pick<Block, 'start' | 'end'>,
  day: string,
  span: { from: number; to: number },
): { left: number; width: number } => {
  const whole = (span.to - span.from) * 60;
  const left = Math.max(0, (minuteOfDay(start, day) - span.from * 60) / whole);
  const right = Math.min(1, (minuteOfDay(end, day) - span.from * 60) / whole);
  return { left, width: Math.max(0, right - left) };
};

/** Blocks are put down on quarters of an hour. */
const stepMinutes = 15;

/** The stretch a block would take when its left edge is put at a part of the span; as long as before, within the span. */
export const putDown = (
  { start, end }: Pick<Block, 'start' | 'end'>,
  left: number,
  day: string,
  span: { from: number; to: number },
): Slot => {
  const length = (Date.parse(end) - Date.parse(start)) / 60_000;
  const whole = (span.to - span.from) * 60;
  const wished = Math.round((left * whole) / stepMinutes) * stepMinutes;
  const minute = span.from * 60 + Math.max(0, Math.min(whole - length, wished));
  const from = Date.parse(`${day}T00:00:00+09:00`) + minute * 60_000;
  return { start: new Date(from).toISOString(), end: new Date(from + length * 60_000).toISOString() };
};

export type Slot = { readonly start: string; readonly end: string };

/** Starts at which a bay is free for so many minutes, every half hour within the opening hours, not before `notBefore`. */
export const freeStarts = (
  lane: BayLane,
  day: string,
  hours: readonly Hours[],
  minutes: number,
  notBefore = 0,
): readonly Slot[] => {
  const midnight = Date.parse(`${day}T00:00:00+09:00`);
  return hours.flatMap(({ opens, closes }) => {
    const slots: Slot[] = [];
    for (let at = minutesOf(opens); at + minutes <= minutesOf(closes); at += 30) {
      const start = midnight + at * 60_000;
      const end = start + minutes * 60_000;
      const taken = lane.blocks
        .flatMap((block) => [block, ...(block.planned ? [block.planned] : [])])
        .some((block) => Date.parse(block.start) < end && Date.parse(block.end) > start);
      if (!taken && start >= notBefore)
        slots.push({ start: new Date(start).toISOString(), end: new Date(end).toISOString() });
    }
    return slots;
  });
};

export const shiftDay = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
