import { numberSetting } from '../../admin/setting/setting.ts';
import { isMember, Organization } from '../../core/organization/organization.ts';
import { Vehicle } from '../../fleet/vehicle/vehicle.ts';
import {
  type Accepted,
  accept,
  type Context,
  claiming,
  defineAggregate,
  isAfter,
  isBefore,
  isOurs,
  isParty,
  minutesBetween,
  org,
  plusMinutes,
  reject,
  releasing,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { menuOn } from '../workshop/posted.ts';
import { Workshop } from '../workshop/workshop.ts';
import { customerOf, requesterParty } from './requester.ts';
import { moves } from './reservation.moves.ts';
import { refusals } from './reservation.refusals.ts';
import { type BookedSlot, commands, events, type Requester } from './reservation.schema.ts';
import { booking, giving, proposing } from './slots.ts';

const mostReschedules = 3;
const earliestCheckInMinutes = 24 * 60;
const graceMinutes = 30;
/** A customer who cancels later than this before the slot owes the late fee. */
const freeCancelMinutes = 120;
export const usualLateFeeKrw = 20_000;

type Base = {
  readonly workshopId: string;
  readonly workshopOrgId: string;
  readonly vehicleId: string;
  readonly requester: Requester;
  readonly policyId?: string | undefined;
  /** The business day that is claimed for this car at this workshop. */
  readonly day: string;
  readonly reschedules: number;
};
type Unbooked = Base & { readonly slot?: BookedSlot };
type Booked = Base & {
  readonly slot: BookedSlot;
  /** Who proposed the slot or takes care of the car. */
  readonly advisorId?: string | undefined;
};
export type ReservationState =
  | { readonly status: 'none' }
  | ({ readonly status: 'requested' | 'declined' | 'expired' | 'cancelled' } & Unbooked)
  | ({ readonly status: 'proposed' | 'confirmed' | 'arrived' | 'fulfilled' | 'noShow' } & Booked);

type Times = { readonly bayId: string; readonly start: string; readonly end: string };
const sameTime = (a: Times | undefined, b: Times): a is BookedSlot =>
  a !== undefined &&
  a.bayId === b.bayId &&
  !isAfter(a.start, b.start) &&
  !isBefore(a.start, b.start) &&
  minutesBetween(a.end, b.end) === 0;
const slotOf = ({ bayId, start, end }: Times, holdId: string): BookedSlot => ({ bayId, start, end, holdId });

const claimOf = (state: Pick<Base, 'workshopId' | 'vehicleId'>, day: string, reservationId: string) => ({
  kind: 'booking',
  value: `${state.workshopId}.${state.vehicleId}.${day}`,
  holder: reservationId,
});
/** Moves the claim of one booking per car, workshop and day along with the slot. */
const onDay = <E>(accepted: Accepted<E>, state: Base, day: string, reservationId: string): Accepted<E> =>
  day === state.day
    ? accepted
    : releasing(
        claiming(accepted, { ...claimOf(state, day, reservationId), refusal: 'VEHICLE_ALREADY_BOOKED' }),
        claimOf(state, state.day, reservationId),
      );
const lateFeeOf = ({ workshopOrgId }: Base, ctx: Context): number =>
  numberSetting(ctx, `org:${workshopOrgId}`, 'workshop.lateFeeKrw', usualLateFeeKrw);
const ending = <E>(accepted: Accepted<E>, state: Base & { slot?: BookedSlot }, reservationId: string, reason: string) =>
  giving(releasing(accepted, claimOf(state, state.day, reservationId)), state.slot, reason);

const isWorkshops = (state: Base, ctx: Context): boolean =>
  isOurs(ctx.actor) || isParty(ctx.actor, org(state.workshopOrgId, 'workshop'));
const hasBay = (state: Base, bayId: string, ctx: Context): boolean => {
  const workshop = ctx.fact(Workshop, state.workshopId);
  return workshop.status !== 'none' && bayId in workshop.bays;
};

export const Reservation = defineAggregate<ReservationState>()({
  name: 'Reservation',
  category: 'reservation',
  context: 'repair',
  journey: true,
  doc: text('정비 예약', 'Reservation'),
  id: 'reservationId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    RequestReservation: (_state, data, ctx) => {
      const workshop = ctx.fact(Workshop, data.workshopId);
      if (workshop.status !== 'open') return reject('WORKSHOP_NOT_OPEN');
      const menu = menuOn(workshop, seoulDay(ctx.now));
      if (!menu || data.services.some(({ code }) => !(code in menu.items))) return reject('SERVICE_NOT_OFFERED');
      if (data.wanted.some(({ from }) => !isAfter(from, ctx.now))) return reject('WANTED_IN_PAST');
      const vehicle = ctx.fact(Vehicle, data.vehicleId);
      const customer = customerOf(vehicle, data.requester, ctx.now);
      if (vehicle.status === 'none' || !customer) return reject('NO_ACCESS_TO_VEHICLE');
      const { plate, make, model, modelYear } = vehicle;
      const parties = [org(workshop.orgId, 'workshop'), requesterParty(customer)];
      const requested = accept({
        type: 'ReservationRequested' as const,
        data: { ...data, workshopOrgId: workshop.orgId, vehicle: { plate, make, model, modelYear }, parties },
      });
      const claim = claimOf(data, seoulDay(data.wanted[0]?.from ?? ctx.now), data.reservationId);
      return claiming(requested, { ...claim, refusal: 'VEHICLE_ALREADY_BOOKED' });
    },
    ProposeSlot: (state, data, ctx) => {
      if (!hasBay(state, data.bayId, ctx)) return reject('NOT_YOURS');
      const again = sameTime(state.slot, data);
      const slot = slotOf(data, again ? state.slot.holdId : ctx.newId());
      const advisor = ctx.actor.kind === 'user' && { advisorId: ctx.actor.id };
      const proposed = proposing(
        accept({ type: 'SlotProposed' as const, data: { ...data, ...advisor, holdId: slot.holdId } }),
        { ...state, reservationId: data.reservationId },
        slot,
        ctx.now,
      );
      return giving(proposed, again ? undefined : state.slot, 'proposed again');
    },
    ConfirmReservation: (state, data, ctx) => {
      const proposed = sameTime(state.slot, data);
      if (!proposed && !isWorkshops(state, ctx)) return reject('NOT_YOURS');
      if (!hasBay(state, data.bayId, ctx)) return reject('NOT_YOURS');
      const organization = ctx.fact(Organization, state.workshopOrgId);
      if (data.advisorId && !isMember(organization, data.advisorId)) return reject('NOT_YOURS');
      const advisorId = data.advisorId ?? ('advisorId' in state ? state.advisorId : undefined);
      const slot = slotOf(data, proposed ? state.slot.holdId : ctx.newId());
      const confirmed = accept({
        type: 'ReservationConfirmed' as const,
        data: { ...data, ...(advisorId && { advisorId }), holdId: slot.holdId },
      });
      const { reservationId } = data;
      const booked = booking(confirmed, { ...state, reservationId }, slot, ctx.now);
      const claimed = onDay(booked, state, seoulDay(slot.start), reservationId);
      return giving(claimed, proposed ? undefined : state.slot, 'confirmed elsewhere');
    },
    RescheduleReservation: (state, data, ctx) => {
      if (state.reschedules >= mostReschedules) return reject('TOO_MANY_RESCHEDULES');
      if (!hasBay(state, data.bayId, ctx)) return reject('NOT_YOURS');
      if (sameTime(state.slot, data)) return accept();
      const { reservationId } = data;
      const slot = slotOf(data, ctx.newId());
      const moved = accept({
        type: 'ReservationRescheduled' as const,
        data: { ...data, holdId: slot.holdId, old: state.slot },
      });
      const booked = booking(moved, { ...state, reservationId }, slot, ctx.now);
      return giving(onDay(booked, state, seoulDay(slot.start), reservationId), state.slot, 'rescheduled');
    },
    CheckIn: ({ slot }, data) =>
      minutesBetween(data.at, slot.start) > earliestCheckInMinutes
        ? reject('TOO_EARLY')
        : accept({ type: 'CustomerArrived', data }),
    LinkRepairOrder: (state, data) =>
      releasing(accept({ type: 'ReservationFulfilled', data }), claimOf(state, state.day, data.reservationId)),
    CancelReservation: (state, data, ctx) => {
      const minutesBefore = state.status === 'confirmed' ? minutesBetween(ctx.now, state.slot.start) : undefined;
      const late = minutesBefore !== undefined && minutesBefore < freeCancelMinutes && !isWorkshops(state, ctx);
      const cancelled = accept({
        type: 'ReservationCancelled' as const,
        data: {
          ...data,
          ...(minutesBefore !== undefined && { minutesBefore }),
          ...(late && { lateFeeKrw: lateFeeOf(state, ctx) }),
        },
      });
      return ending(cancelled, state, data.reservationId, 'cancelled');
    },
    DeclineReservation: (state, data) =>
      ending(accept({ type: 'ReservationDeclined', data }), state, data.reservationId, 'declined'),
    ExpireReservation: (state, data) =>
      ending(accept({ type: 'ReservationExpired', data }), state, data.reservationId, 'expired'),
    RecordNoShow: (state, data, ctx) =>
      isBefore(ctx.now, plusMinutes(state.slot.start, graceMinutes))
        ? reject('GRACE_NOT_OVER')
        : ending(accept({ type: 'NoShowRecorded', data }), state, data.reservationId, 'no-show'),
  },
  evolve: {
    ReservationRequested: (_state, { workshopId, workshopOrgId, vehicleId, requester, policyId, wanted }) => ({
      status: 'requested',
      workshopId,
      workshopOrgId,
      vehicleId,
      requester,
      policyId,
      day: seoulDay(wanted[0]?.from ?? ''),
      reschedules: 0,
    }),
    SlotProposed: (state, data) => ({
      ...state,
      status: 'proposed',
      slot: slotOf(data, data.holdId),
      advisorId: data.advisorId,
    }),
    ReservationConfirmed: (state, data) => ({
      ...state,
      status: 'confirmed',
      slot: slotOf(data, data.holdId),
      day: seoulDay(data.start),
      advisorId: data.advisorId,
    }),
    ReservationRescheduled: (state, data) => ({
      ...state,
      status: 'confirmed',
      slot: slotOf(data, data.holdId),
      day: seoulDay(data.start),
      reschedules: state.reschedules + 1,
    }),
    CustomerArrived: (state) => ended(state, 'arrived'),
    ReservationFulfilled: (state) => ended(state, 'fulfilled'),
    ReservationCancelled: (state) => ({ ...state, status: 'cancelled' }),
    ReservationDeclined: (state) => ({ ...state, status: 'declined' }),
    ReservationExpired: (state) => ({ ...state, status: 'expired' }),
    NoShowRecorded: (state) => ended(state, 'noShow'),
  },
});

/** Only a confirmed reservation gets this far, so it has a slot. */
const ended = (state: Unbooked, status: 'arrived' | 'fulfilled' | 'noShow'): ReservationState => ({
  ...(state as Booked),
  status,
});
