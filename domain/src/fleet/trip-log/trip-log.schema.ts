import { z } from 'zod';
import { allow, command, event, Party, PartyKind, text } from '../../kit/index.ts';
import { DateTime, Id, Km, Line, Prose } from '../../shared/values.ts';
import { TripPurpose } from '../policy/fleet-policy.schema.ts';

/** `202506`. */
const Month = z.string().regex(/^(19|20|21)\d{2}(0[1-9]|1[0-2])$/, 'Use a month, such as 202506');
const Ref = z.object({ vehicleId: Id, month: Month });
const TripRef = Ref.extend({ tripId: Id });
/** Asked for by a refusal, so that leaving it out has a name. */
const Reason = Prose.optional();
const km = { startKm: Km, endKm: Km };
const about = { department: Line, purposeText: Line.optional(), from: Line.optional(), to: Line.optional() };

const Open = Ref.extend({
  openingKm: Km,
  /** The policy whose trip rules hold for this log; without it entries are due in 7 days and no gap is tolerated. */
  policyId: Id.optional(),
});
const Start = TripRef.extend({
  userId: Id,
  department: Line,
  startKm: Km,
  at: DateTime,
  purpose: TripPurpose,
  purposeText: Line.optional(),
  from: Line.optional(),
});
const End = TripRef.extend({ endKm: Km, at: DateTime, to: Line.optional() });
const Log = TripRef.extend({
  userId: Id,
  ...km,
  startedAt: DateTime,
  endedAt: DateTime,
  purpose: TripPurpose,
  ...about,
  lateReason: Line.optional(),
});
const Reclassify = TripRef.extend({ purpose: TripPurpose, reason: Reason });
export const TripChanges = z
  .object({ ...km, ...about })
  .partial()
  .meta({ id: 'TripChanges' });
const Correct = TripRef.extend({ changes: TripChanges, reason: Reason });
const Void = TripRef.extend({ reason: Reason });
const Explain = Ref.extend({ fromKm: Km, toKm: Km, purpose: TripPurpose, reason: Line });
const Share = Ref.extend({ with: z.object({ kind: PartyKind, id: Id }) });
const Close = Ref.extend({ approverId: Id, closingKm: Km });
const Reopen = Ref.extend({ reason: Line, approverId: Id });

const totals = { totalKm: Km, commuteKm: Km, businessKm: Km, privateKm: Km };
const why = { reason: z.string() };

const driver = [allow(['FLEET_MEMBER', 'FLEET_MANAGER'], 'fleet'), allow(['OWNER'], 'owner')];
const manager = [allow(['FLEET_MANAGER', 'FLEET_APPROVER'], 'fleet'), allow(['OWNER'], 'owner')];
const writable = ['open', 'reopened'] as const;

