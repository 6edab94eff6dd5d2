import { z } from 'zod';
import { plusDays, plusMinutes, seoulDay, seoulMinuteOfDay } from '../../kit/index.ts';

/** Ways a notice takes besides the inbox. */
export const NoticeChannel = z.enum(['push', 'email', 'sms']).meta({ id: 'NoticeChannel' });
export type NoticeChannel = z.infer<typeof NoticeChannel>;

const Minute = z
  .int()
  .min(0)
  .max(24 * 60 - 1);
/** Minutes of the day in Seoul; `from` may lie after `until`, over midnight. */
export const QuietHours = z.object({ from: Minute, until: Minute }).meta({ id: 'QuietHours' });

/** How a person wants to hear of things. Without `quietHours` at any hour. */
export const NoticeChoice = z.object({
  channels: z.array(NoticeChannel).max(3),
  quietHours: QuietHours.optional(),
});
export type NoticeChoice = z.infer<typeof NoticeChoice>;

/** What holds until a person chooses: text messages only where much hangs on it, and nothing but the urgent that rings at night. */
export const defaultNoticeChoice: NoticeChoice = {
  channels: ['push', 'email'],
  quietHours: { from: 21 * 60, until: 8 * 60 },
};

/** The moment a person may be disturbed at: `at` itself outside the quiet hours, else their end. */
export const undisturbed = ({ quietHours }: NoticeChoice, at: string): string => {
  if (!quietHours) return at;
  const { from, until } = quietHours;
  const minute = seoulMinuteOfDay(at);
  const quiet = from <= until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!quiet) return at;
  const midnight = plusMinutes(`${seoulDay(at)}T00:00:00.000Z`, -9 * 60);
  const end = plusMinutes(midnight, until);
  return minute >= until ? plusDays(end, 1) : end;
};
