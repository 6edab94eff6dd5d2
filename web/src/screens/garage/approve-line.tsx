'use client';
import { Check, Clock, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '../../ui/cn.ts';
import { Money } from '../../ui/figures.tsx';
import { PhotoStrip } from '../../ui/photos.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { severityTone } from '../workshop/order/model.ts';
import { type Choice, type Line, priceOf } from './answer.ts';
import type { Approval } from './queries.ts';

/** One line: what it is, why it is needed, what it costs in which grade, and the three answers. */
export const ApproveLine = ({
  approval,
  line,
  answer,
  grade,
  onAnswer,
  onGrade,
}: {
  approval: Approval;
  line: Line;
  answer: Choice | undefined;
  grade: string | undefined;
  onAnswer: (answer: Choice) => void;
  onGrade: (grade: string) => void;
}) => {
  const t = useTranslations('approve');
  const e = useTranslations('enums');
  const finding = approval.findings.find((each) => each.findingId === line.findingId);
  const name = line.name ?? line.serviceCode ?? e(line.kind);
  const offers = line.alternatives ?? [];
  return (
    <li
      className={cn('grid gap-3 rounded-md border border-line bg-surface p-4', answer === 'approve' && 'border-accent')}
      data-line={name}
    >
      <div className="flex items-baseline gap-3">
        <h2 className="min-w-0 flex-1 font-semibold text-[17px] leading-6">{name}</h2>
        <Money krw={priceOf(line, grade)} strong className="text-[17px]" />
      </div>
      <p className="-mt-2 text-ink-soft text-sm">
        {[
          e(line.kind),
          line.kind === 'labour' && line.hours ? t('hours', { hours: line.hours }) : null,
          line.qty !== 1 ? t('times', { qty: line.qty }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {finding ? (
        <div className="grid gap-2 rounded-sm bg-sunken px-3 py-2.5 text-body">
          <p className="flex flex-wrap items-center gap-2">
            <ToneBadge tone={severityTone[finding.severity] ?? 'idle'}>{t(`severity.${finding.severity}`)}</ToneBadge>
            <span className="font-medium">{finding.system}</span>
            {finding.measured ? <span className="text-ink-soft">{finding.measured}</span> : null}
          </p>
          {finding.note ? <p className="text-ink-soft">{finding.note}</p> : null}
          <PhotoStrip photos={finding.photos} />
        </div>
      ) : null}
      {offers.length > 1 ? (
        <Segmented
          label={t('grade', { name })}
          value={grade ?? line.grade ?? ''}
          onChange={onGrade}
          options={offers.map((offer) => ({
            value: offer.grade,
            label: `${e(offer.grade)} ₩${offer.unitPriceKrw.toLocaleString('en-US')}`,
          }))}
        />
      ) : null}
      <Segmented
        size="thumb"
        label={t('answer', { name })}
        value={answer ?? ''}
        onChange={(value) => onAnswer(value as Choice)}
        options={[
          { value: 'approve', label: t('approve'), icon: Check },
          { value: 'later', label: t('later'), icon: Clock },
          { value: 'decline', label: t('decline'), icon: X },
        ]}
      />
    </li>
  );
};
