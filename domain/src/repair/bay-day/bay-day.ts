import {
  accept,
  type Context,
  defineAggregate,
  isAfter,
  isBefore,
  minutesBetween,
  org,
  plusMinutes,
  reject,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { Reservation } from '../reservation/reservation.ts';
import { isWithinHours } from '../workshop/posted.ts';
import { isBayInUse, Workshop } from '../workshop/workshop.ts';
import { moves } from './bay-day.moves.ts';
import { refusals } from './bay-day.refusals.ts';
import { commands, events } from './bay-day.schema.ts';

const shortestMinutes = 15;

type Span = { readonly start: string; readonly end: string };
type Hold = Span & {
  readonly forId: string;
  readonly expiresAt: string;
  readonly confirmed: boolean;
  readonly usedFrom?: string;
  readonly usedTo?: string;
};
export type BayDayState =
  | { readonly status: 'none' }
  | {
      readonly status: 'planned';
      readonly workshopId: string;
      readonly holds: Readonly<Record<string, Hold>>;
      readonly blocks: Readonly<Record<string, Span>>;
    };
type Planned = Exclude<BayDayState, { status: 'none' }>;
type Wanted = Span & { readonly workshopId: string; readonly bayId: string; readonly day: string };

const overlap = (a: Span, b: Span): boolean => isBefore(a.start, b.end) && isBefore(b.start, a.end);
const isSpan = ({ start, end }: Span): boolean => isBefore(start, end);
/** A car that left the bay early gives the rest of its time back. */
const taken = ({ start, end, usedTo }: Hold): Span => ({ start, end: usedTo && isBefore(usedTo, end) ? usedTo : end });
const lapsed = (hold: Hold, now: string): boolean => !hold.confirmed && !isAfter(hold.expiresAt, now);
/** A record that moves its own slot may overlap itself: the old hold is released once the new one stands. */
const isTaken = (state: BayDayState, span: Span, now: string, forId?: string): boolean =>
  state.status === 'planned' &&
  (Object.values(state.blocks).some((block) => overlap(block, span)) ||
    Object.values(state.holds).some(
      (hold) => hold.forId !== forId && !lapsed(hold, now) && isSpan(taken(hold)) && overlap(taken(hold), span),
    ));

const isSameSpan = (a: Span, b: Span): boolean =>
  minutesBetween(a.start, b.start) === 0 && minutesBetween(a.end, b.end) === 0;

/** Is nobody in the bay at that time, and nobody expected? */
export const isFree = (state: BayDayState, span: Span, now: string): boolean => !isTaken(state, span, now);

/** The appointment this time was made firm for still stands on it. */
const isCountedOn = ({ forId, confirmed }: Hold, holdId: string, ctx: Context): boolean => {
  const reservation = ctx.fact(Reservation, forId);
  const stands = reservation.status === 'confirmed' || reservation.status === 'arrived';
  return confirmed && stands && reservation.slot.holdId === holdId;
};

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));
const withHold = (state: BayDayState, holdId: string, change: Partial<Hold>): BayDayState => {
  const hold = state.status === 'planned' ? state.holds[holdId] : undefined;
  return hold
    ? { ...(state as Planned), holds: { ...(state as Planned).holds, [holdId]: { ...hold, ...change } } }
    : state;
};
const planned = (state: BayDayState, workshopId: string): Planned =>
  state.status === 'planned' ? state : { status: 'planned', workshopId, holds: {}, blocks: {} };

