import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  BreakEnded: { onBreak: 'available' },
  BreakStarted: { available: 'onBreak' },
  DeliveryBound: { available: 'busy' },
  DeliveryUnbound: { busy: 'available' },
  ForcedOffline: { available: 'ended', onBreak: 'ended', planned: 'ended' },
  ShiftEnded: { available: 'ended', onBreak: 'ended' },
  ShiftPlanned: { none: 'planned' },
  ShiftStarted: { none: 'available', planned: 'available' },
} as const satisfies Moves;
