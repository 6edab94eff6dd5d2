import type { Addressee } from '../admin/notice/notice.schema.ts';
import type { NoticeName } from '../admin/notice/templates.ts';
import { type Context, type Reaction, send } from '../kit/index.ts';
import { asUuid } from '../shared/identifiers.ts';

export type { Addressee, NoticeName };

/** A message to people: a template's name and the values it is filled with. */
export const notify = (
  ctx: Context,
  template: NoticeName,
  to: Addressee,
  values: Readonly<Record<string, string | number>>,
): Reaction => send('Notice', 'RequestNotice', { noticeId: ctx.newId(), template, to, values });

/** A message that many records may ask for and is sent once for each `occasion`: a second of the same id is refused. */
export const notifyOnce = (ctx: Context, occasion: string, template: NoticeName, to: Addressee): Reaction =>
  send('Notice', 'RequestNotice', { noticeId: asUuid(ctx.hash([template, to, occasion])), template, to, values: {} });
