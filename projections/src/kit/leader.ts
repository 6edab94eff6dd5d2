import type { StoredEvent } from '@cargoro/domain';
import type { LogMessage } from '@cargoro/infra/ports';
import type { PoolClient } from '@cargoro/infra/postgres';
import { type Changes, foldBatch, PoisonEvent } from './batch.ts';
import { noteStop, readCheckpoint } from './checkpoint-row.ts';
import { createDelivery } from './events.ts';
import { createInbox } from './inbox.ts';
import { type Announcer, noticesOf } from './notices.ts';
import type { ProjectorDeps, ProjectorState } from './projector.ts';
import { createRowStore } from './row-store.ts';
import { commitBatch } from './sql.ts';
import type { AnyReadModel } from './types.ts';

/** Another hand moved the checkpoint or swapped a table: what is in memory is not the truth any more. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
/** SQLSTATE classes of data that will never fit a column. */
const isUnfit = (error: unknown): boolean => /^(22|23)/.test(String((error as { code?: string }).code));
/** How long somebody waits for a position at most, in milliseconds, with some to spare. */
const patience = 3_000;
/** Log bytes of other groups' events after which an idle checkpoint moves by itself. */
const lazyBytes = 1_000_000n;

type Lead = {
  readonly group: string;
  readonly models: readonly AnyReadModel[];
  readonly deps: ProjectorDeps;
  readonly client: PoolClient;
  readonly announcer: Announcer;
  readonly signal: AbortSignal;
  readonly mostEvents: number;
  readonly maxRows: number;
  readonly state: () => ProjectorState;
  readonly become: (change: Partial<ProjectorState>) => void;
  readonly warn: (error: unknown, message: string) => void;
  /** Hands out what makes the loop look for errands. */
  readonly onWake: (wake: () => void) => void;
};

/**
 * Projects as the active copy of a group: takes everything that arrived as one batch, folds it in memory, writes rows
 * and checkpoint in one statement, announces. Ends when the signal aborts; throws when it has to start over.
 */
