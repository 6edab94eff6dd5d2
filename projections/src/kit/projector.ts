import type { StoredEvent } from '@cargoro/domain';
import { createBackoff } from '@cargoro/infra/backoff';
import type { Bus, EventLog, LogMessage, Vault } from '@cargoro/infra/ports';
import type { Pool, PoolClient } from '@cargoro/infra/postgres';
import { type Changes, type Delivered, foldBatch, PoisonEvent } from './batch.ts';
import { eventReader } from './events.ts';
import { concerns } from './fold.ts';
import { createInbox } from './inbox.ts';
import { type Announcer, createAnnouncer, noticesOf } from './notices.ts';
import { createRowStore } from './row-store.ts';
import { openSession } from './session.ts';
import { commitBatch } from './sql.ts';
import type { AnyReadModel } from './types.ts';

export type Logger = Readonly<Record<'info' | 'warn' | 'error', (data: object, message: string) => void>>;
export type ProjectorDeps = {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly vault: Vault;
  readonly logger: Logger;
};
export type ProjectorState = {
  readonly group: string;
  /** `standby`: another process is active. `stopped`: at an event that cannot be folded, see `reason`. */
  readonly status: 'starting' | 'standby' | 'catchingUp' | 'live' | 'stopped' | 'waiting';
  readonly position: bigint;
  readonly published: bigint;
  readonly events: number;
  readonly batches: number;
  readonly reason?: string;
};
export type ProjectorOptions = {
  /** Events of one transaction at most. */
  readonly mostEvents?: number;
  /** Rows of each table kept in memory. */
  readonly maxRows?: number;
  /** Run once this copy is the active one, before it projects. */
  readonly prepare?: () => Promise<void>;
};

/** Another hand moved the checkpoint or swapped a table: what is in memory is not the truth any more. */
class Superseded extends Error {
  override readonly name = 'Superseded';
}
/** SQLSTATE classes of data that will never fit a column. */
const isUnfit = (error: unknown): boolean => /^(22|23)/.test(String((error as { code?: string }).code));
/** How long somebody waits for a position at most, in milliseconds, with some to spare. */
const patience = 3_000;

