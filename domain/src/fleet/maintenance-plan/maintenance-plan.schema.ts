import { z } from 'zod';
import { allow, command, event, Party, PartyKind, text } from '../../kit/index.ts';
import { Code, Day, Id, Km, Line } from '../../shared/values.ts';

const vehicleId = Id;
const Months = z.int().min(1).max(240);
export const PlanItem = z
  .object({
    itemCode: Code,
    everyKm: Km.min(1).optional(),
    everyMonths: Months.optional(),
    /** How far ahead it counts as due soon. */
    warnKm: Km,
    warnDays: z.int().min(0).max(365),
    /** Asked for by law or by the contract: never skipped, changed or removed. */
    mandatory: z.boolean(),
    lastDoneKm: Km,
    lastDoneOn: Day,
  })
  .meta({ id: 'PlanItem' });
/** What proves that it was done: a repair order here, or a service recorded on the vehicle. */
const Evidence = z
  .object({ repairOrderId: Id.optional(), serviceId: Id.optional() })
  .meta({ id: 'MaintenanceEvidence' });

const Ref = z.object({ vehicleId });
const ItemRef = Ref.extend({ itemCode: Code });
const Start = Ref.extend({ templateId: Code, items: z.array(PlanItem).max(100) });
const Change = ItemRef.extend({ everyKm: Km.min(1).optional(), everyMonths: Months.optional(), reason: Line });
const Add = Ref.extend({ item: PlanItem });
const Remove = ItemRef.extend({ reason: Line });
const Evaluate = Ref.extend({ asOf: Day, odometerKm: Km });
const Book = Ref.extend({ itemCodes: z.array(Code).min(1).max(100), reservationId: Id });
const Unbook = Ref.extend({ reservationId: Id, reason: Line });
const Complete = ItemRef.extend({ doneOn: Day, doneKm: Km, evidence: Evidence });
const Skip = ItemRef.extend({ reason: Line, untilOn: Day.optional(), untilKm: Km.optional() });
const Move = Ref.extend({ to: z.object({ kind: PartyKind, id: Id }) });
const Pause = Ref.extend({ reason: Line });

const owner = allow(['OWNER', 'FLEET_MANAGER'], 'owner');
const kept = ['active', 'paused'] as const;
// Derived, so they may lie beyond what people may enter.
const DueKm = z.int().min(0);
const DueOn = z.iso.date();
const due = { dueKm: DueKm.optional(), dueOn: DueOn.optional() };
const nextDue = { nextDueKm: DueKm.optional(), nextDueOn: DueOn.optional() };

