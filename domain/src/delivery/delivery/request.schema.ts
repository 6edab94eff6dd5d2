import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Id, Line, Prose, SeriesNumber, VehicleCard, Won } from '../../shared/values.ts';
import { DeliveryLinks, DeliveryParty, DeliveryPlace, deliveryId, Fare } from './value.schema.ts';

export const Ref = z.object({ deliveryId });

const Request = z.object({
  deliveryId,
  number: SeriesNumber,
  vehicleId: Id,
  requester: DeliveryParty,
  kind: z.enum(['toWorkshop', 'fromWorkshop', 'relocation', 'newCar', 'return']).meta({ id: 'DeliveryKind' }),
  mode: z.enum(['road', 'carrier']).meta({ id: 'DeliveryMode' }),
  pickup: DeliveryPlace,
  dropoff: DeliveryPlace,
  payer: DeliveryParty,
  links: DeliveryLinks.default({}),
  notes: Prose.default(''),
  /** The transport company whose dispatchers take care of it. */
  transportOrgId: Id.optional(),
});
const AgreedFare = Ref.extend(Fare.shape);
const Offer = Ref.extend({ offerId: Id, driverId: Id, round: z.int().min(1).max(100), expiresAt: DateTime });
const OfferRef = Ref.extend({ offerId: Id });
const Answer = OfferRef.extend({ driverId: Id });
const ReasonedOffer = OfferRef.extend({ reason: Line });
const Assign = Ref.extend({ driverId: Id, dispatcherId: Id, reason: Line });
const Release = Ref.extend({ driverId: Id, reason: Line });
const Cancel = Ref.extend({ by: Line, reasonCode: Code });

const requesters = [
  'OWNER',
  'FLEET_MANAGER',
  'FLEET_MEMBER',
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'DISPATCHER',
] as const;
const requester = allow(requesters, 'requester');
/** Those who hand out the work: the transport company, or the requester's own dispatchers. */
export const dispatch = [allow(['DISPATCHER'], 'transport', 'requester'), allowAny('PLATFORM_ADMIN')];
export const driver = allow(['DRIVER'], 'driver');
/**
 * A driver who lost the job is no party of it any more, and still hears how the offer ended. Whose offer it is, the
 * decision tells.
 */
const offered = allow(['DRIVER'], 'driver', 'transport');
export const beforePickup = [
  'requested',
  'dispatching',
  'unassigned',
  'assigned',
  'enRouteToPickup',
  'atPickup',
] as const;
const searching = ['dispatching', 'unassigned'] as const;

