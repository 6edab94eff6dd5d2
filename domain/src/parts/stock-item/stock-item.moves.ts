import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  CountFinished: { frozen: 'open' },
  CountStarted: { open: 'frozen' },
  StockOpened: { none: 'open' },
} as const satisfies Moves;
