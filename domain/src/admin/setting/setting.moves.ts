import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  FlagDefined: { none: 'flag' },
  FlagKilled: { flag: 'killed' },
  RolloutSet: { killed: 'flag' },
  SettingDefined: { none: 'setting' },
} as const satisfies Moves;
