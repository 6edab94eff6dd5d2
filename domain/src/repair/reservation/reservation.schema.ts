import { z } from 'zod';
import { allow, command, event, isBefore, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Id, Km, Line, Prose, VehicleCard, Won } from '../../shared/values.ts';

const reservationId = Id;

/** Who asks: a private owner (user id), a fleet (organisation id), or one of our processes on behalf of the car's owner. */
export const Requester = z
  .object({ kind: z.enum(['owner', 'fleet', 'process']), id: z.string().min(1).max(64) })
  .meta({ id: 'Requester' });
export type Requester = z.infer<typeof Requester>;
export const WantedTime = z
  .object({ from: DateTime, to: DateTime })
  .refine(({ from, to }) => isBefore(from, to), { path: ['to'], error: 'Use a moment after `from`' })
  .meta({ id: 'WantedTime' });
export const WantedService = z.object({ code: Code, note: Prose.optional() }).meta({ id: 'WantedService' });
/** Time in a bay, backed by a hold on the bay's day. */
export const BookedSlot = z
  .object({ bayId: Id, start: DateTime, end: DateTime, holdId: Id })
  .meta({ id: 'BookedSlot' });
export type BookedSlot = z.infer<typeof BookedSlot>;

const Request = z.object({
  reservationId,
  workshopId: Id,
  vehicleId: Id,
  requester: Requester,
  wanted: z.array(WantedTime).min(1).max(10),
  services: z.array(WantedService).min(1).max(30),
  complaint: Prose,
  pickupWanted: z.boolean().default(false),
  returnWanted: z.boolean().default(false),
  policyId: Id.optional(),
  planItemCodes: z.array(Code).max(50).optional(),
});
const slot = { bayId: Id, start: DateTime, end: DateTime };
const Propose = z.object({ reservationId, ...slot, note: Prose.default('') });
/** The advisor who takes care of the car; a customer who confirms a proposal leaves that to the workshop. */
const Confirm = z.object({ reservationId, ...slot, advisorId: Id.optional() });
const Reschedule = z.object({ reservationId, ...slot, by: Line, reason: Line });
const Arrive = z.object({ reservationId, at: DateTime, odometerKm: Km, by: Line });
const Link = z.object({ reservationId, repairOrderId: Id });
const Cancel = z.object({ reservationId, by: Line, reasonCode: Code });
const Ref = z.object({ reservationId });
const Decline = Ref.extend({ reason: Line });

const desk = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR'], 'workshop');
const customer = allow(['OWNER', 'FLEET_MANAGER', 'FLEET_APPROVER', 'FLEET_MEMBER', 'DISPATCHER'], 'requester');

/** While it may still be called off. */
export const cancellable = ['requested', 'proposed', 'confirmed'] as const;

