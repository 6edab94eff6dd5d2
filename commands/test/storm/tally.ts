import type { CommandOutcome, CommandRequest, Settled } from '../../src/index.ts';

/** What all storms together did: every command by name, sent by whoever, and how it ended. */
export const startTally = () => {
  const sent = new Map<string, number>();
  const accepted = new Map<string, number>();
  const codes = new Map<string, Map<string, number>>();
  let [runs, events, commands] = [0, 0, 0];
  const count = (map: Map<string, number>, key: string) => void map.set(key, (map.get(key) ?? 0) + 1);
  return {
    /** A command of a person, as they saw it end. */
    sent: ({ type }: CommandRequest, outcome: CommandOutcome | string): void => {
      commands += 1;
      const code = typeof outcome === 'string' ? outcome : outcome.kind === 'rejected' ? outcome.code : 'accepted';
      const ofType = codes.get(type) ?? new Map<string, number>();
      codes.set(type, ofType);
      count(ofType, code);
    },
    /** Any command, a process's or a step's too. */
    settled: ({ type, outcome }: Settled): void => {
      count(sent, type);
      if (outcome === 'accepted') count(accepted, type);
    },
    ended: (stored: number): void => {
      runs += 1;
      events += stored;
    },
    totals: () => ({ runs, commands, events }),
    neverSent: (types: readonly string[]) => types.filter((type) => !sent.has(type)),
    neverAccepted: (types: readonly string[]) => types.filter((type) => !accepted.has(type)),
    codesOf: (type: string) => Object.fromEntries(codes.get(type) ?? []),
    sharesOf: (code: string) =>
      [...codes].map(([type, of]) => [type, of.get(code) ?? 0] as const).filter(([, n]) => n > 0),
  };
};
export type Tally = ReturnType<typeof startTally>;
