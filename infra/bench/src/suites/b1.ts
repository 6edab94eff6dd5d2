import type { Suite } from '../suite.ts';

export const b1: Suite = {
  name: 'B1',
  title: 'commands: 16 writers, streams of 8 events of 406 bytes, load-decide-append, durable',
  // Each lasts half a second, and the first is still warming up.
  rounds: 9,
  arms: [
    { name: 'cargoro', file: 'cargoro-commands.ts', options: async (env) => env.all() },
    { name: 'client append only', file: 'raw-client-append.ts', options: async (env) => env.all() },
    { name: 'client read+append', file: 'raw-client-read-append.ts', options: async (env) => env.all() },
    { name: 'emmett', file: 'emmett-commands.ts', options: async (env) => env.withDatabase('emmett') },
    { name: 'castore', file: 'castore-commands.ts', options: async (env) => env.withDatabase('castore') },
    { name: 'raw postgres', file: 'raw-pg-commands.ts', options: async (env) => env.withDatabase('raw') },
  ],
  goals: [
    { text: 'at least 2x emmett', arm: 'cargoro', of: 'emmett', figure: 'opsPerSecond', atLeast: 2 },
    { text: 'at least 1.3x castore', arm: 'cargoro', of: 'castore', figure: 'opsPerSecond', atLeast: 1.3 },
    {
      text: 'of append-only (goal 0.9)',
      arm: 'cargoro',
      of: 'client append only',
      figure: 'opsPerSecond',
      atLeast: 0.9,
    },
  ],
};
