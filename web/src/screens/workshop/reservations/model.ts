import type { Tone } from '../../../ui/tone.tsx';

export const reservationTone: Record<string, Tone> = {
  requested: 'waiting',
  proposed: 'waiting',
  confirmed: 'running',
  arrived: 'running',
  fulfilled: 'done',
  declined: 'idle',
  expired: 'problem',
  cancelled: 'idle',
  noShow: 'problem',
};
/** What the desk sees first: what waits for an answer, what comes today, what is over. */
export const reservationTabs = {
  open: ['requested', 'proposed', 'confirmed', 'arrived'],
  past: ['fulfilled', 'declined', 'expired', 'cancelled', 'noShow'],
} as const;
export const nextReservationCommands = ['CheckIn', 'OpenRepairOrder', 'ConfirmReservation', 'ProposeSlot'];
