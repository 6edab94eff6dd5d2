import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  PolicyDrafted: { none: 'draft' },
  PolicyPublished: { draft: 'published' },
  PolicyRetired: { draft: 'retired', published: 'retired' },
} as const satisfies Moves;
