'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { ask } from '../../kit/client.ts';
import { type FragmentOf, graphql } from '../../kit/graphql.ts';
import { latest } from '../../kit/positions.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { useLive } from '../../kit/use-live.ts';

const NoticeFields = graphql(`
  fragment NoticeFields on Notice @_unmask { id position title { ko en } body { ko en } values readBy sentAt }
`);
const NoticesQuery = graphql(`query Notices { myNotices(first: 20) { edges { node { ...NoticeFields } } } }`, [
  NoticeFields,
]);
const NoticeArrived = graphql(
  `
    subscription NoticeArrived($afterPosition: Position) {
      noticeArrived(afterPosition: $afterPosition) { position change id node { ...NoticeFields } }
    }
  `,
  [NoticeFields],
);
export type Notice = FragmentOf<typeof NoticeFields>;

const mostShown = 20;
const newestFirst = (a: Notice, b: Notice): number => (a.sentAt < b.sentAt ? 1 : -1);

/** Messages to me and my role, the newest first, live; and how many I have not read. */
export const useNotices = (): { readonly notices: readonly Notice[]; readonly unread: number } => {
  const locale = useLocale();
  const { userId } = useViewer();
  const cache = useQueryClient();
  const key = ['notices', userId, locale];
  const { data } = useQuery({
    queryKey: key,
    queryFn: async () => (await ask(NoticesQuery, {}, locale)).myNotices.edges.map(({ node }) => node),
  });
  useLive({
    document: NoticeArrived,
    variables: {},
    after: data && latest(data.map(({ position }) => position)),
    pick: ({ noticeArrived }) => noticeArrived,
    onChange: ({ id, node }) =>
      cache.setQueryData<readonly Notice[]>(key, (rows = []) =>
        [...rows.filter((row) => row.id !== id), ...(node ? [node] : [])].sort(newestFirst).slice(0, mostShown),
      ),
  });
  const notices = data ?? [];
  return { notices, unread: notices.filter(({ readBy }) => !readBy.includes(userId)).length };
};
