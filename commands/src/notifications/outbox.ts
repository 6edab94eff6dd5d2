import type { Notice, NoticeChannel, StoredEvent } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Postgres } from '@cargoro/infra/postgres';
import type { z } from 'zod';

export type NoticeAsked = z.infer<typeof Notice.events.NoticeRequested.schema>;

/** One notice on its way to one person by one channel. */
export type Sending = {
  readonly id: string;
  readonly noticeId: string;
  readonly eventId: string;
  readonly position: string;
  readonly userId: string;
  readonly template: NoticeAsked['template'];
  readonly values: NoticeAsked['values'];
  readonly attempts: number;
};
/** `skipped`: there was nobody to tell, no address, or the person does not want to hear of it this way. */
export type Settled = 'sent' | 'skipped' | 'dead';

export type Outbox = {
  /** Done again it changes nothing. */
  add(
    event: StoredEvent,
    asked: NoticeAsked,
    userIds: readonly string[],
    channels: readonly NoticeChannel[],
    dueAt: string,
  ): Promise<void>;
  due(channel: NoticeChannel, now: string, most: number): Promise<readonly Sending[]>;
  /** When the next one of a channel is due. */
  next(channel: NoticeChannel): Promise<string | undefined>;
  settle(id: string, as: Settled, at: string, reason?: string): Promise<void>;
  /** Tries again at `dueAt`; without a reason nothing was tried yet. */
  postpone(id: string, dueAt: string, reason?: string): Promise<void>;
  /** Forgets what was settled before a moment. */
  forget(before: string): Promise<void>;
};

const insert = `insert into notice_outbox
  (id, notice_id, event_id, position, caused_by, correlation_id, user_id, channel, template, filled_with, due_at)
  select r.id, $2, $3, $4, $5, $6, r.user_id, r.channel, $7, $8, $9
  from jsonb_to_recordset($1::jsonb) r (id text, user_id text, channel text)
  on conflict (id) do nothing`;
const due = `select id, notice_id as "noticeId", event_id as "eventId", position, user_id as "userId", template,
  filled_with as "values", attempts from notice_outbox
  where channel = $1 and status = 'waiting' and due_at <= $2 order by due_at, id limit $3`;
const settle = `update notice_outbox set status = $2, settled_at = $3, reason = $4,
  attempts = attempts + ($2 <> 'skipped')::int where id = $1 and status = 'waiting'`;

/** The table `notice_outbox`: who is told of what, by which channel, and what came of it. */
export const outboxOf = (postgres: Postgres): Outbox => ({
  add: async (event, asked, userIds, channels, dueAt) => {
    const rows = userIds.flatMap((userId) =>
      channels.map((channel) => ({ id: uuidv5(event.id, `${userId}.${channel}`), user_id: userId, channel })),
    );
    const { causationId, correlationId } = event.meta;
    await postgres.query(insert, [
      ...[JSON.stringify(rows), asked.noticeId, event.id, String(event.position), causationId ?? null],
      ...[correlationId, asked.template, JSON.stringify(asked.values), dueAt],
    ]);
  },
  due: (channel, now, most) => postgres.query<Sending>(due, [channel, now, most]),
  next: async (channel) => {
    const [row] = await postgres.query<{ at: string | null }>(
      `select min(due_at) as at from notice_outbox where channel = $1 and status = 'waiting'`,
      [channel],
    );
    return row?.at ?? undefined;
  },
  settle: async (id, as, at, reason) => {
    await postgres.query(settle, [id, as, at, reason ?? null]);
  },
  postpone: async (id, dueAt, reason) => {
    await postgres.query(
      `update notice_outbox set due_at = $2, attempts = attempts + $4, reason = $3 where id = $1 and status = 'waiting'`,
      [id, dueAt, reason ?? null, reason === undefined ? 0 : 1],
    );
  },
  forget: async (before) => {
    await postgres.query('delete from notice_outbox where settled_at < $1', [before]);
  },
});
