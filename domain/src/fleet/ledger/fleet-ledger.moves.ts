import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  LedgerYearClosed: { open: 'closed' },
  LedgerYearOpened: { none: 'open' },
} as const satisfies Moves;
