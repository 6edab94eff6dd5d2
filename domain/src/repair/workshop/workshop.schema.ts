import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, Day, Geo, Id, Line, Won } from '../../shared/values.ts';

const workshopId = Id;

/** The four classes of repair business (K5): 종합, 소형종합, 전문, 원동기전문. */
export const WorkshopClass = z.enum(['general', 'smallGeneral', 'specialist', 'engine']).meta({ id: 'WorkshopClass' });
export type WorkshopClass = z.infer<typeof WorkshopClass>;
export const BayKind = z.enum(['lift', 'alignment', 'body', 'ev', 'quick']).meta({ id: 'BayKind' });
export type BayKind = z.infer<typeof BayKind>;

/** Local time in Seoul, `09:00` to `24:00`. */
const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Use HH:MM, such as 09:00');
/** One span of opening hours; a day with a lunch break has two. `weekday` 0 is Sunday. */
export const OpeningHours = z
  .object({ weekday: z.int().min(0).max(6), opens: TimeOfDay, closes: TimeOfDay })
  .meta({ id: 'OpeningHours' });
export type OpeningHours = z.infer<typeof OpeningHours>;

export const ServiceMenuItem = z
  .object({
    serviceCode: Code,
    name: Line,
    standardHours: z.number().min(0).max(100),
    partsHint: z.array(Line).max(20).default([]),
    /** Work that needs no estimate (K3); consent is recorded all the same. */
    estimateExempt: z.boolean().default(false),
  })
  .meta({ id: 'ServiceMenuItem' });
export type ServiceMenuItem = z.infer<typeof ServiceMenuItem>;

const Register = z.object({
  workshopId,
  orgId: Id,
  name: Line,
  class: WorkshopClass,
  repairRegNo: Line,
  address: Line,
  geo: Geo,
  phone: Line,
});
const Hours = z.object({
  workshopId,
  weekly: z.array(OpeningHours).max(28),
  holidays: z.array(Day).max(400).default([]),
  effectiveFrom: Day,
});
const NewBay = z.object({ workshopId, bayId: Id, name: Line, kind: BayKind });
const Retire = z.object({ workshopId, bayId: Id, on: Day });
const LaborRate = z.object({ workshopId, category: Code, ratePerHourKrw: Won, effectiveFrom: Day });
const Menu = z.object({
  workshopId,
  menuVersion: z.int().min(1),
  items: z.array(ServiceMenuItem).min(1).max(300),
  effectiveFrom: Day,
});
const Technician = z.object({
  workshopId,
  userId: Id,
  grade: Line,
  skills: z.array(Line).max(50).default([]),
  evCertified: z.boolean().default(false),
});
const TechnicianRef = z.object({ workshopId, userId: Id });
const Ref = z.object({ workshopId });
const Reason = z.object({ workshopId, reason: Line });

const owner = allow(['WORKSHOP_OWNER'], 'workshop');
const staff = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR'], 'workshop');
const alive = ['draft', 'open', 'suspended'] as const;

