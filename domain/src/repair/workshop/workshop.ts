import type { z } from 'zod';
import { Organization } from '../../core/organization/organization.ts';
import { accept, defineAggregate, org, reject, seoulDay, text } from '../../kit/index.ts';
import { inClassScope } from './class-scope.ts';
import { hoursOverlap, type Posted, rateOn } from './posted.ts';
import { moves } from './workshop.moves.ts';
import { type BayKind, commands, events, type WorkshopClass } from './workshop.schema.ts';

const refusals = {
  REG_NO_FORMAT: text(
    '정비업 등록번호 형식이 올바르지 않습니다.',
    'The repair business registration number is malformed.',
  ),
  ORG_NOT_WORKSHOP: text('정비 사업자로 등록된 조직이 아닙니다.', 'The organisation is not a workshop business.'),
  OVERLAPPING_HOURS: text(
    '영업시간이 서로 겹치거나 끝이 시작보다 빠릅니다.',
    'Opening hours overlap, or end before they begin.',
  ),
  NAME_TAKEN: text('같은 이름의 작업대가 있습니다.', 'Another bay has this name.'),
  FUTURE_HOLDS: text('이후에 잡힌 예약이 있어 폐지할 수 없습니다.', 'The bay is booked after that day.'),
  RATE_NOT_POSITIVE: text('공임은 0원보다 커야 합니다.', 'A labour rate must be above zero.'),
  EFFECTIVE_IN_PAST: text('적용일이 이미 지났습니다.', 'The effective day has passed.'),
  OUT_OF_CLASS_SCOPE: text(
    '등록된 정비업 종류로 할 수 없는 작업입니다.',
    'This class of repair business may not do this work.',
  ),
  VERSION_NOT_NEXT: text('품목표 판 번호가 다음 순서가 아닙니다.', 'The menu version is not the next one.'),
  NOT_MEMBER: text('조직의 구성원이 아닙니다.', 'This person is not a member of the organisation.'),
  OPEN_JOBS: text('진행 중인 작업이 있습니다.', 'The technician has jobs in progress.'),
  NO_BAY: text('작업대가 없습니다.', 'There is no bay.'),
  NO_LABOR_RATE: text('게시된 공임이 없습니다.', 'No labour rate is posted.'),
  NO_MENU: text('게시된 정비 품목표가 없습니다.', 'No service menu is published.'),
  ORG_NOT_VERIFIED: text('조직이 아직 확인되지 않았습니다.', 'The organisation has not been verified.'),
  OPEN_ORDERS: text('진행 중인 정비 지시서가 있습니다.', 'There are open repair orders.'),
} as const;

type Bay = { readonly name: string; readonly kind: BayKind; readonly retiredOn?: string };
type Technician = Omit<z.infer<typeof events.TechnicianEnrolled.schema>, 'workshopId' | 'userId'>;
export type WorkshopFacts = Posted & {
  readonly orgId: string;
  readonly name: string;
  readonly class: WorkshopClass;
  readonly repairRegNo: string;
  readonly address: string;
  readonly phone: string;
  readonly geo: { readonly lat: number; readonly lon: number };
  readonly bays: Readonly<Record<string, Bay>>;
  readonly technicians: Readonly<Record<string, Technician>>;
};
export type WorkshopState =
  | { readonly status: 'none' }
  | ({ readonly status: 'draft' | 'open' | 'suspended' | 'closed' } & WorkshopFacts);

/** Registration numbers differ by district, but all are groups of letters or digits with dashes, 4 digits at least. */
const isRegNo = (value: string): boolean =>
  /^(제\s?)?[\p{L}\d]{1,12}(-[\p{L}\d]{1,12}){1,4}(\s?호)?$/u.test(value) && (value.match(/\d/g) ?? []).length >= 4;

const withoutKey = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

export const isBayInUse = (state: WorkshopFacts, bayId: string, day: string): boolean => {
  const bay = state.bays[bayId];
  return bay !== undefined && (bay.retiredOn === undefined || day < bay.retiredOn);
};

