import { type Accepted, after, before, type FollowUp, plusDays, plusMinutes, seoulDay } from '../../kit/index.ts';
import type { BookedSlot } from './reservation.schema.ts';

/** A proposal holds its time for half an hour (domain.md §3.6). */
export const proposalMinutes = 30;

type Booking = { readonly reservationId: string; readonly workshopId: string };
const bayDay = (type: string, slot: BookedSlot, data: Record<string, unknown>): FollowUp => ({
  aggregate: 'BayDay',
  type,
  data: { bayId: slot.bayId, day: seoulDay(slot.start), holdId: slot.holdId, ...data },
});
const release = (slot: BookedSlot, reason: string): FollowUp => bayDay('ReleaseSlot', slot, { reason });

/** The decision stands only if the time is free; the bay's own answer is shown when it is not. */
export const holding = <E>(
  accepted: Accepted<E>,
  { reservationId, workshopId }: Booking,
  slot: BookedSlot,
  expiresAt: string,
): Accepted<E> =>
  before(accepted, {
    ...bayDay('HoldSlot', slot, {
      workshopId,
      forKind: 'reservation',
      forId: reservationId,
      start: slot.start,
      end: slot.end,
      expiresAt,
    }),
    undo: release(slot, 'undone'),
  });

/** Holds the time and makes it firm; the hold outlives an outage between the two steps by far. */
export const booking = <E>(accepted: Accepted<E>, of: Booking, slot: BookedSlot, now: string): Accepted<E> =>
  after(holding(accepted, of, slot, plusDays(now, 1)), bayDay('ConfirmSlot', slot, {}));

export const proposing = <E>(accepted: Accepted<E>, of: Booking, slot: BookedSlot, now: string): Accepted<E> =>
  holding(accepted, of, slot, plusMinutes(now, proposalMinutes));

/** Gives a slot back once the events are stored. */
export const giving = <E>(accepted: Accepted<E>, slot: BookedSlot | undefined, reason: string): Accepted<E> =>
  slot ? after(accepted, release(slot, reason)) : accepted;
