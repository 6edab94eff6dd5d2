import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  PlanPaused: { active: 'paused' },
  PlanResumed: { paused: 'active' },
  PlanStarted: { none: 'active' },
} as const satisfies Moves;
