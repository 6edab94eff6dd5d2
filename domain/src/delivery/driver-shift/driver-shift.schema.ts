import { z } from 'zod';
import { allow, command, event, isBefore, Party, text } from '../../kit/index.ts';
import { DateTime, Day, Geo, Id, Line, Won } from '../../shared/values.ts';

/** One shift of a driver: the stream is `driverShift-<driverId>.<yyyymmdd>.<n>`, `n` counting the shifts of a day. */
const Ref = z.object({ driverId: Id, day: Day, n: z.int().min(1).max(5).default(1) });

const Plan = Ref.extend({ from: DateTime, to: DateTime, area: Line }).refine(({ from, to }) => isBefore(from, to), {
  path: ['to'],
  error: 'Use a moment after `from`',
});
const Start = Ref.extend({ at: DateTime, geo: Geo, consentVersion: Line });
const Bind = Ref.extend({ deliveryId: Id, offerId: Id.optional() });
export const ShiftOutcome = z
  .enum(['completed', 'released', 'cancelled', 'failed', 'undone'])
  .meta({ id: 'ShiftOutcome' });
const Unbind = Ref.extend({ deliveryId: Id, outcome: ShiftOutcome, earningKrw: Won });
const Break = Ref.extend({ kind: z.enum(['meal', 'rest', 'other']).meta({ id: 'BreakKind' }) });
const End = Ref.extend({ at: DateTime });
const Force = Ref.extend({ by: Line, reason: Line });

const driver = allow(['DRIVER'], 'driver');
const dispatcher = allow(['DISPATCHER'], 'transport');

export const commands = {
  PlanShift: command({
    label: text('근무 계획하기', 'Plan shift'),
    doc: text('기사의 근무 시간과 지역을 계획한다.', 'Plans when and where a driver works.'),
    by: [driver, dispatcher],
    in: ['none'],
    emits: ['ShiftPlanned'],
    refuses: ['NOT_A_DRIVER_HERE', 'OVERLAPPING_SHIFT'],
    input: Plan,
  }),
  StartShift: command({
    label: text('근무 시작하기', 'Go online'),
    doc: text(
      '위치정보 이용에 동의하고 근무를 시작한다.',
      'Goes online, with consent to the use of the driver’s position while on shift.',
    ),
    by: [driver],
    in: ['none', 'planned'],
    emits: ['ShiftStarted'],
    refuses: [
      'CONSENT_MISSING',
      'INSURANCE_EXPIRED',
      'LICENCE_EXPIRED',
      'NOT_A_DRIVER_HERE',
      'OVERLAPPING_SHIFT',
      'REST_TOO_SHORT',
    ],
    input: Start,
  }),
  BindDelivery: command({
    label: text('배정 묶기', 'Bind delivery'),
    doc: text('한 기사에게 한 건만 묶는다.', 'Ties one delivery to the shift: a driver has one job at a time.'),
    by: [],
    internal: true,
    in: ['none', 'planned', 'available', 'busy', 'onBreak', 'ended'],
    emits: ['DeliveryBound'],
    refuses: ['BUSY', 'NOT_AVAILABLE'],
    input: Bind,
  }),
  UnbindDelivery: command({
    label: text('배정 풀기', 'Unbind delivery'),
    doc: text('끝난 배정을 푼다.', 'Ends the tie once the job is over.'),
    by: [],
    internal: true,
    in: ['busy'],
    otherwise: 'NOT_BOUND',
    emits: ['DeliveryUnbound'],
    refuses: ['NOT_BOUND'],
    input: Unbind,
  }),
  StartBreak: command({
    label: text('쉬기', 'Take a break'),
    doc: text('휴식을 시작한다.', 'Starts a break; no offers meanwhile.'),
    by: [driver],
    in: ['available', 'busy'],
    emits: ['BreakStarted'],
    refuses: ['BUSY'],
    input: Break,
  }),
  EndBreak: command({
    label: text('다시 받기', 'End break'),
    doc: text('휴식을 끝낸다.', 'Ends the break.'),
    by: [driver],
    in: ['onBreak'],
    otherwise: 'NOT_ON_BREAK',
    emits: ['BreakEnded'],
    input: Ref,
  }),
  EndShift: command({
    label: text('근무 끝내기', 'Go offline'),
    doc: text('근무를 끝내고 수입을 확정한다.', 'Ends the shift with its minutes, jobs and earning.'),
    by: [driver],
    in: ['available', 'onBreak', 'busy'],
    emits: ['ShiftEnded'],
    refuses: ['ACTIVE_DELIVERY'],
    input: End,
  }),
  ForceOffline: command({
    label: text('근무 강제 종료하기', 'Force offline'),
    doc: text('기사를 오프라인으로 바꾼다.', 'Takes a driver offline.'),
    by: [dispatcher],
    in: ['planned', 'available', 'onBreak', 'busy'],
    emits: ['ForcedOffline'],
    refuses: ['ACTIVE_DELIVERY'],
    input: Force,
  }),
};

/** On the first event of a shift's stream only. */
const parties = z.array(Party).optional();
const figures = { minutes: z.int().min(0), jobs: z.int().min(0), earningKrw: Won };

export const events = {
  ShiftPlanned: event(z.object({ ...Plan.shape, parties })),
  ShiftStarted: event(Start.extend({ parties })),
  DeliveryBound: event(Bind),
  DeliveryUnbound: event(Unbind),
  BreakStarted: event(Break),
  BreakEnded: event(Ref),
  ShiftEnded: event(End.extend(figures)),
  ForcedOffline: event(Force.extend(figures)),
};
