'use client';
import { useTranslations } from 'next-intl';
import { useNames } from '../../../kit/names.ts';
import { Clock, Since } from '../../../ui/figures.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { Person } from '../../../ui/person.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { useWorkshop } from '../workshop.ts';
import type { Order } from './queries.ts';

/** The labour clock: who works where, since when, and what was worked before. */
export const WorkCard = ({ order }: { order: Order }) => {
  const t = useTranslations('work');
  const e = useTranslations('enums');
  const nameOf = useNames();
  const { workshop } = useWorkshop();
  const bayName = (id: string | null): string | undefined => workshop?.bays.find((bay) => bay.bayId === id)?.name;
  const running = order.labour.find((span) => span.endedAt === null);
  return (
    <Card>
      <CardHeader
        title={t('title')}
        aside={
          running ? (
            <ToneBadge tone="running">
              <Since at={running.startedAt} />
            </ToneBadge>
          ) : order.workedMinutes > 0 ? (
            <span className="text-ink-soft text-sm">{t('total', { minutes: order.workedMinutes })}</span>
          ) : null
        }
      />
      <div className="grid gap-2 p-4 text-sm">
        {order.technicianId ? (
          <div className="flex items-center gap-2">
            <Person
              name={order.technicianName ?? nameOf(order.technicianId) ?? t('technician')}
              role={bayName(order.bayId) ?? undefined}
            />
            {order.plannedHours ? (
              <span className="ml-auto text-ink-soft">{t('planned', { hours: order.plannedHours })}</span>
            ) : null}
          </div>
        ) : (
          <p className="text-ink-soft">{t('nobody')}</p>
        )}
        {order.labour.length > 0 ? (
          <ul className="grid gap-1 border-line border-t pt-2 text-ink-soft">
            {order.labour.map((span) => (
              <li key={span.startedAt + span.technicianId} className="flex flex-wrap gap-x-2">
                <Clock at={span.startedAt} />–
                {span.endedAt ? (
                  <Clock at={span.endedAt} />
                ) : (
                  <span className="font-medium text-running">{t('now')}</span>
                )}
                <span>{nameOf(span.technicianId)}</span>
                {span.pauseReason ? <span>· {e(span.pauseReason)}</span> : null}
                <Since at={span.startedAt} until={span.endedAt} className="ml-auto" />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
};
