import type { Postgres } from '@cargoro/infra/postgres';
import type { CommandObserver, Settled } from '../types.ts';

export type CommandLog = {
  readonly observe: CommandObserver;
  /** How many entries were given up because the database was away or too slow. */
  readonly lost: () => number;
  /** Resolves when what was noted so far is written or given up. */
  flush(): Promise<void>;
};

const insert = `insert into command_log
  (at, type, command_id, correlation_id, stream, actor_kind, actor_id, org_id, role, outcome, code, ms)
  select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::float8[])`;
const prune = "delete from command_log where at < $1::timestamptz - interval '13 months'";
const pruneEveryMs = 3_600_000;

/** What callers send may hold anything, of any length; Postgres takes no NUL. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.slice(0, 200).replaceAll('\u0000', '') : (value ?? null);

/**
 * Writes refused and failed commands to the table `command_log`, in batches, beside the command and never in its way:
 * at most `max` entries wait, and what cannot be written is counted and let go.
 */
export const commandLog = (postgres: Postgres, clock: () => string, max = 5_000): CommandLog => {
  let waiting: (Settled & { readonly at: string })[] = [];
  let writing: Promise<void> | undefined;
  let lost = 0;
  let prunedAt = 0;

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const column = (of: (entry: (typeof batch)[number]) => unknown) => batch.map((entry) => storable(of(entry)));
      try {
        await postgres.query(insert, [
          column((e) => e.at),
          column((e) => e.type),
          column((e) => e.commandId),
          column((e) => e.correlationId),
          column((e) => e.stream),
          column((e) => e.actor.kind),
          column((e) => e.actor.id),
          column((e) => e.actor.orgId),
          column((e) => e.actor.role),
          column((e) => e.outcome),
          column((e) => e.code),
          column((e) => e.ms),
        ]);
        if (performance.now() - prunedAt > pruneEveryMs || prunedAt === 0) {
          prunedAt = performance.now();
          await postgres.query(prune, [clock()]);
        }
      } catch {
        lost += batch.length;
      }
    }
    writing = undefined;
  };

  return {
    observe: (settled) => {
      if (settled.outcome === 'accepted') return;
      if (waiting.length >= max) {
        lost += 1;
        return;
      }
      waiting.push({ ...settled, at: clock() });
      writing ??= write();
    },
    lost: () => lost,
    flush: async () => {
      await writing;
    },
  };
};
