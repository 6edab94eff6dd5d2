import type { TimerClock } from '@cargoro/commands';
import { rebuild, verify } from '@cargoro/projections';
import { startStack } from '../../testing/stack.ts';
import { storyAt } from './client.ts';

/** A Monday, ten in the morning in Seoul. It lies ahead, so that nothing in a story is over for Postgres' own clock. */
export const monday = '2030-07-01T01:00:00.000Z';
const minute = 60_000;
const never = '9999';

/** A clock that stands until a story lets time pass; whoever waits for a moment is woken when it has come. */
const handClock = (start: string) => {
  let now = Date.parse(start);
  const waiting = new Set<{ readonly at: string; readonly wake: () => void }>();
  const at = (): string => new Date(now).toISOString();
  const clock: TimerClock = {
    now: at,
    until: (moment, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          waiting.delete(waiter);
          resolve();
        };
        const waiter = { at: moment ?? never, wake };
        waiting.add(waiter);
        signal.addEventListener('abort', wake, { once: true });
        if (signal.aborted || waiter.at <= at()) wake();
      }),
  };
  const pass = (minutes: number): void => {
    now += minutes * minute;
    for (const waiter of waiting) if (waiter.at <= at()) waiter.wake();
  };
  return { clock, pass };
};

/**
 * The whole product for one story, with its process managers and a clock that the story moves. `people` of it sign in
 * with `as` and speak to the gateway over the network.
 */
export const startWorld = async (name: string, start = monday) => {
  const { clock, pass } = handClock(start);
  const stack = await startStack({ clock, withProcesses: true });
  const story = storyAt(
    {
      ...{ url: stack.gateway.url, tokenOf: stack.tokenOf, post: (send) => send() },
      ...{ reconnects: 0, patienceMs: 15_000 },
    },
    name,
  );
  return {
    as: story.as,
    now: clock.now,
    pass: ({ days = 0, hours = 0, minutes = 0 }): void => pass((days * 24 + hours) * 60 + minutes),
    /** Commands of processes that could never succeed: none, in a story told to its end. */
    dead: () => stack.postgres.query('select type, message from process_dead_letter'),
    /** What somebody with the keys of the database does to it. */
    tamper: (sql: string, values: readonly string[]) => stack.postgres.query(sql, [...values]),
    /** What `npm run verify` and `npm run rebuild` do. */
    verify: () => verify(stack.projectorDeps),
    rebuild: (name: string) => rebuild(stack.projectorDeps, name),
    stop: async (): Promise<void> => {
      await story.end();
      await stack.stop();
    },
  };
};
export type World = Awaited<ReturnType<typeof startWorld>>;