export const commands = {
  RegisterWorkshop: command({
    label: text('정비소 등록하기', 'Register workshop'),
    doc: text('정비소를 등록한다.', 'Registers a workshop of an organisation.'),
    by: [owner],
    in: ['none'],
    emits: ['WorkshopRegistered'],
    refuses: ['ORG_NOT_WORKSHOP', 'REG_NO_FORMAT'],
    input: Register,
  }),
  SetHours: command({
    label: text('영업시간 정하기', 'Set hours'),
    doc: text('영업시간과 휴일을 정한다.', 'Sets the weekly opening hours and holidays from a day on.'),
    by: [staff],
    in: alive,
    emits: ['HoursSet'],
    refuses: ['OVERLAPPING_HOURS'],
    input: Hours,
  }),
  AddBay: command({
    label: text('작업대 추가하기', 'Add bay'),
    doc: text('작업대를 추가한다.', 'Adds a bay in which cars are worked on.'),
    by: [owner],
    in: alive,
    emits: ['BayAdded'],
    refuses: ['NAME_TAKEN'],
    input: NewBay,
  }),
  RetireBay: command({
    label: text('작업대 폐지하기', 'Retire bay'),
    doc: text('작업대를 더 쓰지 않는다.', 'Takes a bay out of use from a day on.'),
    by: [owner],
    in: alive,
    emits: ['BayRetired'],
    refuses: ['FUTURE_HOLDS'],
    input: Retire,
  }),
  PostLaborRate: command({
    label: text('시간당 공임 게시하기', 'Post labour rate'),
    doc: text('시간당 공임을 게시한다.', 'Posts the labour rate per hour from a day on.'),
    by: [owner],
    in: alive,
    emits: ['LaborRatePosted'],
    refuses: ['EFFECTIVE_IN_PAST', 'RATE_NOT_POSITIVE'],
    input: LaborRate,
  }),
  PublishServiceMenu: command({
    label: text('정비 품목표 게시하기', 'Publish service menu'),
    doc: text(
      '표준 정비시간이 담긴 품목표를 게시한다.',
      'Publishes the next version of the service menu with its standard hours.',
    ),
    by: [owner],
    in: alive,
    emits: ['ServiceMenuPublished'],
    refuses: ['OUT_OF_CLASS_SCOPE', 'VERSION_NOT_NEXT'],
    input: Menu,
  }),
  EnrolTechnician: command({
    label: text('정비사 등록하기', 'Enrol technician'),
    doc: text(
      '조직 구성원을 정비사로 등록한다.',
      'Enrols a member of the organisation as a technician, or updates the enrolment.',
    ),
    by: [owner],
    in: alive,
    emits: ['TechnicianEnrolled'],
    refuses: ['NOT_MEMBER'],
    input: Technician,
  }),
  ReleaseTechnician: command({
    label: text('정비사 해제하기', 'Release technician'),
    doc: text('정비사 등록을 해제한다.', 'Ends a technician’s enrolment.'),
    by: [owner],
    in: alive,
    emits: ['TechnicianReleased'],
    refuses: ['OPEN_JOBS'],
    input: TechnicianRef,
  }),
  OpenWorkshop: command({
    label: text('영업 시작하기', 'Open workshop'),
    doc: text('예약과 입고를 받기 시작한다.', 'Begins to take reservations and cars.'),
    by: [owner],
    in: ['draft'],
    emits: ['WorkshopOpened'],
    refuses: ['NO_BAY', 'NO_LABOR_RATE', 'NO_MENU', 'ORG_NOT_VERIFIED'],
    input: Ref,
  }),
  SuspendWorkshop: command({
    label: text('영업 중지하기', 'Suspend workshop'),
    doc: text('새 예약과 입고를 잠시 받지 않는다.', 'Takes no new reservations or cars for a while.'),
    by: [owner, allowAny('PLATFORM_ADMIN')],
    in: ['open'],
    emits: ['WorkshopSuspended'],
    input: Reason,
  }),
  ResumeWorkshop: command({
    label: text('영업 재개하기', 'Resume workshop'),
    doc: text('영업을 다시 시작한다.', 'Takes reservations and cars again.'),
    by: [owner, allowAny('PLATFORM_ADMIN')],
    in: ['suspended'],
    emits: ['WorkshopResumed'],
    input: Ref,
  }),
  CloseWorkshop: command({
    label: text('폐업하기', 'Close workshop'),
    doc: text('정비소를 닫는다. 되돌릴 수 없다.', 'Closes the workshop for good.'),
    by: [owner],
    in: alive,
    emits: ['WorkshopClosed'],
    refuses: ['OPEN_ORDERS'],
    input: Ref,
  }),
};

export const events = {
  WorkshopRegistered: event(Register.extend({ parties: z.array(Party) })),
  HoursSet: event(Hours),
  BayAdded: event(NewBay),
  BayRetired: event(Retire),
  LaborRatePosted: event(LaborRate.extend({ previousRate: Won.optional() })),
  ServiceMenuPublished: event(Menu),
  TechnicianEnrolled: event(Technician),
  TechnicianReleased: event(TechnicianRef),
  WorkshopOpened: event(Ref),
  WorkshopSuspended: event(Reason),
  WorkshopResumed: event(Ref),
  WorkshopClosed: event(Ref),
};
