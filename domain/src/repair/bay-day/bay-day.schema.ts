import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import { DateTime, Day, Id, Line } from '../../shared/values.ts';

/** One bay on one business day in Seoul: the stream is `bayDay-<bayId>.<yyyymmdd>`. */
const key = { bayId: Id, day: Day };
const Ref = z.object(key);

const Hold = Ref.extend({
  workshopId: Id,
  holdId: Id,
  forKind: z.enum(['reservation', 'repairOrder']).meta({ id: 'HoldFor' }),
  forId: Id,
  start: DateTime,
  end: DateTime,
  /** An unconfirmed hold lapses by itself at this moment. */
  expiresAt: DateTime,
});
const HoldRef = Ref.extend({ holdId: Id });
const Release = HoldRef.extend({ reason: Line });
const Block = Ref.extend({ workshopId: Id, blockId: Id, start: DateTime, end: DateTime, reason: Line });
const BlockRef = Ref.extend({ blockId: Id });
const Use = HoldRef.extend({ at: DateTime });

const planner = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR'], 'workshop');
const worker = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'TECHNICIAN', 'LEAD_TECHNICIAN'], 'workshop');

export const commands = {
  HoldSlot: command({
    label: text('시간 잡아두기', 'Hold slot'),
    doc: text('작업대 시간을 잠시 잡아둔다.', 'Holds time in a bay for a while.'),
    by: [planner],
    in: ['none', 'planned'],
    emits: ['SlotHeld'],
    refuses: ['OUTSIDE_HOURS', 'SLOT_TAKEN', 'TOO_SHORT'],
    input: Hold,
  }),
  ConfirmSlot: command({
    label: text('시간 확정하기', 'Confirm slot'),
    doc: text('잡아둔 시간을 확정한다.', 'Makes a hold firm.'),
    by: [planner],
    in: ['planned'],
    otherwise: 'HOLD_UNKNOWN',
    emits: ['SlotConfirmed'],
    refuses: ['HOLD_EXPIRED', 'HOLD_UNKNOWN'],
    input: HoldRef,
  }),
  ReleaseSlot: command({
    label: text('시간 비우기', 'Release slot'),
    doc: text('잡아둔 시간을 비운다.', 'Gives held time back.'),
    by: [planner],
    in: ['planned'],
    otherwise: 'HOLD_UNKNOWN',
    emits: ['SlotReleased'],
    refuses: ['HOLD_UNKNOWN', 'STILL_BOOKED'],
    input: Release,
  }),
  BlockTime: command({
    label: text('시간 막기', 'Block time'),
    doc: text('점검이나 휴식으로 작업대 시간을 막는다.', 'Closes a bay for some time, for upkeep or a break.'),
    by: [planner],
    in: ['none', 'planned'],
    emits: ['TimeBlocked'],
    refuses: ['OUTSIDE_HOURS', 'SLOT_TAKEN'],
    input: Block,
  }),
  UnblockTime: command({
    label: text('막은 시간 풀기', 'Unblock time'),
    doc: text('막아 둔 시간을 다시 연다.', 'Opens blocked time again.'),
    by: [planner],
    in: ['planned'],
    emits: ['TimeUnblocked'],
    input: BlockRef,
  }),
  StartUse: command({
    label: text('사용 시작하기', 'Start use'),
    doc: text('작업대를 실제로 쓰기 시작한다.', 'Records that a car has entered the bay.'),
    by: [worker],
    in: ['planned'],
    otherwise: 'NOT_CONFIRMED',
    emits: ['BayUseStarted'],
    refuses: ['ALREADY_STARTED', 'NOT_CONFIRMED'],
    input: Use,
  }),
  EndUse: command({
    label: text('사용 끝내기', 'End use'),
    doc: text('작업대 사용을 끝낸다.', 'Records that the car has left the bay.'),
    by: [worker],
    in: ['planned'],
    otherwise: 'NOT_CONFIRMED',
    emits: ['BayUseEnded'],
    refuses: ['NOT_CONFIRMED'],
    input: Use,
  }),
};

/** On the first event of a day's stream only. */
const parties = z.array(Party).optional();

/** Every change of the free time names its workshop, so that its public calendar can be kept from the events alone. */
const ofWorkshop = { workshopId: Id };

export const events = {
  SlotHeld: event(Hold.extend({ parties })),
  SlotConfirmed: event(HoldRef),
  SlotReleased: event(Release.extend(ofWorkshop)),
  TimeBlocked: event(Block.extend({ parties })),
  TimeUnblocked: event(BlockRef.extend(ofWorkshop)),
  BayUseStarted: event(Use),
  BayUseEnded: event(Use.extend({ minutes: z.int().min(0), workshopId: Id.optional() })),
};
