import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  VehicleRegistered: { none: 'active' },
  VehicleResumed: { suspended: 'active' },
  VehicleRetired: { active: 'retired', suspended: 'retired' },
  VehicleSuspended: { active: 'suspended' },
} as const satisfies Moves;
