import { defaultNoticeChoice, type NoticeChoice } from '@cargoro/domain';

export const channels = ['push', 'email', 'sms'] as const satisfies NoticeChoice['channels'];

/** The choice as the form holds it; times as clocks show them. */
export type NoticeDraft = {
  readonly chosen: readonly (typeof channels)[number][];
  readonly quiet: boolean;
  readonly from: string;
  readonly until: string;
};
type Stored = {
  readonly channels: readonly string[];
  readonly quietHours?: { readonly from: number; readonly until: number } | null;
};

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
const minuteOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** What a person chose, or what holds until they do. */
export const draftOf = (stored: Stored | null): NoticeDraft => {
  const given: Stored = stored ?? defaultNoticeChoice;
  const hours = given.quietHours ?? defaultNoticeChoice.quietHours;
  return {
    chosen: channels.filter((channel) => given.channels.includes(channel)),
    quiet: Boolean(given.quietHours),
    from: clock(hours?.from ?? 0),
    until: clock(hours?.until ?? 0),
  };
};

export const choiceOf = ({ chosen, quiet, from, until }: NoticeDraft) => ({
  channels: chosen,
  ...(quiet && { quietHours: { from: minuteOf(from), until: minuteOf(until) } }),
});
