import { createBackoff } from '@cargoro/infra/backoff';
import type { Bus, Notice } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import type { Changes } from './batch.ts';
import { quoted, selectList } from './sql.ts';
import type { AnyReadModel, AnyRow } from './types.ts';

const scopeOf = (model: AnyReadModel, row: AnyRow): Readonly<Record<string, string>> =>
  Object.fromEntries(
    model.scope
      .filter((name) => row[name] !== null && row[name] !== undefined)
      .map((name) => [name, String(row[name])]),
  );

export const noticeOf = (model: AnyReadModel, row: AnyRow): Notice => ({
  readModel: model.name,
  key: row.id,
  position: row.position,
  revision: row.revision,
  parties: row.partyKeys,
  scope: { ...scopeOf(model, row), id: row.id },
});

/** A row that left a scope, or the sight of somebody, is announced there as well. */
export const noticesOf = (changes: Changes): readonly Notice[] =>
  [...changes].flatMap(([model, rows]) =>
    [...rows.values()].flatMap(({ before, after }) => {
      const notice = noticeOf(model, after);
      if (!before) return [notice];
      const old = noticeOf(model, before);
      const left =
        JSON.stringify(old.scope) !== JSON.stringify(notice.scope) ||
        old.parties.some((party) => !notice.parties.includes(party));
      return left ? [notice, { ...old, position: notice.position, revision: notice.revision }] : [notice];
    }),
  );

const pageSize = 1_000;
const mostWaiting = 20_000;

/**
 * Publishes after the commit, in order, and tells how far it got. Whatever the broker has not confirmed — a crash,
 * a lost broker, too much waiting — is announced again from the rows themselves.
 */
export const createAnnouncer = (deps: {
  readonly bus: Bus;
  readonly pool: Pool;
  readonly group: string;
  readonly models: readonly AnyReadModel[];
  readonly onProblem: (error: unknown) => void;
  /** Everything up to `published()` is confirmed; the projector writes that down with its next statement. */
  readonly onConfirmed: () => void;
}) => {
  const { bus, pool, group, models, onProblem, onConfirmed } = deps;
  const stopping = new AbortController();
  let waiting: Notice[] = [];
  let reached: bigint | undefined;
  let again = true;
  let published = 0n;
  let running: Promise<void> | undefined;

  const confirmed = (position: bigint): void => {
    if (position > published) published = position;
    onConfirmed();
  };

  const announceAgain = async (): Promise<void> => {
    const { rows } = await pool.query<{ position: string; published: string }>(
      'select position, published_position as published from projection_checkpoint where name = $1',
      [group],
    );
    const [checkpoint] = rows;
    if (!checkpoint) return;
    for (const model of models) {
      let [position, id] = [checkpoint.published, ''];
      for (;;) {
        const page = await pool.query<AnyRow>(
          `select ${selectList(model.columns)} from ${quoted(model.name)}
           where position >= $1 and (position, id) > ($1, $2) and position > $3 and position <= $4
           order by position, id limit ${pageSize}`,
          [position, id, checkpoint.published, checkpoint.position],
        );
        if (page.rows.length > 0) await bus.publish(page.rows.map((row) => noticeOf(model, row)));
        const last = page.rows.at(-1);
        if (!last || page.rows.length < pageSize) break;
        [position, id] = [last.position, last.id];
      }
    }
    confirmed(BigInt(checkpoint.position));
  };

  const run = async (): Promise<void> => {
    const backoff = createBackoff();
    while (!stopping.signal.aborted && (again || reached !== undefined)) {
      try {
        if (again) {
          again = false;
          await announceAgain().catch((error: unknown) => {
            again = true;
            throw error;
          });
        }
        const [notices, position] = [waiting, reached];
        waiting = [];
        reached = undefined;
        if (position === undefined) continue;
        if (notices.length > 0) await bus.publish(notices);
        confirmed(position);
        backoff.reset();
      } catch (error) {
        again = true;
        onProblem(error);
        await backoff.wait(stopping.signal);
      }
    }
  };
  const wake = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      if (!stopping.signal.aborted && (again || reached !== undefined)) wake();
    });
  };

  return {
    /** Announces what an earlier run left unannounced. */
    start: wake,
    announce: (notices: readonly Notice[], position: bigint): void => {
      if (waiting.length + notices.length > mostWaiting) {
        waiting = [];
        again = true;
      } else for (const notice of notices) waiting.push(notice);
      reached = position;
      wake();
    },
    published: (): bigint => published,
    /** Waits for what is being published now, unless the broker is away. */
    settled: async (): Promise<void> => {
      if (!again) await running;
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};
export type Announcer = ReturnType<typeof createAnnouncer>;
