'use client';
import { useTranslations } from 'next-intl';
import { useNames } from '../../../kit/names.ts';
import { Ago } from '../../../ui/figures.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { PhotoStrip } from '../../../ui/photos.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { severityTone } from './model.ts';
import type { Order } from './queries.ts';

/** What was found on the car, inspected and noted. */
export const FindingsCard = ({ order }: { order: Order }) => {
  const t = useTranslations('order');
  const e = useTranslations('enums');
  const nameOf = useNames();
  if (order.findings.length + order.notes.length + order.inspections.length + order.dtcs.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title={t('findings')}
        aside={order.dtcs.map((code) => (
          <ToneBadge key={code} tone="problem">
            {code}
          </ToneBadge>
        ))}
      />
      <ul className="divide-y divide-line text-sm">
        {order.findings.map((finding) => (
          <li key={finding.findingId} className="flex flex-wrap items-center gap-2 px-4 py-2.5">
            <ToneBadge tone={severityTone[finding.severity] ?? 'idle'}>{e(finding.severity)}</ToneBadge>
            <span className="font-medium">{finding.system}</span>
            <span className="text-ink-soft">{[finding.measured, finding.note].filter(Boolean).join(' · ')}</span>
            <PhotoStrip photos={finding.photos} />
          </li>
        ))}
        {order.inspections.map((inspection) => (
          <li key={inspection.at} className="grid gap-1 px-4 py-2.5">
            <p className="flex flex-wrap items-center gap-2">
              <ToneBadge tone={inspection.passed ? 'done' : 'problem'}>
                {t(inspection.passed ? 'inspectionPassed' : 'inspectionFailed')}
              </ToneBadge>
              <span className="text-ink-soft">
                {nameOf(inspection.inspectorId)} · <Ago at={inspection.at} />
                {inspection.roadTestKm ? ` · ${t('roadTest', { km: inspection.roadTestKm })}` : ''}
              </span>
            </p>
            <p className="text-ink-soft">
              {inspection.checks.map((check) => check.item + (check.value ? ` ${check.value}` : '')).join(' · ')}
            </p>
            {inspection.reason ? <p>“{inspection.reason}”</p> : null}
          </li>
        ))}
        {order.notes.map((note) => (
          <li key={note.at + note.text} className="grid gap-1 px-4 py-2.5">
            <p className="whitespace-pre-wrap">{note.text}</p>
            <PhotoStrip photos={note.photos} />
            <p className="text-ink-soft text-xs">
              {nameOf(note.by) ?? ''} · <Ago at={note.at} /> · {e(note.visibility)}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
