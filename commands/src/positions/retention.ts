import { seoulDay } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Postgres } from '@cargoro/infra/postgres';

export const keptDays = 30;
/** Who was shown a position is kept for six months, as the law on location information asks. */
const accessMonths = 6;
/** Yesterday, for devices that were without a network, and some days ahead should nobody look after it. */
const aheadDays = 4;
const dayMs = 86_400_000;

const tableOf = (day: string): string => `position_${day.replaceAll('-', '')}`;

/**
 * Makes the tables of the days around `now` and drops those over thirty days old, with all points of theirs. Idempotent,
 * safe from several processes at once. Returns the tables it dropped.
 */
export const keepRetention = async (postgres: Postgres, now: string): Promise<readonly string[]> =>
  postgres.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('cargoro position days'))");
    // Dropping waits for nobody for long: readers and writers come first, and an hour later it is tried again.
    await tx.query("set local lock_timeout = '3s'");
    const { rows } = await tx.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'position'::regclass`,
    );
    const standing = new Set(rows.map(({ name }) => name));
    const midnight = Date.parse(`${seoulDay(now)}T00:00:00+09:00`);
    for (let offset = -1; offset <= aheadDays; offset += 1) {
      const [from, to] = [midnight + offset * dayMs, midnight + (offset + 1) * dayMs].map((at) =>
        new Date(at).toISOString(),
      );
      const name = tableOf(seoulDay(from as string));
      if (!standing.has(name))
        await tx.query(`create table ${name} partition of position for values from ('${from}') to ('${to}')`);
    }
    const oldest = tableOf(seoulDay(new Date(midnight - keptDays * dayMs).toISOString()));
    const over = [...standing].filter((name) => /^position_\d{8}$/.test(name) && name < oldest).sort();
    for (const name of over) await tx.query(`drop table ${name}`);
    await tx.query('delete from position_latest where at < $1', [new Date(midnight - keptDays * dayMs).toISOString()]);
    await tx.query(`delete from position_access where at < $1::timestamptz - interval '${accessMonths} months'`, [now]);
    return over;
  });

const everyMs = 3_600_000;

/** Looks after the days now, which it waits for, and each hour from then on; a failure is told and made good an hour later. */
export const startRetention = async (
  postgres: Postgres,
  clock: () => string,
  logger: Logger,
): Promise<{ stop(): Promise<void> }> => {
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const dropped = await keepRetention(postgres, clock());
    if (dropped.length > 0) logger.info({ tables: dropped }, 'positions over thirty days old were dropped');
  };
  await look();
  const timer = setInterval(() => {
    running = look().catch((error: unknown) => logger.warn({ err: error }, 'days of positions were not looked after'));
  }, everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
