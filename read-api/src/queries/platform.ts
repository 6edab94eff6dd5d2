import { text } from '@cargoro/domain';
import { SystemHealth } from '@cargoro/projections';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { filtered, matches, query } from '../define.ts';
import { platformStaff } from './admin.ts';

export const ofService = z.object({ service: z.string().min(1).max(40).optional() });

export const platformQueries = [
  query({
    name: 'systemHealth',
    doc: text('서비스 상태', 'How the services are: their parts, lag, dead letters, response times and sockets'),
    readModel: SystemHealth,
    shape: 'connection',
    args: filtered.extend(ofService.shape),
    roles: platformStaff,
    where: ({ service, filter }) =>
      and(
        service ? eq(SystemHealth.table.service!, service) : undefined,
        matches(SystemHealth, filter, { time: 'seenAt', text: ['service', 'instance'] }),
      ),
    orderBy: [{ column: 'service' }],
  }),
];
