import type { Reaction } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import type { TimerClock } from './clock.ts';

export type DueTimer = {
  readonly process: string;
  readonly key: string;
  readonly timer: string;
  readonly dueAt: string;
  readonly correlationId: string;
};
export type Timers = {
  /** Takes over what a process reacted with. Done again it changes nothing that matters: a timer told twice counts once. */
  apply(of: Pick<DueTimer, 'process' | 'key' | 'correlationId'>, reactions: readonly Reaction[]): Promise<void>;
  /** Fires what is due, the oldest first, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
};

const upsert = `insert into process_timer (process, key, timer, due_at, correlation_id) values ($1, $2, $3, $4, $5)
  on conflict (process, key, timer) do update set due_at = excluded.due_at, correlation_id = excluded.correlation_id`;
const upsertAll = `insert into process_timer (process, key, timer, due_at, correlation_id)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
  on conflict (process, key, timer) do update set due_at = excluded.due_at, correlation_id = excluded.correlation_id`;
const mostRows = 5_000;
const next = `select process, key, timer, due_at, correlation_id from process_timer order by due_at, process, key, timer limit 1`;
const drop = 'delete from process_timer where process = $1 and key = $2 and timer = $3';

/** Sets timers as they are, many at once. */
export const keepTimers = async (postgres: Postgres, timers: readonly DueTimer[]): Promise<void> => {
  for (let from = 0; from < timers.length; from += mostRows) {
    const rows = timers.slice(from, from + mostRows);
    const column = (of: (timer: DueTimer) => string) => rows.map(of);
    await postgres.query(upsertAll, [
      ...[column(({ process }) => process), column(({ key }) => key), column(({ timer }) => timer)],
      ...[column(({ dueAt }) => dueAt), column(({ correlationId }) => correlationId)],
    ]);
  }
};

type Row = { process: string; key: string; timer: string; due_at: string; correlation_id: string };

/** Timers of processes as rows of `process_timer`: they outlive restarts and wake by themselves, nothing polls. */
export const timersOf = (postgres: Postgres, clock: TimerClock, fire: (timer: DueTimer) => Promise<void>): Timers => {
  let changed = new AbortController();
  return {
    apply: async ({ process, key, correlationId }, reactions) => {
      for (const reaction of reactions) {
        if (reaction.kind === 'schedule')
          await postgres.query(upsert, [process, key, reaction.timer, reaction.at, correlationId]);
        if (reaction.kind === 'cancel') await postgres.query(drop, [process, key, reaction.timer]);
        if (reaction.kind === 'complete')
          await postgres.query('delete from process_timer where process = $1 and key = $2', [process, key]);
      }
      changed.abort();
    },
    run: async (signal) => {
      while (!signal.aborted) {
        changed = new AbortController();
        const [row] = await postgres.query<Row>(next);
        if (!row || row.due_at > clock.now()) {
          await clock.until(row?.due_at, AbortSignal.any([signal, changed.signal]));
          continue;
        }
        const { process, key, timer, due_at: dueAt, correlation_id: correlationId } = row;
        await fire({ process, key, timer, dueAt, correlationId });
        await postgres.query(`${drop} and due_at = $4`, [process, key, timer, dueAt]);
      }
    },
  };
};
