import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  TripLogClosed: { reopened: 'closed', submitted: 'closed' },
  TripLogOpened: { none: 'open' },
  TripLogReopened: { closed: 'reopened', submitted: 'reopened' },
  TripLogSubmitted: { open: 'submitted', reopened: 'submitted' },
} as const satisfies Moves;