export const BayDay = defineAggregate<BayDayState>()({
  name: 'BayDay',
  category: 'bayDay',
  context: 'repair',
  doc: text('작업대의 하루', 'One bay on one business day'),
  id: ({ bayId, day }) => bayDayId(String(bayId), String(day)),
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    HoldSlot: (state, data, ctx) => {
      const held = state.status === 'planned' ? state.holds[data.holdId] : undefined;
      if (held && !lapsed(held, ctx.now)) {
        // Held for longer is not held for somebody else.
        if (held.forId !== data.forId) return reject('SLOT_TAKEN');
        const isSame = isSameSpan(held, data);
        // What is held for a proposal has to outlive its half hour once it is booked.
        const isLonger = !held.confirmed && isAfter(data.expiresAt, held.expiresAt);
        if (isSame && isLonger) return accept({ type: 'SlotHeld', data });
        if (isSame) return accept();
        if (held.confirmed) return reject('SLOT_TAKEN');
      }
      if (minutesBetween(data.start, data.end) < shortestMinutes) return reject('TOO_SHORT');
      const workshop = ctx.fact(Workshop, data.workshopId);
      if (workshop.status === 'none' || !isBayInUse(workshop, data.bayId, data.day)) return reject('OUTSIDE_HOURS');
      if (!isWithinHours(workshop, data.day, data.start, data.end)) return reject('OUTSIDE_HOURS');
      if (isTaken(state, data, ctx.now, data.forId)) return reject('SLOT_TAKEN');
      return accept({ type: 'SlotHeld', data: { ...data, ...partiesOnce(state, workshop.orgId) } });
    },
    ConfirmSlot: ({ holds }, data, ctx) => {
      const hold = holds[data.holdId];
      if (!hold) return reject('HOLD_UNKNOWN');
      if (hold.confirmed) return accept();
      return lapsed(hold, ctx.now) ? reject('HOLD_EXPIRED') : accept({ type: 'SlotConfirmed', data });
    },
    ReleaseSlot: ({ holds, workshopId }, data, ctx) => {
      const hold = holds[data.holdId];
      if (!hold) return reject('HOLD_UNKNOWN');
      return isCountedOn(hold, data.holdId, ctx)
        ? reject('STILL_BOOKED')
        : accept({ type: 'SlotReleased', data: { ...data, workshopId } });
    },
    BlockTime: (state, data, ctx) => {
      if (state.status === 'planned' && data.blockId in state.blocks) return accept();
      const workshop = ctx.fact(Workshop, data.workshopId);
      if (workshop.status === 'none' || !(data.bayId in workshop.bays)) return reject('NOT_FOUND');
      if (!isOfDay(data)) return reject('OUTSIDE_HOURS');
      if (isTaken(state, data, ctx.now)) return reject('SLOT_TAKEN');
      return accept({ type: 'TimeBlocked', data: { ...data, ...partiesOnce(state, workshop.orgId) } });
    },
    UnblockTime: ({ blocks, workshopId }, data) =>
      data.blockId in blocks ? accept({ type: 'TimeUnblocked', data: { ...data, workshopId } }) : reject('NOT_FOUND'),
    StartUse: ({ holds }, data) => {
      const hold = holds[data.holdId];
      if (!hold?.confirmed) return reject('NOT_CONFIRMED');
      return hold.usedFrom ? reject('ALREADY_STARTED') : accept({ type: 'BayUseStarted', data });
    },
    EndUse: ({ holds, workshopId }, data) => {
      const hold = holds[data.holdId];
      if (!hold?.usedFrom) return reject('NOT_CONFIRMED');
      if (hold.usedTo) return accept();
      const minutes = Math.max(0, minutesBetween(hold.usedFrom, data.at));
      return accept({ type: 'BayUseEnded', data: { ...data, minutes, workshopId } });
    },
  },
  evolve: {
    SlotHeld: (state, { workshopId, holdId, forId, start, end, expiresAt }) => {
      const { holds, ...day } = planned(state, workshopId);
      return { ...day, holds: { ...holds, [holdId]: { forId, start, end, expiresAt, confirmed: false } } };
    },
    SlotConfirmed: (state, { holdId }) => withHold(state, holdId, { confirmed: true }),
    SlotReleased: (state, { holdId }) => ({ ...state, holds: without(state.holds, holdId) }),
    TimeBlocked: (state, { workshopId, blockId, start, end }) => {
      const { blocks, ...day } = planned(state, workshopId);
      return { ...day, blocks: { ...blocks, [blockId]: { start, end } } };
    },
    TimeUnblocked: (state, { blockId }) => ({ ...state, blocks: without(state.blocks, blockId) }),
    BayUseStarted: (state, { holdId, at }) => withHold(state, holdId, { usedFrom: at }),
    BayUseEnded: (state, { holdId, at }) => withHold(state, holdId, { usedTo: at }),
  },
});

/** The id of a bay's day, `<bayId>.<yyyymmdd>`; `day` is `2025-06-30`. */
export const bayDayId = (bayId: string, day: string): string => `${bayId}.${day.replaceAll('-', '')}`;

const isOfDay = ({ day, start, end }: Wanted): boolean =>
  isBefore(start, end) && seoulDay(start) === day && seoulDay(plusMinutes(end, -1)) === day;
const partiesOnce = (state: BayDayState, orgId: string) =>
  state.status === 'none' ? { parties: [org(orgId, 'workshop')] } : {};
