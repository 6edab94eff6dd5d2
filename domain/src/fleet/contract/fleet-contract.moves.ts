import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  ContractDrafted: { none: 'draft' },
  ContractEnded: { active: 'ended', expiring: 'ended' },
  ContractExpiring: { active: 'expiring' },
  ContractRenewed: { expiring: 'active' },
  ContractSigned: { draft: 'active' },
  ContractTerminated: { active: 'terminated', expiring: 'terminated' },
} as const satisfies Moves;
