'use client';
import { useTranslations } from 'next-intl';
import { Moment, Since } from '../../../ui/figures.tsx';
import { StatusSentence } from '../../../ui/status.tsx';
import { type Status, statusTone } from './model.ts';

type Told = {
  readonly status: Status;
  readonly waitReason: string | null;
  readonly waitingSince: string | null;
  readonly dueAt: string | null;
  readonly technicianName?: string | null;
  readonly openedAt: string;
};

/** "고객 승인 대기 · 2시간 10분 · 내일 14:00 만료" */
export const OrderStatusLine = ({ order, block }: { order: Told; block?: boolean }) => {
  const status = useTranslations('orderStatus');
  const reason = useTranslations('enums');
  const t = useTranslations('order');
  const waiting =
    order.waitReason && order.status !== 'awaitingApproval'
      ? `${status(order.status)} (${reason(order.waitReason)})`
      : status(order.status);
  const over = order.status === 'closed' || order.status === 'completed' || order.status === 'cancelled';
  return (
    <StatusSentence
      tone={statusTone[order.status]}
      block={block}
      parts={[
        waiting,
        order.waitingSince ? <Since key="since" at={order.waitingSince} /> : null,
        !over && order.dueAt ? (
          <span key="due">
            <Moment at={order.dueAt} /> {t('expires')}
          </span>
        ) : null,
        order.status === 'inProgress' && order.technicianName ? order.technicianName : null,
      ]}
    />
  );
};
