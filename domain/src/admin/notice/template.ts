import type { Text } from '../../kit/index.ts';

/** A message to people: a short title and one sentence; `{name}` is replaced by the value of that name. */
export type NoticeTemplate = { readonly title: Text; readonly body: Text };
export const template = (title: Text, body: Text): NoticeTemplate => ({ title, body });