export const lead = async (options: Lead): Promise<void> => {
  const { group, models, deps, client, announcer, signal, mostEvents, maxRows, state, become, warn, onWake } = options;
  const leading = new AbortController();
  const both = AbortSignal.any([signal, leading.signal]);
  const { wanted: isWanted, deliver } = createDelivery(models, deps.vault);
  const checkpoint = await readCheckpoint(client, group);
  const store = createRowStore({ maxRows });
  const inbox = createInbox(mostEvents * 4);
  const statements = new Map<string, string>();
  /** Position in the log, the same as committed, and how far notices were confirmed when it was. */
  let position = checkpoint.position;
  let persisted = checkpoint.position;
  let noted = checkpoint.published;
  /** Somebody waits for the checkpoint to reach this, until then. */
  let awaited = { position: 0n, until: 0 };
  const isAwaited = () => awaited.position > persisted && Date.now() < awaited.until;
  const hasErrand = () => (isAwaited() && position > persisted) || announcer.published() > noted;

  const answer = (): void => {
    const told = deps.pool.query(`select pg_notify('cargoro_progress', $1)`, [`${group} ${persisted}`]);
    told.catch((error: unknown) => warn(error, 'A waiting reader got no answer'));
  };

  const commit = async (changes: Changes, to: bigint): Promise<void> => {
    const written = [...changes].filter(([, rows]) => rows.size > 0);
    const text = commitBatch(written.map(([model]) => model));
    const name = statements.get(text) ?? `commit.${statements.size}`;
    statements.set(text, name);
    const published = announcer.published();
    const [before, isTold] = [persisted, isAwaited()];
    const tables = written.map(([, changed]) => JSON.stringify([...changed.values()].map(({ after }) => after)));
    const values = [group, String(to), String(persisted), checkpoint.generation, isTold, String(published), ...tables];
    const { rows } = await client.query({ name, text, values });
    if (rows.length === 0) throw new Superseded(`The checkpoint of ${group} was moved by another hand`);
    for (const [model, changed] of written) for (const { after } of changed.values()) store.put(model, after);
    persisted = to;
    // Whoever asked while the batch was on its way is told now: nothing else would come of it.
    if (!isTold && awaited.position > before && awaited.position <= to) answer();
    noted = published;
    become({ published });
  };

  const fold = async (events: readonly StoredEvent[], to: bigint): Promise<void> => {
    const changes = await foldBatch(models, await deliver(events), store, client);
    await commit(changes, to);
    const { events: before, batches } = state();
    const lastRecordedAt = events.at(-1)?.recordedAt;
    become({ events: before + events.length, batches: batches + 1, ...(lastRecordedAt ? { lastRecordedAt } : {}) });
    announcer.announce(noticesOf(changes), to);
  };

  const foldOrStop = async (events: readonly StoredEvent[], to: bigint): Promise<void> => {
    try {
      await fold(events, to);
    } catch (error) {
      const poison = error instanceof PoisonEvent ? error.event.position : undefined;
      if (poison === undefined && !isUnfit(error)) throw error;
      // What came before the poison is sound and is kept; a row that does not fit is found by going one by one.
      const at = poison === undefined ? 0 : events.findIndex((event) => event.position >= poison);
      if (at > 0) await fold(events.slice(0, at), events[at - 1]!.position);
      if (poison === undefined && events.length > 1) {
        for (const event of events) await foldOrStop([event], event.position);
        return;
      }
      const reason = error instanceof Error ? error.message : String(error);
      const stoppedAt = events[at]!.position;
      await noteStop(client, group, stoppedAt, reason);
      become({ status: 'stopped', stoppedAt, reason });
      throw error;
    }
  };

  const take = async (messages: readonly LogMessage[]): Promise<void> => {
    const relevant: StoredEvent[] = [];
    let reached = position;
    for (const message of messages) {
      const at =
        message.kind === 'event' ? message.event.position : message.kind === 'checkpoint' ? message.position : 0n;
      // What was delivered before is not news.
      if (at <= reached) continue;
      reached = at;
      if (message.kind === 'event' && isWanted(message.event)) relevant.push(message.event);
    }
    if (relevant.length > 0) await foldOrStop(relevant, reached);
    position = reached;
    if (isAwaited() || position - persisted > lazyBytes) await commit(new Map(), position);
    become({ position, ...(messages.some(({ kind }) => kind === 'caughtUp') ? { status: 'live' } : {}) });
  };

  const wanted = (payload = ''): void => {
    const [forGroup, at] = payload.split(' ');
    if (forGroup !== group || !at) return;
    const wish = BigInt(at);
    if (wish > persisted) {
      awaited = { position: wish > awaited.position ? wish : awaited.position, until: Date.now() + patience };
      inbox.wake();
      return;
    }
    // It was reached between the question and its arrival.
    answer();
  };

  become({ status: 'catchingUp', position, published: checkpoint.published });
  client.on('notification', ({ channel, payload }) => channel === 'cargoro_wanted' && wanted(payload));
  client.once('end', () => leading.abort());
  await client.query('listen cargoro_wanted');
  onWake(inbox.wake);
  both.addEventListener('abort', inbox.close, { once: true });
  const filling = inbox.fill(deps.log.subscribe({ after: persisted, signal: both }));
  try {
    for (;;) {
      const messages = await inbox.take(mostEvents, hasErrand);
      if (!messages) break;
      if (messages.length === 0) await commit(new Map(), position);
      else await take(messages);
    }
    if (!signal.aborted) throw new Error(`The connection of group ${group} was lost`);
    await announcer.settled();
    if (position > persisted || announcer.published() > noted) await commit(new Map(), position);
  } finally {
    leading.abort();
    inbox.close();
    await filling;
  }
};
