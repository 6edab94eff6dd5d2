import { accept, defineAggregate, org, type Party, text, user } from '../../kit/index.ts';
import { moves } from './notice.moves.ts';
import { type Addressee, commands, events } from './notice.schema.ts';

export type NoticeState = { readonly status: 'none' } | { readonly status: 'sent'; readonly readBy: readonly string[] };

/** Who of an organisation is meant, their roles say; the platform's staff are meant by role alone. */
const partiesOf = (to: Addressee): Party[] => {
  if (to.kind === 'user') return [user(to.id, 'self')];
  return to.kind === 'org' ? [org(to.id, 'org')] : [org('platform', 'platform')];
};

/** A message to people, asked for by a process: in everybody's inbox at once, and on its way by push, mail or SMS. */
export const Notice = defineAggregate<NoticeState>()({
  name: 'Notice',
  category: 'notice',
  context: 'admin',
  doc: text('알림', 'A message to people, and who has read it'),
  id: 'noticeId',
  commands,
  events,
  refusals: {},
  moves,
  initial: { status: 'none' },
  decide: {
    RequestNotice: (_state, data) =>
      accept({ type: 'NoticeRequested', data: { ...data, parties: partiesOf(data.to) } }),
    ReadNotice: ({ readBy }, data, { actor }) =>
      readBy.includes(actor.id) ? accept() : accept({ type: 'NoticeRead', data: { ...data, userId: actor.id } }),
  },
  evolve: {
    NoticeRequested: () => ({ status: 'sent', readBy: [] }),
    NoticeRead: (state, { userId }) =>
      state.status === 'sent' ? { ...state, readBy: [...state.readBy, userId] } : state,
  },
});
