import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  WorkshopClosed: { draft: 'closed', open: 'closed' },
  WorkshopOpened: { draft: 'open' },
  WorkshopRegistered: { none: 'draft' },
  WorkshopResumed: { suspended: 'open' },
  WorkshopSuspended: { open: 'suspended' },
} as const satisfies Moves;
