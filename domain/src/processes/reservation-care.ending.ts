import { numberSetting } from '../admin/setting/setting.ts';
import { Delivery, type DeliveryState } from '../delivery/delivery/delivery.ts';
import { beforePickup } from '../delivery/delivery/request.schema.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { type Context, type Reaction, send } from '../kit/index.ts';
import { Reservation, usualLateFeeKrw } from '../repair/reservation/reservation.ts';
import { cashierDesk, customerDesk, workshopDesk } from './desks.ts';
import { draftFee } from './fee-invoice.ts';
import { type NoticeName, notify } from './notify.ts';

type Data = Record<string, unknown>;
export type CareState = {
  readonly reservationId: string;
  /** Deliveries that were ordered for it. */
  readonly deliveries: readonly string[];
};
const over: readonly DeliveryState['status'][] = ['none', 'completed', 'cancelled', 'failed'];
const isBeforePickup = (status: string): boolean => (beforePickup as readonly string[]).includes(status);

/** Is a driver bringing the car, or did one bring it? */
export const transport = ({ deliveries }: CareState, ctx: Context): 'coming' | 'brought' | undefined => {
  const states = deliveries.map((id) => ctx.fact(Delivery, id).status);
  if (states.some((status) => !over.includes(status) && status !== 'requested' && status !== 'unassigned'))
    return 'coming';
  return states.includes('completed') ? 'brought' : undefined;
};

/** Undone in this order (domain.md §3.5): the bay is free by the reservation itself; then the driver, the plan, and word to people. */
export const ended = (state: CareState, type: string, data: Data, ctx: Context): readonly Reaction[] => {
  const { reservationId, deliveries } = state;
  const fact = ctx.fact(Reservation, reservationId);
  if (fact.status === 'none') return [];
  const { vehicleId, workshopOrgId, requester } = fact;
  const plan = ctx.fact(MaintenancePlan, vehicleId);
  const isBooked =
    plan.status !== 'none' && Object.values(plan.items).some((item) => item.reservationId === reservationId);
  const what = { reservationId, vehicleId };
  const customer = customerDesk(requester, vehicleId, ctx);
  const tell = (template: NoticeName, more: Record<string, number> = {}) =>
    customer ? [notify(ctx, template, customer, { ...what, ...more })] : [];
  const fee = feeOf(type, data, workshopOrgId, ctx);
  const ending = endings[type] ?? 'reservationEnded';
  return [
    ...deliveries
      .filter((deliveryId) => isBeforePickup(ctx.fact(Delivery, deliveryId).status))
      .map((deliveryId) =>
        send('Delivery', 'CancelDelivery', { deliveryId, by: 'ReservationCare', reasonCode: 'RESERVATION_ENDED' }),
      ),
    ...(isBooked
      ? [send('MaintenancePlan', 'UnbookItems', { vehicleId, reservationId, reason: 'the reservation ended' })]
      : []),
    ...(calledOff.includes(type) ? [notify(ctx, ending, workshopDesk(workshopOrgId), what)] : []),
    ...tell(ending),
    ...(fee > 0
      ? [
          ...(customer && 'id' in customer
            ? [
                draftFee(
                  {
                    ...{ sellerOrgId: workshopOrgId, source: { kind: 'reservation', id: reservationId }, feeKrw: fee },
                    ...{ payer: { kind: customer.kind === 'org' ? 'fleet' : 'owner', id: customer.id } },
                    text: '예약 취소 수수료',
                  },
                  ctx,
                ),
              ]
            : []),
          notify(ctx, 'lateFeeToCharge', cashierDesk(workshopOrgId), {
            ...{ ...what, feeKrw: fee },
          }),
          ...tell('lateFeeOwed', { feeKrw: fee }),
        ]
      : []),
  ];
};

/** What is said to the customer of how it ended. */
const endings: Readonly<Record<string, NoticeName>> = {
  ReservationCancelled: 'reservationCancelled',
  NoShowRecorded: 'reservationMissed',
  ReservationDeclined: 'reservationDeclined',
};

/** The workshop hears of these too: it counted on the car. */
const calledOff = ['ReservationCancelled', 'NoShowRecorded'];

const feeOf = (type: string, { lateFeeKrw }: Data, workshopOrgId: string, ctx: Context): number => {
  if (type === 'ReservationCancelled') return Number(lateFeeKrw ?? 0);
  return type === 'NoShowRecorded'
    ? numberSetting(ctx, `org:${workshopOrgId}`, 'workshop.lateFeeKrw', usualLateFeeKrw)
    : 0;
};
