import { create } from 'zustand';

/** Something that happened elsewhere while the page was open. */
export type News = { readonly id: string; readonly text: string; readonly at: string; readonly href: string };

type Inbox = { readonly list: readonly News[]; readonly unread: number; add: (news: News) => void; read: () => void };

export const useNews = create<Inbox>()((set) => ({
  list: [],
  unread: 0,
  add: (news) =>
    set(({ list, unread }) =>
      list.some((each) => each.id === news.id) ? {} : { list: [news, ...list].slice(0, 30), unread: unread + 1 },
    ),
  read: () => set({ unread: 0 }),
}));