export const commands = {
  RequestReservation: command({
    label: text('예약 요청하기', 'Request reservation'),
    doc: text('정비 예약을 요청한다.', 'Asks a workshop for an appointment.'),
    by: [customer, desk],
    in: ['none'],
    emits: ['ReservationRequested'],
    refuses: [
      'NO_ACCESS_TO_VEHICLE',
      'SERVICE_NOT_OFFERED',
      'VEHICLE_ALREADY_BOOKED',
      'WANTED_IN_PAST',
      'WORKSHOP_NOT_OPEN',
    ],
    input: Request,
  }),
  ProposeSlot: command({
    label: text('시간 제안하기', 'Propose slot'),
    doc: text('작업대 시간을 잡아 두고 고객에게 제안한다.', 'Holds time in a bay and proposes it to the customer.'),
    by: [desk],
    in: ['requested', 'proposed'],
    otherwise: 'NOT_REQUESTED',
    emits: ['SlotProposed'],
    refuses: ['NOT_YOURS', 'OUTSIDE_HOURS', 'SLOT_TAKEN', 'TOO_SHORT'],
    input: Propose,
  }),
  ConfirmReservation: command({
    label: text('예약 확정하기', 'Confirm reservation'),
    doc: text(
      '예약을 확정한다. 고객은 제안받은 시간만 확정할 수 있다.',
      'Confirms the appointment; a customer may confirm the proposed slot only.',
    ),
    by: [desk, customer],
    in: ['requested', 'proposed'],
    emits: ['ReservationConfirmed'],
    refuses: ['NOT_YOURS', 'OUTSIDE_HOURS', 'SLOT_TAKEN', 'TOO_SHORT', 'VEHICLE_ALREADY_BOOKED'],
    input: Confirm,
  }),
  RescheduleReservation: command({
    label: text('예약 변경하기', 'Reschedule'),
    doc: text('확정된 예약을 다른 시간으로 옮긴다.', 'Moves a confirmed appointment to another slot.'),
    by: [desk, customer],
    in: ['confirmed'],
    emits: ['ReservationRescheduled'],
    refuses: [
      'NOT_YOURS',
      'OUTSIDE_HOURS',
      'SLOT_TAKEN',
      'TOO_MANY_RESCHEDULES',
      'TOO_SHORT',
      'VEHICLE_ALREADY_BOOKED',
    ],
    input: Reschedule,
  }),
  CheckIn: command({
    label: text('입고 접수하기', 'Check in'),
    doc: text('고객과 차량의 도착을 접수한다.', 'Records that the car has arrived.'),
    by: [desk],
    in: ['confirmed'],
    otherwise: 'NOT_CONFIRMED',
    emits: ['CustomerArrived'],
    refuses: ['TOO_EARLY'],
    input: Arrive,
  }),
  LinkRepairOrder: command({
    label: text('정비 지시서 연결하기', 'Link repair order'),
    doc: text('예약에서 열린 정비 지시서를 연결한다.', 'Links the repair order that came of the appointment.'),
    by: [desk],
    in: ['arrived'],
    otherwise: 'NOT_ARRIVED',
    emits: ['ReservationFulfilled'],
    input: Link,
  }),
  CancelReservation: command({
    label: text('예약 취소하기', 'Cancel reservation'),
    doc: text('예약을 취소한다.', 'Cancels the appointment.'),
    by: [desk, customer],
    in: cancellable,
    otherwise: 'ALREADY_ARRIVED',
    emits: ['ReservationCancelled'],
    input: Cancel,
  }),
  DeclineReservation: command({
    label: text('예약 거절하기', 'Decline reservation'),
    doc: text('예약 요청을 거절한다.', 'Declines the request.'),
    by: [desk],
    in: ['requested', 'proposed'],
    emits: ['ReservationDeclined'],
    input: Decline,
  }),
  ExpireReservation: command({
    label: text('예약 만료시키기', 'Expire reservation'),
    doc: text('답이 없는 예약 요청을 만료시킨다.', 'Ends a request nobody answered in time.'),
    by: [],
    internal: true,
    in: ['requested', 'proposed'],
    emits: ['ReservationExpired'],
    input: Ref,
  }),
  RecordNoShow: command({
    label: text('노쇼로 기록하기', 'Record no-show'),
    doc: text('고객이 오지 않았음을 기록한다.', 'Records that the customer did not come.'),
    by: [desk],
    in: ['confirmed'],
    emits: ['NoShowRecorded'],
    refuses: ['GRACE_NOT_OVER'],
    input: Ref,
  }),
};

export const events = {
  ReservationRequested: event(Request.extend({ workshopOrgId: Id, vehicle: VehicleCard, parties: z.array(Party) })),
  SlotProposed: event(Propose.extend({ holdId: Id, advisorId: Id.optional() })),
  ReservationConfirmed: event(Confirm.extend({ holdId: Id })),
  ReservationRescheduled: event(Reschedule.extend({ holdId: Id, old: BookedSlot })),
  CustomerArrived: event(Arrive),
  ReservationFulfilled: event(Link),
  ReservationCancelled: event(Cancel.extend({ lateFeeKrw: Won.optional(), minutesBefore: z.int().optional() })),
  ReservationDeclined: event(Decline),
  ReservationExpired: event(Ref),
  NoShowRecorded: event(Ref),
};
