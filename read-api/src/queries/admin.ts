import { type Role, text } from '@cargoro/domain';
import { EventIndex } from '@cargoro/projections';
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { matches, query, RecordFilter } from '../define.ts';

const readers: readonly Role[] = [
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'WORKSHOP_ACCOUNTANT',
  'FLEET_MANAGER',
  'FLEET_ACCOUNTANT',
  'PARTS_MANAGER',
  'DISPATCHER',
  'OWNER',
  'PLATFORM_ADMIN',
  'PLATFORM_SUPPORT',
  'PLATFORM_AUDITOR',
  'AUDITOR',
  'ANALYST',
];
const EventFilter = RecordFilter.omit({ status: true, partyOrgId: true })
  .extend({
    stream: z.string().max(200).optional(),
    types: z.array(z.string().max(80)).max(50).optional(),
    actorId: z.string().max(64).optional(),
    orgId: z.string().max(64).optional(),
    reasonCode: z.string().max(64).optional(),
  })
  .meta({ id: 'EventFilter' });
const { table } = EventIndex;

export const adminQueries = [
  query({
    name: 'events',
    doc: text('이벤트 색인, 최근 것부터', 'The index of events, newest first'),
    readModel: EventIndex,
    shape: 'connection',
    args: z.object({ filter: EventFilter.optional() }),
    roles: readers,
    where: ({ filter: { stream, types, actorId, orgId, reasonCode, ...filter } = {} }) =>
      and(
        stream ? eq(table.stream!, stream) : undefined,
        types?.length ? inArray(table.type!, types) : undefined,
        actorId ? eq(table.actorId!, actorId) : undefined,
        orgId ? eq(table.orgId!, orgId) : undefined,
        reasonCode ? eq(table.reasonCode!, reasonCode) : undefined,
        matches(EventIndex, filter, { time: 'recordedAt', text: ['type', 'command', 'reasonText'] }),
      ),
    orderBy: [{ column: 'position', desc: true }],
  }),
  query({
    name: 'correlation',
    doc: text('한 요청에서 비롯된 모든 이벤트, 일어난 차례로', 'Every event that came of one request, in order'),
    readModel: EventIndex,
    shape: 'connection',
    args: z.object({ id: z.string().min(1).max(130) }),
    roles: readers,
    where: ({ id }) => eq(table.correlationId!, id),
    orderBy: [{ column: 'position' }],
  }),
];
