import { Day, type Role, text } from '@cargoro/domain';
import {
  ApprovalInbox,
  BayTimeline,
  BoardView,
  OrderView,
  OwnerVehicle,
  PublicSlots,
  ReservationView,
  Technician,
  TechQueue,
  WorkshopView,
} from '@cargoro/projections';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, matches, query, whereId } from '../define.ts';
import { fillFreeSlots } from './free-slots.ts';

const Ref = z.string().min(1).max(64);
const ofWorkshop = z.object({ workshopId: Ref });
/** Who works in a workshop or looks at how it does. */
export const floor: readonly Role[] = [
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'WORKSHOP_ACCOUNTANT',
  'TECHNICIAN',
  'LEAD_TECHNICIAN',
  'PARTS_MANAGER',
  'WAREHOUSE_CLERK',
  'AUDITOR',
  'ANALYST',
];

export const repairQueries = [
  query({
    name: 'workshopBoard',
    doc: text('정비소 현황판: 출고되지 않은 차량', 'The workshop’s board: every car not handed over yet'),
    readModel: BoardView,
    shape: 'connection',
    args: ofWorkshop.extend(filtered.shape),
    roles: floor,
    where: ({ workshopId, filter }) =>
      and(
        eq(BoardView.table.workshopId!, workshopId),
        ne(BoardView.table.column!, 'closed'),
        matches(BoardView, filter, { time: 'openedAt', text: ['number', 'plate', 'model', 'customerName'] }),
      ),
    orderBy: [{ column: 'openedAt' }],
  }),
  query({
    name: 'repairOrder',
    doc: text('정비 지시서 한 건', 'One repair order'),
    readModel: OrderView,
    shape: 'one',
    args: byId,
    where: whereId(OrderView),
    orderBy: [],
  }),
  query({
    name: 'repairOrders',
    doc: text('정비 지시서 목록, 최근 것부터', 'Repair orders, newest first'),
    readModel: OrderView,
    shape: 'connection',
    args: filtered.extend({ workshopId: Ref.optional(), vehicleId: Ref.optional() }),
    where: ({ filter, workshopId, vehicleId }, { actor }) =>
      and(
        // Staff of a workshop reads along the index of its organisation; for others the parties decide.
        floor.includes(actor.role as Role) && actor.orgId ? eq(OrderView.table.workshopOrgId!, actor.orgId) : undefined,
        workshopId ? eq(OrderView.table.workshopId!, workshopId) : undefined,
        vehicleId ? eq(OrderView.table.vehicleId!, vehicleId) : undefined,
        matches(OrderView, filter, { time: 'openedAt', text: ['number', 'plate', 'model', 'customerName'] }),
      ),
    orderBy: [{ column: 'openedAt', desc: true }],
  }),
  query({
    name: 'bayTimeline',
    doc: text('하루 동안의 작업대별 일정', 'The bays of a workshop over one day'),
    readModel: BayTimeline,
    shape: 'connection',
    args: ofWorkshop.extend({ day: Day, ...filtered.shape }),
    roles: floor,
    where: ({ workshopId, day, filter }) =>
      and(
        eq(BayTimeline.table.workshopId!, workshopId),
        eq(BayTimeline.table.day!, day),
        matches(BayTimeline, filter, { time: 'day', text: ['bayName', 'bayKind'] }),
      ),
    orderBy: [],
  }),
  query({
    name: 'reservation',
    doc: text('예약 한 건', 'One reservation'),
    readModel: ReservationView,
    shape: 'one',
    args: byId,
    where: whereId(ReservationView),
    orderBy: [],
  }),
  query({
    name: 'reservations',
    doc: text('예약 목록, 이른 시간부터', 'Reservations, earliest first'),
    readModel: ReservationView,
    shape: 'connection',
    args: filtered.extend({ workshopId: Ref.optional(), vehicleId: Ref.optional() }),
    where: ({ filter, workshopId, vehicleId }) =>
      and(
        workshopId ? eq(ReservationView.table.workshopId!, workshopId) : undefined,
        vehicleId ? eq(ReservationView.table.vehicleId!, vehicleId) : undefined,
        matches(ReservationView, filter, { time: 'startsAt', text: ['plate', 'model', 'complaint', 'requesterName'] }),
      ),
    orderBy: [{ column: 'startsAt' }],
  }),
  query({
    name: 'myJobs',
    doc: text('내게 배정된 작업', 'The jobs assigned to me'),
    readModel: TechQueue,
    shape: 'connection',
    args: filtered,
    where: ({ filter }, { actor }) =>
      and(
        eq(TechQueue.table.technicianId!, actor.id),
        eq(TechQueue.table.active!, true),
        matches(TechQueue, filter, { time: 'openedAt', text: ['number', 'plate', 'model', 'complaint'] }),
      ),
    orderBy: [{ column: 'openedAt' }],
  }),
  query({
    name: 'freeSlots',
    doc: text(
      '예약할 수 있는 시간. 상태와 글자로는 고를 수 없음',
      'When a workshop has time for a service; free time has neither a status nor a text to filter by',
    ),
    readModel: PublicSlots,
    shape: 'connection',
    args: ofWorkshop.extend({
      days: z.array(Day).min(1).max(31),
      serviceCode: z.string().max(64).optional(),
      ...filtered.shape,
    }),
    open: true,
    where: ({ workshopId, days, filter: { partyOrgId: _, ...filter } = {} }) =>
      and(
        eq(PublicSlots.table.workshopId!, workshopId),
        inArray(PublicSlots.table.day!, days),
        matches(PublicSlots, filter, { time: 'day', text: [], status: null }),
      ),
    orderBy: [{ column: 'day' }],
    complete: fillFreeSlots,
  }),
  query({
    name: 'workshop',
    doc: text('정비소 하나', 'One workshop'),
    readModel: WorkshopView,
    shape: 'one',
    args: byId,
    open: true,
    where: whereId(WorkshopView),
    orderBy: [],
  }),
  query({
    name: 'workshops',
    doc: text('정비소 목록, 이름순', 'Workshops by name'),
    readModel: WorkshopView,
    shape: 'connection',
    args: filtered.extend({ orgId: Ref.optional() }),
    open: true,
    where: ({ filter, orgId }) =>
      and(
        orgId ? eq(WorkshopView.table.orgId!, orgId) : undefined,
        matches(WorkshopView, filter, { time: 'registeredAt', text: ['name', 'address'] }),
      ),
    orderBy: [{ column: 'name' }],
  }),
  query({
    name: 'technicians',
    doc: text(
      '정비소의 정비사, 상태를 묻지 않으면 재직 중인 사람',
      'The technicians of a workshop; those it has now, unless another status is asked for',
    ),
    readModel: Technician,
    shape: 'connection',
    args: ofWorkshop.extend(filtered.shape),
    where: ({ workshopId, filter }) =>
      and(
        eq(Technician.table.workshopId!, workshopId),
        filter?.status?.length ? undefined : eq(Technician.table.status!, 'enrolled'),
        matches(Technician, filter, { time: 'since', text: ['name', 'grade', 'skills'] }),
      ),
    orderBy: [{ column: 'since' }],
  }),
  query({
    name: 'approvalInbox',
    doc: text('내 답을 기다리는 견적', 'Estimates that wait for my answer'),
    readModel: ApprovalInbox,
    shape: 'connection',
    args: filtered,
    where: ({ filter }) =>
      and(
        eq(ApprovalInbox.table.waiting!, true),
        matches(ApprovalInbox, filter, { time: 'sentAt', text: ['number', 'plate', 'model'] }),
      ),
    orderBy: [{ column: 'openedAt' }],
  }),
  query({
    name: 'approvalRequest',
    doc: text('답할 견적 한 건', 'One estimate to answer'),
    readModel: ApprovalInbox,
    shape: 'one',
    args: byId,
    where: whereId(ApprovalInbox),
    orderBy: [],
  }),
  query({
    name: 'myVehicle',
    doc: text('차량 한 대', 'One of my cars'),
    readModel: OwnerVehicle,
    shape: 'one',
    args: byId,
    where: whereId(OwnerVehicle),
    orderBy: [],
  }),
  query({
    name: 'myVehicles',
    doc: text('내 차량', 'My cars'),
    readModel: OwnerVehicle,
    shape: 'connection',
    args: filtered,
    where: ({ filter }, { actor, partyKeys }) =>
      and(
        inArray(OwnerVehicle.table.ownerId!, [actor.id, ...(actor.orgId && partyKeys.length > 0 ? [actor.orgId] : [])]),
        matches(OwnerVehicle, filter, { time: 'custodySince', text: ['plate', 'model'] }),
      ),
    orderBy: [{ column: 'plate' }],
  }),
  query({
    name: 'vehicle',
    doc: text('열람할 수 있는 차량 한 대', 'One vehicle one may see'),
    readModel: OwnerVehicle,
    shape: 'one',
    args: byId,
    where: whereId(OwnerVehicle),
    orderBy: [],
  }),
  query({
    name: 'vehicles',
    doc: text('열람할 수 있는 차량', 'Vehicles one may see: one’s own, assigned ones, and those opened by their owner'),
    readModel: OwnerVehicle,
    shape: 'connection',
    args: filtered,
    where: ({ filter }) => matches(OwnerVehicle, filter, { time: 'custodySince', text: ['plate', 'vin', 'model'] }),
    orderBy: [{ column: 'plate' }],
  }),
];
