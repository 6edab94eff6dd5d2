import type { Addressee } from '../admin/notice/notice.schema.ts';
import type { NoticeName } from '../admin/notice/templates.ts';
import { type Context, type Reaction, send } from '../kit/index.ts';

export type { Addressee, NoticeName };

/** A message to people: a template's name and the values it is filled with. */
export const notify = (
  ctx: Context,
  template: NoticeName,
  to: Addressee,
  values: Readonly<Record<string, string | number>>,
): Reaction => send('Notice', 'RequestNotice', { noticeId: ctx.newId(), template, to, values });
