import {
  type Context,
  cancel,
  complete,
  defineProcess,
  isAfter,
  type ProcessDef,
  type ProcessInput,
  plusHours,
  plusMinutes,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { Reservation, type ReservationState } from '../repair/reservation/reservation.ts';
import { plusBusinessHours, seoulClock } from './business-time.ts';
import { customerDesk, workshopDesk } from './desks.ts';
import { type NoticeName, notify } from './notify.ts';
import { type CareState, ended, transport } from './reservation-care.ending.ts';

type Data = Record<string, unknown>;
type Live = Exclude<ReservationState, { status: 'none' }>;
const remindHours = 2;
const answerHours = 24;
const reminderHours = 24;
/** So long after the slot began, the desk is asked; by its end the customer has not come. */
const graceMinutes = 30;
const lookAgainMinutes = 60;

const reservation = ({ reservationId }: Data) => String(reservationId);
const evolve = (state: CareState, { type, data }: ProcessInput): CareState => {
  if (type === 'ReservationRequested') return { ...state, reservationId: reservation(data) };
  return type === 'DeliveryRequested'
    ? { ...state, deliveries: [...state.deliveries, String(data.deliveryId)] }
    : state;
};

/** P8 (domain.md §3.6), and what P9 asks for when an appointment comes to nothing. */
export const reservationCare: ProcessDef<CareState> = {
  name: 'ReservationCare',
  doc: text('예약 돌보기', 'Sees that a reservation is answered, kept, or undone with all that hangs on it'),
  starts: ['ReservationRequested'],
  correlate: {
    ...{ ReservationRequested: reservation, SlotProposed: reservation, ReservationConfirmed: reservation },
    ...{ ReservationRescheduled: reservation, CustomerArrived: reservation, ReservationDeclined: reservation },
    ...{ ReservationExpired: reservation, ReservationCancelled: reservation, NoShowRecorded: reservation },
    DeliveryRequested: ({ links }) => (links as { reservationId?: string }).reservationId,
  },
  initial: { reservationId: '', deliveries: [] },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} leaves the reservation as it is`,
};
export const ReservationCare = defineProcess<CareState>()(reservationCare);

const step = (state: CareState, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  switch (type) {
    case 'ReservationRequested':
      return [schedule('remind', plusBusinessHours(at, remindHours)), schedule('expire', plusHours(at, answerHours))];
    case 'SlotProposed':
      return data.advisorId === undefined ? [] : proposed(state, data, ctx, at);
    case 'ReservationConfirmed':
    case 'ReservationRescheduled':
      return kept(String(data.start), String(data.end), at);
    case 'CustomerArrived':
      return [complete];
    case 'ReservationDeclined':
    case 'ReservationExpired':
    case 'ReservationCancelled':
    case 'NoShowRecorded':
      return [...ended(state, type, data, ctx), complete];
    case 'RecordNoShowRejected':
      return data.code === 'GRACE_NOT_OVER' ? [schedule('noShow', plusMinutes(at, graceMinutes))] : [];
    case 'TimerFired':
      return timer(state, String(data.timer), ctx, at);
    default:
      return [];
  }
};

/** The desk proposed a time: now the customer is to answer, as soon, and before the time is there. */
const proposed = (state: CareState, { start }: Data, ctx: Context, at: string): readonly Reaction[] => {
  const until = plusHours(at, answerHours);
  const begins = String(start);
  return [
    ...toCustomer(state, 'reservationProposed', ctx),
    schedule('remind', plusBusinessHours(at, remindHours)),
    schedule('expire', isAfter(begins, at) && isAfter(until, begins) ? begins : until),
  ];
};
const kept = (start: string, end: string, at: string): readonly Reaction[] => {
  const soon = plusHours(start, -reminderHours);
  const late = plusMinutes(start, graceMinutes);
  return [
    ...[cancel('remind'), cancel('expire')],
    isAfter(soon, at) ? schedule('soon', soon) : cancel('soon'),
    ...[schedule('late', late), schedule('noShow', isAfter(end, late) ? end : plusMinutes(late, 1))],
  ];
};

/** What a message about it says; the time only once there is one. */
const wordsOf = (reservationId: string, { vehicleId, slot }: Live) => ({
  ...{ reservationId, vehicleId, when: slot ? seoulClock(slot.start) : '' },
});
const toCustomer = ({ reservationId }: CareState, template: NoticeName, ctx: Context): readonly Reaction[] => {
  const fact = ctx.fact(Reservation, reservationId);
  const to = fact.status === 'none' ? undefined : customerDesk(fact.requester, fact.vehicleId, ctx);
  return fact.status !== 'none' && to ? [notify(ctx, template, to, wordsOf(reservationId, fact))] : [];
};
const toDesk = ({ reservationId }: CareState, template: NoticeName, ctx: Context): readonly Reaction[] => {
  const fact = ctx.fact(Reservation, reservationId);
  if (fact.status === 'none') return [];
  return [notify(ctx, template, workshopDesk(fact.workshopOrgId), wordsOf(reservationId, fact))];
};

const timer = (state: CareState, name: string, ctx: Context, at: string): readonly Reaction[] => {
  const { reservationId } = state;
  const fact = ctx.fact(Reservation, reservationId);
  const isWaiting = fact.status === 'requested' || fact.status === 'proposed';
  if (name === 'expire') return isWaiting ? [send('Reservation', 'ExpireReservation', { reservationId })] : [];
  if (name === 'remind') {
    if (!isWaiting) return [];
    // A time one of our processes proposed is the workshop's to confirm.
    const isCustomers = fact.status === 'proposed' && fact.advisorId !== undefined;
    return isCustomers ? toCustomer(state, 'reservationProposed', ctx) : toDesk(state, 'reservationAwaitsAnswer', ctx);
  }
  if (fact.status !== 'confirmed') return [];
  if (name === 'soon') return toCustomer(state, 'reservationSoon', ctx);
  const car = transport(state, ctx);
  if (name === 'late') return car === 'coming' ? [] : toDesk(state, 'reservationLate', ctx);
  // Somebody drives the car here, or it is here and nobody checked it in: that is no no-show.
  if (car === 'coming') return [schedule('noShow', plusMinutes(at, lookAgainMinutes))];
  return car === 'brought'
    ? toDesk(state, 'reservationLate', ctx)
    : [send('Reservation', 'RecordNoShow', { reservationId })];
};
