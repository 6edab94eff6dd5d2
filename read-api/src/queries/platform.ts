import { text } from '@cargoro/domain';
import { SystemHealth } from '@cargoro/projections';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../define.ts';
import { platformStaff } from './admin.ts';

export const ofService = z.object({ service: z.string().min(1).max(40).optional() });

export const platformQueries = [
  query({
    name: 'systemHealth',
    doc: text('서비스 상태', 'How the services are: their parts, lag, dead letters, response times and sockets'),
    readModel: SystemHealth,
    shape: 'connection',
    args: ofService,
    roles: platformStaff,
    where: ({ service }) => (service ? eq(SystemHealth.table.service!, service) : undefined),
    orderBy: [{ column: 'service' }],
  }),
];
