import type { Suite } from '../suite.ts';

const pace = { perSecond: 100, count: 1_000 };

export const b5: Suite = {
  name: 'B5',
  title: 'projection lag at 100 commands/s over 16 live streams: from the acknowledgement to the visible row',
  rounds: 5,
  arms: [
    {
      name: 'cargoro lag',
      file: 'cargoro-lag.ts',
      options: async (env) => ({ ...(await env.withDatabase('cargoro')), ...pace }),
    },
    {
      name: 'raw command',
      file: 'raw-pg-paced.ts',
      options: async (env) => ({ ...(await env.withDatabase('raw')), ...pace }),
    },
  ],
  goals: [
    {
      text: 'lag p50 at most 1.5x of the raw command',
      arm: 'cargoro lag',
      of: 'raw command',
      figure: 'p50',
      atMost: 1.5,
    },
  ],
};
