import { isBefore } from '@cargoro/domain';
import { at, type Check, findings, str, type Told } from './check.ts';

type Span = { readonly start: string; readonly end: string };
type Hold = {
  readonly start: string;
  end: string;
  readonly forId: string;
  readonly expiresAt: string;
  confirmed: boolean;
  freed?: 'byPerson' | 'byUs';
};
type Booking = Span & { readonly bayId: string; readonly holdId: string };

const overlap = (a: Span, b: Span): boolean => isBefore(a.start, b.end) && isBefore(b.start, a.end);
const spanOf = ({ data }: Told): Span => ({ start: str(data.start), end: str(data.end) });
const over = ['ReservationCancelled', 'ReservationDeclined', 'ReservationExpired', 'NoShowRecorded'];

/** A bay belongs to one car at a time: in its own plan, and by the appointments people were promised. */
export const bays: Check = (events, rest) => {
  const { expect, all } = findings();
  const holds = new Map<string, Map<string, Hold>>();
  const byId = new Map<string, Hold>();
  const blocks = new Map<string, Map<string, Span>>();
  const bookings = new Map<string, Booking>();
  const named = new Map<string, Set<string>>();

  const free = (told: Told, span: Span, self: string, forId?: string): void => {
    const { id, event } = told;
    for (const [holdId, hold] of at(holds, id, () => new Map<string, Hold>())) {
      const stands = !hold.freed && (hold.confirmed || hold.expiresAt > event.meta.occurredAt);
      const isOther = holdId !== self && hold.forId !== forId;
      expect(!stands || !isOther || !overlap(hold, span), `${id}: ${told.type} ${span.start} over hold ${holdId}`);
    }
    for (const [blockId, block] of at(blocks, id, () => new Map<string, Span>()))
      expect(blockId === self || !overlap(block, span), `${id}: ${told.type} ${span.start} over block ${blockId}`);
  };
  const book = (told: Told): void => {
    const booking = { ...spanOf(told), bayId: str(told.data.bayId), holdId: str(told.data.holdId) };
    for (const [other, held] of bookings) {
      const isLost = byId.get(held.holdId)?.freed !== undefined;
      const meets = other !== told.id && held.bayId === booking.bayId && overlap(held, booking);
      expect(isLost || !meets, `reservations ${other} and ${told.id} are both promised the bay at ${booking.start}`);
    }
    bookings.set(told.id, booking);
  };

  for (const told of events) {
    const { type, category, id, data, event } = told;
    if (type === 'SlotHeld') {
      free(told, spanOf(told), str(data.holdId), str(data.forId));
      const hold = { ...spanOf(told), forId: str(data.forId), expiresAt: str(data.expiresAt), confirmed: false };
      at(holds, id, () => new Map<string, Hold>()).set(str(data.holdId), hold);
      byId.set(str(data.holdId), hold);
    }
    const hold = byId.get(str(data.holdId));
    if (type === 'SlotConfirmed' && hold) {
      free(told, hold, str(data.holdId), hold.forId);
      hold.confirmed = true;
    }
    if (type === 'SlotReleased' && hold) hold.freed = event.meta.actor.kind === 'user' ? 'byPerson' : 'byUs';
    // A car that left early gives the rest of its time back.
    if (type === 'BayUseEnded' && hold && isBefore(str(data.at), hold.end)) hold.end = str(data.at);
    if (type === 'TimeBlocked') {
      free(told, spanOf(told), str(data.blockId));
      at(blocks, id, () => new Map<string, Span>()).set(str(data.blockId), spanOf(told));
    }
    if (type === 'TimeUnblocked') blocks.get(id)?.delete(str(data.blockId));
    if (category === 'reservation' && data.holdId) at(named, id, () => new Set<string>()).add(str(data.holdId));
    if (type === 'ReservationConfirmed' || type === 'ReservationRescheduled') book(told);
    if (over.includes(type)) bookings.delete(id);
  }
  if (!rest) return all();
  for (const [reservationId, { holdId }] of bookings) {
    const hold = byId.get(holdId);
    expect(
      hold !== undefined && (hold.freed !== undefined || hold.confirmed),
      `reservation ${reservationId} stands, its time is not held`,
    );
  }
  const now = str(events.at(-1)?.event.meta.occurredAt);
  for (const [reservationId, holdIds] of named)
    for (const holdId of holdIds) {
      const hold = byId.get(holdId);
      const isKept = hold && !hold.freed && (hold.confirmed || hold.expiresAt > now);
      const isIts = bookings.get(reservationId)?.holdId === holdId || isProposed(events, reservationId, holdId);
      expect(!isKept || isIts, `reservation ${reservationId} needs hold ${holdId} no more, yet it stands`);
    }
  return all();
};

/** The last word on a reservation is the proposal of this time. */
const isProposed = (events: readonly Told[], id: string, holdId: string): boolean => {
  const last = events.findLast((told) => told.category === 'reservation' && told.id === id);
  return last?.type === 'SlotProposed' && last.data.holdId === holdId;
};
