import { text } from '@cargoro/domain';
import { DeliveryView, DispatchBoard, DriverHome, OfferView } from '@cargoro/projections';
import { z } from 'zod';
import { subscription } from '../define.ts';
import { dispatchers, Region } from '../queries/delivery.ts';

export const deliverySubscriptions = [
  subscription({
    name: 'driverHomeChanged',
    doc: text('내 근무나 맡은 탁송이 바뀔 때', 'When my shift or the job in hand changes'),
    readModel: DriverHome,
    args: z.object({}),
    roles: ['DRIVER'],
    match: (_args, { actor }) => ({ id: actor.id }),
  }),
  subscription({
    name: 'offerReceived',
    doc: text('탁송 제안이 오거나 닫힐 때', 'When a job is offered to me, or an offer is over'),
    readModel: OfferView,
    args: z.object({}),
    roles: ['DRIVER'],
    match: (_args, { actor }) => ({ driverId: actor.id }),
  }),
  subscription({
    name: 'deliveryChanged',
    doc: text('탁송이 바뀔 때', 'When a delivery changes'),
    readModel: DeliveryView,
    args: z.object({ id: z.string().min(1).max(130) }),
    match: ({ id }) => ({ id }),
  }),
  subscription({
    name: 'dispatchBoardChanged',
    doc: text('배차 현황판이 바뀔 때', 'When a card of the dispatchers’ board changes'),
    readModel: DispatchBoard,
    args: z.object({ region: Region.optional() }),
    roles: dispatchers,
    match: ({ region }) => (region ? { region } : ({} as Record<string, string>)),
  }),
];