export const requestCommands = {
  RequestDelivery: command({
    label: text('탁송 요청하기', 'Request delivery'),
    doc: text('차량 탁송을 요청한다.', 'Asks for a car to be brought from one place to another.'),
    by: [requester],
    in: ['none'],
    emits: ['DeliveryRequested'],
    refuses: [
      'NO_ACCESS_TO_VEHICLE',
      'SAME_PLACE',
      'TOO_FAR',
      'VEHICLE_IN_OTHER_DELIVERY',
      'VEHICLE_SUSPENDED',
      'WINDOW_IN_PAST',
    ],
    series: { field: 'number', prefix: 'DL', of: 'requester' },
    input: Request,
  }),
  AgreeFare: command({
    label: text('요금 정하기', 'Agree fare'),
    doc: text('탁송 요금을 정하고 기사를 찾기 시작한다.', 'Settles the fare; the search for a driver begins.'),
    by: [requester, ...dispatch],
    in: ['requested', ...searching],
    emits: ['FareAgreed'],
    refuses: ['FARE_RULE_UNKNOWN', 'NEGATIVE'],
    input: AgreedFare,
  }),
  OfferToDriver: command({
    label: text('기사에게 제안하기', 'Offer to driver'),
    doc: text('근무 중인 기사에게 탁송을 제안한다.', 'Offers the job to a driver who is on shift.'),
    by: dispatch,
    in: searching,
    otherwise: 'ALREADY_ASSIGNED',
    emits: ['DriverOffered'],
    refuses: ['DRIVER_BUSY', 'DRIVER_OFF_SHIFT'],
    input: Offer,
  }),
  AcceptOffer: command({
    label: text('수락하기', 'Accept'),
    doc: text('제안을 수락한다. 먼저 수락한 기사에게 배정된다.', 'Takes the job; the first to accept gets it.'),
    by: [offered],
    in: searching,
    otherwise: 'ALREADY_ASSIGNED',
    emits: ['OfferAccepted'],
    refuses: ['DRIVER_BUSY', 'DRIVER_OFF_SHIFT', 'NOT_OFFERED_TO_YOU', 'OFFER_CLOSED', 'OFFER_EXPIRED'],
    input: Answer,
  }),
  DeclineOffer: command({
    label: text('거절하기', 'Decline'),
    doc: text('제안을 거절한다.', 'Turns the job down.'),
    by: [offered],
    in: [...searching, 'assigned'],
    otherwise: 'OFFER_CLOSED',
    emits: ['OfferDeclined'],
    refuses: ['NOT_OFFERED_TO_YOU', 'OFFER_CLOSED', 'OFFER_UNKNOWN'],
    input: ReasonedOffer,
  }),
  ExpireOffer: command({
    label: text('제안 만료시키기', 'Expire offer'),
    doc: text('답이 없는 제안을 만료시킨다.', 'Ends an offer nobody answered.'),
    by: [],
    internal: true,
    in: [...searching, 'assigned'],
    otherwise: 'OFFER_CLOSED',
    emits: ['OfferExpired'],
    refuses: ['OFFER_CLOSED', 'OFFER_UNKNOWN'],
    input: OfferRef,
  }),
  WithdrawOffer: command({
    label: text('제안 거두기', 'Withdraw offer'),
    doc: text('보낸 제안을 거둔다.', 'Takes an offer back.'),
    by: dispatch,
    in: [...searching, 'assigned'],
    otherwise: 'OFFER_CLOSED',
    emits: ['OfferWithdrawn'],
    refuses: ['OFFER_CLOSED', 'OFFER_UNKNOWN'],
    input: ReasonedOffer,
  }),
  AssignDriver: command({
    label: text('기사 지정하기', 'Assign driver'),
    doc: text('배차 담당자가 기사를 직접 지정한다.', 'A dispatcher gives the job to a driver.'),
    by: dispatch,
    in: searching,
    otherwise: 'ALREADY_ASSIGNED',
    emits: ['DriverAssigned'],
    refuses: ['DRIVER_BUSY', 'DRIVER_OFF_SHIFT', 'INSURANCE_INVALID', 'LICENCE_CLASS'],
    input: Assign,
  }),
  ReleaseDriver: command({
    label: text('배정 풀기', 'Release driver'),
    doc: text('인수 전의 기사 배정을 푼다.', 'Takes the job from a driver who has not picked the car up.'),
    by: [...dispatch, driver],
    in: ['assigned', 'enRouteToPickup', 'atPickup'],
    otherwise: 'AFTER_PICKUP',
    emits: ['DriverReleased'],
    refuses: ['NOT_YOUR_JOB'],
    input: Release,
  }),
  ExhaustDispatch: command({
    label: text('배차 실패로 표시하기', 'Give up dispatch'),
    doc: text('기사를 찾지 못했음을 알린다.', 'No driver was found in time; a dispatcher takes over.'),
    by: [],
    internal: true,
    in: ['dispatching'],
    emits: ['DispatchExhausted'],
    input: Ref,
  }),
  CancelDelivery: command({
    label: text('탁송 취소하기', 'Cancel delivery'),
    doc: text('인수 전의 탁송을 취소한다.', 'Cancels a delivery before the car was picked up.'),
    by: [requester, ...dispatch],
    in: beforePickup,
    otherwise: 'AFTER_PICKUP',
    emits: ['DeliveryCancelled'],
    input: Cancel,
  }),
};

export const requestEvents = {
  DeliveryRequested: event(Request.extend({ number: Code, vehicle: VehicleCard, parties: z.array(Party) })),
  FareAgreed: event(AgreedFare),
  DriverOffered: event(Offer),
  OfferAccepted: event(Answer.extend({ shiftId: z.string() })),
  OfferDeclined: event(ReasonedOffer),
  OfferExpired: event(OfferRef),
  OfferWithdrawn: event(ReasonedOffer),
  DriverAssigned: event(Assign.extend({ shiftId: z.string() })),
  DriverReleased: event(Release),
  DispatchExhausted: event(Ref),
  DeliveryCancelled: event(Cancel.extend({ feeKrw: Won })),
};
