import { text } from '@cargoro/domain';
import { ReminderView, VehicleHistory } from '@cargoro/projections';
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { filtered, matches, query } from '../define.ts';
import type { Viewer } from '../types.ts';

const Ref = z.string().min(1).max(64);

const workshopName = sql`(select w.name from rm_workshop w where w.id = ${VehicleHistory.table.workshopId})`;

/** The owner, or somebody to whom the owner opened the history until a day that has not passed. */
const mayReadHistory = ({ actor }: Viewer): SQL => {
  const me = sql`array[${actor.id}, ${actor.orgId ?? ''}]`;
  return sql`exists (select from rm_owner_vehicle v where v.id = ${VehicleHistory.table.vehicleId} and (
    v.owner_id = any(${me}) or exists (
      select from jsonb_array_elements(v.grants) g
      where g->'grantee'->>'id' = any(${me}) and g->>'scope' <> 'basic'
        and (g->>'until')::date >= (now() at time zone 'Asia/Seoul')::date)))`;
};

export const ownerQueries = [
  query({
    name: 'vehicleHistory',
    doc: text(
      '차량 이력: 모든 정비소와 외부 정비. 상태는 이력 종류',
      'The history of a car, from every workshop and from outside; the status of an entry is its kind',
    ),
    readModel: VehicleHistory,
    shape: 'connection',
    args: filtered.extend({ id: Ref }),
    where: ({ id, filter }, viewer) =>
      and(
        eq(VehicleHistory.table.vehicleId!, id),
        mayReadHistory(viewer),
        matches(VehicleHistory, filter, { time: 'at', text: ['place', workshopName, 'items', 'note'], status: 'kind' }),
      ),
    orderBy: [{ column: 'at', desc: true }],
  }),
  query({
    name: 'myReminders',
    doc: text(
      '챙길 일: 내가 정한 알림과 정비 계획. 상태는 급한 정도',
      'What to think of: my reminders and what plans say is due; their status is how urgent they are',
    ),
    readModel: ReminderView,
    shape: 'connection',
    args: filtered.extend({ vehicleId: Ref.optional() }),
    where: ({ vehicleId, filter }) =>
      and(
        ne(ReminderView.table.urgency!, 'closed'),
        vehicleId ? eq(ReminderView.table.vehicleId!, vehicleId) : undefined,
        matches(ReminderView, filter, { time: 'dueOn', text: ['plate', 'kind', 'note'], status: 'urgency' }),
      ),
    orderBy: [{ column: 'vehicleId' }],
  }),
];