export const commands = {
  StartPlan: command({
    label: text('정비 계획 시작하기', 'Start plan'),
    doc: text('차량의 정비 계획을 시작합니다.', 'Starts the maintenance plan of a vehicle.'),
    by: [owner],
    in: ['none'],
    emits: ['PlanStarted'],
    refuses: ['DUPLICATE_ITEM', 'INTERVAL_MISSING'],
    input: Start,
  }),
  ChangeItem: command({
    label: text('주기 변경하기', 'Change interval'),
    doc: text('정비 항목의 주기를 바꿉니다.', 'Changes how often an item is due.'),
    by: [owner],
    in: kept,
    emits: ['PlanItemChanged'],
    refuses: ['INTERVAL_MISSING', 'ITEM_UNKNOWN', 'MANDATORY_ITEM'],
    input: Change,
  }),
  AddItem: command({
    label: text('항목 추가하기', 'Add item'),
    doc: text('정비 항목을 추가합니다.', 'Adds an item to the plan.'),
    by: [owner],
    in: kept,
    emits: ['PlanItemAdded'],
    refuses: ['DUPLICATE_ITEM', 'INTERVAL_MISSING'],
    input: Add,
  }),
  RemoveItem: command({
    label: text('항목 삭제하기', 'Remove item'),
    doc: text('정비 항목을 계획에서 뺍니다.', 'Takes an item out of the plan.'),
    by: [owner],
    in: kept,
    emits: ['PlanItemRemoved'],
    refuses: ['ALREADY_BOOKED', 'ITEM_UNKNOWN', 'MANDATORY_ITEM'],
    input: Remove,
  }),
  EvaluatePlan: command({
    label: text('정비 시기 확인하기', 'Check what is due'),
    doc: text('날짜와 주행거리로 정비할 항목을 확인합니다.', 'Finds what is due by the day and the mileage.'),
    by: [owner],
    in: ['active'],
    otherwise: 'PLAN_PAUSED',
    emits: ['MaintenanceDue', 'MaintenanceDueSoon', 'MaintenanceNotDue'],
    input: Evaluate,
  }),
  BookItems: command({
    label: text('예약에 넣기', 'Book items'),
    doc: text('항목을 정비 예약에 연결합니다.', 'Links items to a reservation.'),
    by: [owner],
    in: kept,
    emits: ['MaintenanceBooked'],
    refuses: ['ALREADY_BOOKED', 'ITEM_UNKNOWN'],
    input: Book,
  }),
  UnbookItems: command({
    label: text('예약에서 빼기', 'Unbook items'),
    doc: text('예약에 연결한 항목을 되돌립니다.', 'Sets items of a reservation back to what they were.'),
    by: [owner],
    in: kept,
    emits: ['MaintenanceUnbooked'],
    input: Unbook,
  }),
  CompleteItem: command({
    label: text('정비 완료하기', 'Complete item'),
    doc: text(
      '증빙과 함께 항목을 마치고 다음 시기를 정합니다.',
      'Records that an item was done and when it is due next.',
    ),
    by: [owner],
    in: kept,
    emits: ['MaintenanceDone'],
    refuses: ['EVIDENCE_MISSING', 'ITEM_UNKNOWN', 'KM_BEFORE_LAST'],
    input: Complete,
  }),
  SkipItem: command({
    label: text('이번 회차 건너뛰기', 'Skip item'),
    doc: text('정한 때까지 항목을 건너뜁니다.', 'Puts an item off: until a day, a mileage, or its next interval.'),
    by: [owner],
    in: kept,
    emits: ['MaintenanceSkipped'],
    refuses: ['ALREADY_BOOKED', 'ITEM_UNKNOWN', 'MANDATORY_ITEM'],
    input: Skip,
  }),
  MovePlan: command({
    label: text('계획 넘기기', 'Hand over plan'),
    doc: text('차량의 새 소유자에게 계획을 넘깁니다.', 'Hands the plan over to the vehicle’s new owner.'),
    by: [],
    internal: true,
    in: ['none', ...kept],
    emits: ['PartyAdded', 'PartyRemoved'],
    input: Move,
  }),
  PausePlan: command({
    label: text('계획 멈추기', 'Pause plan'),
    doc: text('정비 계획을 잠시 멈춥니다.', 'Pauses the plan; nothing becomes due meanwhile.'),
    by: [owner],
    in: ['active'],
    emits: ['PlanPaused'],
    input: Pause,
  }),
  ResumePlan: command({
    label: text('계획 다시 시작하기', 'Resume plan'),
    doc: text('멈춘 계획을 다시 시작합니다.', 'Resumes a paused plan.'),
    by: [owner],
    in: ['paused'],
    emits: ['PlanResumed'],
    input: Ref,
  }),
};

export const events = {
  PlanStarted: event(Start.extend({ parties: z.array(Party) })),
  PlanItemChanged: event(Change),
  PlanItemAdded: event(Add),
  PlanItemRemoved: event(Remove),
  /** `asOf` and `odometerKm` are missing in events of before 2026-11-28. */
  MaintenanceDueSoon: event(ItemRef.extend({ ...due, asOf: Day.optional(), odometerKm: Km.optional() })),
  MaintenanceDue: event(ItemRef.extend({ ...due, asOf: Day, odometerKm: Km })),
  /** It was found due by a mileage that was wrong. */
  MaintenanceNotDue: event(ItemRef.extend({ ...due, asOf: Day, odometerKm: Km })),
  MaintenanceBooked: event(Book),
  MaintenanceUnbooked: event(Unbook.extend({ itemCodes: z.array(Code) })),
  MaintenanceDone: event(Complete.extend(nextDue)),
  MaintenanceSkipped: event(Skip.extend(nextDue)),
  PlanPaused: event(Pause),
  PlanResumed: event(Ref),
};
