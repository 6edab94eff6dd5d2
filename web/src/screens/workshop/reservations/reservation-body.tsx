'use client';
import type { Locale } from '@cargoro/domain/kit';
import { useLocale, useTranslations } from 'next-intl';
import { Link } from '../../../i18n/navigation.ts';
import { clock, dayName } from '../../../kit/format.ts';
import { useNames } from '../../../kit/names.ts';
import { Km, Moment } from '../../../ui/figures.tsx';
import { Facts } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { inForce, useWorkshop } from '../workshop.ts';
import type { Reservation } from './queries.ts';

/** What was asked for and what was agreed. */
export const ReservationBody = ({ reservation }: { reservation: Reservation }) => {
  const t = useTranslations('reservation');
  const f = useTranslations('fields');
  const c = useTranslations('common');
  const locale = useLocale() as Locale;
  const nameOf = useNames();
  const { workshop } = useWorkshop();
  const items = workshop ? (inForce(workshop.menus)?.items ?? []) : [];
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3">
        <Plate plate={reservation.plate} colour={plateColour(reservation.plate)} />
        <div className="min-w-0">
          <p className="truncate font-semibold">
            {reservation.make} {reservation.model}
          </p>
          <p className="truncate text-ink-soft text-sm">{reservation.requesterName ?? ''}</p>
        </div>
      </div>
      {reservation.complaint ? (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm">“{reservation.complaint}”</p>
      ) : null}
      <Facts
        items={[
          [
            f('services'),
            reservation.services
              .map(({ code, note }) =>
                [items.find((item) => item.serviceCode === code)?.name ?? code, note].filter(Boolean).join(' – '),
              )
              .join(', '),
          ],
          [
            f('wanted'),
            reservation.wanted.map(({ from, to }) => `${dayName(from, locale)} ${clock(from)}–${clock(to)}`).join(', '),
          ],
          reservation.slot
            ? [
                t('booked'),
                `${dayName(reservation.slot.start, locale)} ${clock(reservation.slot.start)}–${clock(reservation.slot.end)} · ${workshop?.bays.find((bay) => bay.bayId === reservation.slot?.bayId)?.name ?? ''}`,
              ]
            : null,
          reservation.advisorId ? [f('advisorId'), nameOf(reservation.advisorId) ?? '–'] : null,
          [f('pickupWanted'), reservation.pickupWanted ? c('yes') : c('no')],
          reservation.arrivedAt ? [t('arrived'), <Moment key="at" at={reservation.arrivedAt} />] : null,
          reservation.odometerKm ? [f('odometerKm'), <Km key="km" value={reservation.odometerKm} />] : null,
          reservation.repairOrderId
            ? [
                f('repairOrderId'),
                <Link
                  key="ro"
                  href={`/workshop/orders/${reservation.repairOrderId}`}
                  className="font-medium text-accent underline underline-offset-4"
                >
                  {t('toOrder')}
                </Link>,
              ]
            : null,
        ]}
      />
    </div>
  );
};
