import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  UserErased: { active: 'erased', suspended: 'erased' },
  UserRegistered: { none: 'pending' },
  UserReinstated: { suspended: 'active' },
  UserSuspended: { active: 'suspended' },
  UserVerified: { pending: 'active' },
} as const satisfies Moves;
