import { DateTime, filled, Notice, noticeTemplates } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { events } = Notice;
const requested = events.NoticeRequested.schema.shape;
const Words = z.object({ ko: z.string(), en: z.string() }).meta({ id: 'Words' });

const row = z.object({
  status: z.enum(['sent']).meta({ id: 'NoticeStatus' }),
  template: requested.template,
  title: Words,
  body: Words,
  /** What it is about: ids lead to the records. */
  values: z.record(z.string(), z.unknown()).meta({ id: 'JSON' }),
  /** Whom of the organisation it is for; empty for everybody of it. */
  roles: z.array(z.string()),
  readBy: z.array(z.string()),
  sentAt: DateTime,
  /** The event it was sent for, and the journey it belongs to. */
  causationId: z.string().nullable(),
  correlationId: z.string(),
});

/** A message to people as it stands in their inbox. */
export const NoticeView = readModel({
  name: 'rm_notice',
  type: 'Notice',
  version: 1,
  group: 'admin',
  record: 'Notice',
  row,
  scope: [],
  indexes: [['sentAt', 'id'], ['correlationId']],
  from: [Notice],
  platform: true,
}).folds({
  start: {
    NoticeRequested: ({ data: { template, to, values }, meta }) => {
      const { title, body } = noticeTemplates[template];
      return {
        ...{ status: 'sent', template, title, values, readBy: [], sentAt: meta.occurredAt },
        body: { ko: filled(body.ko, values), en: filled(body.en, values) },
        roles: to.kind === 'org' ? [...(to.roles ?? [])] : to.kind === 'role' ? [to.role] : [],
        ...{ causationId: meta.causationId ?? null, correlationId: meta.correlationId },
      };
    },
  },
  on: {
    NoticeRead: (before, { data: { userId } }) => ({ ...before, readBy: [...before.readBy, userId] }),
  },
});
