import { text } from '@cargoro/domain';
import { SystemHealth } from '@cargoro/projections';
import { subscription } from '../define.ts';
import { platformStaff } from '../queries/admin.ts';
import { ofService } from '../queries/platform.ts';

export const platformSubscriptions = [
  subscription({
    name: 'systemHealthChanged',
    doc: text('서비스 상태가 바뀔 때', 'When a service tells how it is, or falls silent'),
    readModel: SystemHealth,
    args: ofService,
    roles: platformStaff,
    match: ({ service }): Record<string, string> => (service ? { service } : {}),
  }),
];
