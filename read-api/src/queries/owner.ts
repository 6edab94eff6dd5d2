import { text } from '@cargoro/domain';
import { ReminderView, VehicleHistory } from '@cargoro/projections';
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { matches, query, RecordFilter } from '../define.ts';
import type { Viewer } from '../types.ts';

const Ref = z.string().min(1).max(64);
const HistoryFilter = RecordFilter.omit({ status: true, partyOrgId: true }).meta({ id: 'HistoryFilter' });

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
    doc: text('차량 이력: 모든 정비소와 외부 정비', 'The history of a car, from every workshop and from outside'),
    readModel: VehicleHistory,
    shape: 'connection',
    args: z.object({ id: Ref, filter: HistoryFilter.optional() }),
    where: ({ id, filter }, viewer) =>
      and(
        eq(VehicleHistory.table.vehicleId!, id),
        mayReadHistory(viewer),
        matches(VehicleHistory, filter, { time: 'at', text: ['place', 'note'] }),
      ),
    orderBy: [{ column: 'at', desc: true }],
  }),
  query({
    name: 'myReminders',
    doc: text('챙길 일: 내가 정한 알림과 정비 계획', 'What to think of: my reminders and what plans say is due'),
    readModel: ReminderView,
    shape: 'connection',
    args: z.object({ vehicleId: Ref.optional() }),
    where: ({ vehicleId }) =>
      and(
        ne(ReminderView.table.urgency!, 'closed'),
        vehicleId ? eq(ReminderView.table.vehicleId!, vehicleId) : undefined,
      ),
    orderBy: [{ column: 'vehicleId' }],
  }),
];
