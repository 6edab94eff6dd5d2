import { type Role, text } from '@cargoro/domain';
import { DeliveryView, DispatchBoard, DriverHome, DriverShiftView, OfferView, regions } from '@cargoro/projections';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, matches, query, whereId } from '../define.ts';

const Ref = z.string().min(1).max(64);
const dispatchers: readonly Role[] = ['DISPATCHER', 'FLEET_MANAGER', 'WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'AUDITOR'];
export const Region = z.enum(regions as [string, ...string[]]).meta({ id: 'Region' });

export const deliveryQueries = [
  query({
    name: 'driverHome',
    doc: text('내 근무와 맡은 탁송', 'My shift, the job in hand and what I earned'),
    readModel: DriverHome,
    shape: 'one',
    args: z.object({}),
    roles: ['DRIVER'],
    where: (_args, { actor }) => eq(DriverHome.table.id!, actor.id),
    orderBy: [],
  }),
  query({
    name: 'drivers',
    doc: text('운송사 기사의 근무 상태', 'Drivers of one’s transport company and whether they are free'),
    readModel: DriverHome,
    shape: 'connection',
    args: filtered.extend({
      status: z
        .array(DriverHome.row.shape.status as z.ZodType<string>)
        .max(5)
        .optional(),
    }),
    roles: ['DISPATCHER', 'AUDITOR'],
    where: ({ status, filter }) =>
      and(
        status?.length ? inArray(DriverHome.table.status!, status) : undefined,
        matches(DriverHome, filter, { time: 'day', text: ['area', sql`${DriverHome.table.delivery!}->>'plate'`] }),
      ),
    orderBy: [{ column: 'driverId' }],
  }),
  query({
    name: 'driverShift',
    doc: text('기사 근무 하나', 'One shift of a driver, by its id such as <driverId>.20250630.1'),
    readModel: DriverShiftView,
    shape: 'one',
    args: byId,
    roles: ['DRIVER', 'DISPATCHER', 'AUDITOR'],
    where: whereId(DriverShiftView),
    orderBy: [],
  }),
  query({
    name: 'driverShifts',
    doc: text('기사 근무, 최근 날부터', 'Shifts of drivers, newest day first'),
    readModel: DriverShiftView,
    shape: 'connection',
    args: filtered.extend({ driverId: Ref.optional() }),
    roles: ['DRIVER', 'DISPATCHER', 'AUDITOR'],
    where: ({ filter, driverId }) =>
      and(
        driverId ? eq(DriverShiftView.table.driverId!, driverId) : undefined,
        matches(DriverShiftView, filter, { time: 'day', text: ['area', 'reason'] }),
      ),
    orderBy: [{ column: 'day', desc: true }],
  }),
  query({
    name: 'openOffers',
    doc: text('내게 온 탁송 제안', 'Jobs offered to me that are still to be had'),
    readModel: OfferView,
    shape: 'connection',
    args: filtered,
    roles: ['DRIVER'],
    where: ({ filter }, { actor }) =>
      and(
        matches(OfferView, filter, { time: 'offeredAt', text: ['number', 'make', 'model'] }),
        eq(OfferView.table.driverId!, actor.id),
        eq(OfferView.table.open!, true),
        sql`${OfferView.table.expiresAt} > now()`,
      ),
    orderBy: [{ column: 'offeredAt' }],
  }),
  query({
    name: 'delivery',
    doc: text('탁송 한 건', 'One delivery'),
    readModel: DeliveryView,
    shape: 'one',
    args: byId,
    where: whereId(DeliveryView),
    orderBy: [],
  }),
  query({
    name: 'deliveries',
    doc: text('탁송 목록, 최근 것부터', 'Deliveries one is party to, newest first'),
    readModel: DeliveryView,
    shape: 'connection',
    args: filtered.extend({ vehicleId: Ref.optional(), driverId: Ref.optional() }),
    where: ({ filter, vehicleId, driverId }) =>
      and(
        vehicleId ? eq(DeliveryView.table.vehicleId!, vehicleId) : undefined,
        driverId ? eq(DeliveryView.table.driverId!, driverId) : undefined,
        matches(DeliveryView, filter, { time: 'requestedAt', text: ['number', 'plate', 'model'] }),
      ),
    orderBy: [{ column: 'requestedAt', desc: true }],
  }),
  query({
    name: 'dispatchBoard',
    doc: text('배차 현황판: 끝나지 않은 탁송', 'The dispatchers’ board: every delivery not over yet, by region'),
    readModel: DispatchBoard,
    shape: 'connection',
    args: filtered.extend({ region: Region.optional() }),
    roles: dispatchers,
    where: ({ region, filter }) =>
      and(
        ne(DispatchBoard.table.column!, 'done'),
        region ? eq(DispatchBoard.table.region!, region) : undefined,
        matches(DispatchBoard, filter, { time: 'requestedAt', text: ['number', 'plate', 'model'] }),
      ),
    orderBy: [{ column: 'requestedAt' }],
  }),
];
export { dispatchers };
