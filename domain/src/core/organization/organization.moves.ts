import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  OrganizationClosed: { active: 'closed', suspended: 'closed' },
  OrganizationRefused: { unverified: 'refused' },
  OrganizationRegistered: { none: 'unverified' },
  OrganizationReinstated: { suspended: 'active' },
  OrganizationSuspended: { active: 'suspended' },
  OrganizationVerified: { unverified: 'active' },
} as const satisfies Moves;
