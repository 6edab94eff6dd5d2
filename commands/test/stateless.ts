import { type AnyProcess, defineProcess, type ProcessInput, type Reaction, text } from '@cargoro/domain';

/** A process for tests that begins with `Begun`, listens to nobody and keeps no state. */
export const statelessProcess = (name: string, react: (input: ProcessInput) => readonly Reaction[]): AnyProcess =>
  defineProcess<null>()({
    name,
    doc: text('시험', 'Test'),
    starts: ['Begun'],
    correlate: {},
    initial: null,
    evolve: (state) => state,
    idle: ({ type }) => `${type} is not for it`,
    react: (_state, input) => react(input),
  });