/** Keeps the read models of one group up to date until it is stopped. */
export const startProjector = (
  group: string,
  models: readonly AnyReadModel[],
  deps: ProjectorDeps,
  { mostEvents = 2_000, maxRows = 10_000, prepare }: ProjectorOptions = {},
) => {
  const { pool, log, bus, vault, logger } = deps;
  const reader = eventReader([...new Set(models.flatMap(({ from }) => from))], vault);
  const needsOpening = models.some(({ raw }) => !raw);
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: ProjectorState = { group, status: 'starting', position: 0n, published: 0n, events: 0, batches: 0 };
  const become = (change: Partial<ProjectorState>) => {
    state = { ...state, ...change };
  };

  const lead = async (client: PoolClient, announcer: Announcer): Promise<void> => {
    const leading = new AbortController();
    const both = AbortSignal.any([signal, leading.signal]);
    const checkpoint = await readCheckpoint(client, group);
    let persisted = checkpoint.position;
    let position = persisted;
    /** Somebody waits for the checkpoint to reach this, until then. */
    let awaited = { position: 0n, until: 0 };
    const isAwaited = () => awaited.position > persisted && Date.now() < awaited.until;
    const statements = new Map<string, string>();
    const store = createRowStore({ maxRows });
    const inbox = createInbox(mostEvents * 4);
    become({ status: 'catchingUp', position, published: checkpoint.published });

    const commit = async (changes: Changes, to: bigint): Promise<void> => {
      const written = [...changes].filter(([, rows]) => rows.size > 0);
      const text = commitBatch(written.map(([model]) => model));
      if (!statements.has(text)) statements.set(text, `commit.${statements.size}`);
      const { rows } = await client.query({
        name: statements.get(text)!,
        text,
        values: [
          group,
          String(to),
          String(persisted),
          checkpoint.generation,
          isAwaited(),
          ...written.map(([, changed]) => JSON.stringify([...changed.values()].map(({ after }) => after))),
        ],
      });
      if (rows.length === 0) throw new Superseded(`The checkpoint of ${group} was moved by another hand`);
      for (const [model, changed] of written) for (const { after } of changed.values()) store.put(model, after);
      persisted = to;
    };

    const fold = async (events: readonly StoredEvent[], to: bigint): Promise<void> => {
      const opened = needsOpening ? await reader.open(events) : events;
      const delivered = events.map((stored, index): Delivered => ({ stored, opened: opened[index]! }));
      const changes = await foldBatch(models, delivered, store, client);
      await commit(changes, to);
      become({ position: to, events: state.events + events.length, batches: state.batches + 1 });
      announcer.announce(noticesOf(changes), to);
    };

    const take = async (messages: readonly LogMessage[]): Promise<void> => {
      const events = messages.flatMap((message) =>
        message.kind === 'event' && message.event.position > position ? [message.event] : [],
      );
      const relevant = events.filter((event) => models.some((model) => concerns(model, event)));
      position = messages.reduce((last, message) => {
        const at =
          message.kind === 'event' ? message.event.position : message.kind === 'checkpoint' ? message.position : 0n;
        return at > last ? at : last;
      }, position);
      if (relevant.length > 0) await foldOrStop(relevant, position);
      else if (isAwaited() || position - persisted > lazyBytes) await commit(new Map(), position);
      become({ position });
      if (messages.some(({ kind }) => kind === 'caughtUp')) become({ status: 'live' });
    };

    const foldOrStop = async (events: readonly StoredEvent[], to: bigint): Promise<void> => {
      try {
        await fold(events, to);
      } catch (error) {
        const poison = error instanceof PoisonEvent ? error.event.position : undefined;
        if (poison === undefined && !isUnfit(error)) throw error;
        // What came before the poison is sound and is kept; a row that does not fit is found by going one by one.
        const at = poison === undefined ? 0 : events.findIndex(({ position: one }) => one >= poison);
        if (at > 0) await fold(events.slice(0, at), events[at - 1]!.position);
        if (poison === undefined && events.length > 1) {
          for (const event of events) await foldOrStop([event], event.position);
          return;
        }
        const reason = error instanceof Error ? error.message : String(error);
        await noteStop(client, group, events[at]!.position, reason);
        become({ status: 'stopped', reason });
        throw error;
      }
    };

    const wanted = (payload: string | undefined): void => {
      const [forGroup, at] = (payload ?? '').split(' ');
      if (forGroup !== group || !at) return;
      const wantedPosition = BigInt(at);
      if (wantedPosition <= persisted) {
        // It was reached between the question and its arrival.
        client
          .query(`select pg_notify('cargoro_progress', $1)`, [`${group} ${persisted}`])
          .catch(() => leading.abort());
        return;
      }
      const further = wantedPosition > awaited.position ? wantedPosition : awaited.position;
      awaited = { position: further, until: Date.now() + patience };
      inbox.wake();
    };
    client.on('notification', ({ channel, payload }) => channel === 'cargoro_wanted' && wanted(payload));
    client.once('end', () => leading.abort());
    await client.query('listen cargoro_wanted');

    const filling = inbox.fill(log.subscribe({ after: persisted, signal: both }));
    both.addEventListener('abort', inbox.close, { once: true });
    try {
      for (;;) {
        const messages = await inbox.take(mostEvents, () => isAwaited() && position > persisted);
        if (!messages) break;
        await take(messages);
      }
      if (!signal.aborted) throw new Error(`The connection of group ${group} was lost`);
      if (position > persisted) await commit(new Map(), position);
    } finally {
      leading.abort();
      inbox.close();
      await filling;
    }
  };

  const attempt = async (): Promise<void> => {
    become({ status: 'standby' });
    const client = await openSession(pool, group, signal);
    const onProblem = (error: unknown) => warn(error, 'Notices wait');
    const announcer = createAnnouncer({ bus, pool, client, group, models, onProblem });
    try {
      await prepare?.();
      announcer.start();
      await lead(client, announcer);
    } finally {
      await announcer.stop();
      become({ published: announcer.published() });
      client.release(true);
    }
  };

  const run = async (): Promise<void> => {
    const backoff = createBackoff();
    while (!signal.aborted) {
      const { batches } = state;
      await attempt().catch(async (error: unknown) => {
        if (signal.aborted) return;
        if (state.batches > batches) backoff.reset();
        if (state.status === 'stopped') {
          logger.error({ group, position: String(state.position), reason: state.reason }, 'Projector stopped');
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        } else if (error instanceof Superseded)
          logger.info({ group }, 'A table was swapped; starting from its checkpoint');
        else {
          become({ status: 'waiting', reason: error instanceof Error ? error.message : String(error) });
          warn(error, 'Projector waits');
          await backoff.wait(signal);
        }
      });
    }
  };
  const warn = (error: unknown, message: string) => logger.warn({ group, err: error }, message);

  const running = run();
  return {
    state: (): ProjectorState => state,
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};
export type Projector = ReturnType<typeof startProjector>;

/** Log bytes of other groups' events after which an idle checkpoint moves by itself. */
const lazyBytes = 1_000_000n;

const readCheckpoint = async (client: PoolClient, group: string) => {
  await client.query(
    'insert into projection_checkpoint (name, position, published_position, generation) values ($1, 0, 0, 0) on conflict do nothing',
    [group],
  );
  const { rows } = await client.query<{ position: string; published: string; generation: number }>(
    'select position, published_position as published, generation from projection_checkpoint where name = $1',
    [group],
  );
  const [row] = rows as [{ position: string; published: string; generation: number }];
  return { position: BigInt(row.position), published: BigInt(row.published), generation: row.generation };
};

const noteStop = (client: PoolClient, group: string, position: bigint, reason: string) =>
  client.query('update projection_checkpoint set stopped_position = $2, stopped_reason = $3 where name = $1', [
    group,
    String(position),
    reason,
  ]);
