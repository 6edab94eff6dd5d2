'use client';
import { CarFront, ChevronRight, ClipboardCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '../../i18n/navigation.ts';
import { Countdown, Km, Moment } from '../../ui/figures.tsx';
import { Card, Skeleton } from '../../ui/layout.tsx';
import { Plate, plateColour } from '../../ui/plate.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { StatusSentence } from '../../ui/status.tsx';
import { statusTone } from '../workshop/order/model.ts';
import type { Approval, Car } from './queries.ts';
import { useCars, useInbox } from './use-garage.ts';

/** My cars, each with what happens to it now; what waits for my answer stands on top. */
export const GaragePage = () => {
  const t = useTranslations('garage');
  const cars = useCars();
  const inbox = useInbox();
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <h1 className="font-bold text-xl tracking-tight">{t('title')}</h1>
      {inbox.data?.map((approval) => (
        <AnswerCard key={approval.id} approval={approval} />
      ))}
      {cars.isPending ? [1, 2].map((row) => <Skeleton key={row} className="h-32 w-full rounded-md" />) : null}
      {cars.error ? <Failed error={cars.error as never} onRetry={() => void cars.refetch()} /> : null}
      {cars.data?.length === 0 ? <Empty icon={CarFront} title={t('emptyTitle')} text={t('emptyText')} /> : null}
      <ul className="grid gap-3">
        {cars.data?.map((car) => (
          <li key={car.id}>
            <CarCard car={car} />
          </li>
        ))}
      </ul>
    </div>
  );
};

export const AnswerCard = ({ approval }: { approval: Approval }) => {
  const t = useTranslations('garage');
  const over = useTranslations('approve')('over');
  return (
    <Link
      href={`/garage/approvals/${approval.id}`}
      data-approval={approval.id}
      className="flex items-center gap-3 rounded-md border border-waiting-mark bg-waiting-soft p-4"
    >
      <ClipboardCheck className="size-6 shrink-0 text-waiting" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{t('answerWanted', { count: approval.pendingLineIds.length })}</span>
        <span className="mt-1 flex flex-wrap items-center gap-2 text-sm">
          <Plate plate={approval.plate} colour={plateColour(approval.plate)} size="sm" />
          <span className="text-ink-soft">{approval.model}</span>
          {approval.dueAt ? (
            <span className="font-medium text-waiting">
              <Countdown at={approval.dueAt} over={over} />
            </span>
          ) : null}
        </span>
      </span>
      <ChevronRight className="size-5 shrink-0 text-ink-soft" aria-hidden />
    </Link>
  );
};

const CarCard = ({ car }: { car: Car }) => {
  const t = useTranslations('garage');
  const status = useTranslations('orderStatusOwner');
  const e = useTranslations('enums');
  const { openOrder } = car;
  return (
    <Card className="grid gap-3 p-4" data-car={car.plate}>
      <div className="flex items-center gap-3">
        <Plate plate={car.plate} colour={plateColour(car.plate, car.plateColour)} />
        <div className="min-w-0">
          <p className="truncate font-semibold">
            {car.make} {car.model}
          </p>
          <p className="text-ink-soft text-sm">
            {t('year', { year: car.modelYear })} · {e(car.fuel)} · <Km value={car.odometerKm} />
          </p>
        </div>
      </div>
      {openOrder ? (
        <div className="rounded-md bg-sunken px-3 py-2.5 text-body">
          <StatusSentence
            tone={statusTone[openOrder.status]}
            parts={[
              status(openOrder.status),
              openOrder.promisedAt ? (
                <span key="promise">
                  {t('promised')} <Moment at={openOrder.promisedAt} />
                </span>
              ) : null,
            ]}
          />
        </div>
      ) : (
        <p className="text-ink-soft text-sm">{t('nothingGoingOn')}</p>
      )}
    </Card>
  );
};
