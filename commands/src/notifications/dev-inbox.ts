import type { NoticeChannel } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import type { Channel, Person } from './channel.ts';

/** A message as its person would have got it. */
export type DevMessage = {
  readonly channel: NoticeChannel;
  readonly userId: string;
  readonly locale: 'ko' | 'en';
  readonly title: string;
  readonly body: string;
  readonly url: string | null;
  /** UTC. */
  readonly at: string;
};

const most = 200;
const isReachable: Readonly<Record<NoticeChannel, (person: Person) => boolean>> = {
  push: () => true,
  email: ({ email }) => email !== undefined,
  sms: ({ phone }) => phone !== undefined,
};

/** In development: stands in for a provider that is not set, and puts its messages where developers can see them. */
export const devChannel = (name: NoticeChannel, postgres: Pick<Postgres, 'query'>): Channel => ({
  name,
  rings: name !== 'email',
  send: async (person, { id, title, body, url, locale }) => {
    if (!isReachable[name](person)) return false;
    await postgres.query(
      `insert into dev_message (id, channel, user_id, locale, title, body, url) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do nothing`,
      [id, name, person.userId, locale, title, body, url ?? null],
    );
    await postgres.query(
      'delete from dev_message where at < (select at from dev_message order by at desc offset $1 limit 1)',
      [most],
    );
    return true;
  },
  close: async () => {},
});

/** The newest first. */
export const devMessages = (postgres: Pick<Postgres, 'query'>): Promise<readonly DevMessage[]> =>
  postgres.query<DevMessage>(
    `select channel, user_id as "userId", locale, title, body, url, at from dev_message order by at desc limit ${most}`,
  );
