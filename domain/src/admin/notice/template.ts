import type { Text } from '../../kit/index.ts';

type Way = {
  /** By text message too, unless the person chose their own ways. */
  readonly bySms?: true;
  /** Somebody stands and waits now: it rings in quiet hours as well. */
  readonly urgent?: true;
};
/** A message to people: a short title and one sentence; `{name}` is replaced by the value of that name. */
export type NoticeTemplate = { readonly title: Text; readonly body: Text } & Way;
export const template = (title: Text, body: Text, way: Way = {}): NoticeTemplate => ({ title, body, ...way });