export const Workshop = defineAggregate<WorkshopState>()({
  name: 'Workshop',
  category: 'workshop',
  context: 'repair',
  doc: text('정비소', 'Workshop'),
  id: 'workshopId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    RegisterWorkshop: (_state, data, ctx) => {
      if (!isRegNo(data.repairRegNo)) return reject('REG_NO_FORMAT');
      const organization = ctx.fact(Organization, data.orgId);
      if (organization.status === 'none' || organization.kind !== 'workshop') return reject('ORG_NOT_WORKSHOP');
      return accept({ type: 'WorkshopRegistered', data: { ...data, parties: [org(data.orgId, 'workshop')] } });
    },
    SetHours: (_state, data) =>
      hoursOverlap(data.weekly) ? reject('OVERLAPPING_HOURS') : accept({ type: 'HoursSet', data }),
    AddBay: ({ bays }, data) => {
      if (data.bayId in bays) return reject('ALREADY_EXISTS');
      if (Object.values(bays).some((bay) => bay.name === data.name && !bay.retiredOn)) return reject('NAME_TAKEN');
      return accept({ type: 'BayAdded', data });
    },
    RetireBay: ({ bays }, data, ctx) => {
      const bay = bays[data.bayId];
      if (!bay) return reject('NOT_FOUND');
      if (bay.retiredOn) return accept();
      if (ctx.count('futureHoldsOfBay', data.bayId, data.on) > 0) return reject('FUTURE_HOLDS');
      return accept({ type: 'BayRetired', data });
    },
    PostLaborRate: (state, data, ctx) => {
      if (data.ratePerHourKrw <= 0) return reject('RATE_NOT_POSITIVE');
      if (data.effectiveFrom < seoulDay(ctx.now)) return reject('EFFECTIVE_IN_PAST');
      const previousRate = rateOn(state, data.category, data.effectiveFrom);
      return accept({
        type: 'LaborRatePosted',
        data: { ...data, ...(previousRate !== undefined && { previousRate }) },
      });
    },
    PublishServiceMenu: (state, data) => {
      if (data.menuVersion !== (state.menus.at(-1)?.menuVersion ?? 0) + 1) return reject('VERSION_NOT_NEXT');
      if (!data.items.every(({ serviceCode }) => inClassScope(state.class, serviceCode)))
        return reject('OUT_OF_CLASS_SCOPE');
      return accept({ type: 'ServiceMenuPublished', data });
    },
    EnrolTechnician: (state, data, ctx) => {
      const organization = ctx.fact(Organization, state.orgId);
      if (organization.status === 'none' || !(data.userId in organization.members)) return reject('NOT_MEMBER');
      return accept({ type: 'TechnicianEnrolled', data });
    },
    ReleaseTechnician: (state, data, ctx) => {
      if (!(data.userId in state.technicians)) return reject('NOT_FOUND');
      if (ctx.count('openJobsOfTechnician', data.userId) > 0) return reject('OPEN_JOBS');
      return accept({ type: 'TechnicianReleased', data });
    },
    OpenWorkshop: (state, data, ctx) => {
      if (!Object.values(state.bays).some((bay) => !bay.retiredOn)) return reject('NO_BAY');
      if (state.rates.length === 0) return reject('NO_LABOR_RATE');
      if (state.menus.length === 0) return reject('NO_MENU');
      if (ctx.fact(Organization, state.orgId).status !== 'active') return reject('ORG_NOT_VERIFIED');
      return accept({ type: 'WorkshopOpened', data });
    },
    SuspendWorkshop: (_state, data) => accept({ type: 'WorkshopSuspended', data }),
    ResumeWorkshop: (_state, data) => accept({ type: 'WorkshopResumed', data }),
    CloseWorkshop: (_state, data, ctx) =>
      ctx.count('openOrdersOfWorkshop', data.workshopId) > 0
        ? reject('OPEN_ORDERS')
        : accept({ type: 'WorkshopClosed', data }),
  },
  evolve: {
    WorkshopRegistered: (_state, { orgId, name, class: workshopClass, repairRegNo, address, phone, geo }) => ({
      status: 'draft',
      orgId,
      name,
      class: workshopClass,
      repairRegNo,
      address,
      phone,
      geo,
      hours: [],
      bays: {},
      rates: [],
      menus: [],
      technicians: {},
    }),
    HoursSet: (state, { workshopId: _, ...hours }) => ({ ...state, hours: [...state.hours, hours] }),
    BayAdded: (state, { bayId, name, kind }) => ({ ...state, bays: { ...state.bays, [bayId]: { name, kind } } }),
    BayRetired: (state, { bayId, on }) => {
      const bay = state.bays[bayId];
      return bay ? { ...state, bays: { ...state.bays, [bayId]: { ...bay, retiredOn: on } } } : state;
    },
    LaborRatePosted: (state, { category, ratePerHourKrw, effectiveFrom }) => ({
      ...state,
      rates: [...state.rates, { category, ratePerHourKrw, effectiveFrom }],
    }),
    ServiceMenuPublished: (state, { menuVersion, effectiveFrom, items }) => ({
      ...state,
      menus: [
        ...state.menus,
        { menuVersion, effectiveFrom, items: Object.fromEntries(items.map((item) => [item.serviceCode, item])) },
      ],
    }),
    TechnicianEnrolled: (state, { workshopId: _, userId, ...technician }) => ({
      ...state,
      technicians: { ...state.technicians, [userId]: technician },
    }),
    TechnicianReleased: (state, { userId }) => ({ ...state, technicians: withoutKey(state.technicians, userId) }),
    WorkshopOpened: (state) => ({ ...state, status: 'open' }),
    WorkshopSuspended: (state) => ({ ...state, status: 'suspended' }),
    WorkshopResumed: (state) => ({ ...state, status: 'open' }),
    WorkshopClosed: (state) => ({ ...state, status: 'closed' }),
  },
});
