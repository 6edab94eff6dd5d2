'use client';
import { useTranslations } from 'next-intl';
import { useNames } from '../../../kit/names.ts';
import { Ago, Moment, Money } from '../../../ui/figures.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { type Tone, ToneBadge } from '../../../ui/tone.tsx';
import type { Order } from './queries.ts';
import { SendAgain } from './send-again.tsx';

const estimateTone: Record<string, Tone> = {
  draft: 'idle',
  sent: 'waiting',
  answered: 'done',
  expired: 'problem',
  replaced: 'idle',
};
const answerTone: Record<string, Tone> = { approved: 'done', declined: 'problem', deferred: 'idle' };

/** Versions of the estimate and what was answered, with the evidence. */
export const EstimatesCard = ({ order }: { order: Order }) => {
  const t = useTranslations('order');
  const state = useTranslations('estimateStatus');
  const e = useTranslations('enums');
  const answer = useTranslations('lineStatus');
  const nameOf = useNames();
  if (order.estimates.length === 0) return null;
  const names = new Map(order.lines.map((line) => [line.lineId, line.name ?? line.serviceCode ?? e(line.kind)]));
  return (
    <Card>
      <CardHeader title={t('estimates')} />
      <ul className="divide-y divide-line text-sm">
        {[...order.estimates].reverse().map((estimate) => (
          <li key={estimate.version} className="grid gap-1.5 px-4 py-3" data-estimate={estimate.version}>
            <div className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{t('estimateVersion', { version: estimate.version })}</span>
              {estimate.supplement ? <ToneBadge tone="idle">{t('supplement')}</ToneBadge> : null}
              <ToneBadge tone={estimateTone[estimate.state] ?? 'idle'}>{state(estimate.state)}</ToneBadge>
              <Money krw={estimate.totalKrw} strong className="ml-auto" />
            </div>
            <p className="text-ink-soft text-xs">
              {estimate.sentAt ? (
                <>
                  {e(estimate.channel ?? 'app')} · <Ago at={estimate.sentAt} />
                  {estimate.dueAt && estimate.state === 'sent' ? (
                    <>
                      {' · '}
                      <Moment at={estimate.dueAt} /> {t('expires')}
                    </>
                  ) : null}
                </>
              ) : (
                <>
                  {t('drafted')} <Ago at={estimate.draftedAt} />
                </>
              )}
            </p>
            {estimate === order.estimates.at(-1) ? <SendAgain order={order} /> : null}
            {order.answers
              .filter((each) => each.version === estimate.version)
              .map((each) => (
                <div
                  key={each.at + each.answer}
                  className="flex flex-wrap items-center gap-x-2 gap-y-0.5 rounded-sm bg-sunken px-2.5 py-1.5"
                >
                  <ToneBadge tone={answerTone[each.answer] ?? 'idle'}>{answer(each.answer)}</ToneBadge>
                  <span className="min-w-0">{each.lineIds.map((id) => names.get(id) ?? id).join(', ')}</span>
                  <span className="text-ink-soft text-xs">
                    {[
                      nameOf(each.by) ??
                        (each.by === order.customer.id ? (order.customerName ?? undefined) : undefined),
                      each.method ? e(each.method) : undefined,
                    ]
                      .filter(Boolean)
                      .join(' · ')}{' '}
                    · <Ago at={each.at} />
                  </span>
                  {each.reason ? <span className="w-full text-ink-soft">“{each.reason}”</span> : null}
                  {each.evidence ? (
                    <span className="w-full truncate text-ink-soft text-xs" title={each.evidence.sha256}>
                      {t('evidence')} {each.evidence.objectId.slice(0, 18)}… · {each.evidence.sha256.slice(0, 12)}
                    </span>
                  ) : null}
                </div>
              ))}
          </li>
        ))}
      </ul>
    </Card>
  );
};
