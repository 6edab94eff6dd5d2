import { Day, text } from '@cargoro/domain';
import {
  ApprovalInbox,
  BayTimeline,
  BoardView,
  OrderView,
  OwnerVehicle,
  PublicSlots,
  ReservationView,
  TechQueue,
} from '@cargoro/projections';
import { z } from 'zod';
import { subscription } from '../define.ts';
import { floor } from '../queries/repair.ts';

const Ref = z.string().min(1).max(64);
const ofWorkshop = z.object({ workshopId: Ref });
const ofOne = z.object({ id: z.string().min(1).max(130) });

export const repairSubscriptions = [
  subscription({
    name: 'workshopBoardChanged',
    doc: text('현황판의 카드가 바뀔 때', 'When a card of the board changes'),
    readModel: BoardView,
    args: ofWorkshop,
    roles: floor,
    match: ({ workshopId }) => ({ workshopId }),
  }),
  subscription({
    name: 'repairOrderChanged',
    doc: text('정비 지시서가 바뀔 때', 'When a repair order changes'),
    readModel: OrderView,
    args: ofOne,
    match: ({ id }) => ({ id }),
  }),
  subscription({
    name: 'bayTimelineChanged',
    doc: text('작업대 일정이 바뀔 때', 'When the bays of a day change'),
    readModel: BayTimeline,
    args: ofWorkshop.extend({ day: Day }),
    roles: floor,
    match: ({ workshopId, day }) => ({ workshopId, day }),
  }),
  subscription({
    name: 'reservationChanged',
    doc: text('예약이 바뀔 때', 'When a reservation of a workshop changes'),
    readModel: ReservationView,
    args: ofWorkshop,
    match: ({ workshopId }) => ({ workshopId }),
  }),
  subscription({
    name: 'myJobsChanged',
    doc: text('내 작업이 바뀔 때', 'When one of my jobs changes'),
    readModel: TechQueue,
    args: z.object({}),
    match: (_args, { actor }) => ({ technicianId: actor.id }),
  }),
  subscription({
    name: 'freeSlotsChanged',
    doc: text('예약할 수 있는 시간이 바뀔 때', 'When the free time of a day changes'),
    readModel: PublicSlots,
    args: ofWorkshop.extend({ day: Day }),
    open: true,
    match: ({ workshopId, day }) => ({ workshopId, day }),
  }),
  subscription({
    name: 'approvalInboxChanged',
    doc: text('답할 견적이 바뀔 때', 'When an estimate I have to answer changes'),
    readModel: ApprovalInbox,
    args: z.object({}),
    match: () => ({}),
  }),
  subscription({
    name: 'myVehicleChanged',
    doc: text('내 차량이 바뀔 때', 'When one of my cars changes'),
    readModel: OwnerVehicle,
    args: ofOne,
    match: ({ id }) => ({ id }),
  }),
];