export const commands = {
  OpenTripLog: command({
    label: text('운행기록부 열기', 'Open trip log'),
    doc: text('차량의 한 달 운행기록부를 엽니다.', 'Opens the log of a vehicle for a month.'),
    by: driver,
    in: ['none'],
    emits: ['TripLogOpened'],
    refuses: ['OPENING_KM_MISMATCH'],
    input: Open,
  }),
  StartTrip: command({
    label: text('운행 시작하기', 'Start trip'),
    doc: text('운행을 시작합니다.', 'Starts a trip.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripStarted'],
    refuses: ['KM_OVERLAP', 'NOT_ASSIGNED', 'NOT_YOURS', 'OUTSIDE_MONTH', 'TRIP_OPEN'],
    input: Start,
  }),
  EndTrip: command({
    label: text('운행 끝내기', 'End trip'),
    doc: text('운행을 끝냅니다.', 'Ends the trip under way.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripEnded'],
    refuses: ['KM_INVERTED', 'KM_OVERLAP', 'NOT_YOURS', 'TIME_INVERTED', 'TRIP_UNKNOWN'],
    input: End,
  }),
  LogTrip: command({
    label: text('운행 기록하기', 'Log trip'),
    doc: text('끝난 운행을 기록합니다.', 'Records a trip afterwards.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripLogged'],
    refuses: [
      'ENTRY_TOO_LATE',
      'KM_INVERTED',
      'KM_OVERLAP',
      'NOT_ASSIGNED',
      'NOT_YOURS',
      'OUTSIDE_MONTH',
      'TIME_INVERTED',
    ],
    input: Log,
  }),
  ReclassifyTrip: command({
    label: text('운행 목적 변경하기', 'Reclassify trip'),
    doc: text('운행 목적을 바꿉니다.', 'Changes what a trip was for.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripReclassified'],
    refuses: ['REASON_REQUIRED', 'TRIP_UNKNOWN'],
    input: Reclassify,
  }),
  CorrectTrip: command({
    label: text('운행 정정하기', 'Correct trip'),
    doc: text('잘못 적은 운행을 정정합니다.', 'Corrects a trip; what was written stays in the history.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripCorrected'],
    refuses: ['KM_INVERTED', 'KM_OVERLAP', 'REASON_REQUIRED', 'TRIP_OPEN', 'TRIP_UNKNOWN'],
    input: Correct,
  }),
  VoidTrip: command({
    label: text('운행 무효로 하기', 'Void trip'),
    doc: text('없었던 운행을 무효로 합니다.', 'Voids a trip that did not happen.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['TripVoided'],
    refuses: ['NOT_YOURS', 'REASON_REQUIRED', 'TRIP_UNKNOWN'],
    input: Void,
  }),
  ExplainGap: command({
    label: text('빈 구간 설명하기', 'Explain gap'),
    doc: text('기록이 없는 주행 구간을 설명합니다.', 'Says what the kilometres between two trips were for.'),
    by: driver,
    in: writable,
    otherwise: 'MONTH_CLOSED',
    emits: ['GapExplained'],
    refuses: ['NO_GAP'],
    input: Explain,
  }),
  ShareTripLog: command({
    label: text('운행기록부 함께 쓰기', 'Share trip log'),
    doc: text(
      '차량을 넘긴 달의 기록을 새 소유자도 이어서 씁니다.',
      'Lets the vehicle’s new owner continue the month; the former one keeps what was theirs.',
    ),
    by: [],
    internal: true,
    in: ['none', 'open', 'submitted', 'closed', 'reopened'],
    emits: ['PartyAdded'],
    input: Share,
  }),
  SubmitTripLog: command({
    label: text('제출하기', 'Submit'),
    doc: text('한 달 기록을 제출합니다.', 'Submits the month for approval.'),
    by: driver,
    in: writable,
    emits: ['TripLogSubmitted'],
    refuses: ['OPEN_TRIP', 'UNEXPLAINED_GAP'],
    input: Ref,
  }),
  CloseTripLog: command({
    label: text('마감하기', 'Close'),
    doc: text('제출된 기록을 승인하고 마감합니다.', 'Approves and closes the month.'),
    by: manager,
    in: ['submitted', 'reopened'],
    emits: ['TripLogClosed'],
    refuses: ['KM_INVERTED', 'OPEN_TRIP', 'SELF_APPROVAL', 'UNEXPLAINED_GAP'],
    input: Close,
  }),
  ReopenTripLog: command({
    label: text('다시 열기', 'Reopen'),
    doc: text('정정하기 위해 다시 엽니다.', 'Opens a month again for corrections.'),
    by: manager,
    in: ['submitted', 'closed'],
    emits: ['TripLogReopened'],
    refuses: ['SELF_APPROVAL', 'YEAR_CLOSED'],
    input: Reopen,
  }),
};

export const events = {
  TripLogOpened: event(Open.extend({ parties: z.array(Party) })),
  TripStarted: event(Start),
  TripEnded: event(End.extend({ distanceKm: Km })),
  TripLogged: event(Log.extend({ distanceKm: Km })),
  TripReclassified: event(Reclassify.extend({ ...why, before: TripPurpose })),
  TripCorrected: event(Correct.extend({ ...why, before: TripChanges })),
  TripVoided: event(Void.extend(why)),
  GapExplained: event(Explain),
  TripLogSubmitted: event(Ref.extend(totals)),
  /** `ratio`: share of commute and business kilometres, 0 to 1, four decimals. */
  TripLogClosed: event(Close.extend({ ...totals, ratio: z.number().min(0).max(1) })),
  TripLogReopened: event(Reopen),
};
