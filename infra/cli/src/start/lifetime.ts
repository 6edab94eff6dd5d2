import { setTimeout as sleep } from 'node:timers/promises';
import { whenOrphaned } from './processes.ts';

/** What uses a thing ends before it: roles, then the event store, then Postgres, then the notes of the run. */
const order = ['roles', 'eventstore', 'postgres', 'notes'] as const;
type Stage = (typeof order)[number];
/** A terminal and npm may both pass on one Ctrl-C. */
const sameKeyMs = 1_000;

/** Ends everything in order, once, on Ctrl-C, on SIGTERM, when the terminal closes or when whoever started us is gone. */
export const createLifetime = (say: (line: string) => void) => {
  const ends: Record<Stage, (() => Promise<unknown> | unknown)[]> = {
    roles: [],
    eventstore: [],
    postgres: [],
    notes: [],
  };
  let ending: Promise<void> | undefined;
  let began = 0;

  const end = (reason: string): Promise<void> => {
    if (ending) return ending;
    began = performance.now();
    say(`stopping (${reason})`);
    ending = (async () => {
      for (const stage of order) await Promise.allSettled(ends[stage].map((stop) => stop()));
    })();
    return ending;
  };
  const exit = (reason: string) => {
    if (ending && performance.now() - began > sameKeyMs) process.exit(130);
    // Children end by themselves when we are gone, so a stop that hangs is not waited for.
    void Promise.race([end(reason), sleep(20_000)]).then(() => process.exit(0));
  };
  process.on('SIGINT', () => exit('Ctrl-C'));
  process.on('SIGTERM', () => exit('SIGTERM'));
  process.on('SIGHUP', () => exit('the terminal was closed'));
  whenOrphaned(() => exit('whoever started this is gone'));

  return {
    atEnd: (stage: Stage, stop: () => Promise<unknown> | unknown): void => void ends[stage].push(stop),
    end,
    isEnding: () => ending !== undefined,
  };
};
