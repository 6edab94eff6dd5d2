'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import type { Allowed, Ask } from '../../../kit/actions.tsx';
import { useViewer } from '../../../kit/runtime.tsx';
import { OpenOrderForm } from './open-order-form.tsx';
import type { Reservation } from './queries.ts';
import { SlotForm } from './slot-form.tsx';

const cancelReasons = ['customerRequest', 'workshopCapacity', 'other'] as const;

/** How the desk asks for what each command of a reservation needs, and what is possible: an arrived car gets its order here. */
export const useReservationActions = (
  reservation: Reservation | null | undefined,
): { allowed: readonly Allowed[]; asks: Readonly<Record<string, Ask>> } => {
  const t = useTranslations('reservation');
  const e = useTranslations('enums');
  const router = useRouter();
  const viewer = useViewer();
  return useMemo(() => {
    if (!reservation) return { allowed: [], asks: {} };
    const given = { reservationId: reservation.id };
    const labelOf = (name: string): string =>
      reservation.allowedCommands.find((each) => each.name === name)?.label ?? name;
    const canOpen = reservation.allowedCommands.some(({ name }) => name === 'LinkRepairOrder');
    const asks: Record<string, Ask> = {
      ConfirmReservation: {
        form: (done) => (
          <SlotForm
            command="ConfirmReservation"
            label={labelOf('ConfirmReservation')}
            reservation={reservation}
            onDone={done}
          />
        ),
      },
      ProposeSlot: {
        form: (done) => (
          <SlotForm command="ProposeSlot" label={labelOf('ProposeSlot')} reservation={reservation} onDone={done} />
        ),
      },
      RescheduleReservation: {
        form: (done) => (
          <SlotForm
            command="RescheduleReservation"
            label={labelOf('RescheduleReservation')}
            reservation={reservation}
            onDone={done}
          />
        ),
      },
      CheckIn: { given: { ...given, by: viewer.name.ko }, start: { at: new Date().toISOString() } },
      DeclineReservation: { given },
      CancelReservation: {
        given: { ...given, by: viewer.name.ko },
        options: { reasonCode: cancelReasons.map((value) => ({ value, label: e(value) })) },
      },
      RecordNoShow: { given, direct: true },
      OpenRepairOrder: {
        form: (done) => (
          <OpenOrderForm
            label={t('openOrder')}
            reservation={reservation}
            onDone={(accepted, repairOrderId) => {
              done(accepted);
              router.push(`/workshop/orders/${repairOrderId}`);
            }}
          />
        ),
      },
    };
    return {
      allowed: [
        ...reservation.allowedCommands,
        ...(canOpen ? [{ name: 'OpenRepairOrder', label: t('openOrder') }] : []),
      ],
      asks,
    };
  }, [reservation, t, e, router, viewer]);
};
