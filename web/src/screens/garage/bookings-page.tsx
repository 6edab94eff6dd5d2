'use client';
import { CalendarPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Actions } from '../../kit/actions.tsx';
import { useViewer } from '../../kit/runtime.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton } from '../../ui/layout.tsx';
import { Dialog } from '../../ui/overlay.tsx';
import { Plate, plateColour } from '../../ui/plate.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import type { Reservation } from '../workshop/reservations/queries.ts';
import { ReservationStatusLine } from '../workshop/reservations/status-line.tsx';
import { useReservations } from '../workshop/reservations/use-reservations.ts';
import { BookForm } from './book-form.tsx';
import { useWorkshops } from './use-garage.ts';

/** My appointments, and asking for one. */
export const BookingsPage = () => {
  const t = useTranslations('booking');
  const c = useTranslations('common');
  const [asking, setAsking] = useState(false);
  const { query } = useReservations('open', undefined, undefined);
  return (
    <div className="mx-auto grid max-w-xl gap-3">
      <div className="flex items-center gap-3">
        <h1 className="font-bold text-xl tracking-tight">{t('title')}</h1>
        <Button tone="primary" className="ml-auto" data-action="RequestReservation" onClick={() => setAsking(true)}>
          <CalendarPlus aria-hidden />
          {t('book')}
        </Button>
      </div>
      {query.isPending ? <Skeleton className="h-24 w-full rounded-md" /> : null}
      {query.error ? <Failed error={query.error as never} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? <Empty icon={CalendarPlus} title={t('emptyTitle')} text={t('emptyText')} /> : null}
      {query.data?.map((reservation) => (
        <BookingCard key={reservation.id} reservation={reservation} />
      ))}
      <Dialog open={asking} onOpenChange={setAsking} title={t('book')} lead={t('bookLead')} closeLabel={c('close')}>
        <BookForm onDone={() => setAsking(false)} />
      </Dialog>
    </div>
  );
};

const BookingCard = ({ reservation }: { reservation: Reservation }) => {
  const t = useTranslations('booking');
  const viewer = useViewer();
  const workshops = useWorkshops();
  const workshop = workshops.find((each) => each.id === reservation.workshopId);
  const items = workshop?.menus.at(-1)?.items ?? [];
  const given = { reservationId: reservation.id };
  const proposed = reservation.status === 'proposed' ? reservation.slot : null;
  return (
    <Card className="grid gap-2.5 p-4" data-reservation={reservation.status}>
      <div className="flex items-center gap-2.5">
        <Plate plate={reservation.plate} colour={plateColour(reservation.plate)} />
        <span className="min-w-0 truncate font-medium">{workshop?.name}</span>
      </div>
      <ReservationStatusLine reservation={reservation} />
      <p className="text-ink-soft text-sm">
        {reservation.services
          .map(({ code }) => items.find((item) => item.serviceCode === code)?.name ?? code)
          .join(', ')}
      </p>
      {reservation.proposalNote ? (
        <p className="rounded-sm bg-sunken px-3 py-2 text-body">“{reservation.proposalNote}”</p>
      ) : null}
      <Actions
        allowed={reservation.allowedCommands}
        order={proposed ? ['ConfirmReservation'] : []}
        asks={{
          ...(proposed && {
            ConfirmReservation: {
              given: { ...given, ...proposed, advisorId: reservation.advisorId ?? viewer.userId },
              direct: true,
            },
          }),
          CancelReservation: {
            given: { ...given, by: viewer.name.ko, reasonCode: 'customerRequest' },
            lead: t('cancelLead'),
          },
        }}
      />
    </Card>
  );
};
