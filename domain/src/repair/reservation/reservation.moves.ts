import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  CustomerArrived: { confirmed: 'arrived' },
  NoShowRecorded: { confirmed: 'noShow' },
  ReservationCancelled: { confirmed: 'cancelled', proposed: 'cancelled', requested: 'cancelled' },
  ReservationConfirmed: { proposed: 'confirmed', requested: 'confirmed' },
  ReservationDeclined: { proposed: 'declined', requested: 'declined' },
  ReservationExpired: { proposed: 'expired', requested: 'expired' },
  ReservationFulfilled: { arrived: 'fulfilled' },
  ReservationRequested: { none: 'requested' },
  SlotProposed: { requested: 'proposed' },
} as const satisfies Moves;
