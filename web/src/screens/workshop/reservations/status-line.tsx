'use client';
import { useTranslations } from 'next-intl';
import { Ago, Moment } from '../../../ui/figures.tsx';
import { StatusSentence } from '../../../ui/status.tsx';
import { reservationTone } from './model.ts';
import type { Reservation } from './queries.ts';

/** "확인 대기 · 2시간 전 요청 · 내일 09:00 희망" */
export const ReservationStatusLine = ({ reservation, block }: { reservation: Reservation; block?: boolean }) => {
  const status = useTranslations('reservationStatus');
  const t = useTranslations('reservation');
  return (
    <StatusSentence
      tone={reservationTone[reservation.status] ?? 'idle'}
      block={block}
      parts={[
        status(reservation.status),
        reservation.status === 'requested' ? (
          <span key="asked">
            <Ago at={reservation.requestedAt} /> {t('asked')}
          </span>
        ) : null,
        <Moment key="starts" at={reservation.startsAt} />,
        reservation.reason ? `“${reservation.reason}”` : null,
      ]}
    />
  );
};
