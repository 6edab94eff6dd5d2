import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, Id } from '../../shared/values.ts';
import { noticeNames } from './templates.ts';

/** An organisation, everybody of it in these roles, or one person. */
export const Addressee = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('org'), id: Id, roles: z.array(Code).max(20).readonly().optional() }),
    z.object({ kind: z.literal('user'), id: Id }),
    /** Everybody of the platform in a role. */
    z.object({ kind: z.literal('role'), role: Code }),
  ])
  .meta({ id: 'Addressee' });
export type Addressee = z.infer<typeof Addressee>;

const Ref = z.object({ noticeId: Id });
const Request = Ref.extend({
  template: z.enum(noticeNames).meta({ id: 'NoticeTemplate' }),
  to: Addressee,
  values: z.record(z.string(), z.union([z.string().max(500), z.number()])),
});

export const commands = {
  RequestNotice: command({
    label: text('알리기', 'Notify'),
    doc: text('사람들에게 알린다.', 'Asks for a message to people.'),
    by: [],
    internal: true,
    in: ['none'],
    emits: ['NoticeRequested'],
    input: Request,
  }),
  ReadNotice: command({
    label: text('읽음으로 표시하기', 'Mark as read'),
    doc: text('알림을 읽었음을 기록한다.', 'Records that one has read it.'),
    by: [allow(['ANYONE'], 'org', 'self'), allowAny('PLATFORM_ADMIN', 'PLATFORM_SUPPORT')],
    in: ['sent'],
    emits: ['NoticeRead'],
    input: Ref,
  }),
};

export const events = {
  NoticeRequested: event(Request.extend({ parties: z.array(Party) })),
  NoticeRead: event(Ref.extend({ userId: z.string() })),
};
