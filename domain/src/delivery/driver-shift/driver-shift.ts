import { isMember, Organization } from '../../core/organization/organization.ts';
import { consentOf, isTransportInsured, mayDrive, UserAccount } from '../../core/user-account/user-account.ts';
import {
  type Accepted,
  type Aggregate,
  accept,
  after,
  before,
  Claim,
  type Context,
  claimId,
  defineAggregate,
  holderOf,
  isBefore,
  minutesBetween,
  org,
  type Party,
  reject,
  seoulDay,
  text,
  user,
} from '../../kit/index.ts';
import { moves } from './driver-shift.moves.ts';
import { commands, events } from './driver-shift.schema.ts';

const refusals = {
  OVERLAPPING_SHIFT: text('다른 근무와 시간이 겹칩니다.', 'It overlaps another shift of this driver.'),
  NOT_A_DRIVER_HERE: text('이 운송사에 속한 기사가 아닙니다.', 'The driver does not belong to this organisation.'),
  LICENCE_EXPIRED: text('유효한 운전면허가 없습니다.', 'There is no valid driving licence.'),
  INSURANCE_EXPIRED: text('유효한 탁송 보험이 없습니다.', 'There is no valid transport insurance.'),
  CONSENT_MISSING: text('위치정보 이용 동의가 필요합니다.', 'Consent to the use of one’s position is missing.'),
  REST_TOO_SHORT: text('마지막 근무가 끝나고 8시간이 지나야 합니다.', 'Eight hours must pass after the last shift.'),
  BUSY: text('배송 중입니다.', 'The driver has a job.'),
  NOT_AVAILABLE: text('배정을 받을 수 있는 근무 상태가 아닙니다.', 'The shift takes no jobs now.'),
  NOT_BOUND: text('이 배송에 묶여 있지 않습니다.', 'The shift is not bound to this delivery.'),
  NOT_ON_BREAK: text('휴식 중이 아닙니다.', 'The driver is not on a break.'),
  ACTIVE_DELIVERY: text('진행 중인 배송이 있어 끝낼 수 없습니다.', 'A job is under way.'),
} as const;

const restMinutes = 8 * 60;

type Tally = {
  readonly startedAt: string;
  /** When a planned shift ends; one that was not planned is open. */
  readonly plannedTo?: string | undefined;
  readonly jobs: number;
  readonly earningKrw: number;
  /** Where the shift began, and the delivery after which the driver was somewhere else. */
  readonly geo: { readonly lat: number; readonly lon: number };
  readonly lastJob?: string | undefined;
};
export type DriverShiftState =
  | { readonly status: 'none' }
  | { readonly status: 'planned'; readonly from: string; readonly to: string }
  | ({ readonly status: 'available' | 'onBreak' } & Tally)
  | ({ readonly status: 'busy'; readonly deliveryId: string; readonly offerId?: string } & Tally)
  | { readonly status: 'ended'; readonly endedAt: string };

/** The id of a shift, `<driverId>.<yyyymmdd>.<n>`. */
export const shiftId = (driverId: string, day: string, n: number): string =>
  `${driverId}.${day.replaceAll('-', '')}.${n}`;
const self = (): Aggregate<DriverShiftState> => DriverShift;

/** Held by the driver's latest shift for as long as there is no later one, so anybody can find it. */
const latest = (driverId: string, holder: string) => ({ kind: 'driverShift', value: driverId, holder });

export type LatestShift = { readonly id: string; readonly state: DriverShiftState };
/** The driver's latest shift that was started, running or ended; undefined when there was none. */
export const latestShiftOf = (driverId: string, ctx: Context): LatestShift | undefined => {
  const id = holderOf(ctx.fact(Claim, claimId('driverShift', driverId)));
  return id ? { id, state: ctx.fact(self(), id) } : undefined;
};
/** The fields that name a shift in its commands, read back from its id. */
export const shiftRef = (id: string): { driverId: string; day: string; n: number } => {
  const [driverId = '', ymd = '', n = '1'] = id.split('.');
  return { driverId, day: `${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6)}`, n: Number(n) };
};

const becomingLatest = <E>(
  accepted: Accepted<E>,
  driverId: string,
  id: string,
  old: string | undefined,
): Accepted<E> => {
  const step = (type: string, holder: string) => ({ aggregate: 'Claim', type, data: latest(driverId, holder) });
  const freed = old ? before(accepted, { ...step('ReleaseClaim', old), undo: step('HoldClaim', old) }) : accepted;
  const held = before(freed, {
    ...step('HoldClaim', id),
    refusal: 'OVERLAPPING_SHIFT',
    undo: step('ReleaseClaim', id),
  });
  return after(held, step('ConfirmClaim', id));
};

const partiesOf = (driverId: string, ctx: Context): { parties: Party[] } => ({
  parties: [user(driverId, 'driver'), ...(ctx.actor.orgId ? [org(ctx.actor.orgId, 'transport')] : [])],
});
/** Whoever acts for an organisation plans and starts shifts of its own drivers only. */
const isStranger = (driverId: string, { actor, fact }: Context): boolean =>
  actor.orgId !== undefined && !isMember(fact(Organization, actor.orgId), driverId);

