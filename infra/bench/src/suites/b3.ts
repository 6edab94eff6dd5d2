import { fillStore } from '../fill.ts';
import type { Suite } from '../suite.ts';

export const b3: Suite = {
  name: 'B3',
  title: 'rebuild of one read model (12 columns) from 100,000 events in 12,500 streams',
  rounds: 3,
  prepare: (env) => fillStore(env.eventStoreUrl),
  arms: [
    { name: 'cargoro', file: 'cargoro-rebuild.ts', options: (env) => env.withDatabase('cargoro') },
    { name: 'client reads only', file: 'client-read-all.ts', options: async (env) => env.all() },
    { name: 'emmett tuned', file: 'emmett-rebuild.ts', options: (env) => env.withDatabase('emmett') },
  ],
  goals: [
    {
      text: 'at least 0.8x of the client reading only',
      arm: 'cargoro',
      of: 'client reads only',
      figure: 'opsPerSecond',
      atLeast: 0.8,
    },
    { text: 'at least 10x emmett tuned', arm: 'cargoro', of: 'emmett tuned', figure: 'opsPerSecond', atLeast: 10 },
  ],
};
