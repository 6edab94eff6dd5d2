import type { Suite } from '../suite.ts';

const pace = { perSecond: 50, count: 400 };

export const b6: Suite = {
  name: 'B6',
  title: 'from a command to its last subscriber at 50 commands/s, through RabbitMQ',
  rounds: 5,
  arms: [
    {
      name: 'cargoro, 1 subscriber',
      file: 'cargoro-live.ts',
      options: async (env) => ({
        ...(await env.alone('one')),
        ...(await env.withRabbit()),
        ...pace,
        subscribers: 1,
      }),
    },
    {
      name: 'cargoro, 100 subscribers',
      file: 'cargoro-live.ts',
      options: async (env) => ({
        ...(await env.alone('hundred')),
        ...(await env.withRabbit()),
        ...pace,
        subscribers: 100,
      }),
    },
    {
      name: 'raw commit + raw publish',
      file: 'raw-commit-publish.ts',
      options: async (env) => ({ ...(await env.withDatabase('raw')), ...(await env.withRabbit()), ...pace }),
    },
  ],
  goals: [
    {
      text: 'p50 at most 3x with one subscriber',
      arm: 'cargoro, 1 subscriber',
      of: 'raw commit + raw publish',
      figure: 'p50',
      atMost: 3,
    },
    {
      text: 'p50 with 100 (goal 3)',
      arm: 'cargoro, 100 subscribers',
      of: 'raw commit + raw publish',
      figure: 'p50',
      atMost: 3,
    },
  ],
};