const overlapsEarlier = (
  { driverId, day, n, from, to }: { driverId: string; day: string; n: number; from: string; to: string },
  ctx: Context,
): boolean =>
  Array.from({ length: n - 1 }, (_, i) => ctx.fact(self(), shiftId(driverId, day, i + 1))).some(
    (shift) => shift.status === 'planned' && isBefore(from, shift.to) && isBefore(shift.from, to),
  );

const figures = (state: DriverShiftState, at: string) =>
  'startedAt' in state
    ? { minutes: Math.max(0, minutesBetween(state.startedAt, at)), jobs: state.jobs, earningKrw: state.earningKrw }
    : { minutes: 0, jobs: 0, earningKrw: 0 };

export const DriverShift = defineAggregate<DriverShiftState>()({
  name: 'DriverShift',
  category: 'driverShift',
  context: 'delivery',
  doc: text('기사 근무', 'One shift of a driver'),
  id: ({ driverId, day, n }) => shiftId(String(driverId), String(day), Number(n)),
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    PlanShift: (_state, data, ctx) => {
      if (isStranger(data.driverId, ctx)) return reject('NOT_A_DRIVER_HERE');
      if (overlapsEarlier(data, ctx)) return reject('OVERLAPPING_SHIFT');
      return accept({ type: 'ShiftPlanned', data: { ...data, ...partiesOf(data.driverId, ctx) } });
    },
    StartShift: (state, data, ctx) => {
      const { driverId, at } = data;
      if (isStranger(driverId, ctx)) return reject('NOT_A_DRIVER_HERE');
      const account = ctx.fact(UserAccount, driverId);
      if (!mayDrive(account, seoulDay(at))) return reject('LICENCE_EXPIRED');
      if (!isTransportInsured(account, seoulDay(at))) return reject('INSURANCE_EXPIRED');
      if (consentOf(account, 'location') !== data.consentVersion) return reject('CONSENT_MISSING');
      const last = latestShiftOf(driverId, ctx);
      const id = shiftId(driverId, data.day, data.n);
      if (last && last.id !== id && last.state.status !== 'ended' && last.state.status !== 'none')
        return reject('OVERLAPPING_SHIFT');
      if (last?.state.status === 'ended' && minutesBetween(last.state.endedAt, at) < restMinutes)
        return reject('REST_TOO_SHORT');
      const parties = state.status === 'none' ? partiesOf(driverId, ctx) : {};
      const started = accept({ type: 'ShiftStarted' as const, data: { ...data, ...parties } });
      return becomingLatest(started, driverId, id, last?.id === id ? undefined : last?.id);
    },
    BindDelivery: (state, data) => {
      if (state.status === 'busy') return state.deliveryId === data.deliveryId ? accept() : reject('BUSY');
      return state.status === 'available' ? accept({ type: 'DeliveryBound', data }) : reject('NOT_AVAILABLE');
    },
    UnbindDelivery: (state, data) =>
      state.deliveryId === data.deliveryId ? accept({ type: 'DeliveryUnbound', data }) : reject('NOT_BOUND'),
    StartBreak: (state, data) => (state.status === 'busy' ? reject('BUSY') : accept({ type: 'BreakStarted', data })),
    EndBreak: (_state, data) => accept({ type: 'BreakEnded', data }),
    EndShift: (state, data) =>
      state.status === 'busy'
        ? reject('ACTIVE_DELIVERY')
        : accept({ type: 'ShiftEnded', data: { ...data, ...figures(state, data.at) } }),
    ForceOffline: (state, data, ctx) =>
      state.status === 'busy'
        ? reject('ACTIVE_DELIVERY')
        : accept({ type: 'ForcedOffline', data: { ...data, ...figures(state, ctx.now) } }),
  },
  evolve: {
    ShiftPlanned: (_state, { from, to }) => ({ status: 'planned', from, to }),
    ShiftStarted: (state, { at, geo }) => ({
      ...{ status: 'available', startedAt: at, jobs: 0, earningKrw: 0, geo },
      plannedTo: state.status === 'planned' ? state.to : undefined,
    }),
    DeliveryBound: (state, { deliveryId, offerId }) => ({
      ...tally(state),
      ...{ status: 'busy' as const, deliveryId },
      ...(offerId && { offerId }),
    }),
    DeliveryUnbound: (state, { deliveryId, outcome, earningKrw }) => {
      const before = tally(state);
      const done = outcome === 'completed' ? { jobs: before.jobs + 1, lastJob: deliveryId } : {};
      return { ...before, status: 'available', earningKrw: before.earningKrw + earningKrw, ...done };
    },
    BreakStarted: (state) => ({ ...tally(state), status: 'onBreak' }),
    BreakEnded: (state) => ({ ...tally(state), status: 'available' }),
    ShiftEnded: (_state, { at }) => ({ status: 'ended', endedAt: at }),
    ForcedOffline: (_state, _data, { meta }) => ({ status: 'ended', endedAt: meta.occurredAt }),
  },
});

/** Only a shift that was started gets jobs and breaks. */
const tally = (state: DriverShiftState): Tally => {
  const { startedAt, plannedTo, jobs, earningKrw, geo, lastJob } = state as Extract<
    DriverShiftState,
    { status: 'busy' }
  >;
  return { startedAt, plannedTo, jobs, earningKrw, geo, lastJob };
};
