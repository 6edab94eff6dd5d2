import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  PartDiscontinued: { listed: 'discontinued' },
  PartListed: { none: 'listed' },
  PartSuperseded: { discontinued: 'superseded', listed: 'superseded' },
} as const satisfies Moves;
