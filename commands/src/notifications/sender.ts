import { filled, type NoticeTemplate, noticeTemplates, plusDays, plusMinutes, undisturbed } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import { Unavailable } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import type { TimerClock } from '../processes/clock.ts';
import { keepDeadLetter } from '../processes/dead-letter.ts';
import { type Channel, type Message, type Person, Undelivered } from './channel.ts';
import type { Outbox, Sending } from './outbox.ts';

export type SenderDeps = {
  readonly outbox: Outbox;
  readonly find: (userId: string) => Promise<Person | undefined>;
  readonly postgres: Postgres;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: TimerClock;
  /** Where people read on. */
  readonly webOrigin: string | undefined;
};

/** Minutes before each further try; after the last one it is given up. */
export const retryMinutes = [1, 5, 15, 60, 180, 360, 720] as const;
const atOnce = 16;
const keptDays = 90;

const messageFor = ({ id, template, values }: Sending, { locale }: Person, webOrigin: string | undefined): Message => {
  const { title, body } = noticeTemplates[template];
  const url = webOrigin && `${webOrigin}/${locale}`;
  return { id, title: filled(title[locale], values), body: filled(body[locale], values), url, locale };
};

/** Sends what waits for one channel, the oldest first, until the signal aborts; `changed` says that more has come. */
export const sendAll = async (
  channel: Channel,
  deps: SenderDeps,
  signal: AbortSignal,
  changed: () => AbortSignal,
): Promise<void> => {
  const { outbox, find, postgres, logger, metrics, clock, webOrigin } = deps;
  const { name } = channel;
  const sent = metrics.counter('cargoro_notices_total', 'Notices sent to people', ['channel', 'outcome']);

  const settle = async ({ id }: Sending, as: 'sent' | 'skipped' | 'dead', reason?: string) => {
    await outbox.settle(id, as, clock.now(), reason);
    sent.inc({ channel: name, outcome: as });
  };

  const failed = async (sending: Sending, error: unknown): Promise<void> => {
    const { code, final } = error instanceof Undelivered ? error : new Undelivered('UNEXPECTED', false);
    const wait = retryMinutes[sending.attempts];
    const about = { channel: name, code, notice: sending.noticeId, event: sending.eventId };
    if (!final && wait !== undefined) {
      logger.warn(about, 'a notice could not be sent and is tried again');
      sent.inc({ channel: name, outcome: 'failed' });
      return outbox.postpone(sending.id, plusMinutes(clock.now(), wait), code);
    }
    logger.error(about, 'a notice is dead');
    await keepDeadLetter(
      postgres,
      'notices',
      { id: sending.eventId, stream: `notice-${sending.noticeId}`, position: sending.position },
      { commandId: sending.id, type: `notify by ${name}` },
      { code: 'UNDELIVERED', message: code },
    );
    await settle(sending, 'dead', code);
  };

  const deliver = async (sending: Sending): Promise<void> => {
    try {
      const person = await find(sending.userId);
      if (!person) return await settle(sending, 'skipped', 'NOBODY');
      const { bySms, urgent }: NoticeTemplate = noticeTemplates[sending.template];
      const isMeant = name === 'sms' && bySms === true && !person.hasChosen;
      if (!isMeant && !person.choice.channels.includes(name)) return await settle(sending, 'skipped', 'UNWANTED');
      const now = clock.now();
      const at = channel.rings && !urgent ? undisturbed(person.choice, now) : now;
      if (at !== now) return await outbox.postpone(sending.id, at);
      const reached = await channel.send(person, messageFor(sending, person, webOrigin), signal);
      return await settle(sending, reached ? 'sent' : 'skipped', reached ? undefined : 'NO_ADDRESS');
    } catch (error) {
      if (signal.aborted || error instanceof Unavailable) throw error;
      await failed(sending, error);
    }
  };

  while (!signal.aborted) {
    const more = changed();
    const due = await outbox.due(name, clock.now(), atOnce);
    const outcomes = await Promise.allSettled(due.map(deliver));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    if (due.length > 0) continue;
    await outbox.forget(plusDays(clock.now(), -keptDays));
    await clock.until(await outbox.next(name), AbortSignal.any([signal, more]));
  }
};
