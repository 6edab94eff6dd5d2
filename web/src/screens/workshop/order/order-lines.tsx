'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Actions, type Allowed } from '../../../kit/actions.tsx';
import { Money } from '../../../ui/figures.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { PhotoStrip } from '../../../ui/photos.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { lineTone, severityTone } from './model.ts';
import { PartState } from './part-state.tsx';
import type { Order, OrderLine } from './queries.ts';

/** Lines with the finding that made them necessary, their part, their answer and what can be done with each. */
export const OrderLines = ({ order, aside }: { order: Order; aside?: ReactNode }) => {
  const t = useTranslations('order');
  return (
    <Card>
      <CardHeader title={t('lines')} aside={aside} />
      {order.lines.length === 0 ? <p className="px-4 py-8 text-center text-ink-soft text-sm">{t('noLines')}</p> : null}
      <ul className="divide-y divide-line" data-slot="order-lines">
        {order.lines.map((line) => (
          <LineRow key={line.lineId} order={order} line={line} />
        ))}
      </ul>
    </Card>
  );
};

const LineRow = ({ order, line }: { order: Order; line: OrderLine }) => {
  const t = useTranslations('order');
  const e = useTranslations('enums');
  const state = useTranslations('lineStatus');
  const finding = order.findings.find((each) => each.findingId === line.findingId);
  const requests = order.parts.filter((part) => part.lineId === line.lineId);
  const details = [
    line.kind === 'labour' && line.hours ? t('hours', { hours: line.hours }) : null,
    line.kind === 'part' && line.grade ? e(line.grade) : null,
    line.qty !== 1 ? t('times', { qty: line.qty }) : null,
    line.minutes ? t('took', { minutes: line.minutes }) : null,
  ].filter(Boolean);
  return (
    <li
      className="grid gap-1.5 px-4 py-3"
      data-line={line.name ?? line.serviceCode ?? line.kind}
      data-state={line.state}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-52">
          <p className="font-medium text-body">{line.name ?? line.serviceCode ?? e(line.kind)}</p>
          <p className="text-ink-soft text-xs">{[e(line.kind), ...details].join(' · ')}</p>
        </div>
        <ToneBadge tone={lineTone[line.state] ?? 'idle'}>{state(line.state)}</ToneBadge>
        <Money krw={line.amountKrw} className="ml-auto min-w-24 text-right" strong />
        <LineActions order={order} line={line} requested={requests.length > 0} />
      </div>
      {finding ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <ToneBadge tone={severityTone[finding.severity] ?? 'idle'}>
            {finding.system} · {e(finding.severity)}
          </ToneBadge>
          <span className="text-ink-soft">{[finding.measured, finding.note].filter(Boolean).join(' · ')}</span>
          <PhotoStrip photos={finding.photos} />
        </div>
      ) : null}
      {requests.map((part) => (
        <PartState key={part.requestId} order={order} part={part} />
      ))}
      {line.answer && (line.state === 'declined' || line.state === 'deferred' || line.state === 'dropped') ? (
        <p className="text-ink-soft text-sm">“{line.answer}”</p>
      ) : null}
    </li>
  );
};

/** What can be done with one line now: the order's allowed commands that fit the line's own state. */
const LineActions = ({ order, line, requested }: { order: Order; line: OrderLine; requested: boolean }) => {
  const fits: Record<string, boolean> = {
    FinishLine: line.state === 'inWork',
    DropLine: line.state === 'approved' || line.state === 'inWork',
    RequestPart: line.kind === 'part' && !requested && (line.state === 'approved' || line.state === 'inWork'),
  };
  const allowed: Allowed[] = order.allowedCommands.filter(({ name }) => fits[name]);
  const given = { repairOrderId: order.id, lineId: line.lineId };
  const started = order.labour.find((span) => span.endedAt === null && span.lineIds.includes(line.lineId))?.startedAt;
  const minutes = started ? Math.max(1, Math.round((Date.now() - Date.parse(started)) / 60_000)) : 30;
  if (allowed.length === 0) return null;
  return (
    <Actions
      plain
      size="sm"
      allowed={allowed}
      order={line.kind === 'part' && !requested ? ['RequestPart', 'FinishLine'] : ['FinishLine', 'RequestPart']}
      asks={{
        FinishLine: { given, start: { minutes } },
        DropLine: { given },
        RequestPart: {
          given: { ...given, requestId: line.lineId, partId: line.partId ?? '', qty: line.qty },
          start: { neededBy: new Date(Date.now() + 3 * 3_600_000).toISOString() },
        },
      }}
    />
  );
};
